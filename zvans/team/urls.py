from django.urls import path
from django.views.generic import RedirectView

from zvans.team import views

urlpatterns = [
    path("language/", views.language, name="language"),
    path("setup/", views.setup, name="setup"),
    path("welcome/", views.welcome, name="welcome"),
    path("settings/school/", views.organisation_change, name="organisation_change"),
    path("settings/branches/", views.branch_list, name="branch_list"),
    path("settings/branches/add/", views.branch_add, name="branch_add"),
    path("settings/branches/<int:pk>/change/", views.branch_change, name="branch_change"),
    path("settings/branches/<int:pk>/archive/", views.branch_archive, name="branch_archive"),
    path("settings/branches/<int:pk>/restore/", views.branch_restore, name="branch_restore"),
    path("team/", views.user_list, name="user_list"),
    path("team/add/", views.user_add, name="user_add"),
    path("team/<int:pk>/change/", views.user_change, name="user_change"),
    path("team/<int:pk>/deactivate/", views.user_deactivate, name="user_deactivate"),
    path("team/<int:pk>/reactivate/", views.user_reactivate, name="user_reactivate"),
    path("team/<int:pk>/invite/", views.user_invite, name="user_invite"),
    path("team/<int:pk>/invitation/", views.user_invitation, name="user_invitation"),
    path("profile/", views.profile, name="profile"),
    # The address that someone signs in with is changed by the owner alone.
    path("account/email/", RedirectView.as_view(pattern_name="profile"), name="account_email"),
]

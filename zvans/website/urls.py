from django.urls import path

from zvans.website import views

urlpatterns = [
    path("join/", views.public_groups, name="public_groups"),
    path("join/<int:pk>/", views.public_apply, name="public_apply"),
    path("join/ask/", views.public_ask, name="public_ask"),
    path("join/thanks/", views.public_thanks, name="public_thanks"),
    path("join/privacy/", views.public_privacy, name="public_privacy"),
    path("embed.js", views.embed_script, name="embed_script"),
    path("settings/website/", views.website_settings, name="website_settings"),
    path("settings/website/change/", views.website_change, name="website_change"),
]

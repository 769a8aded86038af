"""Every address of Zvans, by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("zvans.core.urls")),
    path("", include("zvans.team.urls")),
    path("", include("zvans.people.urls")),
    path("", include("zvans.messaging.urls")),
    path("", include("zvans.money.urls")),
    path("", include("zvans.schedule.urls")),
    path("", include("zvans.sales.urls")),
    path("", include("zvans.website.urls")),
    path("", include("zvans.demo.urls")),
    path("api/v1/", include("zvans.api.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "zvans.core.views.bad_request"
handler403 = "zvans.core.views.forbidden"
handler404 = "zvans.core.views.not_found"
handler500 = "zvans.core.views.server_error"

from django.conf import settings
from django.urls import path

from zvans.core import gallery, views

urlpatterns = [
    path("healthy/", views.healthy, name="healthy"),
    path("search/", views.search, name="search"),
    path("jobs/<uuid:uuid>/", views.job, name="job"),
    path("jobs/<uuid:uuid>/cancel/", views.cancel_job, name="job_cancel"),
    path("settings/", views.settings_index, name="settings"),
]
if settings.DEBUG:
    urlpatterns.append(path("ui/", gallery.gallery, name="gallery"))

from django.urls import path

from zvans.people.imports import views

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("new/", views.import_add, name="import_add"),
    path("<uuid:uuid>/", views.import_run, name="import_run"),
    path("<uuid:uuid>/preview/", views.import_preview, name="import_preview"),
    path("<uuid:uuid>/start/", views.import_start, name="import_start"),
    path("<uuid:uuid>/discard/", views.import_discard, name="import_discard"),
    path("<uuid:uuid>/cancel/", views.import_cancel, name="import_cancel"),
    path("<uuid:uuid>/undo/", views.import_undo, name="import_undo"),
    path("<uuid:uuid>/clients/", views.import_clients, name="import_clients"),
    path("<uuid:uuid>/problems/", views.import_problems, name="import_problems"),
]

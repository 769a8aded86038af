from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "zvans.api"
    label = "api"

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zvans.demo"
    label = "demo"

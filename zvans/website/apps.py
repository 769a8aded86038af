from importlib import import_module

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "zvans.website"
    label = "website"

    def ready(self) -> None:
        import_module("zvans.website.register")

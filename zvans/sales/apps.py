from importlib import import_module

from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "zvans.sales"
    label = "sales"

    def ready(self) -> None:
        import_module("zvans.sales.register")

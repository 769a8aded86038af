from importlib import import_module

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "zvans.money"
    label = "money"

    def ready(self) -> None:
        import_module("zvans.money.register")

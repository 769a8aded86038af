from importlib import import_module

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "zvans.messaging"
    label = "messaging"

    def ready(self) -> None:
        import_module("zvans.messaging.register")

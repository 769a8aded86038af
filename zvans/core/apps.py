from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    name = "zvans.core"
    label = "core"

    def ready(self) -> None:
        from zvans.core import database, ledgers

        import_module("zvans.core.register")
        post_migrate.connect(database.lay_all, sender=self)
        pre_migrate.connect(ledgers.lift, sender=self)
        post_migrate.connect(ledgers.lay, sender=self)

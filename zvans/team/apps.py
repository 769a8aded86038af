from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TeamConfig(AppConfig):
    name = "zvans.team"
    label = "team"

    def ready(self) -> None:
        from zvans.team import roles

        import_module("zvans.team.register")
        post_migrate.connect(roles.lay)

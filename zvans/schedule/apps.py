from importlib import import_module

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "zvans.schedule"
    label = "schedule"

    def ready(self) -> None:
        import_module("zvans.schedule.register")

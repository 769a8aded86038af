"""Do the work outside requests: what is enqueued, and what the clock asks for."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from zvans.core import jobs


class Command(BaseCommand):
    help = "Work off jobs and periodic work until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.lay_periodic()
        call_command("qcluster")

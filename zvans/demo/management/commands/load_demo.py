"""Build the demo school «Lāse», and say who can sign in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from zvans.core.commands import Refused
from zvans.demo import commands
from zvans.demo.cast import PASSWORD
from zvans.team.models import User


class Command(BaseCommand):
    help = "Build the demo school in an empty database; when it stands already, only say who can sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            commands.load_demo()
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(
            f"\n  The demo school «Lāse» · {settings.PUBLIC_URL} · the password of everyone is {PASSWORD}\n\n"
        )
        for user in User.objects.filter(is_active=True).select_related("role").order_by("role_id", "pk"):
            self.stdout.write(f"  {user.name:<18} {user.role!s:<12} {user.email}\n")
        self.stdout.write("\n")

"""Django's ``flush``, which may empty the ledgers too: it deletes everything, after asking."""

from typing import Any

from django.core.management.commands import flush

from zvans.core import ledgers


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with ledgers.emptying():
            super().handle(**options)

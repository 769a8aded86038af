"""Opening and removing the demo school. It takes the place of a school that is still empty, and gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from zvans.core import jobs, ledgers
from zvans.core.commands import Refused, command
from zvans.core.models import Job, Organisation
from zvans.demo import year
from zvans.demo.models import PutAside
from zvans.people.models import Client
from zvans.team.models import Role, User

OPENING = "zvans.demo.commands.open_demo"

# What else belongs to a school's people: who is signed in, and how.
_BESIDE = ("sessions.Session", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "django_q.OrmQ")


@transaction.atomic
def load_demo() -> bool:
    """Build the demo school in an empty database; False when it stands already.

    Raises:
        Refused: when the database holds another school.
    """
    school = Organisation.objects.select_for_update().first()
    if school:
        if school.is_demo:
            return False
        raise Refused(_("This database holds a school of its own. The demo needs an empty one."))
    year.live()
    return True


@command
def start_opening(by: User) -> Job:
    """Open the demo school, as a watched job, in place of one's own.

    Raises:
        Refused: when the school has clients.
    """
    _refuse_clients()
    return jobs.start(OPENING, by)


@transaction.atomic
def open_demo(job: Job) -> None:
    """The job: put one's own school aside while it has no clients yet, and build the demo school.

    It is one transaction: stopped or killed, it has changed nothing.

    Raises:
        Refused: when the school has clients.
    """
    school = Organisation.objects.select_for_update().get()
    if school.is_demo:
        return
    _refuse_clients()
    aside = PutAside(records=serializers.serialize("json", _records(besides=job)))
    _empty()
    aside.save()
    # Whoever waits watches this job to its end, though the user who asked for it is put aside.
    job.started_by = None
    job.save(force_insert=True)
    year.live(partial(jobs.progress, job, in_transaction=True))


@transaction.atomic
def remove_demo() -> None:
    """Empty the demo school; the school that was put aside comes back.

    Raises:
        Refused: in any other school.
    """
    school = Organisation.objects.select_for_update().first()
    if school is None or not school.is_demo:
        raise Refused(_("This is not the demo school."))
    _empty()
    aside = PutAside.objects.order_by("pk").last()
    if aside:
        for record in serializers.deserialize("json", aside.records):
            record.save()
        PutAside.objects.all().delete()


def _refuse_clients() -> None:
    if Client.objects.exists():
        raise Refused(_("Your school has clients already, so the demo is not opened over it."))


def _models(*, with_links: bool) -> list[type[models.Model]]:
    """Every table of a school; roles and their capabilities stay. ``with_links``: also those between many and many."""
    kept = {Role, PutAside}
    return [
        model
        for model in apps.get_models(include_auto_created=with_links)
        if model not in kept and model.__module__.startswith("zvans.")
    ]


def _records(*, besides: Job) -> Iterator[models.Model]:
    for model in _models(with_links=False):
        yield from (record for record in model._default_manager.order_by("pk") if record != besides)


def _empty() -> None:
    """Foreign keys are checked at the end of the transaction, so tables are emptied in any order."""
    emptied = [*_models(with_links=True), *(apps.get_model(name) for name in _BESIDE)]
    with ledgers.emptying(), connection.cursor() as cursor:
        for model in emptied:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608

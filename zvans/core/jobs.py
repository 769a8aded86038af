"""Work outside requests: enqueued in the transaction, done at least once, some of it watched by a person.

``PERIODIC`` is the one table of what happens by the clock; apps add to it in their ``register.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_q.models import Schedule
from django_q.tasks import async_task

from zvans.core.commands import Refused
from zvans.core.models import Job
from zvans.core.registry import Registry

if TYPE_CHECKING:
    from zvans.team.models import User

log = structlog.get_logger()

# How long the cache remembers the bar of work that is one transaction, and the wish to stop; in seconds.
_REMEMBERED = 24 * 60 * 60


class Cancelled(Exception):
    """Raised inside a watched job after a person asked to stop it."""


@dataclass(frozen=True)
class Periodic:
    """Work by the clock.

    Args:
        name: the dotted path of the task, which takes no arguments and may run at any time, twice too.
        minutes: how often.
    """

    name: str
    minutes: int


PERIODIC: Registry[Periodic] = Registry()


def enqueue(task: str, *args: Any) -> None:
    """Have the worker call the function at the dotted path. It must bear being called twice."""
    async_task(task, *args)


def start(task: str, started_by: User, **arguments: Any) -> Job:
    """Begin long work that a person watches: ``task(job, **arguments)``, with JSON arguments."""
    job = Job.objects.create(task=task, arguments=arguments, started_by=started_by)
    enqueue("zvans.core.jobs.run", job.pk)
    return job


def run(job_id: int) -> None:
    """Do one watched job and write down how it ended; a job that is over, or whose school is gone, is not done."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.is_over:
        return
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    function: Callable[..., None] = import_string(job.task)
    try:
        with translation.override(_language_of(job)):
            function(job, **job.arguments)
    except Cancelled:
        _finish(job, Job.State.CANCELLED)
    except Refused as refusal:
        _finish(job, Job.State.FAILED, str(refusal))
    except Exception as error:
        log.exception("job failed", job=job.pk, task=job.task)
        _finish(job, Job.State.FAILED, f"{type(error).__name__}: {error}")
        raise
    else:
        _finish(job, Job.State.DONE)


def progress(job: Job, done: int, total: int, *, in_transaction: bool = False) -> None:
    """Move the bar; call it between batches, outside their transactions.

    Args:
        in_transaction: for work that is one transaction as a whole. Nobody sees what it has written, and on SQLite
            nobody else writes meanwhile; so its bar, and the wish to stop it, go by way of the cache.

    Raises:
        Cancelled: when the person asked to stop.
    """
    if in_transaction:
        cache.set(_bar(job), (done, total), _REMEMBERED)
    else:
        Job.objects.filter(pk=job.pk).update(done=done, total=total)
    if cache.get(_stop(job)) or Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        raise Cancelled


def watch(job: Job) -> Job:
    """The job with its bar where it stands now."""
    bar = None if job.is_over else cache.get(_bar(job))
    if bar:
        job.done, job.total = bar
    return job


def cancel(job: Job) -> None:
    """Ask the job to stop after the batch at hand."""
    # The cache first: the row may be locked by the job itself until it has heard.
    cache.set(_stop(job), True, _REMEMBERED)
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)


def lay_periodic() -> None:
    """Bring the schedule of the workers in line with ``PERIODIC``; called when the worker starts."""
    wanted = {item.name: item.minutes for item in PERIODIC}
    Schedule.objects.exclude(name__in=wanted).delete()
    for name, minutes in wanted.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={"func": name, "schedule_type": Schedule.MINUTES, "minutes": minutes, "repeats": -1},
            create_defaults={
                "func": name,
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "repeats": -1,
                "next_run": timezone.now(),
            },
        )


def _language_of(job: Job) -> str:
    """What whoever waits for it reads."""
    return (job.started_by.language if job.started_by else "") or settings.LANGUAGE_CODE


def _bar(job: Job) -> str:
    return f"job-bar-{job.uuid}"


def _stop(job: Job) -> str:
    return f"job-stop-{job.uuid}"


def _finish(job: Job, state: Job.State, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=timezone.now())

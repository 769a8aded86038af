"""Work outside requests: enqueued in the transaction, done at least once, some of it watched by a person.

``PERIODIC`` is the one table of what happens by the clock; apps add to it in their ``register.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule
from django_q.tasks import async_task

from zvans.core.commands import Refused
from zvans.core.models import Job
from zvans.core.registry import Registry

if TYPE_CHECKING:
    from zvans.team.models import User

log = structlog.get_logger()


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
    """Do one watched job and write down how it ended; a job that is over is not done again."""
    job = Job.objects.get(pk=job_id)
    if job.is_over:
        return
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    function: Callable[..., None] = import_string(job.task)
    try:
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


def progress(job: Job, done: int, total: int) -> None:
    """Move the bar; call it between batches, outside their transactions.

    Raises:
        Cancelled: when the person asked to stop.
    """
    Job.objects.filter(pk=job.pk).update(done=done, total=total)
    if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        raise Cancelled


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


def _finish(job: Job, state: Job.State, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=timezone.now())

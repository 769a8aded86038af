"""Who opens the pages of the frame."""

from typing import Any

from zvans.core.models import Job
from zvans.core.tests.doors import OWNER, Door
from zvans.demo.cast import Cast


def _job(cast: Cast) -> dict[str, Any]:
    return {"uuid": Job.objects.create(task="zvans.core.jobs.run", started_by=cast.sanita).uuid}


DOORS = {
    "healthy": Door(public=True),
    "search": Door(),
    "settings": Door(),
    # A job is its starter's own.
    "job": Door(opens_to=frozenset({OWNER}), make=_job),
    "job_cancel": Door(opens_to=frozenset({OWNER}), make=_job, post=True),
}

"""Long work that a person watches."""

from collections.abc import Callable

import pytest
from django.test import Client as Http

from zvans.core import jobs
from zvans.core.commands import Refused
from zvans.core.models import Job
from zvans.demo.cast import Cast
from zvans.team.models import User

RAN: list[int] = []
SEEN: list[int] = []


def count_to(job: Job, upto: int) -> None:
    for number in range(1, upto + 1):
        RAN.append(number)
        jobs.progress(job, number, upto)


def count_in_one_transaction(job: Job) -> None:
    for number in range(1, 11):
        RAN.append(number)
        jobs.progress(job, number, 10, in_transaction=True)
        if number == 4:
            SEEN.append(jobs.watch(Job.objects.get(pk=job.pk)).percent)
            jobs.cancel(job)


def refuse(job: Job) -> None:
    raise Refused("The file is gone.")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    RAN.clear()
    SEEN.clear()


def _made(by: User, task: str, **arguments: int) -> Job:
    return jobs.start(f"{__name__}.{task}", by, **arguments)


def _done(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_moves_its_bar_and_ends(cast: Cast) -> None:
    job = _done(_made(cast.sanita, "count_to", upto=4))
    assert (job.state, job.done, job.percent, RAN) == (Job.State.DONE, 4, 100, [1, 2, 3, 4])


def test_a_job_delivered_twice_is_done_once(cast: Cast) -> None:
    job = _done(_made(cast.sanita, "count_to", upto=2))
    jobs.run(job.pk)
    assert RAN == [1, 2]


def test_a_refusal_is_shown_to_whoever_waits(cast: Cast, as_user: Callable[[User], Http]) -> None:
    job = _done(_made(cast.sanita, "refuse"))
    assert job.state == Job.State.FAILED
    assert "The file is gone." in as_user(cast.sanita).get(f"/jobs/{job.uuid}/").content.decode()


def test_a_job_is_stopped_by_the_one_who_started_it(cast: Cast, as_user: Callable[[User], Http]) -> None:
    job = _made(cast.sanita, "count_to", upto=1000)
    as_user(cast.sanita).post(f"/jobs/{job.uuid}/cancel/")
    assert (_done(job).state, RAN) == (Job.State.CANCELLED, [1])


def test_work_of_one_transaction_is_watched_and_stopped_too(cast: Cast) -> None:
    job = _done(_made(cast.sanita, "count_in_one_transaction"))
    assert (SEEN, RAN, job.state) == ([40], [1, 2, 3, 4, 5], Job.State.CANCELLED)


def test_the_bar_asks_for_itself_until_the_job_is_over(cast: Cast, as_user: Callable[[User], Http]) -> None:
    job, http = _made(cast.sanita, "count_to", upto=2), as_user(cast.sanita)
    here, fragment = f"/jobs/{job.uuid}/", {"HX-Request": "true"}
    bar = http.get(here, headers=fragment).content.decode()
    assert f'hx-get="{here}"' in bar
    assert "<html" not in bar
    _done(job)
    assert http.get(here, headers=fragment)["HX-Redirect"] == here
    assert "hx-trigger" not in http.get(here).content.decode().split('role="progressbar"')[0].rsplit("<div", 2)[1]


def test_a_job_is_nobody_elses(cast: Cast, as_user: Callable[[User], Http]) -> None:
    job = _made(cast.sanita, "count_to", upto=1)
    assert as_user(cast.martins).post(f"/jobs/{job.uuid}/cancel/").status_code == 404
    assert _done(job).state == Job.State.DONE


def test_every_periodic_task_can_be_called(cast: Cast) -> None:
    from django.utils.module_loading import import_string

    for item in jobs.PERIODIC:
        import_string(item.name)()

"""The demo school: built in one command, believable, looked at by everyone, and gone again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client as Http
from django.utils import timezone

from zvans.core import jobs
from zvans.core.commands import Refused
from zvans.core.models import Event, Job, Organisation
from zvans.core.tests.served import serve, worker
from zvans.demo import commands
from zvans.demo.cast import STAFF, Cast, assemble
from zvans.messaging.models import Message
from zvans.money.models import Payment, Sale
from zvans.people.models import Client, FamilyTie, Task
from zvans.sales.models import Application, Deal
from zvans.schedule.models import Enrolment, Group
from zvans.team.models import Branch, User
from zvans.team.tests.test_set_up import ANSWERS

FRAGMENT = {"HX-Request": "true"}
STOPPED_HALFWAY = f"""
import time
from django.test import Client as Http
from zvans.core import jobs
from zvans.core.models import Job, Organisation
http = Http(SERVER_NAME="localhost")
http.post("/setup/", {ANSWERS!r})
bar = http.post("/demo/load/")["Location"]
job = Job.objects.get()
def state():
    job.refresh_from_db()
    return jobs.watch(job)
until = time.monotonic() + 120
while state().percent < 5 and not job.is_over and time.monotonic() < until:
    time.sleep(0.05)
assert 5 <= job.percent < 100 and 'role="progressbar"' in http.get(bar).content.decode(), (job.state, job.percent)
http.post(f"/jobs/{{job.uuid}}/cancel/")
while not state().is_over and time.monotonic() < until:
    time.sleep(0.05)
print(f"{{job.state}}, of {{Organisation.objects.get().name}}")
"""

SignIn = Callable[[User], Http]


@pytest.mark.django_db
def test_the_demo_school_has_lived_a_year() -> None:
    output = StringIO()
    call_command("load_demo", stdout=output)
    assert all(email in output.getvalue() for _name, email, *_rest in STAFF)

    today = timezone.localdate()
    assert Client.objects.count() > 300
    assert FamilyTie.objects.filter(pays=True).exists()
    coming = Group.objects.filter(starts_on__gt=today, state=Group.State.OPEN)
    assert coming.filter(taken=F("capacity")).exists(), "one is full"
    assert Enrolment.objects.filter(state=Enrolment.State.WAITING, group__in=coming).exists(), "with a waiting list"
    assert Group.objects.filter(state=Group.State.CANCELLED).count() == 2
    assert Group.objects.filter(ends_on__lt=today).count() > 5
    assert set(Deal.objects.values_list("state", flat=True)) == {"open", "won", "lost"}
    assert Deal.objects.filter(state="open").values("stage").distinct().count() == 4
    assert Deal.objects.filter(state="open", next_step_at__lt=timezone.now()).exists()
    assert 5 <= Application.objects.filter(answered_at=None).count() <= 7
    assert set(Payment.objects.values_list("method", flat=True)) == {"cash", "card", "transfer"}
    assert Sale.objects.filter(next_due_on__lt=today, owed__gt=F("paid")).exists(), "someone is late"
    assert Task.objects.filter(done_at=None).exists()
    assert not Message.objects.filter(state=Message.State.QUEUED, next_attempt_at__lte=timezone.now()).exists()

    oldest, newest = Event.objects.earliest("at").at, Event.objects.latest("at").at
    assert timedelta(days=360) < timezone.now() - oldest < timedelta(days=390)
    assert newest <= timezone.now()
    ordered = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert ordered == sorted(ordered), "what happened later was written later"

    before = (Client.objects.count(), Event.objects.count())
    call_command("load_demo", stdout=StringIO())
    assert (Client.objects.count(), Event.objects.count()) == before, "loading it again does nothing"

    group = Group.objects.filter(teacher__email="anna@lase.example").latest("starts_on")
    deal = Deal.objects.filter(state="won").latest("pk")
    pages = ["/", "/clients/", "/deals/", "/groups/", f"/groups/{group.pk}/", f"/deals/{deal.pk}/"]
    pages += [f"/clients/{deal.client_id}/", "/money/", "/settings/", "/search/?q=jans"]
    for _name, email, *_rest in STAFF:
        http = Http()
        http.force_login(User.objects.get(email=email))
        for page in pages:
            assert http.get(page).status_code in (200, 403, 404), f"{email} at {page}"
        assert http.get("/").status_code == 200


def test_it_is_never_built_over_another_school(cast: Cast) -> None:
    Organisation.objects.update(is_demo=False)
    with pytest.raises(CommandError, match="a school of its own"):
        call_command("load_demo")


@pytest.fixture
def short_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """A school of eight people and no clients: what opens and closes is the same as in the whole one."""

    def live(progress: Callable[[int, int], object]) -> None:
        assemble()
        progress(40, 100)

    monkeypatch.setattr("zvans.demo.year.live", live)


def open_the_demo(http: Http) -> str:
    """Press the button; the address of the bar."""
    return str(http.post("/demo/load/")["Location"])


@pytest.mark.django_db
def test_ones_own_school_waits_while_the_demo_is_open(short_year: None) -> None:
    http = Http()
    http.post("/setup/", ANSWERS)
    own = User.objects.get()

    bar = open_the_demo(http)
    waiting = http.get(bar, headers=FRAGMENT).content.decode()
    assert 'role="progressbar"' in waiting
    assert "<html" not in waiting
    assert Http().get(bar).status_code == 404, "a stranger has nothing to wait for"

    jobs.run(Job.objects.get().pk)
    assert http.get(bar, headers=FRAGMENT)["HX-Redirect"] == "/"
    assert Organisation.objects.get().name == "Lāse"
    assert not User.objects.filter(email=own.email).exists()
    assert http.get("/profile/").context["user"].email == "sanita@lase.example"

    http.post("/demo/remove/")
    assert Organisation.objects.get().name == "Rīta valodas"
    back = User.objects.get()
    assert (back.email, back.password, back.role, list(back.branches.all())) == (
        own.email,
        own.password,
        own.role,
        list(Branch.objects.all()),
    )
    assert http.get("/profile/").status_code == 302, "whoever looked around signs in again"
    assert http.post("/account/login/", {"login": own.email, "password": "lielais-zvans"}).status_code == 302


@pytest.mark.django_db
def test_building_the_demo_can_be_stopped(short_year: None) -> None:
    http = Http()
    http.post("/setup/", ANSWERS)
    bar = open_the_demo(http)
    job = Job.objects.get()
    http.post(f"/jobs/{job.uuid}/cancel/")
    jobs.run(job.pk)
    assert http.get(bar)["Location"] == "/welcome/"
    assert Organisation.objects.get().name == "Rīta valodas"
    assert Branch.objects.count() == 1, "nothing of the demo is left"


@pytest.mark.django_db
def test_a_school_that_got_its_first_client_meanwhile_stays(short_year: None) -> None:
    http = Http()
    http.post("/setup/", ANSWERS)
    bar = open_the_demo(http)
    Client.objects.create(given_name="Zane")
    jobs.run(Job.objects.get().pk)
    refusal = Job.objects.get().error
    assert refusal
    assert refusal in http.get(bar, follow=True).content.decode()
    assert Organisation.objects.get().name == "Rīta valodas"


@pytest.mark.served
@pytest.mark.django_db
def test_the_bar_moves_while_the_demo_is_built(tmp_path: Path) -> None:
    """With a real worker: it builds in one transaction, and those who wait see how far it is and can stop it."""
    with serve(tmp_path, workers=1, assemble=False) as served, worker(served):
        assert served.run(STOPPED_HALFWAY).splitlines()[-1] == "cancelled, of Rīta valodas"


def test_a_school_with_clients_is_not_put_aside(cast: Cast, as_user: SignIn, short_year: None) -> None:
    Organisation.objects.update(is_demo=False)
    Client.objects.create(given_name="Zane")
    page = as_user(cast.sanita).post("/demo/load/", follow=True)
    assert "has clients already" in page.content.decode()
    assert Client.objects.count() == 1


def test_the_demo_is_gone_with_one_click(cast: Cast, as_user: SignIn) -> None:
    Client.objects.create(given_name="Zane", manager=cast.ilze)
    http = as_user(cast.sanita)
    http.post("/demo/remove/")
    assert not Organisation.objects.exists()
    assert not Client.objects.exists()
    assert not User.objects.exists()
    assert http.get("/clients/").headers["Location"] == "/setup/"


def test_a_real_school_is_not_removed(cast: Cast, as_user: SignIn) -> None:
    Organisation.objects.update(is_demo=False)
    page = as_user(cast.sanita).post("/demo/remove/", follow=True)
    assert "not the demo school" in page.content.decode()
    assert User.objects.count() == len(STAFF)
    with pytest.raises(Refused):
        commands.remove_demo()


def test_one_click_signs_in_as_anyone_in_the_demo_alone(cast: Cast) -> None:
    http = Http()
    assert "Anna Vītola" in http.get("/account/login/").content.decode()
    http.post(f"/demo/sign-in/{cast.anna.pk}/")
    assert http.get("/profile/").context["user"] == cast.anna

    Organisation.objects.update(is_demo=False)
    assert Http().post(f"/demo/sign-in/{cast.anna.pk}/").status_code == 404
    assert "Anna Vītola" not in Http().get("/account/login/").content.decode()

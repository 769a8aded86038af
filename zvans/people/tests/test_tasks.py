"""The planner: tasks for oneself and for others, done, undone, put off; and what stands on Today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zvans.core.journal import history
from zvans.demo.cast import Cast
from zvans.people import my_day
from zvans.people.models import Task
from zvans.people.queries import birthdays
from zvans.people.tests.making import a_client, a_task
from zvans.team.models import User

AsUser = Callable[[User], Http]


def test_given_to_a_colleague(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    as_user(cast.ilze).post(
        "/tasks/add/",
        {"title": "Sagatavot līgumu", "due_at": "2026-12-01T09:00", "assignee": cast.liga.pk, "client": client.pk},
    )
    task = Task.objects.get()
    assert (task.assignee, task.client, task.created_by) == (cast.liga, client, cast.ilze)
    assert "Sagatavot līgumu" in as_user(cast.liga).get("/tasks/").content.decode()
    assert "Sagatavot līgumu" in as_user(cast.ilze).get("/tasks/?show=given").content.decode()
    assert "Sagatavot līgumu" not in as_user(cast.ilze).get("/tasks/").content.decode()
    assert next(event.kind for event in history(client)) == "people.task_added"


def test_not_to_someone_of_another_branch_nor_about_their_client(cast: Cast, as_user: AsUser) -> None:
    stranger = a_client(cast, manager=cast.janis, branch=cast.studija)
    http = as_user(cast.ilze)
    typed = {"title": "Zvanīt", "due_at": "2026-12-01T09:00", "assignee": cast.ilze.pk}
    assert http.post("/tasks/add/", {**typed, "assignee": cast.janis.pk}).status_code == 422
    answer = http.post("/tasks/add/", {**typed, "client": stranger.pk})
    assert answer.status_code == 422
    assert "Zvanīt" in answer.content.decode()
    assert not Task.objects.exists()


def test_done_and_undone(cast: Cast, as_user: AsUser) -> None:
    task = a_task(cast)
    http = as_user(cast.ilze)
    page = http.post(f"/tasks/{task.pk}/complete/", follow=True).content.decode()
    assert f'action="/tasks/{task.pk}/reopen/"' in page
    assert "Nosūtīt cenrādi" in http.get("/tasks/?show=done").content.decode()
    http.post(f"/tasks/{task.pk}/complete/")
    assert history(task).filter(kind="people.task_done").count() == 1, "done twice is done once"
    http.post(f"/tasks/{task.pk}/reopen/")
    task.refresh_from_db()
    assert task.done_at is None


def test_put_off(cast: Cast, as_user: AsUser) -> None:
    task = a_task(cast)
    http = as_user(cast.ilze)
    http.post(f"/tasks/{task.pk}/postpone/", {"to": "week"})
    task.refresh_from_db()
    due = timezone.localtime(task.due_at, cast.school.tz)
    assert due.date() == timezone.localdate(timezone=cast.school.tz) + timedelta(days=7)
    assert http.post(f"/tasks/{task.pk}/postpone/", {"to": "never"}).status_code == 400


def test_changed(cast: Cast, as_user: AsUser) -> None:
    task = a_task(cast)
    typed = {"title": "Nosūtīt rēķinu", "due_at": "2026-12-01T09:00", "assignee": cast.liga.pk}
    as_user(cast.ilze).post(f"/tasks/{task.pk}/", typed)
    task.refresh_from_db()
    assert (task.title, task.assignee) == ("Nosūtīt rēķinu", cast.liga)


def test_an_act_leads_back_to_the_page_it_was_asked_on(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    task = a_task(cast, client=client)
    card = f"http://testserver/clients/{client.pk}/"
    answer = as_user(cast.ilze).post(f"/tasks/{task.pk}/complete/", headers={"Referer": card})
    assert answer["Location"] == card
    answer = as_user(cast.ilze).post(f"/tasks/{task.pk}/reopen/", headers={"Referer": "https://evil.example/"})
    assert answer["Location"] == "/tasks/"


def test_who_sees_which(cast: Cast, as_user: AsUser) -> None:
    task = a_task(cast, client=a_client(cast))
    for person, status in ((cast.ilze, 200), (cast.liga, 200), (cast.sanita, 200), (cast.janis, 404), (cast.anna, 404)):
        assert as_user(person).get(f"/tasks/{task.pk}/").status_code == status, person
    assert as_user(cast.ilze).get("/tasks/?show=all").status_code == 404
    assert "Nosūtīt cenrādi" in as_user(cast.sanita).get("/tasks/?show=all").content.decode()


def test_overdue_first_and_the_cost_does_not_grow(cast: Cast, as_user: AsUser) -> None:
    def cost() -> int:
        http = as_user(cast.ilze)
        http.get("/tasks/")
        with CaptureQueriesContext(connection) as queries:
            assert http.get("/tasks/").status_code == 200
        return len(queries)

    a_task(cast, title="Vēlāk", due_at=timezone.now() + timedelta(days=20))
    a_task(cast, title="Nokavēts", due_at=timezone.now() - timedelta(days=2), client=a_client(cast))
    few = cost()
    page = as_user(cast.ilze).get("/tasks/").content.decode()
    assert page.index("Overdue") < page.index("Nokavēts") < page.index("Vēlāk")
    for _number in range(20):
        a_task(cast, client=a_client(cast))
    assert cost() == few


def test_whoever_has_something_to_do_for_a_client_has_their_card_meanwhile(cast: Cast, as_user: AsUser) -> None:
    client = a_client(cast)
    http = as_user(cast.anna)
    assert http.get(f"/clients/{client.pk}/").status_code == 404
    task = a_task(cast, cast.anna, client=client)
    page = http.get(f"/clients/{client.pk}/").content.decode()
    assert "Artūrs" in page
    assert "25 231 225" not in page
    http.post(f"/tasks/{task.pk}/complete/")
    assert http.get(f"/clients/{client.pk}/").status_code == 404


class TestToday:
    def test_my_tasks_that_are_due(self, cast: Cast) -> None:
        due, _later = a_task(cast, due_at=timezone.now()), a_task(cast, due_at=timezone.now() + timedelta(days=3))
        of_liga = a_task(cast, cast.liga, due_at=timezone.now())
        mine, everyones = my_day.tasks(cast.ilze), my_day.tasks(cast.sanita)
        assert mine
        assert everyones
        assert (mine["tasks"], everyones["tasks"]) == ([due], [due, of_liga])
        assert my_day.tasks(cast.janis) is None

    def test_birthdays_of_those_whom_one_sees(self, cast: Cast) -> None:
        today = timezone.localdate()
        a_client(cast, birthday=today.replace(year=1990, day=min(today.day, 28)))
        a_client(cast, "Neviens", birthday=today + timedelta(days=100))
        shown = my_day.birthdays(cast.ilze)
        if today.day <= 28:
            assert shown is not None
            assert [row["client"].given_name for row in shown["birthdays"]] == ["Artūrs"]
        assert my_day.birthdays(cast.janis) is None

    @pytest.mark.parametrize(("day", "found"), [(date(2026, 3, 1), True), (date(2028, 3, 1), False)])
    def test_the_29th_of_february_is_on_march_1_of_a_common_year(self, cast: Cast, day: date, found: bool) -> None:
        a_client(cast, birthday=date(2000, 2, 29))
        assert birthdays(cast.ilze, day, days=1).exists() is found
        assert birthdays(cast.ilze, date(2028, 2, 29), days=1).exists()

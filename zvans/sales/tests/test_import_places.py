"""Places that the rows of a spreadsheet give: in which group, at what price, once, and taken back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.messaging.models import Message
from zvans.money import reminders
from zvans.money.models import Sale
from zvans.people.imports import undo
from zvans.people.models import ImportRun
from zvans.sales.models import Deal
from zvans.sales.tests.making import a_group
from zvans.sales.tests.test_import_deals import HEAD, rows
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment, Group, Program
from zvans.schedule.tests.making import MON_WED, student

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def english(cast: Cast, name: str = "Angļu B1, vakari", **fields: Any) -> Group:
    by = Actor.of(cast.ilze)
    program = Program.objects.filter(name="Angļu B1").first() or schedule.add_program(by, name="Angļu B1")
    return a_group(cast, program=program, name=name, **fields)


def ended(cast: Cast, **fields: Any) -> Group:
    group = english(cast, **fields)
    Group.objects.filter(pk=group.pk).update(starts_on=TODAY() - timedelta(90), ends_on=TODAY() - timedelta(9))
    group.refresh_from_db()
    return group


def taken(group: Group) -> int:
    group.refresh_from_db()
    assert group.taken == group.enrolments.filter(state__in=Enrolment.HOLDS_PLACE).count()
    return group.taken


@pytest.mark.parametrize(
    ("course", "named"),
    [
        ("Angļu B1", "Angļu B1, vakari"),
        ("ANGLU B1", "vakari"),
        ("angļu b1", "Vakarī"),
        ("Angļu B1, vakari", ""),
        ("", "anglu b1 vakari"),
        ("Angļu B1", "18:00"),
        ("Angļu B1", "P/T 18.00"),
        ("Angļu B1", ""),
    ],
)
def test_a_row_finds_its_group(cast: Cast, tmp_path: Path, course: str, named: str) -> None:
    group = english(cast, times=MON_WED)
    report = rows(tmp_path, f"Anna Ozola;29111222;{course};{named};260;130;mācās;")
    place, deal = Enrolment.objects.get(), Deal.objects.get()
    assert (place.group, place.state, place.student.given_name) == (group, "enrolled", "Anna")
    assert (deal.state, deal.group, deal.program, deal.enrolment) == ("won", group, group.program, place)
    assert Program.objects.count() == 1
    assert (report["enrolments_created"], report["deals_created"], report["payments_created"]) == (1, 1, 1)
    assert (taken(group), report["problems"]) == (1, [])


def test_the_money_hangs_on_the_place_once(cast: Cast, tmp_path: Path) -> None:
    group = english(cast)
    rows(tmp_path, "Anna Ozola;29111222;Angļu B1;vakari;260-10%;100;samaksāts;")
    place, sale = Enrolment.objects.get(), Sale.objects.get()
    assert place.sale == sale
    assert (place.price, place.discount) == (26000, 2600)
    assert (sale.title, sale.owed, sale.paid, sale.next_due_on) == (group.name, 23400, 10000, group.starts_on)
    assert sale.charges.aggregate(sum=Sum("amount"))["sum"] == 23400


@pytest.mark.parametrize(
    ("line", "owed", "paid"),
    [("mācās", 22000, 0), (";jā;mācās", 22000, 22000), (";puse;mācās", 22000, 11000), (";50;mācās", 22000, 5000)],
)
def test_without_a_price_it_is_the_groups(cast: Cast, tmp_path: Path, line: str, owed: int, paid: int) -> None:
    english(cast)
    rows(tmp_path, f"Anna Ozola;29111222;Angļu B1;vakari;{line if ';' in line else f';;{line}'};")
    sale = Sale.objects.get()
    assert (sale.owed, sale.paid, Enrolment.objects.get().price) == (owed, paid, 22000)


def test_the_first_day_tells_one_group_from_another(cast: Cast, tmp_path: Path) -> None:
    first, second = english(cast), english(cast, starts_on=TODAY() + timedelta(40))
    head = "Vārds, uzvārds;Tālrunis;Kurss;Kursa sākums;Statuss\n"
    report = rows(
        tmp_path,
        f"Anna Ozola;29111222;Angļu B1;{second.starts_on:%d.%m.%Y};mācās",
        f"Zane Liepa;29111223;Angļu B1;{first.starts_on:%d.%m.%y};samaksāts",
        f"Ilze Roze;29111224;Angļu B1;{first.starts_on - timedelta(300):%d.%m.%Y};mācās",
        head=head,
    )
    assert (taken(first), taken(second), report["enrolments_created"]) == (1, 1, 2)
    assert Enrolment.objects.get(group=second).student.given_name == "Anna"
    old = Deal.objects.get(client__given_name="Ilze")
    assert (old.group, old.state, str(first.starts_on - timedelta(300)) in old.wish) == (None, "won", True)


def test_a_group_that_cant_be_told_from_another_is_told_of(cast: Cast, tmp_path: Path) -> None:
    english(cast)
    english(cast, starts_on=TODAY() + timedelta(40))
    report = rows(tmp_path, "Anna Ozola;29111222;Angļu B1;Vakari;260;130;mācās;")
    assert [(p["column"], p["value"]) for p in report["problems"]] == [("Grupa", "Vakari")]
    assert (Deal.objects.get().state, Enrolment.objects.count()) == ("won", 0)


@pytest.mark.parametrize("line", ["domā", "jāzvana", "atteicās", "gaida", "apstiprināja", ""])
def test_whoever_is_not_enrolled_gets_no_place(cast: Cast, tmp_path: Path, line: str) -> None:
    group = english(cast)
    rows(tmp_path, f"Anna Ozola;29111222;Angļu B1;vakari;260;;{line};")
    assert (Enrolment.objects.count(), taken(group), Deal.objects.get().group) == (0, 0, group)


def test_a_group_that_there_is_not_stays_in_words(cast: Cast, tmp_path: Path) -> None:
    english(cast)
    report = rows(tmp_path, "Anna Ozola;29111222;Angļu B1;rīti;260;130;mācās;", "Zane Liepa;29111223;Vācu A1;;;;mācās;")
    assert (Enrolment.objects.count(), report["enrolments_created"]) == (0, 0)
    assert Deal.objects.get(client__given_name="Anna").wish == "rīti"


def test_a_course_of_old_is_not_the_group_to_come(cast: Cast, tmp_path: Path) -> None:
    english(cast)
    old = TODAY() - timedelta(700)
    rows(tmp_path, f"Anna Ozola;29111222;Angļu B1;;260;260;mācās;{old:%d.%m.%Y}")
    assert not Enrolment.objects.exists()


def test_a_full_group_has_a_waiting_list(cast: Cast, tmp_path: Path) -> None:
    group = english(cast, capacity=1)
    report = rows(
        tmp_path,
        "Anna Ozola;29111222;Angļu B1;vakari;260;130;mācās;",
        "Zane Liepa;29111223;Angļu B1;vakari;260;260;mācās;",
        "Ilze Roze;29111224;Angļu B1;vakari;260;;mācās;",
    )
    assert (report["enrolments_created"], report["enrolments_waiting"], taken(group)) == (1, 2, 1)
    assert [(p["row"], p["column"]) for p in report["problems"]] == [(3, "Grupa"), (4, "Grupa")]
    zane, ilze = (Enrolment.objects.get(student__given_name=name) for name in ("Zane", "Ilze"))
    assert (zane.state, zane.sale and zane.sale.paid, ilze.state, ilze.sale) == ("waiting", 26000, "waiting", None)

    Group.objects.filter(pk=group.pk).update(capacity=3)
    for place in (zane, ilze):
        schedule.give_place(Actor.of(cast.ilze), place)
    assert taken(group) == 3
    assert sorted(Sale.objects.values_list("owed", "paid")) == [(26000, 0), (26000, 13000), (26000, 26000)]


def test_paid_while_waiting_and_no_longer_wanted_is_not_owed(cast: Cast, tmp_path: Path) -> None:
    english(cast, capacity=1)
    lines = (
        f"{name};{phone};Angļu B1;vakari;260;100;mācās;" for name, phone in (("Anna", 29111222), ("Zane", 29111223))
    )
    rows(tmp_path, *lines)
    schedule.decline_offer(Actor.of(cast.ilze), Enrolment.objects.get(state="waiting"))
    sale = Sale.objects.get(payer__given_name="Zane")
    assert (sale.owed, sale.paid) == (0, 10000)


def test_an_ended_group_keeps_its_history(cast: Cast, tmp_path: Path) -> None:
    group = ended(cast, capacity=1)
    report = rows(
        tmp_path,
        "Anna Ozola;29111222;Angļu B1;vakari;;;mācās;",
        "Zane Liepa;29111223;Angļu B1;vakari;;260;mācās;",
    )
    assert taken(group) == 1
    assert [p["row"] for p in report["problems"]] == [3]
    assert Enrolment.objects.get().sale is None, "no debt is made up for a group that is over"
    assert (Deal.objects.filter(state="won").count(), Sale.objects.get().paid) == (2, 26000)


def test_nobody_is_written_to(cast: Cast, tmp_path: Path) -> None:
    english(cast, capacity=1, starts_on=TODAY())
    head = HEAD.replace("Tālrunis", "E-pasts")
    yesterday = TODAY() - timedelta(5)
    rows(
        tmp_path,
        "Anna Ozola;anna@o.lv;Angļu B1;vakari;260;130;mācās;",
        "Zane Liepa;zane@o.lv;Angļu B1;vakari;260;;mācās;",
        f"Ilze Roze;ilze@o.lv;Vācu A1;;260;100;mācās;{yesterday:%d.%m.%Y}",
        head=head,
    )
    assert Sale.objects.exclude(next_due_on=None).count() == 2
    reminders.decide(timezone.now())
    reminders.decide(timezone.now() + timedelta(4))
    undo.undo(ImportRun.objects.get())
    assert not Message.objects.exists()


def test_who_has_the_place_already_gets_nothing_twice(cast: Cast, tmp_path: Path) -> None:
    group = english(cast)
    anna = student(cast, "Anna Ozola", email=False)
    number = anna.contacts.get().value
    schedule.enrol(Actor.of(cast.ilze), group, anna)
    line = f"Anna Ozola;{number};Angļu B1;vakari;260;130;mācās;"
    report = rows(tmp_path, line)
    assert (taken(group), Sale.objects.count(), Deal.objects.count()) == (1, 1, 0)
    assert [p["row"] for p in report["problems"]] == [2], "the payment is not counted, and it says so"


def test_the_same_file_again_gives_no_second_place(cast: Cast, tmp_path: Path) -> None:
    group = english(cast)
    line = "Anna Ozola;29111222;Angļu B1;vakari;260;130;mācās;"
    rows(tmp_path, line)
    again = rows(tmp_path, line)
    assert (again["enrolments_created"], again["deals_matched"], again["problems"]) == (0, 1, [])
    assert (taken(group), Sale.objects.count()) == (1, 1)


def test_undone_the_places_are_free_again(cast: Cast, tmp_path: Path) -> None:
    group = english(cast, capacity=2)
    rows(
        tmp_path,
        "Anna Ozola;29111222;Angļu B1;vakari;260;130;mācās;",
        "Zane Liepa;29111223;Angļu B1;vakari;260;260;mācās;",
        "Ilze Roze;29111224;Angļu B1;vakari;260;;mācās;",
    )
    kept = Enrolment.objects.get(student__given_name="Zane")
    schedule.answer_coming(Actor.of(cast.ilze), kept, "yes")
    undo.undo(ImportRun.objects.get())
    assert [place.student.given_name for place in Enrolment.objects.filter(state__in=Enrolment.ACTIVE)] == ["Zane"]
    assert taken(group) == 1
    assert {(sale.payer.given_name, sale.owed) for sale in Sale.objects.select_related("payer")} == {
        ("Anna", 0),
        ("Zane", 26000),
    }
    assert [deal.client.given_name for deal in Deal.objects.active()] == ["Zane"]


def test_a_parent_pays_for_the_place_of_a_child(cast: Cast, tmp_path: Path) -> None:
    english(cast)
    head = "Bērns;Vecāks;Kurss;Cena;Samaksāts\n"
    rows(tmp_path, "Emīls Kalns;Ieva Kalna 26111333;Angļu B1;45;45", head=head)
    place = Enrolment.objects.get()
    assert (place.student.given_name, place.payer.given_name) == ("Emīls", "Ieva")


def test_places_cost_the_same_for_many_rows(cast: Cast, tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    english(cast, capacity=30)
    names = "abcdefghijklmnopqrst"
    lines = [f"Anna Ozol{c}{c};29{n:06d};Angļu B1;vakari;260;130;mācās;" for n, c in enumerate(names)]
    with django_assert_max_num_queries(110):
        assert rows(tmp_path, *lines)["enrolments_created"] == 20

"""Names stand in the order of the school's language, on both engines alike."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.test import Client as Http
from django.urls import reverse

from zvans.core import collation
from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands as people
from zvans.people.models import Client
from zvans.people.tests.making import a_client
from zvans.sales.tests.making import a_group, a_program
from zvans.schedule.models import Program
from zvans.team import commands as team
from zvans.team.models import User

AsUser = Callable[[User], Http]

LATVIAN = ["Abola", "Āboliņš", "Bērziņš", "Celma", "Czaja", "Čakste", "Ērglis", "Ļaudams", "Zariņš", "Žagars"]
ORDERS = [
    ("lv", LATVIAN),
    ("hu", ["Ábel", "Buda", "Cukor", "Czina", "Csaba", "Dobos", "Oláh", "Ozsvát", "Ökrös", "Zoltai", "Zsiga"]),
    ("mn", ["Болд", "Егор", "Ёндон", "Жамъян", "Оюун", "Өлзий", "Пүрэв", "Сүх", "Уянга", "Үүрцайх", "Хулан"]),
    ("en", ["Avery", "Čapek", "Carson", "Łukasz", "O'Neil", "Onslow", "Ørsted", "Szabo", "Tate"]),
    ("sw", ["Asha", "Juma", "Mwajuma", "Ng'ombe", "Zuhura"]),
]


@pytest.mark.parametrize(("language", "names"), ORDERS)
def test_each_language_has_its_order(language: str, names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=lambda name: collation.key(name, language=language)) == names


def test_case_and_hyphens_do_not_count_and_a_family_name_ends_before_a_longer_one() -> None:
    people = [
        ("Bērza", "Žanete"),
        ("bērza", "Zane"),
        ("Bērza-Liepa", "Anna"),
        ("Bērza Ziediņa", "Anna"),
        ("Bērzaine", ""),
    ]
    keys = [collation.key(*names, language="lv") for names in people]
    assert [keys[1], keys[0], *keys[2:]] == sorted(keys)


def test_the_list_of_clients_is_in_that_order(cast: Cast, as_user: AsUser) -> None:
    for name in ("Zariņš", "Ērglis", "Čakste", "Bērziņš", "Āboliņš", "Czaja"):
        a_client(cast, "Uldis", name)
    people.add_client(Actor.of(cast.ilze), given_name="SIA Dzērve", branch=cast.centrs, manager=cast.ilze)
    page = as_user(cast.ilze).get("/clients/?sort=name").content.decode()
    names = [
        "Uldis Āboliņš",
        "Uldis Bērziņš",
        "Uldis Czaja",
        "Uldis Čakste",
        "Uldis Ērglis",
        "SIA Dzērve",
        "Uldis Zariņš",
    ]
    places = [page.index(name) for name in names]
    assert places == sorted(places)


def test_someone_renamed_moves_to_their_new_place(cast: Cast) -> None:
    first, second = a_client(cast, "Uldis", "Āboliņš"), a_client(cast, "Uldis", "Ērglis")
    people.change_client(Actor.of(cast.ilze), first, family_name="Žagars")
    assert list(Client.objects.all()) == [second, first]


def test_groups_programs_and_colleagues_follow_it_too(cast: Cast, as_user: AsUser) -> None:
    team.change_user(Actor.of(cast.sanita), cast.anna, name="Ēriks Vītols")
    team.change_user(Actor.of(cast.sanita), cast.elina, name="Zita Roze")
    teachers = User.objects.filter(role__code="teacher")
    assert list(teachers) == [cast.anna, cast.elina]
    zum, agrs, dzi = (a_program(cast, name) for name in ("Zumba", "Āgrs sākums", "Dziedāšana"))
    assert list(Program.objects.all()) == [agrs, dzi, zum]
    for program in (zum, agrs, dzi):
        a_group(cast, program=program)
    page = as_user(cast.ilze).get(reverse("group_list") + "?sort=name").content.decode()
    places = [page.index(f"{program.name}, vakari</a>") for program in (agrs, dzi, zum)]
    assert places == sorted(places)


def test_a_school_that_changes_its_language_has_its_names_in_the_new_order(cast: Cast) -> None:
    for name in ("Csaba", "Cukor"):
        a_client(cast, "Anna", name)
    assert [client.family_name for client in Client.objects.all()] == ["Csaba", "Cukor"]
    team.change_organisation(Actor.of(cast.sanita), cast.school, language="hu")
    collation.sort_again()  # what the worker is asked to do
    assert [client.family_name for client in Client.objects.all()] == ["Cukor", "Csaba"]

"""What the tests of teaching are about, made by commands."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people import commands as people
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint
from zvans.schedule import commands, queries
from zvans.schedule.models import Enrolment, Group, Program
from zvans.schedule.pattern import Time

MON_WED = (Time(0, time(18), 90), Time(2, time(18), 90))
_number = count(1)


def program(cast: Cast, name: str = "", **fields: Any) -> Program:
    facts = {"price": 22000, "lesson_count": 8, "lesson_minutes": 90, "capacity": 12, **fields}
    return commands.add_program(Actor.of(cast.sanita), name=name or f"English A{next(_number)}", **facts)


def group(cast: Cast, **fields: Any) -> Group:
    """A group of Anna's at «Centrs» that starts on a Monday at least two weeks from now."""
    chosen = {"branch": cast.centrs, "teacher": cast.anna, "times": MON_WED, "starts_on": monday(), **fields}
    chosen.setdefault("program", None)
    chosen["program"] = chosen["program"] or program(cast)
    return commands.open_group(Actor.of(cast.sanita), **chosen)


def student(cast: Cast, name: str = "", *, email: bool = True, **fields: Any) -> Client:
    number = next(_number)
    contacts = [Contact(ContactPoint.Kind.PHONE, f"2{number:07d}")]
    if email:
        contacts.append(Contact(ContactPoint.Kind.EMAIL, f"student{number}@mail.example"))
    given, _space, family = (name or f"Zane Ziediņa{number}").partition(" ")
    facts: dict[str, Any] = {"branch": cast.centrs, **fields}
    return people.add_client(Actor.of(cast.ilze), given_name=given, family_name=family, contacts=contacts, **facts)


def enrolment(cast: Cast, to: Group | None = None, who: Client | None = None, **terms: Any) -> Enrolment:
    return commands.enrol(Actor.of(cast.ilze), to or group(cast), who or student(cast), **terms)


def full_group(cast: Cast, capacity: int = 1, **fields: Any) -> tuple[Group, list[Enrolment]]:
    """A group whose places are all taken, and the enrolments that hold them."""
    opened = group(cast, capacity=capacity, **fields)
    return opened, [enrolment(cast, opened) for _place in range(capacity)]


def monday(weeks: int = 2) -> date:
    today = queries.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks + 1)

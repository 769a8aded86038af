"""What students are told ahead of a start: once, in the daytime, in their language; never when they have left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zvans.core.actors import Actor, ActorKind
from zvans.demo.cast import Cast
from zvans.messaging.kinds import MessageKind, kinds
from zvans.messaging.models import Message, MessageSetting
from zvans.messaging.templates import check, shipped
from zvans.people.models import Client
from zvans.schedule import commands, queries, tasks
from zvans.schedule.models import Enrolment
from zvans.schedule.pattern import Time
from zvans.schedule.tests import making
from zvans.team.models import User

AsUser = Callable[[User], Http]
OURS = [kind for kind in kinds if kind.name.startswith("schedule.")]


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """It is noon in Riga, and reminders may go out."""
    now = timezone.now().replace(hour=10, minute=0)
    with patch("django.utils.timezone.now", lambda: now):
        yield


@pytest.fixture
def soon(cast: Cast) -> Enrolment:
    """A place in a group that starts within three days, given last week."""
    day = queries.today() + timedelta(days=2)
    times = [Time(day.weekday(), time(18), 90)]
    place = making.enrolment(cast, making.group(cast, starts_on=day, times=times))
    Enrolment.objects.update(created_at=timezone.now() - timedelta(days=7))
    Message.objects.all().delete()
    return place


def told() -> list[str]:
    return sorted(message.kind.removeprefix("schedule.") for message in Message.objects.all())


def test_they_are_told_and_asked_once(soon: Enrolment) -> None:
    tasks.write_ahead_of_starts()
    tasks.write_ahead_of_starts()
    assert told() == ["group_starts", "will_you_come"]
    soon.refresh_from_db()
    assert soon.asked_at is not None
    asked = Message.objects.get(kind="schedule.will_you_come")
    assert soon.token in asked.body


def test_not_at_night(soon: Enrolment) -> None:
    night = timezone.now().replace(hour=1)
    with patch("django.utils.timezone.now", lambda: night):
        tasks.write_ahead_of_starts()
    assert told() == []


def test_not_before_the_days_that_the_owner_has_set(soon: Enrolment) -> None:
    MessageSetting.objects.create(kind="schedule.group_starts", days_before=1)
    MessageSetting.objects.create(kind="schedule.will_you_come", is_on=False)
    tasks.write_ahead_of_starts()
    assert told() == []


def test_not_whoever_left_or_waits_or_whose_group_is_cancelled(cast: Cast, soon: Enrolment) -> None:
    commands.cancel_group(Actor.of(cast.sanita), soon.group, reason="Too few")
    Message.objects.all().delete()
    tasks.write_ahead_of_starts()
    assert told() == []


def test_not_whoever_wants_no_messages(soon: Enrolment) -> None:
    Client.objects.update(wants_messages=False)
    tasks.write_ahead_of_starts()
    assert told() == []


def test_what_was_not_sent_is_stopped_when_they_leave(cast: Cast, soon: Enrolment, settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example"
    tasks.write_ahead_of_starts()
    commands.cancel_enrolment(Actor.of(cast.ilze), soon, reason="ill")
    assert set(Message.objects.values_list("state", flat=True)) == {Message.State.CANCELLED}


def test_it_costs_the_same_for_many(cast: Cast, soon: Enrolment) -> None:
    def cost() -> int:
        Message.objects.all().delete()
        Enrolment.objects.update(created_at=timezone.now() - timedelta(days=7), asked_at=None)
        with CaptureQueriesContext(connection) as counted:
            tasks.write_ahead_of_starts()
        return len(counted)

    few = cost()
    for _each in range(8):
        making.enrolment(cast, soon.group)
    assert cost() == few
    assert Message.objects.count() == 18


def test_staff_ask_now_once_a_day(cast: Cast, as_user: AsUser, soon: Enrolment) -> None:
    address = f"/groups/{soon.group_id}/ask/"
    assert b"1 person is asked." in as_user(cast.liga).post(address, follow=True).content
    assert b"nobody to ask" in as_user(cast.liga).post(address, follow=True).content
    tasks.write_ahead_of_starts()
    assert told() == ["group_starts", "will_you_come"], "who was asked by hand is not asked again"


def test_an_import_writes_to_nobody(cast: Cast) -> None:
    commands.enrol(Actor(ActorKind.IMPORT), making.group(cast), making.student(cast))
    assert told() == []


def test_in_the_readers_language(cast: Cast) -> None:
    place = making.enrolment(cast, making.group(cast), making.student(cast, language="lv"))
    body = Message.objects.get(client=place.student).body
    assert "Nodarbības: pirmd., trešd. 18:00" in body
    assert "Cena: 220 €" in body.replace("\xa0", " ")


@pytest.mark.parametrize("language", ["en", "lv", "hu", "mn", "sw"])
@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.name)
def test_every_shipped_text_can_be_sent(kind: MessageKind, language: str, cast: Cast) -> None:
    text = shipped(kind.name, language)
    assert language == "en" or text != shipped(kind.name, "en")
    check(kind, text)


def test_offers_end_in_the_daytime(cast: Cast) -> None:
    group, (held,) = making.full_group(cast)
    waiting = making.enrolment(cast, group, wait_if_full=True)
    late = datetime.now(UTC).replace(hour=20, minute=30)
    with patch("django.utils.timezone.now", lambda: late):
        commands.cancel_enrolment(Actor.of(cast.ilze), held, reason="ill")
    waiting.refresh_from_db()
    assert waiting.offered_until is not None
    assert waiting.offered_until.astimezone(cast.centrs.tz).hour == 9

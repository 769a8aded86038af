"""What students are told about their place: the messages, filled in, in the reader's language.

Each function joins the transaction of the command that calls it. The key of a message begins with the enrolment, so
that what is not yet sent can be stopped when the enrolment ends.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from zvans.core import money, organisation
from zvans.core.actors import Actor, ActorKind
from zvans.core.dates import long_day
from zvans.messaging.commands import Draft, queue_many
from zvans.people.models import Client, ContactPoint
from zvans.schedule import queries
from zvans.schedule.models import Enrolment


def key(place: Enrolment, rest: str) -> str:
    return f"schedule.enrolment:{place.pk}:{rest}"


def place_confirmed(by: Actor, place: Enrolment) -> None:
    if _is_news(by, place):
        _write(place, "place_confirmed", "confirmed")


def moved_to_group(by: Actor, place: Enrolment) -> None:
    if _is_news(by, place):
        _write(place, "moved_to_group", "moved")


def waiting_list(by: Actor, place: Enrolment) -> None:
    if _is_news(by, place):
        _write(place, "waiting_list", "waiting", number=queries.number_in_line(place))


def waiting_list_offer(by: Actor, place: Enrolment) -> None:
    """Goes out whatever the hour is: the time to answer is running."""
    _write(place, "waiting_list_offer", "offer")


def group_cancelled(by: Actor, place: Enrolment, reason: str) -> None:
    if _is_news(by, place):
        _write(place, "group_cancelled", "group_cancelled", reason=reason)


def group_starts(places: QuerySet[Enrolment]) -> int:
    """Tell those who can be told; how many are."""
    drafts = [_draft(place, f"starts:{place.group.starts_on}") for place in reachable(places)]
    return len(queue_many("schedule.group_starts", drafts))


def will_you_come(places: QuerySet[Enrolment], *, again: date | None = None) -> int:
    """Ask those who can be asked, and remember when; how many are.

    Args:
        again: the day on which a person asks, who may do so again another day.
    """
    drafts = {}
    for place in reachable(places):
        draft = _draft(place, f"coming:{place.group.starts_on}" + (f":{again}" if again else ""))
        drafts[draft.key] = (place.pk, draft)
    made = queue_many("schedule.will_you_come", [draft for _pk, draft in drafts.values()])
    asked = [drafts[message.key][0] for message in made]
    Enrolment.objects.filter(pk__in=asked).update(asked_at=timezone.now())
    return len(asked)


def reachable(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The enrolments of which someone has a readable e-mail and wants messages, with all that is written of them."""
    addresses = ContactPoint.objects.filter(kind=ContactPoint.Kind.EMAIL, typed="")
    of_student, of_payer = (
        Exists(addresses.filter(client=OuterRef(whose), client__wants_messages=True)) for whose in ("student", "payer")
    )
    return with_readers(places.filter(Q(of_student) | Q(of_payer)))


def with_readers(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """All that a message says of a place and whom it goes to, in a fixed number of queries."""
    of_group = (f"group__{name}" for name in ("program", "branch", "teacher", "room"))
    return places.select_related("student", "payer", *of_group).prefetch_related(
        "group__weekly_times", "student__contacts", "payer__contacts"
    )


def reader(place: Enrolment) -> Client:
    """Who is written to: the student, or whoever pays when the student has no address."""
    for client in (place.student, place.payer):
        if any(point.kind == ContactPoint.Kind.EMAIL and point.is_readable for point in client.contacts.all()):
            return client
    return place.student


def language_of(client: Client) -> str:
    return client.language or organisation.current().language


def link(place: Enrolment) -> str:
    """Where the client answers, without signing in."""
    return str(settings.PUBLIC_URL) + reverse("place_answer", args=[place.token])


def _is_news(by: Actor, place: Enrolment) -> bool:
    """What an import brings in, and what is long under way, is not told to anyone."""
    return by.kind != ActorKind.IMPORT and not place.group.has_ended(queries.today(place.group.branch))


def _write(place: Enrolment, kind: str, rest: str, **more: Any) -> None:
    queue_many(f"schedule.{kind}", [_draft(place, rest, **more)])


def _draft(place: Enrolment, rest: str, **more: Any) -> Draft:
    client = reader(place)
    language = language_of(client)
    with translation.override(language):
        return Draft(key(place, rest), client, facts(place, **more), language=language)


def facts(place: Enrolment, **more: Any) -> dict[str, Any]:
    """What the texts may say of the place, in the active language; see ``register.py`` for each placeholder."""
    group = place.group
    first = [row.starts_at for row in group.weekly_times.all() if row.weekday == group.starts_on.weekday()]
    return {
        "student": {"name": place.student.name, "given_name": place.student.given_name},
        "group": {
            "name": group.name,
            "program": group.program.name,
            "teacher": str(group.teacher or ""),
            "branch": group.branch.name,
            "address": group.branch.address,
            "room": str(group.room or ""),
            "link": group.link,
            "pattern": group.pattern,
            "starts_on": long_day(group.starts_on),
            "starts_at": f"{min(first):%H:%M}" if first else "",
            "lessons": group.lesson_count,
        },
        "place": {
            "price": money.show(place.price - place.discount),
            "link": link(place),
            "answer_by": _moment(place.offered_until, group.branch.tz) if place.offered_until else "",
        }
        | more,
    }


def _moment(moment: datetime, zone: Any) -> str:
    local = moment.astimezone(zone)
    return f"{long_day(local.date())}, {local:%H:%M}"

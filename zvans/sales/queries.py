"""Reads that join: the board, the figures of the funnel, what there is to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zvans.core import collation, organisation
from zvans.core.actors import ActorKind
from zvans.core.journal import content_type
from zvans.core.models import EventSubject
from zvans.core.times import at_wall_time
from zvans.people.access import sees_contacts, usable_sources
from zvans.people.models import Client, ContactPoint
from zvans.sales.access import possible_managers
from zvans.sales.models import Answer, Application, Deal, DealQuerySet, Pipeline, RefusalReason, Stage
from zvans.schedule.access import visible_programs
from zvans.team.access import visible_branches
from zvans.team.models import User

CARDS = 30
FUNNEL_DAYS = 30
_ON_A_CARD = (
    *("stage_id", "state", "answer", "price", "wish", "next_step", "next_step_kind", "next_step_at"),
    *("archived_at", "client__given_name", "client__patronymic", "client__family_name"),
    *("program__name", "program__price", "group__name", "group__price", "manager__name"),
)


@dataclass
class Column:
    """A stage on the board: its first cards, and how many deals it has in all.

    Args:
        total: the sum of their prices, as agreed or else as listed, in minor units; None for whoever sees no
            revenue.
    """

    stage: Stage
    count: int = 0
    total: int | None = None
    cards: list[Deal] = field(default_factory=list)

    @property
    def more(self) -> bool:
        return self.count > len(self.cards)


def board(deals: DealQuerySet, pipeline: Pipeline, *, sums: bool) -> list[Column]:
    """The open deals of a pipeline by stage, the next step first, a page of each; three queries."""
    columns = heads(deals, pipeline, sums=sums)
    place = Window(RowNumber(), partition_by="stage_id", order_by=("next_step_at", "pk"))
    first = deals.open().filter(pipeline=pipeline).annotate(place=place).filter(place__lte=CARDS)
    for deal in _as_cards(first):
        columns[deal.stage_id].cards.append(deal)
    return list(columns.values())


def heads(deals: DealQuerySet, pipeline: Pipeline, *, sums: bool) -> dict[int, Column]:
    """The columns without their cards, by stage; two queries. A stage put away stays while it has open deals."""
    price = Coalesce("price", "group__price", "program__price")
    totals = deals.open().filter(pipeline=pipeline).order_by().values("stage").annotate(n=Count("pk"), sum=Sum(price))
    counted = {row["stage"]: row for row in totals}
    return {
        stage.pk: Column(
            stage,
            count=counted[stage.pk]["n"] if stage.pk in counted else 0,
            total=((stage.pk in counted and counted[stage.pk]["sum"]) or 0) if sums else None,
        )
        for stage in pipeline.stages.all()
        if stage.pk in counted or not stage.is_archived
    }


def cards(deals: DealQuerySet, stage: Stage, after: int) -> list[Deal]:
    """The next page of a column."""
    return list(_as_cards(deals.open().filter(stage=stage))[after : after + CARDS])


def _as_cards(deals: DealQuerySet) -> DealQuerySet:
    """In the order of their next steps, with no more columns than a card shows."""
    deals = deals.select_related("client", "program", "group", "manager").only(*_ON_A_CARD)
    return deals.order_by("next_step_at", "pk")


def as_rows(deals: DealQuerySet) -> DealQuerySet:
    """With no more columns than a row of the list shows."""
    joined = deals.select_related("client", "program", "group", "manager", "stage", "source", "refusal_reason")
    return joined.only(
        *_ON_A_CARD, *("created_at", "stage__name", "stage__answer", "source__name", "refusal_reason__name")
    )


@dataclass(frozen=True)
class Figure:
    """A number of the funnel: the deals of a time for which the condition holds."""

    name: str
    label: str | Promise
    condition: Q
    tone: str = ""


_BY_HAND = Q(application=None)
FIGURES: Mapping[str, Figure] = {
    figure.name: figure
    for figure in (
        Figure("asked", _("Asked"), Q(pk__isnull=False)),
        # A deal made by hand comes of a talk; an application is reached when someone has worked on it.
        Figure("reached", _("Reached"), _BY_HAND | Q(application__answered_at__isnull=False)),
        Figure("confirmed", _("Confirmed"), Q(answer=Answer.CONFIRMED) | Q(state=Deal.State.WON), "blue"),
        Figure("won", _("Won"), Q(state=Deal.State.WON), "green"),
        Figure("refused", _("Refused"), Q(state=Deal.State.LOST), "red"),
    )
}


@dataclass(frozen=True)
class Counted:
    figure: Figure
    count: int
    percent: int


def asked_here(deals: DealQuerySet) -> DealQuerySet:
    """The deals that the funnel counts: what a spreadsheet brought was worked on elsewhere."""
    imported = EventSubject.objects.filter(
        subject_type=content_type(Deal()), subject_id=OuterRef("pk"), event__actor_kind=ActorKind.IMPORT
    )
    return deals.filter(~Exists(imported))


def funnel(deals: DealQuerySet, since: datetime) -> list[Counted]:
    """What became of the deals opened since then; one query. The list filtered by a figure shows what it counts."""
    counts: dict[str, int] = asked_here(deals.active().filter(created_at__gte=since)).aggregate(
        **{name: Count("pk", filter=figure.condition) for name, figure in FIGURES.items()}
    )
    asked = counts["asked"]
    return [
        Counted(figure, counts[name], counts[name] * 100 // asked if asked else 0) for name, figure in FIGURES.items()
    ]


def funnel_start() -> datetime:
    """The beginning of the day so many days ago, where the school is."""
    zone = organisation.current().tz
    return at_wall_time(timezone.localdate(timezone=zone) - timedelta(days=FUNNEL_DAYS), time.min, zone)


def unanswered(deals: DealQuerySet) -> DealQuerySet:
    """The open deals of applications that nobody has worked on, the longest waiting first."""
    waiting = deals.open().filter(application__answered_at=None, application__isnull=False)
    return waiting.order_by("application__created_at")


def due_steps(deals: DealQuerySet, until: datetime) -> DealQuerySet:
    """The open deals whose next step is due by then, overdue first, without those of unanswered applications."""
    waiting = Application.objects.filter(answered_at=None)
    due = deals.open().filter(next_step_at__lt=until).exclude(pk__in=waiting.values("deal"))
    return due.order_by("next_step_at", "pk")


@dataclass(frozen=True)
class Line:
    """A deal to work on, with the number to call: "" when there is none that the user may see."""

    deal: Deal
    phone: str


def lines(user: User, deals: DealQuerySet, *more: str) -> list[Line]:
    """The deals with their clients' first numbers; two queries.

    Args:
        more: what else of the deals is read: "stage__within_hours".
    """
    joined = ("client", "program", "group", "manager", *{name.partition("__")[0] for name in more if "__" in name})
    found = list(deals.select_related(*joined).only(*_ON_A_CARD, *more))
    points = ContactPoint.objects.filter(
        client__in={deal.client_id for deal in found}, kind=ContactPoint.Kind.PHONE, typed=""
    ).order_by("-position", "-pk")
    first = {point.client_id: point.value for point in points} if sees_contacts(user) else {}
    return [Line(deal, first.get(deal.client_id, "")) for deal in found]


def choices(user: User) -> dict[str, list[tuple[int, str]]]:
    """What lists of deals are filtered by, for this user; one query for all of it."""
    kinds: dict[str, Any] = {
        "manager": possible_managers(user).values_list("name", "pk"),
        "branch": visible_branches(user).values_list("name", "pk"),
        "program": visible_programs(user).filter(archived_at=None).values_list("name", "pk"),
        "source": usable_sources().values_list("name", "pk"),
        "stage": Stage.objects.active().filter(pipeline__archived_at=None).values_list("name", "pk"),
        "reason": RefusalReason.objects.active().values_list("name", "pk"),
    }
    parts = [
        rows.order_by().annotate(what=Value(kind)).values_list("what", "pk", "name") for kind, rows in kinds.items()
    ]
    found: dict[str, list[tuple[int, str]]] = {kind: [] for kind in kinds}
    for kind, pk, name in parts[0].union(*parts[1:], all=True):
        found[kind].append((pk, name))
    return {kind: sorted(pairs, key=lambda pair: collation.order(pair[1])) for kind, pairs in found.items()}


def family(client: Client) -> list[Client]:
    """Who may study for what the client asks: those for whom they are a relative, and their own relatives."""
    tied = Client.objects.active().filter(Q(ties__relative=client) | Q(ties_to__client=client))
    return list(tied.distinct())

"""Requests written in bulk: deals with their places and sales, each with its event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zvans.core import bulk, journal, money, organisation, search
from zvans.core.actors import Actor
from zvans.core.models import EventSubject
from zvans.core.times import at_wall_time
from zvans.people.imports.cells.statuses import Standing
from zvans.people.imports.targets import Outcome, Row
from zvans.people.imports.words import key
from zvans.sales.commands.pipelines import lay_pipeline
from zvans.sales.imports import enrolling
from zvans.sales.imports.groups import Groups
from zvans.sales.imports.selling import is_sold, people_of, sell
from zvans.sales.imports.settling import Request, settle
from zvans.sales.models import Answer, Deal, RefusalReason, Stage
from zvans.schedule.models import Group, Program

_FIRST_CALL = time(10)
_AGREED = (Standing.CONFIRMED, Standing.PAID, Standing.INSTALMENTS, Standing.ATTENDING)


@dataclass
class _Places:
    """Where requests belong: programs, stages and reasons, by their folded names."""

    programs: dict[str, Program]
    reasons: dict[str, RefusalReason]
    first: Stage
    stages: dict[Standing, Stage]
    steps: dict[Standing, str]


def write(by: Actor, rows: Sequence[Row]) -> Outcome:
    """Open a deal for each row that names a course, a service, a price, a payment or a status."""
    outcome = Outcome()
    today = timezone.localdate(timezone=organisation.current().tz)
    groups = Groups(_groups(), today)
    requests = [request for row in rows if (request := settle(row, groups))]
    if not requests:
        return outcome
    places = _places(by, requests, today)
    asked = [(request, _deal(request, places, today, outcome)) for request in requests]
    new = enrolling.enrol(by, _not_there_yet(by, asked), outcome)
    deals = [deal for _request, deal in new]
    bulk.create(deals)
    search.index_many(deals)
    _record_deals(by, deals)
    sold = [(request, deal) for request, deal in new if is_sold(request, deal)]
    payments = sell(by, sold, today)
    of_row = {request.row.number: (request, deal) for request, deal in asked}
    outcome.shown = lambda row: _shown(*of_row[row]) if row in of_row else ""
    outcome.counts |= {
        "deals_created": len(deals),
        "payments_created": payments,
        "deals_matched": len(asked) - len(deals),
    }
    for state in Deal.State.values:
        outcome.counts[f"deals_{state}"] = sum(deal.state == state for deal in deals)
    return outcome


def _groups() -> Iterable[Group]:
    """The groups that rows may name."""
    groups = Group.objects.active().open().select_related("program", "branch")
    return groups.prefetch_related("weekly_times").order_by("pk")


def _not_there_yet(by: Actor, asked: Sequence[tuple[Request, Deal]]) -> list[tuple[Request, Deal]]:
    """The requests that were not in the base before this import: the same file brought in again adds nothing.

    A deal of the same people for the same program at the same price and moment is the same one, once for each row;
    where the row has no day, the moment doesn't count.
    """
    people = {deal.client.pk for _request, deal in asked}
    found = list(Deal.objects.active().filter(client__in=people).order_by("pk"))
    deal_type = journal.content_type(Deal())
    ours = EventSubject.objects.filter(
        subject_type=deal_type, subject_id__in=[deal.pk for deal in found], event__batch=by.batch
    )
    written = set(ours.values_list("subject_id", flat=True)) if found else set()
    there = Counter(
        same for deal in found if deal.pk not in written for same in (_same(deal, True), _same(deal, False))
    )
    new = []
    for request, deal in asked:
        same = _same(deal, request.on is not None)
        if there[same] > 0:
            there[same] -= 1
        else:
            new.append((request, deal))
    return new


def _same(deal: Deal, dated: bool) -> tuple[object, ...]:
    moment = deal.created_at.isoformat() if dated else ""
    return deal.client_id, deal.student_id, deal.program_id, deal.price, moment


def _places(by: Actor, requests: Sequence[Request], today: date) -> _Places:
    pipeline = lay_pipeline(by)
    stages = list(pipeline.stages.active())
    programs = _programs(by, requests)
    return _Places(
        programs=programs,
        reasons=_reasons(by, {request.reason for request in requests if request.state(today) == "lost"}),
        first=stages[0],
        stages=_stages({key(stage.name): stage for stage in stages}),
        steps={
            Standing.CALL_BACK: _("Call, as the spreadsheet says"),
            Standing.THINKING: _("Call and ask what they have decided"),
            Standing.WAITING: _("Call and tell when there is a place"),
            Standing.CONFIRMED: _("Agree on the start and the payment"),
            Standing.NEW: _("Call about the request from the spreadsheet"),
        },
    )


def _stages(by_name: dict[str, Stage]) -> dict[Standing, Stage]:
    """The stages where requests stand that are not new, as far as the pipeline has them."""
    names = {Standing.THINKING: _("Thinking"), Standing.WAITING: _("Thinking"), Standing.CALL_BACK: _("Contacted")}
    names |= dict.fromkeys(_AGREED, _("Confirmed"))
    return {standing: by_name[key(name)] for standing, name in names.items() if key(name) in by_name}


def _programs(by: Actor, requests: Sequence[Request]) -> dict[str, Program]:
    """The programs by folded name; those that are missing are made, not shown on the website."""
    named: dict[str, list[Request]] = {}
    for request in requests:
        if request.wanted and not request.match.group:
            named.setdefault(key(request.wanted)[:120], []).append(request)
    programs = {key(program.name)[:120]: program for program in Program.objects.active().order_by("-pk")}
    missing = [
        Program(
            name=_fairest(request.wanted for request in asked)[:120],
            kind=Program.Kind.PRIVATE if asked[0].visited else Program.Kind.COURSE,
            price=_usual_price(asked),
            is_public=False,
        )
        for folded, asked in named.items()
        if folded not in programs
    ]
    Program.objects.bulk_create(missing)
    journal.record_many((journal.draft(by, "schedule.program_added", program), program, ()) for program in missing)
    return programs | {key(program.name)[:120]: program for program in missing}


def _reasons(by: Actor, wanted: set[str]) -> dict[str, RefusalReason]:
    """The reasons of refusal by folded name; "" is the one for whom nothing was said."""
    if not wanted:
        return {}
    reasons = {key(reason.name): reason for reason in RefusalReason.objects.active()}
    found: dict[str, RefusalReason] = {}
    for name in sorted(wanted):
        shown = (name or _("Not said"))[:80]
        folded = key(shown)
        near = next((reason for known, reason in reasons.items() if folded in known.split() or folded == known), None)
        if near is None:
            near, made = RefusalReason.objects.get_or_create(name=shown, defaults={"position": len(reasons)})
            reasons[folded] = near
            if made:
                journal.record(by, "sales.refusalreason_added", near)
        found[name] = near
    return found


def _deal(request: Request, places: _Places, today: date, outcome: Outcome) -> Deal:
    row, state = request.row, request.state(today)
    group = request.match.group
    program = group.program if group else places.programs.get(key(request.wanted)[:120]) if request.wanted else None
    if request.match.several and state == Deal.State.WON:
        enrolling.tell_of_several(request, request.match.several, outcome)
    for name, words in request.unknown:
        reason = _(
            "The price of this row is not known, so this share of it can't be counted; it stands in the request."
        )
        outcome.problems.append((row.number, name, words, reason))
    wish = " · ".join(filter(None, (request.wish, *(words for _name, words in request.unknown))))
    opened = _moment(request)
    deal = Deal(
        client=row.client,
        student=row.student if row.student.pk != row.client.pk else None,
        pipeline=places.first.pipeline,
        stage=places.stages.get(request.standing, places.first),
        state=state,
        answer=_answer(request),
        program=program,
        group=group,
        price=request.net,
        wish=wish[:300],
        source_id=row.source_id,
        manager_id=row.manager_id,
        branch_id=group.branch_id if group else row.branch_id,
        created_at=opened,
        stage_since=opened,
    )
    if state == Deal.State.OPEN:
        _plan_step(deal, request, places, today)
    else:
        deal.closed_at = opened
    if state == Deal.State.LOST:
        deal.refusal_reason = places.reasons[request.reason]
    return deal


def _plan_step(deal: Deal, request: Request, places: _Places, today: date) -> None:
    """What is to be done next: whoever is to be called, today; the others tomorrow."""
    zone = organisation.current().tz
    if request.visited and request.on:
        deal.next_step, deal.next_step_kind = _("Visit: %(wanted)s") % {"wanted": request.wanted}, Deal.Step.MEET
        deal.next_step_at = at_wall_time(request.on, request.at or _FIRST_CALL, zone)
        return
    deal.next_step = places.steps.get(request.standing, places.steps[Standing.NEW])
    if request.standing == Standing.CALL_BACK:
        deal.next_step_at = max(at_wall_time(today, _FIRST_CALL, zone), timezone.now() + timedelta(hours=1))
    else:
        deal.next_step_at = at_wall_time(today + timedelta(days=1), _FIRST_CALL, zone)


def _answer(request: Request) -> str:
    if request.standing == Standing.THINKING:
        return Answer.THINKING
    return Answer.CONFIRMED if request.standing in _AGREED else Answer.NONE


def _moment(request: Request) -> datetime:
    """When the request was made; now, when the row does not say or names a day to come."""
    now = timezone.now()
    if request.on is None:
        return now
    return min(at_wall_time(request.on, request.at or time(12), organisation.current().tz), now)


def _record_deals(by: Actor, deals: Iterable[Deal]) -> None:
    def event(deal: Deal) -> Any:
        if deal.state == Deal.State.WON:
            return journal.draft(by, "sales.deal_won", deal, wanted=deal.wanted)
        if deal.state == Deal.State.LOST:
            return journal.draft(by, "sales.deal_lost", deal, reason=str(deal.refusal_reason), wanted=deal.wanted)
        return journal.draft(by, "sales.deal_added", deal, next_step=deal.next_step)

    journal.record_many((event(deal), deal, people_of(deal.client, deal.student)) for deal in deals)


def _shown(request: Request, deal: Deal) -> str:
    paid = f"{money.show(request.paid)} / {money.show(request.net or 0)}" if request.paid else ""
    price = money.show(request.net) if request.net and not request.paid else ""
    place = str(deal.enrolment.get_state_display()) if deal.enrolment else ""
    return " · ".join(filter(None, (deal.wanted, place or str(deal.get_state_display()), paid or price)))


def _fairest(names: Iterable[str]) -> str:
    """Of the ways a name is written, the one with most capitals where they belong."""
    best = max(
        sorted(set(names)), key=lambda name: (name[:1].isupper(), not name.isupper(), sum(c.isupper() for c in name))
    )
    return best[:1].upper() + best[1:]


def _usual_price(requests: Sequence[Request]) -> int | None:
    """The price that most of them were told."""
    prices = [request.price for request in requests if request.price]
    return max(sorted(set(prices)), key=prices.count) if prices else None

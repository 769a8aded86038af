"""What a row says of a request, settled: where it stands, what it costs, what was paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from zvans.people.imports.cells.amounts import Amount
from zvans.people.imports.cells.dates import DateStyle, read_date
from zvans.people.imports.cells.statuses import Standing, Status
from zvans.people.imports.targets import Row
from zvans.sales.imports.groups import Groups, Match, Said

WON_BY_WORD = (Standing.PAID, Standing.ATTENDING, Standing.INSTALMENTS)


@dataclass
class Request:
    """One request, or one visit, ready to be written.

    Args:
        wanted: the course or the service, as the row names it.
        visited: the row is a line of a log of visits.
        on: the day of the request or the visit; None when the row has none.
        price: before the discount, in minor units; None when it is not known.
        payments: sums received, in minor units.
        match: the group of ours that is meant.
        unknown: what was said of money and can't be counted without a price: (field, the words).
    """

    row: Row
    wanted: str = ""
    visited: bool = False
    on: date | None = None
    at: time | None = None
    standing: Standing = Standing.NEW
    reason: str = ""
    price: int | None = None
    discount: int = 0
    payments: tuple[int, ...] = ()
    method: str = ""
    paid_on: date | None = None
    group: str = ""
    starts_on: date | None = None
    match: Match = field(default_factory=Match)
    wish: str = ""
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def net(self) -> int | None:
        return None if self.price is None else self.price - self.discount

    @property
    def paid(self) -> int:
        return sum(self.payments)

    @property
    def said_in(self) -> str:
        """The column that names the group."""
        return "deal.group" if self.group else "deal.program"

    def state(self, today: date) -> str:
        """ "won", "lost" or "open".

        A visit that is past took place, unless it was called off. A request is won by its word, or, when nothing is
        said of it, by money; a confirmed one once something was paid.
        """
        if self.standing == Standing.REFUSED:
            return "lost"
        if self.visited:
            return "open" if self.on and self.on > today else "won"
        if self.standing in WON_BY_WORD or (self.standing == Standing.CONFIRMED and self.paid):
            return "won"
        said_nothing = "deal.status" not in self.row.values
        settled = self.paid and (
            "deal.status" not in self.row.mapped or (self.net is not None and self.paid >= self.net)
        )
        return "won" if said_nothing and settled else "open"


def settle(row: Row, groups: Groups) -> Request | None:
    """The request of a row; None when it names no course, no price, no status and no payment.

    Args:
        groups: those that rows may name; whoever is enrolled in one pays its price, when the row says no other.
    """
    values = row.values
    if not any(
        name in values
        for name in ("deal.program", "deal.service", "deal.group", "deal.price", "deal.paid", "deal.status")
    ):
        return None
    status = _first(values, "deal.status") or Status(Standing.NEW)
    service = _first(values, "deal.service")
    request = Request(
        row,
        wanted=str(service or _first(values, "deal.program") or "").strip(),
        visited=service is not None,
        on=_first(values, "deal.applied_on"),
        at=_first(values, "deal.time"),
        standing=status.standing,
        reason=status.reason,
        method=_first(values, "deal.method") or "",
        paid_on=_first(values, "deal.paid_on"),
        group=str(_first(values, "deal.group") or ""),
        starts_on=_first(values, "deal.starts_on"),
    )
    _find_group(request, groups)
    _price(request, _first(values, "deal.price"), _first(values, "deal.discount"))
    _payments(request, values.get("deal.paid", []), _first(values, "deal.balance"))
    _leave_or_join(request, groups.today)
    clock = f"{request.at:%H:%M}" if request.at else ""
    first_day = "" if request.match.group else request.starts_on
    request.wish = " · ".join(
        filter(None, (request.group, str(first_day or ""), str(_first(values, "deal.specialist") or ""), clock))
    )
    return request


def _find_group(request: Request, groups: Groups) -> None:
    """The group that is meant. The group's column may hold its first day; that day is the request's, for want of one."""
    request.starts_on = request.starts_on or read_date(request.group, DateStyle(today=groups.today))
    if not request.visited:
        name = "" if read_date(request.group, DateStyle(today=groups.today)) else request.group
        request.match = groups.find(Said(request.wanted, name, request.starts_on, request.on))
    if request.on is None and request.starts_on and request.starts_on <= groups.today:
        request.on = request.starts_on


def _leave_or_join(request: Request, today: date) -> None:
    """Only whoever is enrolled is in a group that the row does not name, and owes its price unless it has ended."""
    won, group = request.state(today) == "won", request.match.group
    if not won and not request.match.is_named:
        request.match = Match()
    elif won and group and request.price is None and not group.has_ended(today):
        request.price = group.price


def _price(request: Request, price: Amount | None, discount: Amount | None) -> None:
    if price is None:
        return
    if not price.parts:
        if price.share is not None or price.percent is not None:
            request.unknown.append(("deal.price", _words(price)))
        return
    request.price, request.discount = price.whole, price.discount
    if discount and discount.percent is not None:
        request.discount = int(price.whole * discount.percent / 100)
    elif discount and discount.share is not None and discount.share < 1:  # "10%" in a column of discounts
        request.discount = int(price.whole * discount.share)
    elif discount and discount.parts:
        request.discount = discount.total
    request.discount = max(0, min(request.discount, price.whole))


def _payments(request: Request, paid: list[Amount], balance: Amount | None) -> None:
    for amount in paid:
        if request.price is None and amount.share and request.match.group:
            request.price = request.match.group.price
        parts = amount.of(request.net)
        if parts is None:
            request.unknown.append(("deal.paid", _words(amount)))
        else:
            request.payments += tuple(part for part in parts if part > 0)
    if paid or balance is None or request.net is None:
        _paid_by_word(request, bool(paid) or balance is not None)
        return
    left = request.net - int(request.net * balance.share) if balance.share is not None else balance.total
    request.payments = tuple(filter(lambda part: part > 0, (request.net - left,)))


def _paid_by_word(request: Request, told: bool) -> None:
    """ "Paid" as the status, on a sheet that has no column for sums."""
    mapped = request.row.mapped & {"deal.paid", "deal.balance"}
    if request.standing != Standing.PAID or told or mapped:
        return
    if request.price is None and request.match.group:
        request.price = request.match.group.price
    if request.net:
        request.payments = (request.net,)


def _words(amount: Amount) -> str:
    share = amount.percent if amount.share is None else amount.share * 100
    return f"{(share or Decimal(0)).normalize():f} %"


def _first(values: dict[str, list[Any]], name: str) -> Any:
    held = values.get(name)
    return held[0] if held else None


def moment(day: date, at: time | None) -> datetime:
    """The wall time of the day; noon when only the day is known."""
    return datetime.combine(day, at or time(12))

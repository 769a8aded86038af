"""The year that the demo school has lived through: told as acts in time, done by the same commands as in any school.

Everything counts from today and comes out the same each time. An act that would be in the future is not done: those
people are still thinking, have not paid yet, or have not been called.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from typing import Any

from django.utils import timezone, translation
from django_q.models import OrmQ

from zvans.core import organisation
from zvans.core.actors import Actor, ActorKind
from zvans.core.kept_lists.commands import add_entry
from zvans.core.times import at_wall_time
from zvans.demo import cast as the_cast
from zvans.demo import plans
from zvans.demo.clock import Clock, turned_back
from zvans.demo.crew import Crew, Person
from zvans.demo.plans import GroupPlan
from zvans.messaging.models import Message
from zvans.money import commands as money
from zvans.money.models import Sale
from zvans.people import commands as people
from zvans.people.commands import Contact
from zvans.people.models import Client, ContactPoint, FamilyTie, Source
from zvans.sales import commands as sales
from zvans.sales.models import Deal, RefusalReason
from zvans.schedule import commands as schedule
from zvans.schedule.models import Enrolment, Group, Room
from zvans.team.models import User

Act = Callable[[], object]
DAYS = 380
METHODS = ("card", "card", "transfer", "transfer", "cash")


def live(progress: Callable[[int, int], object] = lambda done, total: None) -> None:
    """Found the school and live its year, in the caller's transaction.

    Args:
        progress: told after each day how many days are lived, and of how many.
    """
    queued = set(OrmQ.objects.values_list("pk", flat=True))
    with translation.override("en"), turned_back() as clock:
        school_year = Year(clock)
        organisation.hold(school_year.cast.school)
        try:
            school_year.begin()
            school_year.go_on(progress)
        finally:
            organisation.hold(None)
    for hours, user in enumerate(school_year.cast.everyone, 2):
        User.objects.filter(pk=user.pk).update(last_login=school_year.now - timedelta(hours=3 * hours))
    # What was said in the past is not sent now.
    past = Message.objects.filter(state=Message.State.QUEUED, next_attempt_at__lte=timezone.now())
    past.update(state=Message.State.KEPT)
    OrmQ.objects.exclude(pk__in=queued).delete()


class Year:
    """Acts wait in a queue by their time; doing one may add others."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.now = timezone.now()
        self.acts: list[tuple[datetime, int, Act]] = []
        self.told = 0
        self.dice = random.Random(20)
        clock.set(self.now - timedelta(days=DAYS))
        self.cast = the_cast.assemble()
        self.zone = self.cast.school.tz
        self.today = timezone.localtime(self.now, self.zone).date()
        self.crew = Crew(self.dice, self.today)
        self.regulars: dict[str, list[Client]] = {}

    def begin(self) -> None:
        """The school as it was a year ago: settings, rooms, programs, and the people of the old spreadsheet."""
        owner = Actor.of(self.cast.sanita)
        self.cast.school.language = "en"
        self.cast.school.save()
        self.stages = list(sales.lay_pipeline(owner).stages.all())
        self.reasons = list(RefusalReason.objects.all())
        self.sources = [add_entry(owner, Source, name=name) for name in plans.CALLED_SOURCES]
        self.rooms = {
            name: add_entry(owner, Room, branch=branch, name=name, capacity=places)
            for name, branch, places in (
                ("Room 1", self.cast.centrs, 14),
                ("Room 2", self.cast.centrs, 10),
                ("Room 3", self.cast.centrs, 22),
                ("Studio", self.cast.studija, 8),
            )
        }
        self.programs = {
            plan.name: schedule.add_program(
                owner,
                name=plan.name,
                kind=plan.kind,
                price=plan.price * 100,
                lesson_count=plan.lessons,
                lesson_minutes=plan.minutes,
                capacity=plan.places,
                description=plan.about,
            )
            for plan in plans.PROGRAMS.values()
        }
        self.bring_in_old_clients(70)
        for plan in plans.GROUPS:
            starts = self._first_day(plan)
            self.at(starts - timedelta(days=46), "09:30", partial(self.open_group, plan, starts))
        for days in range(1, 4):
            self.at(self.today - timedelta(days=days), "12:30", self.log_a_call)
        self.at(self.today - timedelta(days=40), "11:00", self.firm_learns)
        self.at(self.today, "00:01", self.give_tasks)
        for hours in (1, 3, 6, 17, 22, 29):
            self.at_moment(self.now - timedelta(hours=hours, minutes=self.dice.randrange(50)), self.apply_unanswered)

    def go_on(self, progress: Callable[[int, int], object]) -> None:
        """Live from act to act until today."""
        lived = -1
        while self.acts:
            moment, _order, act = heappop(self.acts)
            self.clock.set(moment)
            if (days := DAYS - (self.now - moment).days) > lived:
                lived = days
                progress(lived, DAYS)
            act()

    def at(self, day: date, wall: str, act: Act) -> None:
        self.at_moment(at_wall_time(day, time.fromisoformat(wall), self.zone), act)

    def at_moment(self, moment: datetime, act: Act) -> None:
        moment = max(moment, timezone.now())  # nothing happens before what led to it
        if moment <= self.now:
            self.told += 1
            heappush(self.acts, (moment, self.told, act))

    def in_days(self, days: float, act: Act) -> None:
        """So many days from the act at hand, at a working hour."""
        local = timezone.localtime(timezone.now(), self.zone) + timedelta(days=days)
        wall = time(self.dice.randint(9, 18), self.dice.randrange(0, 60, 5))
        moment = at_wall_time(local.date(), wall, self.zone)
        self.at_moment(max(moment, timezone.now() + timedelta(minutes=20)), act)

    # --- the base of clients -------------------------------------------------------------------------------------

    def bring_in_old_clients(self, count: int) -> None:
        by = Actor(ActorKind.IMPORT, self.cast.sanita.pk, "clients-2024.xlsx")
        source = add_entry(Actor.of(self.cast.sanita), Source, name="Old spreadsheet")
        for number in range(count):
            person = self.crew.next()
            studio = number % 4 == 0
            manager = self.cast.janis if studio else self.cast.ilze
            tags = [tag for tag in ("evenings", "newsletter", "speaks Russian", "VIP") if self.dice.random() < 0.12]
            client = self._add(by, person, manager, source, tags=tags)
            self.regulars.setdefault(self._branch_of(manager), []).append(client)
            if self.dice.random() < 0.2:
                people.add_note(by, client, self.dice.choice(plans.NOTES))

    def firm_learns(self) -> None:
        """An employer who pays for three of the staff."""
        by = Actor.of(self.cast.ilze)
        firm = people.add_client(
            by,
            given_name="Baltic Bolts SIA",
            kind=Client.Kind.FIRM,
            contacts=[Contact(ContactPoint.Kind.EMAIL, "personals@balticbolts.example", label="staff department")],
            manager=self.cast.ilze,
            branch=self.cast.centrs,
        )
        group = Group.objects.filter(program__name="German A1", state=Group.State.OPEN).latest("starts_on")
        for _employee in range(2):
            employee = self._add(by, self.crew.next(), self.cast.ilze, self.sources[0])
            people.tie_family(by, employee, firm, kind=FamilyTie.Kind.EMPLOYER, pays=True)
            schedule.enrol(by, group, employee, manager=self.cast.ilze)

    def give_tasks(self) -> None:
        by = Actor.of(self.cast.martins)
        for name, title, days, hour, is_call in plans.TASKS:
            due = at_wall_time(self.today + timedelta(days=days), time(hour), self.zone)
            people.add_task(by, title=title, due_at=due, assignee=getattr(self.cast, name), is_call=is_call)

    def log_a_call(self) -> None:
        client = self.dice.choice(self.regulars["Centrs"])
        people.log_call(
            Actor.of(self.cast.liga), client, outcome="reached", text="Asked about the summer.", incoming=True
        )

    # --- a group, and those who come to it -----------------------------------------------------------------------

    def open_group(self, plan: GroupPlan, starts: date) -> None:
        program = self.programs[plan.program]
        teacher: User | None = getattr(self.cast, plan.teacher) if plan.teacher else None
        group = schedule.open_group(
            Actor.of(self.cast.martins),
            program=program,
            branch=self.cast.studija if plan.in_studio else self.cast.centrs,
            starts_on=starts,
            times=plan.times(program.lesson_minutes),
            name=f"{plan.program}, {plan.label}" if plan.label else "",
            teacher=teacher,
            room=self.rooms[plan.room],
            sign_up_until=starts + timedelta(days=3),
        )
        opened = timezone.localtime(timezone.now(), self.zone).date()
        until = min((starts - opened).days - 2, (self.today - opened).days)
        fates = ["come"] * plan.come + ["refuse"] * plan.ask + ["think"] * plan.wait
        self.dice.shuffle(fates)
        for fate in fates:
            latest = min(9, until) if fate == "think" else until
            day = opened + timedelta(
                days=until - self.dice.randint(0, max(latest, 0))
                if fate == "think"
                else self.dice.randint(0, max(until - 4, 0))
            )
            self.at(
                day,
                f"{self.dice.randint(8, 21):02}:{self.dice.randrange(60):02}",
                partial(self.meet, group, plan, fate),
            )
        if plan.cancelled is not None:
            self.at(self.today - timedelta(days=plan.cancelled), "10:15", partial(self.cancel_group, group))
        self.at(starts - timedelta(days=5), "10:00", partial(self.ask_coming, group))

    def meet(self, group: Group, plan: GroupPlan, fate: str) -> None:
        """Someone asks about the group: by the website, by phone, or again after another course."""
        known = self.regulars.get(group.branch.name, [])
        if known and fate == "come" and not plans.PROGRAMS[plan.program].for_children and self.dice.random() < 0.3:
            client = known.pop(self.dice.randrange(len(known)))
            deal = self._asks_by_phone(client, group)
        elif self.dice.random() < 0.55:
            deal = self.apply(group)
        else:
            manager = self._manager(group)
            client = self._add(Actor.of(manager), self.crew.next(), manager, self.dice.choice(self.sources))
            deal = self._asks_by_phone(client, group)
        self.in_days(self.dice.choice([0, 0, 0, 1]), partial(self.call, deal.pk, plan, fate))

    def apply(self, group: Group) -> Deal:
        person = self.crew.next()
        utm, referrer, _often = self.dice.choices(plans.SOURCES, [source[2] for source in plans.SOURCES])[0]
        application = sales.receive_application(
            name=person.name,
            phone=person.phone,
            email=person.email,
            group=group,
            comment=self.dice.choice(plans.COMMENTS),
            consent=True,
            language="lv",
            utm=utm,
            referrer=referrer,
            key=f"demo-{person.phone}",
        )
        return application.deal

    def apply_unanswered(self) -> None:
        """An application that nobody has answered yet."""
        coming = Group.objects.filter(starts_on__gt=self.today, state=Group.State.OPEN).order_by("starts_on")
        self.apply(self.dice.choice(list(coming.select_related("program", "branch"))))

    def call(self, deal_pk: int, plan: GroupPlan, fate: str) -> None:
        """The manager calls back, tells about the group, and agrees on what comes next."""
        deal = self._open(deal_pk)
        if deal is None:
            return
        by = Actor.of(deal.manager or self.cast.ilze)
        if deal.client.manager_id is None:
            people.change_client(by, deal.client, manager=deal.manager)
        if self.dice.random() < 0.15:
            people.log_call(by, deal.client, outcome="no_answer")
            later = timezone.now() + timedelta(hours=4)
            sales.call_later(by, deal, later)
            self.at_moment(later, partial(self.call, deal_pk, plan, fate))
            return
        people.log_call(by, deal.client, outcome="reached", text=self.dice.choice(plans.CALLS))
        kind, step = self.dice.choice(plans.STEPS)
        sales.move_deal(by, deal, self.stages[1])
        sales.plan_step(by, deal, next_step=step, next_step_kind=kind, next_step_at=self._later(fate))
        if self.dice.random() < 0.25:
            people.add_note(by, deal.client, self.dice.choice(plans.NOTES))
        if fate == "think":
            self.at_moment(timezone.now() + timedelta(hours=26), partial(self.think, deal_pk))
        else:
            end = self.win if fate == "come" else self.refuse
            self.in_days(self.dice.randint(1, 4), partial(end, deal_pk, plan))

    def think(self, deal_pk: int) -> None:
        deal = self._open(deal_pk)
        roll = self.dice.random()
        if deal is None or roll < 0.35:
            return
        by = Actor.of(deal.manager or self.cast.ilze)
        sales.move_deal(by, deal, self.stages[3 if roll > 0.8 else 2])

    def refuse(self, deal_pk: int, _plan: GroupPlan) -> None:
        deal = self._open(deal_pk)
        if deal:
            by = Actor.of(deal.manager or self.cast.ilze)
            reason = self.dice.choices(self.reasons, [5, 4, 3, 2, 3, 1][: len(self.reasons)])[0]
            sales.refuse(by, deal, reason=reason, note=self.dice.choice(plans.REFUSAL_NOTES))

    def win(self, deal_pk: int, plan: GroupPlan) -> None:
        """The place is theirs (or their child's); then they pay, whole or in parts, in time or late."""
        deal = self._open(deal_pk)
        if deal is None or deal.group is None or deal.group.state != Group.State.OPEN:
            return
        group = deal.group
        by = Actor.of(deal.manager or self.cast.ilze)
        discount = group.price // 10 if self.dice.random() < 0.12 else 0
        terms: dict[str, Any] = {
            "discount": discount,
            "discount_reason": "Comes again" if discount else "",
            "wait_if_full": True,
        }
        if plans.PROGRAMS[plan.program].for_children:
            given, family, born = self.crew.child(Person(deal.client.given_name, deal.client.family_name, "", "", None))
            deal = sales.win_for_someone_new(by, deal, given_name=given, family_name=family, **terms)
            people.change_client(by, deal.learner, birthday=born)
        else:
            deal = sales.win(by, deal, **terms)
            regulars = self.regulars.setdefault(group.branch.name, [])
            self.at(group.starts_on + timedelta(days=20), "12:00", partial(regulars.append, deal.client))
        place = deal.enrolment
        if place and place.state == Enrolment.State.ENROLLED and place.sale:
            self.plan_payments(by, place.sale, group)
            if self.dice.random() < 0.04:
                self.in_days(3, partial(self.give_up, place.pk))

    # --- what they pay -------------------------------------------------------------------------------------------

    def plan_payments(self, by: Actor, sale: Sale, group: Group) -> None:
        starts, owed = group.starts_on, sale.owed
        parts = [(starts, owed)]
        if owed >= 15000 and self.dice.random() < 0.6:
            third = owed // 300 * 100
            parts = [
                (starts, owed - 2 * third),
                (starts + timedelta(days=30), third),
                (starts + timedelta(days=60), third),
            ]
            money.plan_instalments(by, sale, parts)
        pays = self.dice.choices(["in time", "late", "stops"], [80, 14, 6])[0]
        for number, (due, amount) in enumerate(parts):
            if pays == "stops" and number == len(parts) - 1 and group.starts_on > self.today - timedelta(days=150):
                return
            days = self.dice.randint(4, 20) if pays == "late" else self.dice.randint(-6, 1)
            moment = f"{self.dice.randint(9, 19):02}:{self.dice.randrange(60):02}"
            day = max(
                due + timedelta(days=days), timezone.localtime(timezone.now(), self.zone).date() + timedelta(days=1)
            )
            self.at(day, moment, partial(self.pay, sale.pk, amount))

    def pay(self, sale_pk: int, amount: int) -> None:
        sale = Sale.objects.get(pk=sale_pk)
        if sale.owed <= sale.paid:
            return
        clerk = self.dice.choice([self.cast.liga, self.cast.ilze, self.cast.dace])
        today = timezone.localtime(timezone.now(), self.zone).date()
        money.take_payment(
            Actor.of(clerk),
            sale,
            amount=min(amount, sale.owed - sale.paid),
            method=self.dice.choice(METHODS),
            paid_on=today,
            key=f"demo-{sale.pk}-{sale.paid}",
        )

    # --- what goes otherwise -------------------------------------------------------------------------------------

    def give_up(self, place_pk: int) -> None:
        place = Enrolment.objects.select_related("group", "sale", "student", "payer").get(pk=place_pk)
        if place.state == Enrolment.State.ENROLLED:
            schedule.cancel_enrolment(Actor.of(self.cast.ilze), place, reason="Fell ill")

    def cancel_group(self, group: Group) -> None:
        schedule.cancel_group(Actor.of(self.cast.martins), group, reason="Too few people signed up")

    def ask_coming(self, group: Group) -> None:
        schedule.ask_coming(Actor.of(self.cast.liga), group)
        for place in group.enrolments.filter(state=Enrolment.State.ENROLLED).select_related(
            "student", "group", "payer"
        ):
            if self.dice.random() < 0.65:
                self.in_days(self.dice.choice([0, 1]), partial(self.say_coming, place))

    def say_coming(self, place: Enrolment) -> None:
        place.refresh_from_db(fields=["state"])
        if place.state == Enrolment.State.ENROLLED:
            schedule.answer_coming(Actor.client(place.student.name), place, Enrolment.Coming.YES)

    # --- small helps ---------------------------------------------------------------------------------------------

    def _add(self, by: Actor, person: Person, manager: User, source: Source, **more: Any) -> Client:
        kinds = ((ContactPoint.Kind.PHONE, person.phone), (ContactPoint.Kind.EMAIL, person.email))
        return people.add_client(
            by,
            given_name=person.given_name,
            family_name=person.family_name,
            contacts=[Contact(kind, value) for kind, value in kinds if value],
            birthday=person.birthday,
            manager=manager,
            source=source,
            branch=self.cast.studija if manager == self.cast.janis else self.cast.centrs,
            language="lv",
            **more,
        )

    def _asks_by_phone(self, client: Client, group: Group) -> Deal:
        manager = self._manager(group)
        by = Actor.of(manager)
        people.log_call(by, client, outcome="reached", text=self.dice.choice(plans.CALLS), incoming=True)
        return sales.add_deal(
            by,
            client,
            manager=manager,
            group=group,
            program=group.program,
            source=client.source,
            next_step="Call back with the dates",
            next_step_at=timezone.now() + timedelta(hours=3),
        )

    def _open(self, pk: int) -> Deal | None:
        return (
            Deal.objects.select_related("client", "manager", "group__program", "group__branch", "program", "student")
            .filter(pk=pk, state=Deal.State.OPEN)
            .first()
        )

    def _later(self, fate: str) -> datetime:
        """When the next step is due: of those who still think now, some are overdue, some are for today."""
        days = self.dice.choice([-2, -1, 0, 0, 0, 1, 1, 2, 3, 5]) if fate == "think" else self.dice.randint(1, 4)
        day = (self.today if fate == "think" else timezone.localdate()) + timedelta(days=days)
        return at_wall_time(day, time(self.dice.randint(9, 17), self.dice.randrange(0, 60, 15)), self.zone)

    def _manager(self, group: Group) -> User:
        return self.cast.janis if group.branch_id == self.cast.studija.pk else self.cast.ilze

    def _branch_of(self, manager: User) -> str:
        return "Studija" if manager == self.cast.janis else "Centrs"

    def _first_day(self, plan: GroupPlan) -> date:
        """The first day of the pattern on or after the planned one."""
        day = self.today + timedelta(days=plan.starts)
        while day.weekday() not in plan.days:
            day += timedelta(days=1)
        return day

"""What schedule shows in the storeys below it, its kinds of event, and its messages."""

from datetime import date, time

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zvans.core import jobs, journal, kept_lists, money, search, shell
from zvans.core.dates import long_day
from zvans.core.jobs import Periodic
from zvans.core.journal import EventKind
from zvans.core.shell import Addition, NavigationItem
from zvans.messaging.kinds import MessageKind, written
from zvans.messaging.kinds import kinds as messages
from zvans.people import card, today
from zvans.people.access import OwnClients, own_clients
from zvans.people.card import Act, Panel
from zvans.people.today import FirstAct, Section, first_acts
from zvans.schedule import lists, panels
from zvans.schedule.access import visible_groups
from zvans.schedule.models import Enrolment, Group
from zvans.schedule.pattern import Time, in_words

for name, sentence, icon, tone in (
    ("schedule.enrolled", _("Has a place: {about}"), "school", "green"),
    ("schedule.waiting", _("On the waiting list: {about}"), "hourglass", ""),
    ("schedule.moved_in_line", _("Now number {number} on the waiting list: {about}"), "arrows-sort", ""),
    ("schedule.place_offered", _("Offered a place, to answer by {until}: {about}"), "armchair", "blue"),
    ("schedule.offer_accepted", _("Took the place offered: {about}"), "school", "green"),
    ("schedule.offer_declined", _("No longer wants a place: {about}"), "circle-x", ""),
    ("schedule.offer_lapsed", _("Did not answer the offer in time: {about}"), "hourglass-off", "yellow"),
    ("schedule.enrolment_cancelled", _("Left ({reason}): {about}"), "circle-x", "red"),
    ("schedule.transferred", _("Moved from {before} to {after}: {about}"), "transfer", ""),
    ("schedule.is_coming", _("Will come: {about}"), "thumb-up", "green"),
    ("schedule.is_not_coming", _("Will not come: {about}"), "thumb-down", "red"),
    ("schedule.coming_unknown", _("No longer known whether they come: {about}"), "help", ""),
):
    journal.kinds.add(EventKind(name, sentence, icon=icon, tone=tone, link="enrolment"))

for name, sentence, icon, tone in (
    ("schedule.group_opened", pgettext_lazy("group", "Opened"), "school", "green"),
    ("schedule.group_changed", pgettext_lazy("group", "Changed"), "pencil", ""),
    ("schedule.group_cancelled", _("Cancelled: {reason}"), "circle-x", "red"),
    ("schedule.group_archived", pgettext_lazy("group", "Archived"), "archive", ""),
    ("schedule.group_restored", pgettext_lazy("group", "Brought back from the archive"), "archive-off", ""),
    ("schedule.lessons_moved", _("Lessons moved, because days off have changed"), "calendar-repeat", "yellow"),
    ("schedule.asked_coming", _("Asked {count} whether they will come"), "message-question", ""),
):
    journal.kinds.add(EventKind(name, sentence, icon=icon, tone=tone, link="group", amounts=("price",)))

for happened, sentence in (
    ("added", _("Added: {about}")),
    ("changed", _("Changed: {about}")),
    ("archived", _("Archived: {about}")),
    ("restored", _("Brought back: {about}")),
):
    journal.kinds.add(EventKind(f"schedule.program_{happened}", sentence, icon="books", amounts=("price",)))

for name, sentence in (
    ("schedule.closure_added", _("Closed: {about}")),
    ("schedule.closure_removed", _("Open after all: {about}")),
    ("schedule.holiday_worked", _("Lessons on a public holiday: {about}")),
    ("schedule.holiday_rested", _("No lessons on a public holiday: {about}")),
    ("schedule.rules_changed", _("Hours to answer an offer: {about}")),
):
    journal.kinds.add(EventKind(name, sentence, icon="calendar-off"))

_GROUP = {
    "student.name": _("who has the place"),
    "student.given_name": _("their given name"),
    "group.name": _("the group"),
    "group.program": _("its program"),
    "group.starts_on": _("its first day"),
    "group.starts_at": _("when its first lesson begins"),
    "group.pattern": _("the days and times of its week"),
    "group.lessons": _("how many lessons it has"),
    "group.teacher": _("who teaches it"),
    "group.branch": _("the branch"),
    "group.address": _("the address of the branch"),
    "group.room": _("the room"),
    "group.link": _("the link, when it meets online"),
}
_PRICE = {"place.price": _("what it costs, the discount taken off")}
_LINK = {"place.link": _("the link by which to answer")}
_SAMPLE_GROUP = {
    "name": "English A1",
    "program": "English A1",
    "starts_on": written(lambda: long_day(date(2027, 1, 12))),
    "starts_at": "18:00",
    "pattern": written(lambda: in_words(Time(weekday, time(18), 60) for weekday in (0, 2))),
    "lessons": 24,
    "teacher": "Anna Vītola",
    "branch": "Centrs",
    "address": "Brīvības iela 55, Rīga",
    "room": "",
    "link": "",
}
_SAMPLE = {
    "student": {"name": "Artūrs Ozols", "given_name": "Artūrs"},
    "group": _SAMPLE_GROUP,
    "place": {
        "price": written(lambda: money.show(220 * 100)),
        "link": "https://school.example/places/k3J…/",
        "answer_by": written(lambda: f"{long_day(date(2027, 1, 8))}, 18:00"),
        "number": 2,
        "reason": "",
    },
}

for order, (name, label, more, days_before, may_opt_out) in enumerate(
    (
        ("place_confirmed", _("Place confirmed"), _PRICE, None, False),
        ("waiting_list", _("On the waiting list"), {"place.number": _("the number in the line"), **_LINK}, None, False),
        (
            "waiting_list_offer",
            _("A place offered from the waiting list"),
            {"place.answer_by": _("until when it is held"), **_PRICE, **_LINK},
            None,
            False,
        ),
        ("moved_to_group", _("Moved to another group"), {}, None, False),
        ("group_cancelled", _("Group cancelled"), {"place.reason": _("why")}, None, False),
        ("will_you_come", _("Will you come?"), _LINK, 7, True),
        ("group_starts", _("Group starts"), {}, 3, True),
    ),
    start=10,
):
    messages.add(
        MessageKind(
            f"schedule.{name}",
            label=label,
            placeholders={**_GROUP, **more},
            sample=_SAMPLE,
            days_before=days_before,
            may_opt_out=may_opt_out,
            order=order,
        )
    )

jobs.PERIODIC.add(Periodic("zvans.schedule.tasks.lapse_offers", minutes=5))
jobs.PERIODIC.add(Periodic("zvans.schedule.tasks.write_ahead_of_starts", minutes=10))

own_clients.add(
    OwnClients(
        "teacher",
        lambda user: Q(
            pk__in=Enrolment.objects.filter(group__teacher=user, state=Enrolment.State.ENROLLED).values("student")
        ),
    )
)

search.kinds.add(
    search.Kind(
        "schedule.group",
        model=Group,
        heading=_("Groups"),
        words=lambda group: (group.name, group.program.name, str(group.teacher or "")),
        visible=lambda user: visible_groups(user).active().select_related("program", "branch"),
        row="schedule/found.html",
        icon="school",
        order=20,
    )
)

shell.navigation.add(
    NavigationItem(
        "group_list",
        _("Groups"),
        icon="school",
        capability="schedule.view_group",
        section="group",
        order=40,
        on_phone=True,
    )
)
shell.navigation.add(
    NavigationItem(
        "program_list", _("Programs"), icon="books", capability="schedule.view_group", section="program", order=45
    )
)
shell.additions.add(Addition("group_add", _("Group"), icon="school", capability="schedule.change_group", order=40))
shell.additions.add(Addition("program_add", _("Program"), icon="books", capability="schedule.change_group", order=45))
kept_lists.register(lists.ROOMS)
shell.settings_pages.add(
    NavigationItem(
        "closure_list",
        _("Days off"),
        icon="calendar-off",
        capability="schedule.change_group",
        section="closure_list",
        order=45,
    )
)
shell.settings_pages.add(
    NavigationItem(
        "place_rules",
        _("Waiting list"),
        icon="hourglass",
        capability="schedule.change_group",
        section="place_rules",
        order=46,
    )
)

card.panels.add(
    Panel(
        "groups",
        load=panels.load_card,
        template="schedule/card_panel.html",
        capability="schedule.view_group",
        order=30,
    )
)
card.acts.add(Act("client_enrol", _("Place in a group"), icon="school", capability="schedule.enrol", order=50))
first_acts.add(
    FirstAct(
        "program_add",
        _("Say what you teach"),
        _("A program with its price; then open its groups, and their lessons are laid by themselves."),
        icon="books",
        capability="schedule.change_group",
        order=20,
        in_dialog=True,
    )
)
today.sections.add(
    Section(
        "groups_starting",
        load=panels.load_starting,
        template="schedule/today_starting.html",
        capability="schedule.enrol",
        order=60,
        wide=False,
    )
)
today.sections.add(
    Section(
        "my_groups",
        load=panels.load_my_groups,
        template="schedule/today_my_groups.html",
        capability="schedule.view_group",
        order=10,
    )
)

"""Board, list and Today: what they show, to whom, and at what cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people.access import visible_clients
from zvans.people.tests.making import a_client
from zvans.sales import commands, queries
from zvans.sales.access import visible_deals
from zvans.sales.models import Application, Deal, RefusalReason
from zvans.sales.tests.making import a_deal, a_group, a_pipeline, a_program, an_application
from zvans.team.models import User

AsUser = Callable[[User], Http]


def many(cast: Cast, number: int, **fields: Any) -> None:
    """So many more deals, each of another client, over all stages."""
    first = a_deal(cast, **fields)
    stages = list(first.pipeline.stages.all())
    for n in range(number - 1):
        client = a_client(cast, f"Klients{n}", contacts=[])
        a_deal(cast, client=client, stage=stages[n % len(stages)], **fields)


def page_of(http: Http, address: str) -> str:
    return http.get(address).content.decode()


def test_the_board_shows_each_open_deal_at_its_stage(cast: Cast, as_user: AsUser) -> None:
    deal, lost = a_deal(cast, group=a_group(cast)), a_deal(cast, client=a_client(cast, "Zane"))
    commands.refuse(Actor.of(cast.ilze), lost, reason=RefusalReason.objects.all()[0])
    answer = as_user(cast.ilze).get(reverse("deal_board"))
    assert {column.stage.name: [card.pk for card in column.cards] for column in answer.context["columns"]} == {
        "Jauns pieteikums" if deal.stage.name != "New application" else "New application": [deal.pk],
        **{stage.name: [] for stage in deal.pipeline.stages.all()[1:]},
    }


def test_only_who_sees_revenue_sees_what_a_column_is_worth(cast: Cast, as_user: AsUser) -> None:
    a_deal(cast, price=12300)
    a_deal(cast, price=10000, client=a_client(cast, "Zane"))
    assert "€223" in page_of(as_user(cast.sanita), reverse("deal_board"))
    for person in (cast.ilze, cast.liga):
        page = page_of(as_user(person), reverse("deal_board"))
        assert "€123" in page
        assert "€223" not in page


def test_a_card_is_moved_on_the_board_and_the_move_taken_back(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.ilze)
    second = deal.pipeline.stages.all()[1]
    answer = http.post(
        reverse("deal_move", args=[deal.pk]),
        {"stage": second.pk, "board": 1, "next": "/deals/?manager=me"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/deals/?manager=me"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="deal-{deal.pk}"' in page
    assert f'id="head-{second.pk}" hx-swap-oob="true"' in page
    deal.refresh_from_db()
    assert deal.stage == second

    undo = page.split('action="')[-1].split('"')[0].replace("&amp;", "&")
    assert http.post(undo)["Location"] == "/deals/?manager=me"
    deal.refresh_from_db()
    assert deal.stage == deal.pipeline.stages.all()[0]


def test_a_card_is_moved_from_a_list_of_stages_without_a_script(cast: Cast, as_user: AsUser) -> None:
    deal, http = a_deal(cast), as_user(cast.ilze)
    third = deal.pipeline.stages.all()[2]
    assert third.name in page_of(http, reverse("deal_move", args=[deal.pk]))
    page = http.post(reverse("deal_move", args=[deal.pk]), {"stage": third.pk}, follow=True)
    deal.refresh_from_db()
    assert deal.stage == third
    (message,) = page.context["messages"]
    assert third.name in str(message)


def test_a_column_comes_in_pages(cast: Cast, as_user: AsUser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CARDS", 2)
    deals = [
        a_deal(cast, client=a_client(cast, f"K{n}"), next_step_at=timezone.now() + timedelta(hours=n)) for n in range(5)
    ]
    http, stage = as_user(cast.ilze), deals[0].stage
    column = http.get(reverse("deal_board")).context["columns"][0]
    assert ([card.pk for card in column.cards], column.count) == ([deals[0].pk, deals[1].pk], 5)
    page = http.get(reverse("deal_column", args=[stage.pk]), {"after": 2})
    assert [card.pk for card in page.context["cards"]] == [deals[2].pk, deals[3].pk]
    page = http.get(reverse("deal_column", args=[stage.pk]), {"after": 4})
    assert ([card.pk for card in page.context["cards"]], page.context["more"]) == ([deals[4].pk], False)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"mine", "theirs", "nobodys"}),
        ({"manager": "me"}, {"mine"}),
        ({"manager": "none"}, {"nobodys"}),
        ({"program": "program"}, {"mine"}),
        ({"branch": "999"}, {"mine", "theirs", "nobodys"}),
    ],
)
def test_the_board_is_narrowed(cast: Cast, as_user: AsUser, query: dict[str, str], shown: set[str]) -> None:
    program = a_program(cast)
    deals = {
        "mine": a_deal(cast, program=program),
        "theirs": a_deal(cast, client=a_client(cast, "Zane"), manager=cast.martins),
        "nobodys": a_deal(cast, client=a_client(cast, "Inga"), manager=None),
    }
    query = {name: str(program.pk) if value == "program" else value for name, value in query.items()}
    columns = as_user(cast.ilze).get(reverse("deal_board"), query).context["columns"]
    assert {card.pk for column in columns for card in column.cards} == {deals[name].pk for name in shown}


def test_who_sees_which_deals(cast: Cast) -> None:
    centrs, studija = a_deal(cast, branch=cast.centrs), a_deal(cast, branch=cast.studija, client=a_client(cast, "Zane"))
    assert set(visible_deals(cast.sanita)) == set(visible_deals(cast.dace)) == {centrs, studija}
    # Ilze is of Centrs, but the deal in Studija is her own.
    assert set(visible_deals(cast.ilze)) == {centrs, studija}
    assert set(visible_deals(cast.liga)) == {centrs}
    assert set(visible_deals(cast.janis)) == {studija}
    assert not visible_deals(cast.anna).exists()


def test_the_client_of_a_deal_is_seen_by_whoever_sees_the_deal(cast: Cast) -> None:
    client = a_client(cast)
    assert client not in visible_clients(cast.janis)
    a_deal(cast, client=client, manager=cast.janis, branch=cast.studija)
    assert client in visible_clients(cast.janis)
    assert client not in visible_clients(cast.anna)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"open", "late", "won", "lost"}),
        ("where=open", {"open", "late"}),
        ("where=won", {"won"}),
        ("where=lost", {"lost"}),
        ("where=archived", {"archived"}),
        ("where=thinking", {"late"}),
        ("step=overdue", {"late"}),
        ("since=2030-01-01", set()),
        ("until=2030-01-01", {"open", "late", "won", "lost"}),
        ("since=nonsense", {"open", "late", "won", "lost"}),
        ("figure=won", {"won"}),
        ("figure=refused", {"lost"}),
    ],
)
def test_the_list_is_narrowed(cast: Cast, as_user: AsUser, query: str, shown: set[str]) -> None:
    by = Actor.of(cast.ilze)
    deals = {name: a_deal(cast, client=a_client(cast, name)) for name in ("open", "late", "won", "lost", "archived")}
    commands.set_answer(by, deals["late"], "thinking")
    Deal.objects.filter(pk=deals["late"].pk).update(next_step_at=timezone.now() - timedelta(hours=3))
    commands.win(by, deals["won"])
    commands.refuse(by, deals["lost"], reason=RefusalReason.objects.all()[0])
    commands.archive_deal(by, deals["archived"])
    table = as_user(cast.ilze).get(f"{reverse('deal_list')}?{query}").context["table"]
    assert {row.record.pk for row in table.paginated_rows} == {deals[name].pk for name in shown}


def test_each_figure_of_the_funnel_is_the_number_of_deals_that_it_opens(cast: Cast, as_user: AsUser) -> None:
    by = Actor.of(cast.ilze)
    an_application(cast)
    reached = an_application(cast, phone="26112244", email="").deal
    commands.set_answer(by, reached, "confirmed")
    commands.win(by, a_deal(cast))
    commands.refuse(by, a_deal(cast, client=a_client(cast, "Zane")), reason=RefusalReason.objects.all()[0])
    old = a_deal(cast, client=a_client(cast, "Sen"))
    Deal.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=60))

    http = as_user(cast.sanita)
    page = page_of(http, "/")
    since = timezone.localtime(queries.funnel_start(), cast.school.tz)
    counts = {one.figure.name: one.count for one in queries.funnel(Deal.objects.all(), queries.funnel_start())}
    assert counts == {"asked": 4, "reached": 3, "confirmed": 2, "won": 1, "refused": 1}
    for name, count in counts.items():
        address = f"{reverse('deal_list')}?figure={name}&since={since:%Y-%m-%d}"
        assert address.replace("&", "&amp;") in page
        assert len(list(http.get(address).context["table"].paginated_rows)) == count


def test_today_has_the_unanswered_applications_and_the_steps_that_are_due(cast: Cast, as_user: AsUser) -> None:
    application = an_application(cast, comment="Man der vakari.")
    late = a_deal(cast, next_step="Atzvanīt par cenu", next_step_at=timezone.now() - timedelta(days=1))
    a_deal(cast, next_step="Vēl nav jāzvana", next_step_at=timezone.now() + timedelta(days=3))
    http = as_user(cast.ilze)
    page = page_of(http, "/")
    assert "Good" in page
    assert "Man der vakari." in page
    assert "Atzvanīt par cenu" in page
    assert "Vēl nav jāzvana" not in page
    assert "tel:+37126112233" in page

    http.post(f"{reverse('deal_later', args=[application.deal_id])}?when=week&next=/")
    commands.call_later(Actor.of(cast.ilze), late, timezone.now() + timedelta(days=9))
    page = page_of(http, "/")
    assert "Man der vakari." not in page
    assert "Atzvanīt par cenu" not in page


def test_today_is_of_ones_own_deals_save_for_who_sees_everything(cast: Cast, as_user: AsUser) -> None:
    due = timezone.now() - timedelta(hours=1)
    a_deal(cast, next_step="Ilzes zvans", next_step_at=due)
    a_deal(cast, next_step="Neviena zvans", next_step_at=due, manager=None, client=a_client(cast, "Zane"))
    seen = {
        person.name: [text for text in ("Ilzes zvans", "Neviena zvans") if text in page_of(as_user(person), "/")]
        for person in (cast.ilze, cast.liga, cast.sanita, cast.anna)
    }
    assert seen == {
        "Ilze Bērziņa": ["Ilzes zvans", "Neviena zvans"],
        "Līga Krūmiņa": ["Neviena zvans"],
        "Sanita Ozola": ["Ilzes zvans", "Neviena zvans"],
        "Anna Vītola": [],
    }


def test_the_pages_cost_the_same_number_of_queries_for_few_deals_and_for_many(cast: Cast, as_user: AsUser) -> None:
    addresses = ("/", reverse("deal_board"), reverse("deal_list"), f"{reverse('deal_list')}?where=open&manager=me")
    group = a_group(cast)
    many(cast, 60, next_step_at=timezone.now() - timedelta(hours=1), group=group)
    an_application(cast)
    commands.set_answer(Actor.of(cast.ilze), Deal.objects.all()[1], "thinking")

    def cost() -> dict[str, int]:
        costs = {}
        for address in addresses:
            http = as_user(cast.sanita)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert http.get(address).status_code == 200
            costs[address] = len(captured)
        return costs

    cost()  # content types are read once in a process
    few = cost()
    many(cast, 60, next_step_at=timezone.now() - timedelta(hours=1), group=group)
    for n in range(6):
        an_application(cast, phone=f"2611223{n}", email="", program=a_program(cast))
    assert cost() == few
    assert few[reverse("deal_board")] <= 10
    assert few[reverse("deal_list")] <= 10


def test_the_card_of_a_client_shows_their_deals(cast: Cast, as_user: AsUser) -> None:
    deal = a_deal(cast, group=a_group(cast))
    page = page_of(as_user(cast.ilze), reverse("client", args=[deal.client_id]))
    assert reverse("deal", args=[deal.pk]) in page
    assert reverse("client_deal_add", args=[deal.client_id]) in page
    assert "Piezvanīt" in page


def test_an_empty_school_is_told_what_a_deal_is(cast: Cast, as_user: AsUser) -> None:
    assert "No pipeline yet" in page_of(as_user(cast.sanita), reverse("deal_board"))
    a_pipeline(cast)
    assert "Each request for a program" in page_of(as_user(cast.sanita), reverse("deal_list"))
    assert "Nothing here" in page_of(as_user(cast.sanita), reverse("deal_board"))
    assert not Application.objects.exists()

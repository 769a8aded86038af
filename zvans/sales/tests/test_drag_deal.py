"""A card of the board is moved by the mouse or from the keyboard; either way it can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.people.models import Client
from zvans.sales import commands
from zvans.sales.models import Deal, RefusalReason, Stage
from zvans.sales.tests.making import a_deal
from zvans.team.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Board:
    """The board of deals before a person with a mouse and a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(5000)
        page.goto("/deals/", wait_until="networkidle")

    def column(self, stage: Stage) -> Locator:
        return self.page.locator(f'[data-column="{stage.pk}"]')

    def card(self, deal: Deal) -> Locator:
        return self.page.locator(f'[data-move-url="/deals/{deal.pk}/move/"]')

    def card_in(self, stage: Stage, deal: Deal) -> Locator:
        return self.column(stage).locator(self.card(deal))

    def count(self, stage: Stage) -> Locator:
        return self.page.locator(f"#head-{stage.pk} .column-count")

    def drag(self, deal: Deal, stage: Stage) -> None:
        """Press on the card, carry it over the column and let it go."""
        card, column = self.card(deal).bounding_box(), self.column(stage).bounding_box()
        assert card
        assert column
        mouse = self.page.mouse
        mouse.move(card["x"] + card["width"] / 2, card["y"] + card["height"] - 6)
        mouse.down()
        mouse.move(column["x"] + column["width"] / 2, column["y"] + 30, steps=12)
        mouse.move(column["x"] + column["width"] / 2, column["y"] + 34, steps=4)
        mouse.up()

    def press(self, deal: Deal, key: str) -> None:
        self.card(deal).locator("a").first.focus()
        self.page.keyboard.press(key)


@pytest.fixture
def deal(cast: Cast) -> Deal:
    return a_deal(cast)


@pytest.fixture
def stages(deal: Deal) -> list[Stage]:
    """The first two stages of the board; the deal stands at the first."""
    first, second = deal.pipeline.stages.all()[:2]
    assert deal.stage == first
    return [first, second]


@pytest.fixture
def board(cast: Cast, deal: Deal, page_as: Callable[[User], Page]) -> Board:
    return Board(page_as(cast.ilze))


def soon(minutes: int) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def stage_of(deal: Deal) -> Stage:
    return Deal.objects.get(pk=deal.pk).stage


def test_a_card_dragged_to_another_column_is_at_that_stage(board: Board, deal: Deal, stages: list[Stage]) -> None:
    board.drag(deal, stages[1])
    expect(board.page.locator("#toasts")).to_contain_text(f"is now at “{stages[1].name}”")
    expect(board.card_in(stages[1], deal)).to_be_visible()
    expect(board.count(stages[0])).to_have_text("0")
    expect(board.count(stages[1])).to_have_text("1")
    assert stage_of(deal) == stages[1]


def test_a_drag_is_taken_back_by_the_notice(board: Board, deal: Deal, stages: list[Stage]) -> None:
    board.drag(deal, stages[1])
    board.page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(board.card_in(stages[0], deal)).to_be_visible()
    expect(board.page.locator("#toasts")).to_contain_text("Taken back.")
    assert stage_of(deal) == stages[0]


def test_a_card_can_be_dragged_again_after_it_was_moved(board: Board, deal: Deal, stages: list[Stage]) -> None:
    """The card that the server gave in answer drags as the first did."""
    board.drag(deal, stages[1])
    expect(board.count(stages[1])).to_have_text("1")
    board.drag(deal, stages[0])
    expect(board.count(stages[0])).to_have_text("1")
    assert stage_of(deal) == stages[0]


def test_the_keyboard_moves_a_card_too_and_keeps_the_focus_on_it(board: Board, deal: Deal, stages: list[Stage]) -> None:
    board.press(deal, "Shift+ArrowRight")
    expect(board.card_in(stages[1], deal)).to_be_visible()
    expect(board.card_in(stages[1], deal).locator("a").first).to_be_focused()
    expect(board.count(stages[1])).to_have_text("1")
    board.page.keyboard.press("Shift+ArrowLeft")
    expect(board.count(stages[0])).to_have_text("1")
    expect(board.card_in(stages[0], deal).locator("a").first).to_be_focused()
    assert stage_of(deal) == stages[0]


def test_a_refused_drag_puts_the_card_back_and_says_why(
    cast: Cast, board: Board, deal: Deal, stages: list[Stage]
) -> None:
    """A colleague has closed the deal meanwhile."""
    neighbour = a_deal(cast)
    board.page.reload(wait_until="networkidle")
    commands.refuse(Actor.of(cast.ilze), deal, reason=RefusalReason.objects.all()[0])
    board.drag(deal, stages[1])
    expect(board.page.locator("#toasts [data-toast=lasting]")).to_contain_text("closed")
    expect(board.card_in(stages[1], deal)).to_have_count(0)
    expect(board.card_in(stages[0], neighbour)).to_be_visible()
    assert stage_of(deal) == stages[0]


def test_a_drag_to_a_stage_that_was_put_away_puts_the_card_back(
    cast: Cast, board: Board, deal: Deal, stages: list[Stage]
) -> None:
    commands.archive_stage(Actor.of(cast.sanita), stages[1])
    board.drag(deal, stages[1])
    expect(board.page.locator("#toasts")).to_contain_text(f"“{stages[1].name}” is archived")
    expect(board.column(stages[1])).to_have_count(0)
    expect(board.card_in(stages[0], deal)).to_be_visible()


def test_a_drag_that_the_server_does_not_know_puts_the_card_back_where_it_was(
    cast: Cast, board: Board, deal: Deal, stages: list[Stage]
) -> None:
    above, below = a_deal(cast, next_step_at=soon(30)), a_deal(cast, next_step_at=soon(90))
    board.page.reload(wait_until="networkidle")
    Deal.objects.filter(pk=deal.pk).update(branch=cast.studija, manager=cast.janis)
    Client.objects.filter(pk=deal.client_id).update(branch=cast.studija, manager=cast.janis)
    board.drag(deal, stages[1])
    expect(board.page.locator("#toasts [data-toast]")).to_contain_text("That did not work.")
    cards = board.column(stages[0]).locator("[data-move-url]")
    for place, held in enumerate((above, deal, below)):
        expect(cards.nth(place)).to_have_id(f"deal-{held.pk}")


def test_without_the_server_the_card_goes_back_and_the_move_can_be_tried_again(
    board: Board, deal: Deal, stages: list[Stage]
) -> None:
    board.page.context.set_offline(True)
    board.press(deal, "Shift+ArrowRight")
    expect(board.page.locator("#toasts [data-toast]")).to_be_visible()
    expect(board.card_in(stages[0], deal)).to_be_visible()
    board.page.context.set_offline(False)
    board.press(deal, "Shift+ArrowRight")
    expect(board.count(stages[1])).to_have_text("1")
    assert stage_of(deal) == stages[1]


def test_whoever_may_only_look_cannot_drag(
    cast: Cast, deal: Deal, stages: list[Stage], page_as: Callable[[User], Page]
) -> None:
    board = Board(page_as(cast.dace))
    expect(board.page.locator("[data-move-url]")).to_have_count(0)

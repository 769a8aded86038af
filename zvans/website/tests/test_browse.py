"""A visitor of the school's site looks for a group."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.schedule import commands
from zvans.schedule.pattern import Time
from zvans.website.tests.making import fill, make_group, make_program

PAGES = ["/join/", "/join/ask/", "/join/thanks/", "/join/privacy/", "/join/0/"]


def test_what_a_group_says(cast: Cast) -> None:
    group = fill(make_group(cast), free=3)
    page = Http().get("/join/", headers={"Accept-Language": "en"}).text
    for words in ("English A1, evenings", "For those who begin.", "€220", "20 lessons", "Mon, Wed 18:00–19:30"):
        assert words in page
    assert "Centrs, Brīvības iela 55, Rīga" in page
    assert "3 places left" in page
    assert f'href="/join/{group.pk}/"' in page


def test_a_full_group_takes_names_for_its_waiting_list(cast: Cast) -> None:
    group = fill(make_group(cast))
    assert "Join the waiting list" in Http().get("/join/?lang=en").text
    assert "Join the waiting list" in Http().get(f"/join/{group.pk}/?lang=en").text


def test_an_online_group_says_whose_time_it_is_and_keeps_its_link(cast: Cast) -> None:
    make_group(cast, link="https://meet.example/secret")
    page = Http().get("/join/?lang=en").text
    assert "(time of Riga)" in page
    assert "Online" in page
    assert "meet.example" not in page


def test_nothing_is_shown_that_is_not_open(cast: Cast) -> None:
    today = timezone.localdate()
    shut = [
        make_group(cast, name="hidden", is_public=False),
        make_group(cast, name="closed", sign_up_until=today - timedelta(days=1)),
        make_group(cast, make_program(cast, "Secret course", is_public=False), name="secret"),
    ]
    cancelled = make_group(cast, name="cancelled")
    commands.cancel_group(Actor.of(cast.sanita), cancelled, reason="few")
    page = Http().get("/join/?lang=en")
    assert "No open groups right now" in page.text
    for group in [*shut, cancelled]:
        answer = Http().get(f"/join/{group.pk}/?lang=en")
        assert answer.status_code == 404
        assert "takes no more applications" in answer.text


def test_a_program_or_a_branch_alone_by_plain_links(cast: Cast) -> None:
    german = make_program(cast, "German B1")
    make_group(cast)
    make_group(cast, german, branch=cast.studija)
    everything = Http().get("/join/?lang=en").text
    assert f"?lang=en&amp;program={german.pk}" in everything
    only = Http().get(f"/join/?lang=en&program={german.pk}").text
    assert "German B1, evenings" in only
    assert "English A1, evenings" not in only
    assert "English A1, evenings" in Http().get(f"/join/?branch={cast.centrs.pk}").text
    assert "German B1, evenings" not in Http().get(f"/join/?branch={cast.centrs.pk}").text


@pytest.mark.parametrize(
    "query", ["program=x", "program=99999999999999999999999", "branch=-1", "program=%00", "lang=%00"]
)
def test_an_address_that_makes_no_sense_shows_groups(cast: Cast, query: str) -> None:
    make_group(cast)
    assert Http().get(f"/join/?{query}").status_code == 200


def test_a_number_that_no_group_has(cast: Cast) -> None:
    assert Http().get("/join/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "accepted", "spoken"),
    [("", "lv", "lv"), ("", "hu-HU,en;q=0.5", "hu"), ("", "fr,de", "lv"), ("mn", "hu", "mn"), ("xx", "sw", "sw")],
)
def test_the_visitors_language(cast: Cast, asked: str, accepted: str, spoken: str) -> None:
    page = Http().get("/join/", {"lang": asked} if asked else {}, headers={"Accept-Language": accepted})
    assert f'<html lang="{spoken}"' in page.text
    assert page.headers["Content-Language"] == spoken


@pytest.mark.parametrize("address", PAGES)
def test_no_cookie_and_any_frame(cast: Cast, address: str) -> None:
    answer = Http().get(address, headers={"Accept-Language": "en"})
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert "frame-ancestors *;" in answer.headers["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in answer.headers


def test_other_pages_stay_out_of_frames(cast: Cast) -> None:
    answer = Http().get("/account/login/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_an_owner_who_is_signed_in_sees_what_visitors_see(cast: Cast) -> None:
    http = Http()
    http.force_login(cast.sanita)
    assert '<html lang="hu"' in http.get("/join/", headers={"Accept-Language": "hu"}).text


def test_what_a_visitor_brings_along_is_kept_in_the_links(cast: Cast) -> None:
    group = make_group(cast)
    page = Http().get("/join/?embed=1&lang=en&utm_source=spring&theme=dark&accent=%237b2d43").text
    assert f"/join/{group.pk}/?embed=1&amp;theme=dark&amp;accent=%237b2d43&amp;lang=en&amp;utm_source=spring" in page
    assert "--accent:#7b2d43" in page
    assert 'data-theme="dark"' in page


def test_the_site_that_led_here_is_remembered_but_not_the_one_with_the_frame(cast: Cast) -> None:
    make_group(cast)
    led = {"Referer": "https://news.example/courses"}
    assert "referrer=https%3A%2F%2Fnews.example%2Fcourses" in Http().get("/join/", headers=led).text
    assert "referrer=" not in Http().get("/join/?embed=1", headers=led).text


def test_more_groups_cost_no_more_queries(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Http().get("/join/").status_code == 200
        return len(asked)

    make_group(cast)
    few = queries()
    for number in range(12):
        program = make_program(cast, f"Course {number}")
        make_group(cast, program, branch=cast.studija, times=[Time(day, time(9), 60) for day in range(5)])
    assert queries() == few <= 4

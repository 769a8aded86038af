"""The owner takes the code for her site, and chooses how the public pages look."""

from collections.abc import Callable

import pytest
from django.test import Client as Http

from zvans.demo.cast import Cast
from zvans.team.models import User
from zvans.website import colours
from zvans.website.models import Website
from zvans.website.tests.making import make_group, make_program

AsUser = Callable[[User], Http]


def test_the_script_is_small_and_may_stand_anywhere(cast: Cast) -> None:
    answer = Http().get("/embed.js")
    assert len(answer.content) < 2000
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert not answer.cookies
    again = Http().get("/embed.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_code_to_paste(cast: Cast, as_user: AsUser) -> None:
    page = as_user(cast.sanita).get("/settings/website/")
    code = page.context["code"]
    assert '<script src="http://testserver/embed.js" data-zvans="groups" async></script>' in code
    assert '<noscript><a href="http://testserver/join/">' in code
    assert code not in page.text, "it is shown, not run"
    assert 'src="/join/?embed=1&amp;theme=light"' in page.text
    assert "http://testserver/api/v1/public/groups" in page.text


def test_the_code_for_one_program_in_the_dark(cast: Cast, as_user: AsUser) -> None:
    program = make_program(cast)
    chosen = {"shows": "form", "program": str(program.pk), "branch": "", "theme": "dark", "lang": "lv"}
    page = as_user(cast.sanita).get("/settings/website/", chosen)
    assert f'data-zvans="form" data-program="{program.pk}" data-lang="lv" data-theme="dark"' in page.context["code"]
    assert page.context["preview"] == f"/join/ask/?embed=1&theme=dark&program={program.pk}&lang=lv"
    assert page.context["plain"] == f"http://testserver/join/ask/?program={program.pk}&lang=lv"
    assert Http().get(page.context["preview"]).status_code == 200


def test_a_choice_that_makes_no_sense_is_no_choice(cast: Cast, as_user: AsUser) -> None:
    assert as_user(cast.sanita).get("/settings/website/?program=987654&theme=pink").status_code == 200


def test_the_owners_colour_and_privacy_notice(cast: Cast, as_user: AsUser) -> None:
    group = make_group(cast)
    told = {"accent": "#7B2D43", "privacy_url": "lase.example/privacy"}
    assert as_user(cast.sanita).post("/settings/website/change/", told).status_code == 302
    page = Http().get(f"/join/{group.pk}/").text
    assert "--accent:#7b2d43" in page
    assert 'href="https://lase.example/privacy"' in page
    assert "--accent:#112233" in Http().get("/join/?accent=%23112233").text, (
        "the page with the frame may ask for its own"
    )


@pytest.mark.parametrize("accent", ["red", "#12", "7b2d43", "#7b2d4g"])
def test_a_colour_that_is_none(cast: Cast, as_user: AsUser, accent: str) -> None:
    answer = as_user(cast.sanita).post("/settings/website/change/", {"accent": accent})
    assert answer.status_code == 422
    assert "Write the colour as #" in answer.text
    assert not Website.objects.exists()


def test_only_the_owner_decides(cast: Cast, as_user: AsUser) -> None:
    for person in (cast.martins, cast.ilze, cast.liga, cast.anna, cast.dace):
        assert as_user(person).get("/settings/website/").status_code == 403
        assert as_user(person).post("/settings/website/change/", {"accent": "#112233"}).status_code == 403
    assert not Website.objects.exists()


@pytest.mark.parametrize("accent", ["#0b6e69", "#ffff00", "#000000", "#ffffff", "#777", "#ff69b4", "javascript:x", ""])
def test_every_colour_can_be_read(accent: str) -> None:
    held = dict(pair.split(":") for pair in colours.variables(accent).split(";"))
    accent_ground, on_accent, on_light, on_dark = (colours.parse(value) for value in held.values())
    assert accent_ground and on_accent and on_light and on_dark  # noqa: PT018
    assert colours.contrast(accent_ground, on_accent) >= 4.5
    assert colours.contrast(on_light, (255, 255, 255)) >= 4.5
    assert colours.contrast(on_dark, (27, 32, 38)) >= 4.5

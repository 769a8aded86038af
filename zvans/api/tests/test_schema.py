"""Whatever is sent to the API, it answers as its description says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers
from pytest_django import Settings
from schemathesis import GenerationMode, checks

from zvans.demo.cast import Cast
from zvans.website.tests.making import fill, make_group, make_program

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
BOUNDED = settings(
    max_examples=100, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the test's transaction open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def description(cast: Cast, settings: Settings, one_connection: None) -> Any:
    """The API of a school with three open groups, which takes as many applications as a test sends."""
    settings.APPLICATIONS_AN_HOUR = settings.APPLICATIONS_AN_HOUR_IN_ALL = 60
    make_group(cast)
    fill(make_group(cast, name="full"))
    make_group(cast, make_program(cast, "German B1"), link="https://meet.example/x", branch=cast.studija)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), [("GET", "groups"), ("POST", "applications")])
def test_the_api_answers_as_described(description: Any, method: str, path: str, mode: GenerationMode) -> None:
    operation = description[f"/api/v1/public/{path}"][method]

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def answers_as_described(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    answers_as_described()


def test_with_a_phone_that_can_be_called_the_rest_may_be_anything(description: Any) -> None:
    operation = description["/api/v1/public/applications"]["POST"]
    answers = set()

    @BOUNDED
    @given(case=operation.as_strategy(), number=integers(0, 99))
    def answers_as_described(case: Any, number: int) -> None:
        case.body |= {"phone": f"+371 2525 12{number:02}", "group": None, "program": None}
        answers.add(case.call_and_validate(checks=CHECKS).status_code)

    answers_as_described()
    assert {201, 429} <= answers


def test_every_operation_is_tried(description: Any) -> None:
    tried = {("GET", "/api/v1/public/groups"), ("POST", "/api/v1/public/applications")}
    assert {(each.ok().method.upper(), each.ok().path) for each in description.get_all_operations()} == tried

"""The main pages cost the same number of SQL queries in a school of some 100 clients (two pages) and of 10,000."""

from collections.abc import Callable

from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zvans.demo import crowd
from zvans.demo.cast import Cast
from zvans.people.models import Client
from zvans.team.models import User

PAGES = (
    "today",
    "client_list",
    "deal_board",
    "deal_list",
    "group_list",
    "program_list",
    "money",
    "payment_list",
    "message_list",
    "task_list",
    "public_groups",
)


def _count(http: Http, address: str) -> int:
    http.get(address)  # content types and the like are read once
    with CaptureQueriesContext(connection) as queries:
        assert http.get(address).status_code == 200
    return len(queries)


def _counts(http: Http) -> dict[str, int]:
    addresses = {page: reverse(page) for page in PAGES}
    addresses["client"] = reverse("client", args=[Client.objects.order_by("pk")[0].pk])
    addresses["search"] = f"{reverse('search')}?q=kal"
    return {page: _count(http, address) for page, address in addresses.items()}


def test_queries_do_not_grow_with_the_school(cast: Cast, as_user: Callable[[User], Http]) -> None:
    crowd.fill(cast, crowd.Size(clients=120, open_deals=120, groups=60, events_of_first=60))
    small = {user: _counts(as_user(user)) for user in (cast.sanita, cast.ilze)}
    crowd.fill(cast, crowd.Size(clients=9_880, open_deals=2_000, groups=100, events_of_first=1_000))
    large = {user: _counts(as_user(user)) for user in (cast.sanita, cast.ilze)}
    assert large == small

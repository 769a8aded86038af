"""What every test may ask for: the cast of the demo school, and a browser's view of each of them."""

from collections.abc import Callable

import pytest
from django.test import Client as Http

from zvans.demo import cast as demo_cast
from zvans.team.models import User


@pytest.fixture
def cast(db: None) -> demo_cast.Cast:
    """The school «Lāse» with its two branches and eight people."""
    return demo_cast.assemble()


@pytest.fixture
def as_user(cast: demo_cast.Cast) -> Callable[[User], Http]:
    """``as_user(cast.ilze).get("/")``: HTTP as that person."""

    def sign_in(user: User) -> Http:
        http = Http()
        http.force_login(user)
        return http

    return sign_in

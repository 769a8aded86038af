"""What the tests of money need."""

from datetime import date

from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.messaging.tests.making import a_client
from zvans.money.commands import open_sale, take_payment
from zvans.money.models import Payment, Sale
from zvans.people.models import Client


def a_sale(
    cast: Cast, payer: Client | None = None, *, price: int = 30000, due_on: date | None = None, **more: object
) -> Sale:
    """A place in “English A1”, in the branch «Centrs», due today."""
    more = {"title": "English A1", "branch": cast.centrs, "manager": cast.ilze} | more
    return open_sale(
        Actor.of(cast.ilze),
        payer=payer or a_client(cast),
        price=price,
        due_on=due_on or timezone.localdate(),
        **more,  # type: ignore[arg-type]
    )


def a_payment(cast: Cast, sale: Sale, amount: int = 10000) -> Payment:
    return take_payment(Actor.of(cast.ilze), sale, amount=amount, method="cash", paid_on=timezone.localdate())

"""Who opens the pages about money."""

from typing import Any

from zvans.core.tests.doors import ACCOUNTANT, HEADS, OFFICE, Door
from zvans.demo.cast import Cast
from zvans.money.tests.making import a_payment, a_sale

_MONEY = OFFICE | {ACCOUNTANT}
_REFUND = HEADS | {ACCOUNTANT}


def _sale(cast: Cast) -> dict[str, Any]:
    return {"pk": a_sale(cast).pk}


def _client(cast: Cast) -> dict[str, Any]:
    return {"pk": a_sale(cast).payer_id}


def _payment(cast: Cast) -> dict[str, Any]:
    return {"pk": a_payment(cast, a_sale(cast)).pk}


DOORS = {
    "money": Door(opens_to=_MONEY),
    "payment_list": Door(opens_to=_MONEY),
    "sale": Door(opens_to=_MONEY, make=_sale),
    "payment_add": Door(opens_to=_MONEY, make=_sale),
    "client_pay": Door(opens_to=_MONEY, make=_client),
    "sale_plan": Door(opens_to=_MONEY, make=_sale),
    "charge_add": Door(opens_to=_MONEY, make=_sale),
    "sale_remind": Door(opens_to=_MONEY, make=_sale, post=True),
    "sale_refund": Door(opens_to=_REFUND, make=_sale),
    "sale_cancel": Door(opens_to=_REFUND, make=_sale),
    "payment_correct": Door(opens_to=_REFUND, make=_payment),
}

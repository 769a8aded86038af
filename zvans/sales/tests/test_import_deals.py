"""What the rows of a spreadsheet open in sales: deals, sales, payments."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Sum
from django.utils import timezone

from zvans.core.actors import Actor
from zvans.demo.cast import Cast
from zvans.money import commands as money
from zvans.money.models import Payment, Sale
from zvans.people.imports import undo
from zvans.people.models import ImportRun
from zvans.people.tests.import_doors import FILES
from zvans.sales import queries
from zvans.sales.filters import DealFilter
from zvans.sales.models import Deal, RefusalReason
from zvans.sales.tests.making import a_deal
from zvans.schedule.models import Program

HEAD = "Vārds, uzvārds;Tālrunis;Kurss;Grupa;Cena;Samaksāts;Statuss;Pieteikuma datums\n"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def bring_in(path: Path, **options: Any) -> dict[str, Any]:
    out = io.StringIO()
    call_command("import-clients", str(path), json=True, stdout=out, stderr=io.StringIO(), **options)
    report: dict[str, Any] = json.loads(out.getvalue().splitlines()[-1])
    return report


def rows(tmp_path: Path, *lines: str, head: str = HEAD) -> dict[str, Any]:
    path = tmp_path / "k.csv"
    path.write_text(head + "\n".join(lines) + "\n")
    return bring_in(path)


def row(tmp_path: Path, line: str, head: str = HEAD) -> Deal:
    rows(tmp_path, f"Anna Ozola;29111222;{line}", head=head)
    return Deal.objects.get()


@pytest.mark.parametrize(
    ("line", "state", "answer", "owed", "paid"),
    [
        ("Angļu B1;P/T;260;;domā;12.03.2025", "open", "thinking", None, None),
        ("Angļu B1;P/T;260;;jāzvana!!;12.03.2025", "open", "", None, None),
        ("Angļu B1;P/T;260;;apstiprināja;12.03.2025", "open", "confirmed", None, None),
        ("Angļu B1;P/T;260;130;apstiprināja;12.03.2025", "won", "confirmed", 26000, 13000),
        ("Angļu B1;P/T;260-10%;jā;Apstiprināts;12.03.2025", "won", "confirmed", 23400, 23400),
        ("Angļu B1;P/T;260;puse;mācās;12.03.2025", "won", "confirmed", 26000, 13000),
        ("Angļu B1;P/T;260;130+130;samaksāts;12.03.2025", "won", "confirmed", 26000, 26000),
        ("Angļu B1;P/T;260;;atteicās (dārgi);12.03.2025", "lost", "", None, None),
        ("Angļu B1;P/T;260;130;atteicās;12.03.2025", "lost", "", 13000, 13000),
        ("Angļu B1;P/T;260;jā;;12.03.2025", "won", "", 26000, 26000),
        ("Angļu B1;P/T;260;;;", "open", "", None, None),
    ],
)
def test_a_row(
    cast: Cast, tmp_path: Path, line: str, state: str, answer: str, owed: int | None, paid: int | None
) -> None:
    deal = row(tmp_path, line)
    assert (deal.state, deal.answer, str(deal.program), deal.wish) == (state, answer, "Angļu B1", "P/T")
    assert (deal.next_step_at is not None) == (state == "open")
    sale = Sale.objects.filter(payer=deal.client).first()
    assert (sale and sale.owed, sale and sale.paid) == (owed, paid)
    if sale:
        assert sale.charges.aggregate(sum=Sum("amount"))["sum"] == owed
        assert sale.payments.aggregate(sum=Sum("amount"))["sum"] == paid


def test_the_day_of_the_request_is_that_of_the_row(cast: Cast, tmp_path: Path) -> None:
    deal = row(tmp_path, "Angļu B1;;260;260;jā;12.03.2025")
    assert timezone.localtime(deal.created_at, cast.school.tz).date() == date(2025, 3, 12)
    assert Payment.objects.get().paid_on == date(2025, 3, 12)


def test_a_refusal_has_its_reason(cast: Cast, tmp_path: Path) -> None:
    deal = row(tmp_path, "Angļu B1;;260;;atteicās (nav laika);")
    assert str(deal.refusal_reason) == "Nav laika"
    assert RefusalReason.objects.filter(name="Nav laika").count() == 1


def test_a_program_is_found_whatever_its_case_and_made_unseen_otherwise(cast: Cast, tmp_path: Path) -> None:
    held = Program.objects.create(name="Angļu B1")
    rows(
        tmp_path,
        "Anna Ozola;29111222;angļu b1;;;;;",
        "Zane Liepa;29111223;vācu A1;;240;;;",
        "Ilze Roze;29111224;Vācu a1;;;;;",
    )
    assert list(Deal.objects.filter(client__given_name="Anna").values_list("program", flat=True)) == [held.pk]
    made = Program.objects.exclude(pk=held.pk).get()
    assert (made.name.lower(), made.is_public, made.price) == ("vācu a1", False, 24000)


def test_a_balance_tells_what_was_paid(cast: Cast, tmp_path: Path) -> None:
    head = "Нэр;Утас;Сургалт;Төлбөр;Үлдэгдэл\n"
    rows(
        tmp_path,
        "Болормаа;99112233;Excel;450мян;225000",
        "Хулан;99112234;Excel;450,000;0",
        "Номин;99112235;Excel;450000;дутуу",
        head=head,
    )
    assert sorted(Payment.objects.values_list("amount", flat=True)) == [22500000, 45000000]
    assert sorted(Deal.objects.values_list("client__given_name", "state")) == [
        ("Болормаа", "won"),
        ("Номин", "open"),
        ("Хулан", "won"),
    ]


def test_a_share_of_an_unknown_price_is_told_and_kept(cast: Cast, tmp_path: Path) -> None:
    report = rows(tmp_path, "Anna Ozola;29111222;Angļu B1;;;jā;;")
    assert [(p["row"], p["column"]) for p in report["problems"]] == [(2, "Samaksāts")]
    assert not Payment.objects.exists()
    assert "100 %" in Deal.objects.get().wish


def test_a_parent_decides_and_pays(cast: Cast, tmp_path: Path) -> None:
    head = "Bērns;Vecāks;Kurss;Cena;Samaksāts\n"
    rows(tmp_path, "Emīls Kalns;Ieva Kalna 26111333;Keramika;45;45", head=head)
    deal = Deal.objects.get()
    assert (deal.client.given_name, deal.student and deal.student.given_name) == ("Ieva", "Emīls")
    assert Sale.objects.get().payer == deal.client


def test_a_log_of_visits_is_no_heap_of_open_deals(cast: Cast) -> None:
    report = bring_in(FILES / "salon-visits.csv")
    assert (report["deals_created"], report["deals_won"], report["payments_created"]) == (600, 600, 309)
    assert Program.objects.count() == 5
    visit = Deal.objects.filter(client__contacts__value="+255656660464").earliest("created_at")
    assert (str(visit.program), visit.wish) == ("Nywele, kuosha", "Mama Zawadi · 15:15")
    assert Payment.objects.filter(method="transfer").exists()
    assert [p["column"] for p in report["problems"]] == ["Bei (TZS)"], "amounts of another currency are told of once"


def test_a_visit_to_come_is_planned(cast: Cast, tmp_path: Path) -> None:
    day = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    rows(
        tmp_path, f"Anna Ozola;29111222;Manikīrs;{day};15:00", head="Vārds, uzvārds;Tālrunis;Pakalpojums;Datums;Laiks\n"
    )
    deal = Deal.objects.get()
    assert deal.state == Deal.State.OPEN
    assert deal.next_step_at is not None
    assert timezone.localdate(deal.next_step_at, cast.school.tz) == day


def test_the_same_file_again_opens_nothing(cast: Cast, tmp_path: Path) -> None:
    lines = (
        "Anna Ozola;29111222;Angļu B1;;260;130;;",
        "Anna Ozola;29111222;Angļu B1;;260;130;;",
        "Zane Liepa;29111223;Angļu B1;;260;;domā;12.03.2025",
    )
    assert rows(tmp_path, *lines)["deals_created"] == 3
    again = rows(tmp_path, *lines)
    assert (again["deals_created"], again["payments_created"], again["deals_matched"]) == (0, 0, 3)


def test_undone_the_deals_are_archived_and_the_money_reversed(cast: Cast, tmp_path: Path) -> None:
    rows(
        tmp_path,
        "Anna Ozola;29111222;Angļu B1;;260;130;;",
        "Zane Liepa;29111223;Angļu B1;;260;260;mācās;",
        "Ilze Roze;29111224;Vācu A1;;240;;domā;",
    )
    kept = Sale.objects.get(payer__given_name="Zane")
    money.take_payment(Actor.of(cast.ilze), kept, amount=100, method="cash", paid_on=timezone.localdate())
    undone = undo.undo(ImportRun.objects.get())
    assert undone["clients_kept"] == 1
    assert [deal.client.given_name for deal in Deal.objects.active()] == ["Zane"], "with whom someone has worked since"
    anna = Sale.objects.get(payer__given_name="Anna")
    assert (anna.owed, anna.paid, anna.next_due_on) == (0, 0, None)
    assert sorted(anna.payments.values_list("amount", flat=True)) == [-13000, 13000]
    kept.refresh_from_db()
    assert kept.paid == 26100


def test_the_register_opens_its_deals(cast: Cast) -> None:
    report = bring_in(FILES / "riga-language-school.xlsx")
    assert {name: report[name] for name in ("deals_created", "deals_won", "deals_lost", "deals_open")} == {
        "deals_created": 480,
        "deals_won": 101,
        "deals_lost": 113,
        "deals_open": 266,
    }
    assert report["payments_created"] == 344
    assert not Deal.objects.filter(state="open", next_step="").exists()
    for sale in Sale.objects.prefetch_related("charges", "payments"):
        assert sale.owed == sum(charge.amount for charge in sale.charges.all())
        assert sale.paid == sum(payment.amount for payment in sale.payments.all())


def test_a_batch_costs_the_same_for_many_rows(cast: Cast, tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    lines = [
        f"Anna Ozola{n};29{n:06d};Angļu B1;;260;130;mācās;12.03.2025".replace(str(n), chr(97 + n), 1) for n in range(20)
    ]
    with django_assert_max_num_queries(90):
        rows(tmp_path, *lines)


def test_what_a_spreadsheet_brought_is_not_in_the_funnel(cast: Cast, tmp_path: Path) -> None:
    rows(tmp_path, "Anna Ozola;29111222;Angļu B1;;260;;;", "Ieva Roze;29111223;Angļu B1;;260;260;;")
    since, deals = queries.funnel_start(), Deal.objects.filter(created_at__gte=queries.funnel_start())
    assert deals.count() == 2
    a_deal(cast)
    assert queries.funnel(Deal.objects.all(), since)[0].count == 1
    filtered = DealFilter({"figure": "asked"}, queryset=Deal.objects.all(), user=cast.sanita)
    assert filtered.qs.count() == 1

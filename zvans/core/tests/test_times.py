"""Wall time in a zone, on both sides of a clock change, in the hour that is missing and in the one that comes twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zvans.core.times import at_wall_time, day_bounds

ZONES = ["Europe/Riga", "Europe/Budapest", "Asia/Ulaanbaatar", "Africa/Dar_es_Salaam", "America/Santiago"]
RIGA = ZoneInfo("Europe/Riga")


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(ZONES))
def test_six_in_the_evening_is_six_all_year(day: date, zone: str) -> None:
    moment = at_wall_time(day, time(18, 0), ZoneInfo(zone))
    assert moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, time(18, 0))


def test_a_time_that_is_skipped_moves_on_by_the_gap() -> None:
    moment = at_wall_time(date(2026, 3, 29), time(3, 30), RIGA)
    assert moment.astimezone(RIGA).strftime("%H:%M") == "04:30"


def test_a_time_that_comes_twice_is_its_first_coming() -> None:
    assert at_wall_time(date(2026, 10, 25), time(3, 30), RIGA) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    begins, ends = day_bounds(day, RIGA)
    assert ends - begins == timedelta(hours=hours)

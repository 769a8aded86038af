"""Time: stored in UTC, planned as wall time in the zone of the branch."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_wall_time(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) when clocks in ``zone`` show ``wall`` on ``day``.

    A time that a clock change skips is moved on by the length of the gap (02:30 becomes 03:30); one that
    comes twice is its first coming.
    """
    local = datetime.combine(day, wall, zone).replace(fold=0)
    return local.astimezone(UTC)


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the day in ``zone`` and the first of the next day, in UTC."""
    return at_wall_time(day, time.min, zone), at_wall_time(day + timedelta(days=1), time.min, zone)


def later(when: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that a busy person means by ``hour``, ``evening``, ``tomorrow`` or ``week``, seen from ``now``.

    The evening is 18:00, of tomorrow when it has passed; a day's work begins at 10:00.

    Raises:
        KeyError: for any other word.
    """
    today = now.astimezone(zone).date()
    evening = at_wall_time(today, time(18), zone)
    return {
        "hour": now + timedelta(hours=1),
        "evening": evening if evening > now else at_wall_time(today + timedelta(days=1), time(18), zone),
        "tomorrow": at_wall_time(today + timedelta(days=1), time(10), zone),
        "week": at_wall_time(today + timedelta(days=7), time(10), zone),
    }[when]

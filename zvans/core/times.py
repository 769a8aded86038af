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

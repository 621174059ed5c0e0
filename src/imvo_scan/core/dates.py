"""Dates as people write them: a whole day, a month or a year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from imvo_scan.core.message import message

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(text: str) -> date:
    """The earliest day a date as written can mean: `2026-03` is 1 March 2026.

    Raises `ValueError` for anything but YYYY, YYYY-MM or YYYY-MM-DD.
    """
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(message("core.how-to-write-a-day"))
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(message("core.no-day-in-the-calendar", text=text)) from None


def last_day(text: str) -> date:
    """The latest day a date as written can mean: `2026-03` is 31 March 2026.

    Raises `ValueError` as `first_day` does.
    """
    start = first_day(text)
    parts = text.count("-")
    if parts == 2:  # noqa: PLR2004 - a whole date
        return start
    month = start.month if parts else 12
    if (start.year, month) == (date.max.year, date.max.month):
        return date.max
    following = date(start.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def year_before(day: date) -> date:
    """The same day a year earlier: 28 February for 29 February, and never before the first day."""
    if day.year == date.min.year:
        return date.min
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)

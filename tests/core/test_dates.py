"""Dates as written, and the year before a day, at the ends of years and in leap years."""

from __future__ import annotations

from datetime import date

import pytest

from imvo_scan.core.dates import first_day, last_day, year_before


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("0001", date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_date_is_all_that_it_can_mean(text: str, first: date, last: date) -> None:
    """A year or a month is a span, whatever their length."""
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 25), date(2025, 11, 25)),
        (date(2025, 3, 1), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
        (date(1, 6, 1), date(1, 1, 1)),
    ],
)
def test_the_same_day_a_year_earlier(day: date, before: date) -> None:
    """Twelve months are no number of days, and nothing comes before the first year."""
    assert year_before(day) == before

"""Numbers as people write them: every value that a text can mean, for inventories and lists alike.

`12.000` is twelve to one reader and twelve thousand to another. Nothing here chooses between them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

MOST_PEOPLE = 10_000_000
"""More than work anywhere for one supplier: a larger number is a slip, or no head count."""

_BLANKS = " \u00a0\u2007\u2009\u202f"
_APOSTROPHES = "'\u2019\u02bc"
_GROUPED = re.compile(
    rf"(?P<whole>[0-9]{{1,3}}(?:(?P<group>[.,_{_BLANKS}{_APOSTROPHES}])[0-9]{{3}})"
    r"(?:(?P=group)[0-9]{3})*)(?:(?P<point>(?!(?P=group))[.,])(?P<rest>[0-9]*))?"
)
_PLAIN = re.compile(r"(?=[.,]?[0-9])(?P<whole>[0-9]*)(?:(?P<point>[.,])(?P<rest>[0-9]*))?")


class Reading(NamedTuple):
    """One value that a text can have: in digits with a point, and the signs it takes to read so.

    `group` is the sign between thousands and `point` the one before decimals; empty where none is.
    """

    digits: str
    group: str = ""
    point: str = ""

    @property
    def value(self) -> Decimal:
        """The value itself."""
        return Decimal(self.digits)

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands behind the point but zeros."""
        return self.value == self.value.to_integral_value()

    @property
    def plain(self) -> str:
        """The value in as few digits as it takes, with a point, to be read in one way only.

        `12` for `12.000`, and `12.3450` where three decimals could be taken for thousands.
        """
        whole, _, rest = self.digits.partition(".")
        rest = rest.rstrip("0")
        plain = f"{whole}.{rest}" if rest else whole
        return f"{plain}0" if len(readings(plain)) > 1 else plain


def readings(text: str) -> tuple[Reading, ...]:
    """Every value that a text can mean: none, one, or two where one sign can be either.

    Two only where three digits follow a single point or comma and one to three digits, not a zero
    alone, precede it: no group of thousands begins with 0. As decimals it comes first.
    """
    text = text.strip()
    values = []
    if plain := _PLAIN.fullmatch(text):
        values.append(Reading(_digits(plain["whole"], plain["rest"]), "", plain["point"] or ""))
    grouped = _GROUPED.fullmatch(text)
    if grouped and not text.startswith("0"):
        whole = re.sub(r"[^0-9]", "", grouped["whole"])
        values.append(
            Reading(_digits(whole, grouped["rest"]), grouped["group"], grouped["point"] or "")
        )
    return tuple(values)


def _digits(whole: str, rest: str | None) -> str:
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{rest}" if rest else whole

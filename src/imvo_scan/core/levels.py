"""What a rating rests on and how well a finding is known; and the one value for "not known"."""

from __future__ import annotations

from enum import Enum, StrEnum


class Confidence(StrEnum):
    """How well a finding is known, apart from everything else (METHOD 6)."""

    SITE_VOICE = "A"
    SITE_AUDIT = "B"
    PRIOR = "C"
    PRIOR_WITH_GAPS = "D"


class Basis(StrEnum):
    """What a rating in a table rests on (METHOD 7)."""

    INDICATOR = "indicator"
    STATED = "stated"
    JUDGEMENT = "judgement"


class Unknown(Enum):
    """The one value that says "no rating": it ranks as 4 and is never low (METHOD 3)."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        """Shown as `?`."""
        return "?"


UNKNOWN = Unknown.UNKNOWN

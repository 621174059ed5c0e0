"""The types of the fields of an inventory: what may be written, and what the public is told of it.

A type without a mark of `Public` is for building others: a field of it must add one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field, StringConstraints
from pydantic.json_schema import WithJsonSchema

from imvo_scan.core.dates import first_day
from imvo_scan.core.message import message
from imvo_scan.core.number_readings import MOST_PEOPLE
from imvo_scan.documents.number_fields import Amount, Whole
from imvo_scan.inventory.marks import Means, Public
from imvo_scan.inventory.os_hub_id import OS_ID_PATTERN

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:\-]*$"


def _dated(text: str) -> str:
    first_day(text)
    return text


def _expiry(text: str) -> str:
    if text != "never":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(message("inventory.no-last-day", text=text)) from None
    return text


def _granted(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(message("core.no-day-in-the-calendar", text=text)) from None
    return text


# -- without a mark: what they may tell depends on where they stand ----------------------------

Word: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
]
Name: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)
]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
Money: TypeAlias = Annotated[
    str,
    Amount(),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0}),
]

# -- what people say in their own words, and what would tell who they are ----------------------

Text: TypeAlias = Annotated[Word, Public.WITHHELD]
"""What people say in their own words."""
Good: TypeAlias = Annotated[Word, Public.GOOD]
Label: TypeAlias = Annotated[Word, Public.LABEL]
HeadCount: TypeAlias = Annotated[int, Whole(0, MOST_PEOPLE), Public.ROUNDED]
SiteId: TypeAlias = Annotated[Id, Public.RENAMED]
SiteIds: TypeAlias = Annotated[tuple[Id, ...], Public.RENAMED]
FindingName: TypeAlias = Annotated[str, Public.FINDING]
OsId: TypeAlias = Annotated[str, StringConstraints(pattern=OS_ID_PATTERN), Public.LEFT_OUT]
Pattern: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300),
    Field(description="* stands for any text."),
]
RiskPattern: TypeAlias = Annotated[Pattern, Public.RISK]

# -- what is the same for everyone -------------------------------------------------------------

CountryName: TypeAlias = Annotated[Word, Public.TOLD, Means.COUNTRY]
SectorName: TypeAlias = Annotated[Word, Public.TOLD, Means.SECTOR]
TableWord: TypeAlias = Annotated[str, Public.TOLD]
"""A word of one of our tables; `cross_checks` refuses every other one."""
Day: TypeAlias = Annotated[
    str,
    AfterValidator(_dated),
    Field(description="YYYY-MM-DD, YYYY-MM or YYYY, kept as written."),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ],
        }
    ),
    Public.TOLD,
]
Expires: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^(never|\d{4}-\d{2}-\d{2})$"),
    AfterValidator(_expiry),
    Public.TOLD,
]
Granted: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    AfterValidator(_granted),
    Field(description="The day it was granted, YYYY-MM-DD: it covers harm up to that day."),
    Public.TOLD,
]
Level: TypeAlias = Annotated[int, Whole(1, 5), Public.TOLD]
Percent: TypeAlias = Annotated[int, Whole(0, 100), Public.TOLD]
Tier: TypeAlias = Annotated[int, Whole(1, 99), Public.TOLD]
Wage: TypeAlias = Annotated[Money, Public.TOLD]
Currency: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Public.TOLD]

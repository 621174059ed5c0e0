"""What a declaration says of a field beside its type; the declarations are `entities` and `facts`.

Every field that can hold a person's own words or a number bears one mark of `Public`. Whoever adds
a field must choose, because an inventory with an unmarked field cannot be read or told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

WITHHELD = "withheld"
"""What stands in place of a text that is not told."""


class Public(Enum):
    """What a report for outside eyes tells of a field (D8)."""

    TOLD = "told"
    """As it stands: a word that the tables know, a date, a share."""
    WITHHELD = "withheld"
    """That something was said, not what."""
    LEFT_OUT = "left-out"
    """Nothing, as if it had not been stated."""
    ROUNDED = "rounded"
    """A head count down to its first digit."""
    RENAMED = "renamed"
    """The name that the site has in this report."""
    FINDING = "finding"
    """The finding under the new name of its site."""
    RISK = "risk"
    """As it stands where it is a risk, or every risk."""
    GOOD = "good"
    """As it stands where the tables know the good."""
    LABEL = "label"
    """As it stands where the tables know the label."""


class Means(Enum):
    """Whose name stands in a field: people write a name, and its code is kept."""

    COUNTRY = "country"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Written:
    """The shape in which a field is written, where it is kept in another one."""

    shape: Any


NOT_WRITTEN = Written(None)
"""Marks what the reader notes by itself; no key of the file says it."""


@dataclass(frozen=True, slots=True)
class After:
    """The key behind which a field stands in the schema, where that is not its place here."""

    key: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A field that a list has a column for, under its own name: `convert` writes and reads it.

    Columns stand in the order of the fields, or behind the column `after`.
    """

    after: str = ""


@dataclass(frozen=True, slots=True)
class FindingColumn:
    """A field that has a column in the CSV of findings, under this name."""

    name: str

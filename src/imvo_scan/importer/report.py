"""What became of every row of a list: the import report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

THE_COMPANY = "the company itself, not a supplier"
_NO_GAPS = (
    "the header again",
    "marked as ",
    "an account of a customer",
    "a total,",
    "a heading,",
    "not asked for",
)


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that means nothing to us: in which field, how often, and what may be meant."""

    field: str
    value: str
    count: int
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of remark about rows: how many rows, and the first of them with what was seen."""

    kind: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no supplier that could be scored, and why."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file: the field it was read as, or why it was not read."""

    header: str
    field: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row of a file: `rows` is `kept` + `merged` + `not_kept`.

    `kept` rows became sites; `merged` rows say nothing beyond a row before them; `skipped` names
    the others. `with_gaps` counts kept rows that miss something a score needs, by kind in `gaps`.
    Blank rows are counted apart and are no rows.
    """

    source: str
    how: str
    sheet: str
    header_row: int
    columns: tuple[MappedColumn, ...]
    rows: int
    kept: int
    merged: int
    blank: int
    with_gaps: int
    gaps: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Warned, ...]
    unknown: tuple[UnknownValue, ...]
    notices: tuple[str, ...]
    company: str

    @property
    def not_kept(self) -> int:
        """How many rows became no site, each with a reason."""
        return sum(count for _, count in self.reasons)

    def missing(self) -> Iterator[str]:
        """What is missing, in a few words each: what `--strict` refuses."""
        meant = (THE_COMPANY, *_NO_GAPS)
        yield from (f"{count:,} without a {kind}" for kind, count in self.gaps)
        for why, count in self.reasons:
            if not why.startswith(meant):
                yield f"{count:,} not kept ({why})"

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        plain = asdict(self)
        plain["gaps"], plain["reasons"] = dict(self.gaps), dict(self.reasons)
        return {"schema_version": 1, **plain, "not_kept": self.not_kept}


def counted(number: int, what: str) -> str:
    """A number of things in words: `1 row`, `2 rows`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"

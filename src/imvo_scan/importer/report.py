"""What became of every row of a list: the import report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from imvo_scan.core.message import Message, Text, message

THE_COMPANY = message("reason.the-company")
_NO_GAPS = frozenset(
    {
        THE_COMPANY.code,
        "reason.account-of-customer",
        "reason.header-again",
        "reason.heading",
        "reason.marked-deleted",
        "reason.marked-no-supplier",
        "reason.not-asked-for",
        "reason.total",
    }
)
"""Reasons that leave nothing out: a list without the row would say the same of its suppliers."""


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that means nothing to us: in which field, how often, and what may be meant."""

    field: str
    value: str
    count: int
    suggestion: Text = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """One kind of remark about rows: how many rows, and the first of them with what was seen."""

    kind: Message
    count: int
    examples: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no supplier that could be scored, and why."""

    row: int
    reason: Message


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of the file: the field it was read as, or why it was not read."""

    header: str
    field: str = ""
    why_not: Text = ""


_JSON_KEYS = {"sites": "kept"}  # called so in the format since its first version


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row of a file: `rows` is `sites` + `merged` + `not_kept`.

    `sites` rows became sites; `merged` rows say nothing beyond a row before them; `skipped` names
    the others. `with_gaps` counts sites that miss something a score needs, by kind in `gaps`.
    Blank rows are counted apart and are no rows. What is a message is a sentence as a string.
    """

    source: str
    how: Text
    sheet: str
    header_row: int
    columns: tuple[MappedColumn, ...]
    rows: int
    sites: int
    merged: int
    blank: int
    with_gaps: int
    gaps: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[Message, int], ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Warned, ...]
    unknown: tuple[UnknownValue, ...]
    notices: tuple[Message, ...]
    company: str

    @property
    def not_kept(self) -> int:
        """How many rows became no site, each with a reason."""
        return sum(count for _, count in self.reasons)

    def missing(self) -> Iterator[Message]:
        """What is missing, in a few words each: what `--strict` refuses."""
        yield from (message(f"gap.{kind}", n=count) for kind, count in self.gaps)
        for reason, count in self.reasons:
            if reason.code not in _NO_GAPS:
                yield message("import-report.not-kept-for", n=count, reason=reason)

    def as_dict(self, tell: Callable[[Text], str] = str) -> dict[str, Any]:
        """The report as plain values, for JSON; `tell` says its sentences in a language."""
        plain = {_JSON_KEYS.get(key, key): one for key, one in _plain(self, tell).items()}
        plain["gaps"], plain["reasons"] = dict(self.gaps), dict(plain["reasons"])
        return {"schema_version": 1, **plain, "not_kept": self.not_kept}


def _plain(value: Any, tell: Callable[[Text], str]) -> Any:
    if isinstance(value, Message):
        return tell(value)
    if isinstance(value, tuple):
        return tuple(_plain(one, tell) for one in value)
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name), tell) for one in fields(value)}
    return value

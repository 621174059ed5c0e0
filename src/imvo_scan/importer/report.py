"""What became of every row: the import report, and the tally that fills it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from imvo_scan.core.message import Text

THE_COMPANY = "the company itself, not a supplier"
_NO_GAPS = (
    "the header again",
    "marked as ",
    "an account of a customer",
    "a total,",
    "a heading,",
    "not asked for",
)
_EXAMPLES = 5
_MOST_UNKNOWN = 10
_MOST_SKIPPED = 10_000


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


class Tally:
    """Counts what is met while the rows come by."""

    def __init__(self, source: str, unit: str) -> None:
        self.source = source
        self.unit = unit
        self.rows = self.blank = self.with_gaps = 0
        self.unread = 0
        self.gaps: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.skipped: list[Skipped] = []
        self.unknown: Counter[tuple[str, str]] = Counter()
        self.suggestions: dict[tuple[str, str], Callable[[], Text]] = {}
        self._warned: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}

    def skip(self, row: int, reason: str) -> None:
        """A row that becomes no site."""
        self.reasons[reason] += 1
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(Skipped(row, reason))

    def warn(self, kind: str, row: int, text: str) -> None:
        """A remark about a row that is kept."""
        self._warned[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(f"{self.source}: {self.unit} {row}: {text}")

    def not_known(self, field: str, value: str, suggest: Callable[[], Text]) -> None:
        """A value that means nothing to us."""
        key = (field, value[:100])
        self.unknown[key] += 1
        self.suggestions.setdefault(key, suggest)

    def gap(self, kinds: Iterable[str]) -> None:
        """What a kept row misses."""
        found = list(kinds)
        self.gaps.update(found)
        self.with_gaps += bool(found)

    def warnings(self) -> tuple[Warned, ...]:
        """The remarks by kind, most frequent first."""
        ranked = self._warned.most_common()
        return tuple(Warned(kind, count, tuple(self._examples[kind])) for kind, count in ranked)

    def unknown_values(self) -> tuple[UnknownValue, ...]:
        """The most frequent values that mean nothing to us, each with a suggestion."""
        ranked = sorted(self.unknown.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            UnknownValue(field, value, count, str(self.suggestions[field, value]()))
            for (field, value), count in ranked[:_MOST_UNKNOWN]
        )


def counted(number: int, what: str) -> str:
    """A number of things in words: `1 row`, `2 rows`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"

"""Where the table of a file stands: its sheet and its header row.

Every row near the top of every sheet is tried as the header; the row that names most fields wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import prod
from typing import NamedTuple

from imvo_scan.core.errors import UsageError
from imvo_scan.core.matching import normal
from imvo_scan.core.message import Message, message
from imvo_scan.importer.columns.columns import Column, Judge
from imvo_scan.importer.columns.headers import REGISTERED, HeaderVocabulary
from imvo_scan.importer.formats.csv_text import unfolded
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused
from imvo_scan.importer.rows.cells import text_of

_LATEST_HEADER = 60  # rows: covers, instructions and legends of templates stand before it
_SAMPLE = 200  # rows under a header that are looked at: enough to see what a column holds
_LEAST_FIELDS = 2  # one name alone is a title
_LONGEST_HEADER = 120  # characters: a longer text explains something
_NAMING = ("name", "id", "os_id", "address")
_MANY = 20  # rows of data make a list as sure as any more would
_WHOSE = frozenset({"name", "id", "country", "region", "city", "address"})
_DATEV = "EXTF"

# How much a row looks like a header, in fields. Every field it names counts one; what it must have
# to be a list of suppliers counts more, and what the user named himself most of all.
_BY_HAND = 3
_OF_A_NAME_OR_COUNTRY = 2
_OF_A_KNOWN_COLUMN = 0.2  # also one that is not read: it breaks ties, and outweighs no field
_OF_A_REPEAT = 0.5  # a row of data repeats itself, a header hardly
# A row in which little is known may be data with a few telling texts: it keeps this much of its
# score, and the rest by the share of its texts that are known.
_WITHOUT_A_SHARE = 0.4

# How much a sheet looks like the list itself, as a factor. Rows of data below decide between sheets
# with the same header, and no more: a template has none.
_OF_ROWS = 0.1
_HIDDEN = 0.5  # lists of choices are hidden, lists of suppliers hardly
_BESIDE = 0.6  # called example, instructions or the like
_OF_SUPPLIERS = 1.3  # called after suppliers: outweighs a few columns more elsewhere


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says about the table: sheet and field -> headers (empty: do not read)."""

    sheet: str | None = None
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The table in a file: its sheet, the number of its header row, its columns.

    `width` is the number of cells of the header row; `datev` marks a list of debtors and creditors
    in one, as DATEV exports it.
    """

    sheet: Sheet
    header_row: int
    columns: tuple[Column, ...]
    notices: tuple[Message, ...] = ()
    datev: bool = False
    width: int = 0

    def of(self, name: str) -> tuple[Column, ...]:
        """The columns that are read for a field, best first."""
        columns = [column for column in self.columns if column.field == name]
        return tuple(sorted(columns, key=lambda column: (column.rank, column.index)))

    def by_field(self) -> dict[str, tuple[Column, ...]]:
        """Field -> the columns that are read for it, best first."""
        return {one.field: self.of(one.field) for one in self.columns if one.field}

    def body(self) -> Iterator[tuple[int, Row]]:
        """The rows below the header, each with the number a person would give it."""
        return islice(self.sheet.numbered(), self.header_row - self.sheet.first + 1, None)

    @property
    def unread(self) -> tuple[Column, ...]:
        """The columns that may say more: of an unknown header, or left for one that says better."""
        left = (one for one in self.columns if not one.field)
        return tuple(one for one in left if not one.why_not or one.instead in _NAMING)

    def instead(self, name: str) -> tuple[Column, ...]:
        """The columns that were not read for a field since another says more about it."""
        return tuple(one for one in self.columns if one.instead == name)


class _Candidate(NamedTuple):
    """A row that may be the header, and how much it looks like it."""

    score: float
    sheet: Sheet
    position: int
    top: list[list[str]]


def find_table(sheets: Sequence[Sheet], name: str, judge: Judge, asked: Asked) -> Table:
    """The table of a file. Raises `InventoryError` where there is none.

    Raises `UsageError` for a sheet or a column by hand that is not there.
    """
    chosen = _chosen(sheets, asked.sheet)
    candidates = _candidates(chosen, judge.vocabulary, asked.mapping)
    if not candidates:
        again = [sheet for sheet in map(unfolded, chosen) if sheet is not None]
        candidates = _candidates(again, judge.vocabulary, asked.mapping)
    if not candidates:
        raise refused(name, message("importer.no-header"), _no_header_hint(chosen))
    table = _table(candidates, judge)
    if table.by_field().keys().isdisjoint(_NAMING):
        columns = tuple(repr(column.header) for column in table.columns)
        hint = message("importer.say-names", columns=columns)
        raise refused(name, message("importer.no-names"), hint)
    return table


def _table(candidates: Sequence[_Candidate], judge: Judge) -> Table:
    """The table under the best of some headers."""
    of_sites = [one for one in candidates if not _lists_countries(one, judge)]
    best = max(of_sites or candidates, key=lambda one: one.score)
    others = [one.sheet.name for one in candidates if one is not best]
    below = best.top[best.position + 1 :]
    columns = judge.columns(_header(best, judge.vocabulary), below)
    return Table(
        best.sheet,
        best.position + best.sheet.first,
        columns,
        (*_weak(columns), *_not_read(others)),
        datev=best.top[0][:1] == [_DATEV],
        width=len(best.top[best.position]),
    )


def _chosen(sheets: Sequence[Sheet], asked: str | None) -> Sequence[Sheet]:
    """The sheets that may hold the table: all, or the one asked for by name or number."""
    if asked is None:
        return sheets
    called = [sheet for sheet in sheets if normal(sheet.name) == normal(asked)]
    if called or (asked.isdigit() and 0 < int(asked) <= len(sheets)):
        return called or [sheets[int(asked) - 1]]
    if not any(sheet.name for sheet in sheets):
        raise UsageError.of(message("importer.has-no-sheets"), message("importer.leave-it-out"))
    hint = message("importer.sheets", sheets=tuple(repr(sheet.name) for sheet in sheets))
    raise UsageError.of(message("importer.no-sheet", sheet=asked), hint)


def _candidates(
    sheets: Iterable[Sheet], vocabulary: HeaderVocabulary, mapping: Mapping[str, tuple[str, ...]]
) -> list[_Candidate]:
    return list(filter(None, (_best(sheet, vocabulary, mapping) for sheet in sheets)))


def _best(
    sheet: Sheet, vocabulary: HeaderVocabulary, mapping: Mapping[str, tuple[str, ...]]
) -> _Candidate | None:
    """The row of a sheet that looks most like a header; None where none does."""
    rows = islice(sheet.rows(), _LATEST_HEADER + _SAMPLE)
    top = [[text_of(cell) for cell in row] for row in rows]
    best = None
    for position, row in enumerate(top[:_LATEST_HEADER]):
        real = _looks_real(sheet, top[position + 1 :], vocabulary.sheets)
        score = _score(row, vocabulary, mapping) * real
        if score > 0 and (best is None or score > best.score):
            best = _Candidate(score, sheet, position, top)
    return best


def _header(candidate: _Candidate, vocabulary: HeaderVocabulary) -> list[str]:
    """The column names; one that stands there twice with what stands over it, such as Factory."""
    row, group = candidate.top[candidate.position], ""
    above = candidate.top[candidate.position - 1] if candidate.position else []
    if sum(map(bool, above)) < _LEAST_FIELDS:
        return row
    meant = [_meant(text, vocabulary) for text in row]
    times = Counter(meant)
    header = []
    for place, text in enumerate(row):
        group = (above[place] if place < len(above) else "") or group
        doubled = bool(text) and bool(group) and times[meant[place]] > 1
        header.append(f"{group} - {text}" if doubled else text)
    return header


def _meant(text: str, vocabulary: HeaderVocabulary) -> str:
    """What a name stands for, so that Country and Land are the same name twice."""
    meaning = vocabulary.meaning(text)
    whose = meaning.field if meaning and meaning.field in _WHOSE else ""
    return whose or normal(text)


def _lists_countries(candidate: _Candidate, judge: Judge) -> bool:
    """Whether what is named on a sheet are countries: a list of choices, not of suppliers."""
    header, below = candidate.top[candidate.position], candidate.top[candidate.position + 1 :]
    names = [judge.vocabulary.meaning(text) for text in header]
    places = [n for n, known in enumerate(names) if known and known.field == "name"]
    values = [row[n] for row in below for n in places[:1] if n < len(row) and row[n]]
    return bool(values) and all(map(judge.is_country, values))


def _looks_real(
    sheet: Sheet, below: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> float:
    """How much a sheet looks like the list itself, not like an example or a list of choices."""
    rows = sum(sum(map(bool, row)) >= _LEAST_FIELDS for row in below[:_MANY])
    called = f"{normal(sheet.name)} "
    factors = (
        (1 - _OF_ROWS) + _OF_ROWS * rows / _MANY,
        _HIDDEN if sheet.hidden else 1,
        _BESIDE if any(name in called for name in names["beside"]) else 1,
        _OF_SUPPLIERS if any(name in called for name in names["of_suppliers"]) else 1,
    )
    return prod(factors)


class _Names(NamedTuple):
    """What the texts of a row name: columns asked for by hand, fields, and columns known at all."""

    by_hand: int
    fields: frozenset[str]
    known: int

    @property
    def may_be_header(self) -> bool:
        """Whether they name enough to be a header of suppliers."""
        enough = len(self.fields) >= _LEAST_FIELDS and not self.fields.isdisjoint(_NAMING)
        return bool(self.by_hand) or enough

    @property
    def score(self) -> float:
        """What they name, in fields."""
        sure = len(self.fields & {"name", "country"})
        fields = len(self.fields) + _BY_HAND * self.by_hand + _OF_A_NAME_OR_COUNTRY * sure
        return fields + _OF_A_KNOWN_COLUMN * self.known


def _score(
    row: Sequence[str], vocabulary: HeaderVocabulary, mapping: Mapping[str, tuple[str, ...]]
) -> float:
    """How much a row looks like the header: fields named, and little else; 0 where it does not."""
    filled = [text for text in row if text]
    names = _names(filled, vocabulary, mapping)
    alone = len(filled) < _LEAST_FIELDS and not names.by_hand
    if alone or not names.may_be_header:
        return 0.0
    share = max(names.known, names.by_hand) / len(filled)
    repeated = len(filled) - len(set(map(normal, filled)))
    certain = _WITHOUT_A_SHARE + (1 - _WITHOUT_A_SHARE) * share
    return names.score * certain - _OF_A_REPEAT * repeated


def _names(
    texts: Sequence[str], vocabulary: HeaderVocabulary, mapping: Mapping[str, tuple[str, ...]]
) -> _Names:
    asked = {normal(header) for headers in mapping.values() for header in headers}
    short = [text for text in texts if len(text) <= _LONGEST_HEADER]
    meanings = list(filter(None, map(vocabulary.meaning, short)))
    fields = frozenset(filter(None, (meaning.field for meaning in meanings)))
    return _Names(sum(normal(text) in asked for text in texts), fields, len(meanings))


def _no_header_hint(sheets: Sequence[Sheet]) -> Message:
    for sheet in sheets:
        for row in islice(sheet.rows(), _LATEST_HEADER):
            filled = [text_of(cell) for cell in row if text_of(cell)]
            if len(filled) > 1:
                seen = tuple(repr(text[:30]) for text in filled[:8])
                return message("importer.wants-header", seen=seen)
    return message("importer.nothing-in-it")


def _weak(columns: Sequence[Column]) -> Iterator[Message]:
    weak = [c for c in columns if c.field == "country" and c.rank == REGISTERED]
    for column in weak[:1]:
        yield message("importer.registered-country", header=column.header)


def _not_read(others: Sequence[str]) -> Iterator[Message]:
    if others:
        yield message("importer.other-sheets", sheets=tuple(map(repr, others)))

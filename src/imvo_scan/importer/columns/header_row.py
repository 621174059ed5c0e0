"""Where the table of a file stands: its sheet and its header row.

Every row near the top of every sheet is tried as the header; the row that names most fields wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from imvo_scan.core.errors import UsageError
from imvo_scan.core.matching import normal
from imvo_scan.importer.columns.columns import Column, Judge
from imvo_scan.importer.columns.headers import REGISTERED, HeaderWords
from imvo_scan.importer.formats.delimited import unfolded
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused
from imvo_scan.importer.rows.cells import text_of

_LATEST_HEADER = 60
_SAMPLE = 200
_LEAST_FIELDS = 2
_LONGEST_HEADER = 120
_NAMING = ("name", "id", "os_id", "address")
_MANY = 20
_WHOSE = frozenset({"name", "id", "country", "region", "city", "address"})
_DATEV = "EXTF"


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
    notices: tuple[str, ...] = ()
    datev: bool = False
    width: int = 0

    def of(self, name: str) -> tuple[Column, ...]:
        """The columns that are read for a field, best first."""
        found = [column for column in self.columns if column.field == name]
        return tuple(sorted(found, key=lambda column: (column.rank, column.index)))

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
    best_of = _candidates(chosen, judge.words, asked.mapping)
    if not best_of:
        again = [sheet for sheet in map(unfolded, chosen) if sheet is not None]
        best_of = _candidates(again, judge.words, asked.mapping)
    if not best_of:
        raise refused(name, "no row of column names was found", _no_header_hint(chosen))
    of_sites = [found for found in best_of if not _lists_countries(found, judge)]
    best = max(of_sites or best_of, key=lambda found: found.score)
    columns = judge.columns(_header(best, judge.words), best.top[best.position + 1 :])
    others = [found.sheet.name for found in best_of if found is not best]
    notices = (*_weak(columns), *_not_read(others))
    first = best.top[0][0] if best.top[0] else ""
    header_row = best.position + best.sheet.first
    width = len(best.top[best.position])
    table = Table(best.sheet, header_row, columns, notices, datev=first == _DATEV, width=width)
    if not any(table.of(field_) for field_ in _NAMING):
        seen = ", ".join(repr(column.header) for column in columns)
        hint = f"Say which it is: --map supplier=HEADER. Columns: {seen}."
        raise refused(name, "no column with the names of suppliers was found", hint)
    return table


def _chosen(sheets: Sequence[Sheet], asked: str | None) -> Sequence[Sheet]:
    if asked is None:
        return sheets
    found = [sheet for sheet in sheets if normal(sheet.name) == normal(asked)]
    if not found and asked.isdigit() and 0 < int(asked) <= len(sheets):
        found = [sheets[int(asked) - 1]]
    if not found and not any(sheet.name for sheet in sheets):
        raise UsageError.of("--sheet: this file has no sheets", "Leave it out.")
    if not found:
        names = ", ".join(repr(sheet.name) for sheet in sheets)
        raise UsageError.of(f"there is no sheet {asked!r}", f"The sheets are: {names}.")
    return found


def _candidates(
    sheets: Iterable[Sheet], words: HeaderWords, mapping: Mapping[str, tuple[str, ...]]
) -> list[_Candidate]:
    return [found for sheet in sheets if (found := _best(sheet, words, mapping))]


def _best(
    sheet: Sheet, words: HeaderWords, mapping: Mapping[str, tuple[str, ...]]
) -> _Candidate | None:
    """The row of a sheet that looks most like a header; None where none does."""
    rows = islice(sheet.rows(), _LATEST_HEADER + _SAMPLE)
    top = [[text_of(cell) for cell in row] for row in rows]
    best = None
    for position, row in enumerate(top[:_LATEST_HEADER]):
        real = _looks_real(sheet, top[position + 1 :], words.sheets)
        score = _score(row, words, mapping) * real
        if score > 0 and (best is None or score > best.score):
            best = _Candidate(score, sheet, position, top)
    return best


def _header(found: _Candidate, words: HeaderWords) -> list[str]:
    """The column names; one that stands there twice with what stands over it, such as Factory."""
    row, group = found.top[found.position], ""
    above = found.top[found.position - 1] if found.position else []
    if sum(map(bool, above)) < _LEAST_FIELDS:
        return row
    meant = [_meant(text, words) for text in row]
    times = Counter(meant)
    header = []
    for place, text in enumerate(row):
        group = (above[place] if place < len(above) else "") or group
        doubled = bool(text) and bool(group) and times[meant[place]] > 1
        header.append(f"{group} - {text}" if doubled else text)
    return header


def _meant(text: str, words: HeaderWords) -> str:
    """What a name stands for, so that Country and Land are the same name twice."""
    meaning = words.meaning(text)
    whose = meaning.field if meaning and meaning.field in _WHOSE else ""
    return whose or normal(text)


def _lists_countries(found: _Candidate, judge: Judge) -> bool:
    """Whether what is named on a sheet are countries: a list of choices, not of suppliers."""
    header, below = found.top[found.position], found.top[found.position + 1 :]
    names = [judge.words.meaning(text) for text in header]
    places = [n for n, known in enumerate(names) if known and known.field == "name"]
    values = [row[n] for row in below for n in places[:1] if n < len(row) and row[n]]
    return bool(values) and all(map(judge.is_country, values))


def _looks_real(
    sheet: Sheet, below: Sequence[Sequence[str]], names: Mapping[str, Sequence[str]]
) -> float:
    """How much a sheet looks like the list itself, not like an example or a list of choices."""
    rows = sum(sum(map(bool, row)) >= _LEAST_FIELDS for row in below[:_MANY])
    called = f"{normal(sheet.name)} "
    score = 0.9 + 0.1 * rows / _MANY
    score *= 0.5 if sheet.hidden else 1
    score *= 0.6 if any(word in called for word in names["beside"]) else 1
    return score * (1.3 if any(word in called for word in names["of_suppliers"]) else 1)


def _score(row: Sequence[str], words: HeaderWords, mapping: Mapping[str, tuple[str, ...]]) -> float:
    """How much a row looks like the header: fields named, and little else; 0 where it does not."""
    filled = [text for text in row if text]
    asked = {normal(header) for headers in mapping.values() for header in headers}
    by_hand = sum(normal(text) in asked for text in filled)
    meanings = [words.meaning(text) for text in filled if len(text) <= _LONGEST_HEADER]
    fields = {meaning.field for meaning in meanings if meaning and meaning.field}
    if len(filled) < _LEAST_FIELDS and not by_hand:
        return 0.0
    if not by_hand and (len(fields) < _LEAST_FIELDS or fields.isdisjoint(_NAMING)):
        return 0.0
    known = sum(meaning is not None for meaning in meanings)
    repeated = len(filled) - len(set(map(normal, filled)))
    score = len(fields) + 3 * by_hand + 2 * ("name" in fields) + 2 * ("country" in fields)
    share = max(known, by_hand) / len(filled)
    return (score + 0.2 * known) * (0.4 + 0.6 * share) - 0.5 * repeated


def _no_header_hint(sheets: Sequence[Sheet]) -> str:
    for sheet in sheets:
        for row in islice(sheet.rows(), _LATEST_HEADER):
            filled = [text_of(cell) for cell in row if text_of(cell)]
            if len(filled) > 1:
                seen = ", ".join(repr(text[:30]) for text in filled[:8])
                return (
                    "A row with names such as supplier, country and sector is wanted. Add one, or "
                    "say which column is which: --map supplier=HEADER --map country=HEADER. "
                    f"Seen: {seen}."
                )
    return "There is no table in it."


def _weak(columns: Sequence[Column]) -> Iterator[str]:
    weak = [c for c in columns if c.field == "country" and c.rank == REGISTERED]
    for column in weak[:1]:
        yield (
            f"The country comes from {column.header!r}: where the company is registered or "
            "ships from, which need not be where the work is done. Check it, or say --map "
            "country=HEADER."
        )


def _not_read(others: Sequence[str]) -> Iterator[str]:
    if others:
        names = ", ".join(map(repr, others))
        yield f"Other sheets look like lists too and were not read: {names}. For one: --sheet NAME."

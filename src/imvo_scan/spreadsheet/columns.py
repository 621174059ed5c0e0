"""Where the table of a file stands and what its columns are: sheet, header row, mapping.

Every row near the top of every sheet is tried as the header; the row that names most fields wins.
What stands under a header can veto what it says: a `Number` full of telephone numbers is no id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from imvo_scan.spreadsheet.cells import text_of
from imvo_scan.spreadsheet.headers import GENERIC, REGISTERED, HeaderWords, Meaning
from imvo_scan.spreadsheet.kinds import refused
from imvo_scan.spreadsheet.sheet import Sheet
from imvo_scan.vocabulary import UsageError
from imvo_scan.words import did_you_mean, normal

_LATEST_HEADER = 60
_SAMPLE = 200
_LEAST_FIELDS = 2
_MANY_FIELDS = frozenset({"goods", "processing", "sector", "country", "address", "name", "region"})
_ONE_RANK = frozenset({"country", "sector", "goods", "address", "processing"})
_PHONE = re.compile(r"\+\d[\d\s()./-]{6,}|\(?0\d[\d\s()./-]{7,}|\d{2,4}[-\s/]\d{3,}[-\s/]?\d{2,}")
_YES_NO = frozenset({"yes", "no", "true", "false", "ja", "nee", "nein", "y", "n", "x", "0", "1"})
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d.*|/\d\d.*)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: where (from 0), its header, and the field or why it is not read."""

    index: int
    header: str
    field: str = ""
    rank: int = GENERIC
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The table in a file: its sheet, the number of its header row, its columns."""

    sheet: Sheet
    header_row: int
    columns: tuple[Column, ...]
    notices: tuple[str, ...] = ()

    def of(self, field: str) -> tuple[Column, ...]:
        """The columns that are read for a field, best first."""
        found = [column for column in self.columns if column.field == field]
        return tuple(sorted(found, key=lambda column: (column.rank, column.index)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says about the table: sheet and field -> headers (empty: do not read)."""

    sheet: str | None = None
    mapping: Mapping[str, tuple[str, ...]] | None = None


def find_table(
    sheets: Sequence[Sheet],
    name: str,
    words: HeaderWords,
    asked: Asked,
    is_country: Callable[[str], bool],
) -> Table:
    """The table of a file. Raises `InventoryError` where there is none, `UsageError` for a sheet or header that is not there."""
    chosen = _chosen(sheets, asked.sheet)
    best: tuple[float, Sheet, int, list[str], list[list[str]]] | None = None
    for sheet in chosen:
        top = [
            [text_of(cell) for cell in row]
            for row in islice(sheet.rows(), _LATEST_HEADER + _SAMPLE)
        ]
        for position, row in enumerate(top[:_LATEST_HEADER]):
            score = _score(row, words, asked.mapping or {})
            if sheet.hidden:
                score -= 1
            if score and (best is None or score > best[0]):
                best = (score, sheet, position, row, top[position + 1 :])
    if best is None:
        raise refused(name, "no row of column names was found", _no_header_hint(chosen))
    _, sheet, position, header, sample = best
    columns = _columns(header, sample, words, asked.mapping or {}, is_country)
    table = Table(sheet, position + sheet.first, tuple(columns), tuple(_weak(columns)))
    _require_name(table, name)
    return table


def _chosen(sheets: Sequence[Sheet], asked: str | None) -> Sequence[Sheet]:
    if asked is None:
        return sheets
    found = [sheet for sheet in sheets if normal(sheet.name) == normal(asked)]
    if not found and asked.isdigit() and 0 < int(asked) <= len(sheets):
        found = [sheets[int(asked) - 1]]
    if not found:
        names = ", ".join(repr(sheet.name) for sheet in sheets)
        raise UsageError.of(f"there is no sheet {asked!r}", f"The sheets are: {names}.")
    return found


def _score(row: Sequence[str], words: HeaderWords, mapping: Mapping[str, tuple[str, ...]]) -> float:
    """How much a row looks like the header: fields named, and little else; 0 where it does not."""
    filled = [text for text in row if text]
    asked = {normal(header) for headers in mapping.values() for header in headers}
    if asked and not asked <= {normal(text) for text in filled} and not mapping.keys() & {"name"}:
        asked = set()
    hits = sum(normal(text) in asked for text in filled)
    meanings = [words.meaning(text) for text in filled if len(text) <= 120]  # noqa: PLR2004 - a header is short
    fields = {meaning.field for meaning in meanings if meaning and meaning.field}
    if len(filled) < _LEAST_FIELDS or (not hits and len(fields) < _LEAST_FIELDS):
        return 0.0
    if not hits and not fields & {"name", "id", "os_id", "address"}:
        return 0.0
    known = sum(meaning is not None for meaning in meanings)
    repeated = len(filled) - len(set(map(normal, filled)))
    score = (
        len(fields) + hits * 2 + 0.2 * known + 2 * ("name" in fields) + 2 * ("country" in fields)
    )
    return score * (0.4 + 0.6 * max(known, hits) / len(filled)) - 0.5 * repeated


def _no_header_hint(sheets: Sequence[Sheet]) -> str:
    for sheet in sheets:
        for row in islice(sheet.rows(), _LATEST_HEADER):
            filled = [text_of(cell) for cell in row if text_of(cell)]
            if len(filled) > 1:
                seen = ", ".join(repr(text[:30]) for text in filled[:8])
                return (
                    "A row with names such as supplier, country and sector is wanted. Say which "
                    f"column is which: --map supplier=HEADER --map country=HEADER. Seen: {seen}."
                )
    return "There is no table in it."


def _columns(
    header: Sequence[str],
    sample: Sequence[Sequence[str]],
    words: HeaderWords,
    mapping: Mapping[str, tuple[str, ...]],
    is_country: Callable[[str], bool],
) -> list[Column]:
    by_hand = _by_hand(header, mapping)
    columns = []
    for index, text in enumerate(header):
        if index in by_hand:
            columns.append(Column(index, text, by_hand[index], rank=-1))
        elif text:
            values = [row[index] for row in sample if index < len(row) and row[index]]
            meaning = words.meaning(text) or Meaning(why_not="")
            columns.append(_judged(index, text, meaning, values, words, is_country))
    return _one_each(columns, mapping)


def _by_hand(header: Sequence[str], mapping: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """The columns the user has named, by place. Raises `UsageError` for one that is not there."""
    places: dict[str, int] = {}
    for index, text in enumerate(header):
        places.setdefault(normal(text), index)
    found = {}
    for field, headers in mapping.items():
        for wanted in headers:
            if normal(wanted) not in places:
                hint = did_you_mean(wanted, [text for text in header if text])
                seen = ", ".join(repr(text) for text in header if text)
                raise UsageError.of(
                    f"there is no column {wanted!r}", f"{hint} Columns: {seen}.".strip()
                )
            found[places[normal(wanted)]] = field
    return found


def _judged(
    index: int,
    text: str,
    meaning: Meaning,
    values: Sequence[str],
    words: HeaderWords,
    is_country: Callable[[str], bool],
) -> Column:
    """A column by its header, unless what stands under it shows that it is something else."""
    field, why = meaning.field, meaning.why_not
    if field == "name" and values and all(value.casefold() in _YES_NO for value in values):
        field = "is_supplier"
    elif veto := _veto(field, values, words, is_country):
        field, why = "", veto
    return Column(index, text, field, meaning.rank, why)


def _veto(
    field: str, values: Sequence[str], words: HeaderWords, is_country: Callable[[str], bool]
) -> str:
    """Why the values under a header cannot be what it says; empty where they can."""
    if not values:
        return ""
    if field == "id" and _most(_PHONE.fullmatch, values):
        return "it holds telephone numbers"
    if field == "region" and _most(lambda value: normal(value) in words.parts_of_the_world, values):
        return "it holds parts of the world, not regions of a country"
    if field == "country" and not any(map(is_country, values)):
        if all(value.replace(".", "").isdigit() for value in values):
            return "it holds numbers that are no country codes"
        if _most(lambda value: normal(value) in words.parts_of_the_world, values):
            return "it holds parts of the world, not countries"
    if field == "year" and not _most(_YEAR.fullmatch, values):
        return "it holds no years"
    return ""


def _most(test: Callable[[str], object], values: Iterable[str]) -> bool:
    judged = [bool(test(value)) for value in values]
    return sum(judged) * 2 > len(judged)


def _one_each(columns: list[Column], mapping: Mapping[str, tuple[str, ...]]) -> list[Column]:
    """Leave each field its best columns: one, or all of the same rank where they go together."""
    best: dict[str, int] = {}
    for column in columns:
        if column.field:
            best[column.field] = min(best.get(column.field, 9), column.rank)
    taken: set[str] = set()
    out = []
    for column in sorted(columns, key=lambda column: (column.rank, column.index)):
        field = column.field
        if not field:
            out.append(column)
        elif field in mapping and column.rank >= 0:
            out.append(_left(column, "the mapping names another, or none"))
        elif column.rank > best[field] and field in _MANY_FIELDS:
            out.append(_left(column, _second_choice(columns, field, best[field])))
        elif field in taken and field not in _ONE_RANK:
            out.append(_left(column, _second_choice(columns, field, best[field])))
        else:
            taken.add(field)
            out.append(column)
    return sorted(out, key=lambda column: column.index)


def _left(column: Column, why: str) -> Column:
    return Column(column.index, column.header, "", column.rank, why)


def _second_choice(columns: Sequence[Column], field: str, rank: int) -> str:
    better = next(c.header for c in columns if c.field == field and c.rank == rank)
    return f"{better!r} says more about the site's {field.replace('_', ' ')}"


def _weak(columns: Sequence[Column]) -> Iterable[str]:
    weak = [c for c in columns if c.field == "country" and c.rank == REGISTERED]
    for column in weak[:1]:
        yield (
            f"The country comes from {column.header!r}: where the company is registered, which "
            "need not be where the work is done. Check it, or say --map country=HEADER."
        )


def _require_name(table: Table, name: str) -> None:
    if not (table.of("name") or table.of("id") or table.of("os_id") or table.of("address")):
        seen = ", ".join(repr(column.header) for column in table.columns)
        hint = f"Say which it is: --map supplier=HEADER. Columns: {seen}."
        raise refused(name, "no column with the names of suppliers was found", hint)

"""The columns of a table, and which are read: by their header and by what stands under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from imvo_scan.core.errors import UsageError
from imvo_scan.core.matching import did_you_mean, normal, sentences
from imvo_scan.core.message import Message, Text, message
from imvo_scan.importer.columns.headers import GENERIC, SUPPLIER, HeaderVocabulary, Meaning

BY_HAND = -1

# Fields for which yes and no are values; under any other header they answer a question about it.
_OF_YES_AND_NO = frozenset({"is_supplier", "deleted", "active", "closed", "flags"})
# Fields of which every column of the best rank is read: what one leaves empty, another may say.
_SEVERAL = frozenset({"country", "sector", "goods", "address", "processing"})

_PHONE = re.compile(r"\+\d[\d\s()./-]{6,}|\(?0\d{1,4}[)\s./-][\d\s()./-]{5,}")
_YES_NO = frozenset(
    {"yes", "no", "true", "false", "ja", "nee", "nein", "oui", "non", "y", "n", "j", "x"}
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-\d\d.*|/\d\d.*)?")
_ACCOUNT = re.compile(r"[A-Za-z]{0,4}[-_ ./]?\d{3,}")
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_POSTCODES = message("column.postcodes")
_IN_HEADER = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_VAGUE = 4  # the rank of a country that only values show: every header that says it goes first
_NUMERIC = re.compile(r"\b(?:m ?49|numeric|iso|un)\b")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: where (from 0), its header, and the field or why it is not read.

    `instead` is the field of a column that is not read because another says more about it.
    """

    index: int
    header: str
    field: str = ""
    rank: int = GENERIC
    why_not: Text = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Judge:
    """Decides what each column of a table is, by its header and by what stands under it."""

    vocabulary: HeaderVocabulary
    is_country: Callable[[str], bool]
    by_hand: Mapping[str, tuple[str, ...]]

    def columns(self, header: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[Column, ...]:
        """The columns of a table. Raises `UsageError` for a column by hand that is not there."""
        by_hand = self._by_hand(header)
        columns = []
        for index, text in enumerate(header):
            if index in by_hand:
                columns.append(Column(index, text, by_hand[index], BY_HAND))
            elif text:
                values = [row[index] for row in sample if index < len(row) and row[index]]
                columns.append(self._judged(index, text, values))
        return self._one_each(self._with_codes(self._with_names(self._in_context(columns))))

    def _by_hand(self, header: Sequence[str]) -> dict[int, str]:
        """The columns the user has named, by place."""
        places: dict[str, int] = {}
        for index, text in enumerate(header):
            places.setdefault(normal(text), index)
        fields = {}
        for field, headers in self.by_hand.items():
            for wanted in headers:
                if normal(wanted) not in places:
                    raise _no_column(wanted, [text for text in header if text])
                fields[places[normal(wanted)]] = field
        return fields

    def _in_context(self, columns: Sequence[Column]) -> list[Column]:
        """The columns, without those that mean something else in an export of a known kind."""
        headers = {normal(column.header) for column in columns}
        why = {
            header: context.why
            for context in self.vocabulary.contexts
            if context.signs & headers
            for header in context.headers
        }
        return [
            _left(column, why[form])
            if (form := normal(column.header)) in why and column.rank != BY_HAND
            else column
            for column in columns
        ]

    def _with_names(self, columns: Sequence[Column]) -> list[Column]:
        """The columns; numbers under a header of names are names where nothing else is."""
        if any(column.field == "name" for column in columns):
            return list(columns)
        return [
            replace(column, field="name")
            if column.field == "id" and self._is_of_names(column.header)
            else column
            for column in columns
        ]

    def _with_codes(self, columns: Sequence[Column]) -> list[Column]:
        """The columns; a `Code` that may hold postcodes is an id where another holds those."""
        postcode = self.vocabulary.meaning("postcode")
        if postcode is None or all(column.why_not != postcode.why_not for column in columns):
            return list(columns)
        return [
            replace(column, field="id", why_not="") if column.why_not == _POSTCODES else column
            for column in columns
        ]

    def _is_of_names(self, header: str) -> bool:
        meaning = self.vocabulary.meaning(header)
        return meaning is not None and meaning.field == "name"

    def _judged(self, index: int, text: str, values: Sequence[str]) -> Column:
        meaning = self.vocabulary.meaning(text) or Meaning()
        field, why = meaning.field, meaning.why_not
        if values and (better := self._better(field, values)):
            rank = _VAGUE if better == "country" else meaning.rank
            return Column(index, text, better, rank)
        if values and (veto := self._veto(field, text, values)):
            field, why = "", veto
        return Column(index, text, field, meaning.rank, why)

    def _better(self, field: str, values: Sequence[str]) -> str:
        """What a column is where its values say it better than its header; empty where not."""
        if field == "name" and set(map(str.casefold, values)) == {"x"}:
            return "marked"
        if field == "name" and _all_yes_or_no(values):
            return "is_supplier"
        if field == "name" and _most(_ACCOUNT.fullmatch, values):
            return "id"
        if field == "address" and _most(self.is_country, values):
            return "country"
        return ""

    def _veto(self, field: str, header: str, values: Sequence[str]) -> Text:
        """Why the values under a header cannot be what it says; empty where they can."""
        if field and field not in _OF_YES_AND_NO and _all_yes_or_no(values):
            return message("column.yes-and-no")
        checks: Mapping[str, Callable[[str, Sequence[str]], Text]] = {
            "id": _no_id,
            "country": self._no_country,
            "region": self._no_region,
            "year": _no_year,
            "path": _no_path,
        }
        check = checks.get(field)
        return check(header, values) if check else ""

    def _no_region(self, _header: str, values: Sequence[str]) -> Text:
        world = _most(self._is_part_of_the_world, values)
        return message("column.world-not-regions") if world else ""

    def _no_country(self, header: str, values: Sequence[str]) -> Text:
        known = any(map(self.is_country, values))
        if all(value.replace(".", "").isdigit() for value in values):
            listed = known and _NUMERIC.search(normal(header))
            return "" if listed else message("column.numbers-of-no-list")
        if normal(header) in self.vocabulary.origins and not _most(self.is_country, values):
            return message("column.few-countries")
        if not known and _most(self._is_part_of_the_world, values):
            return message("column.world-not-countries")
        return ""

    def _is_part_of_the_world(self, value: str) -> bool:
        return normal(value) in self.vocabulary.parts_of_the_world

    def _one_each(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Leave each field its best columns: one, or those of a rank where they go together."""
        best: dict[str, Column] = {}
        ranked = sorted(columns, key=lambda one: (one.rank, -_year_of(one.header), one.index))
        for column in ranked:
            best.setdefault(column.field, column)
        chosen = (self._beside(column, best.get(column.field, column)) for column in ranked)
        return tuple(sorted(chosen, key=lambda column: column.index))

    def _beside(self, column: Column, best: Column) -> Column:
        """A column as it is, or as one that is not read since another says it better."""
        field = column.field
        if not field or column.rank == BY_HAND:
            return column
        if field in self.by_hand:
            is_only = column is best
            why = message("column.mapping-none" if is_only else "column.mapping-another")
            return _left(column, why)
        if column is best or _goes_with(column, best):
            return column
        why = message("column.another", header=best.header, field=field.replace("_", " "))
        return replace(_left(column, why), instead=field)


def _no_column(wanted: str, headers: Sequence[str]) -> UsageError:
    columns = message("importer.columns", columns=tuple(map(repr, headers)))
    hint = sentences(did_you_mean(wanted, headers), columns)
    return UsageError.of(message("importer.no-column", column=wanted), hint)


def _year_of(header: str) -> int:
    """The last year in a header, so that of two years the newer is read; 0 where it has none."""
    return max((int(year) for year in _IN_HEADER.findall(header)), default=0)


def _goes_with(column: Column, best: Column) -> bool:
    """Whether a column is read beside the best one of its field."""
    if column.field == "name":
        return column.rank <= SUPPLIER  # a site without a name of its own is called by its supplier
    return column.field in _SEVERAL and column.rank == best.rank


def _left(column: Column, why: Message) -> Column:
    return Column(column.index, column.header, "", column.rank, why)


def _no_id(header: str, values: Sequence[str]) -> Text:
    if _most(_PHONE.fullmatch, values):
        return message("column.telephone-numbers")
    if normal(header) == "code":
        return message("column.states") if _most(_LETTERS.fullmatch, values) else _POSTCODES
    return ""


def _no_year(_header: str, values: Sequence[str]) -> Text:
    return "" if _most(_YEAR.fullmatch, values) else message("column.no-years")


def _no_path(_header: str, values: Sequence[str]) -> Text:
    paths = any(" > " in value for value in values)
    return "" if paths else message("column.no-path")


def _all_yes_or_no(values: Sequence[str]) -> bool:
    return all(value.casefold() in _YES_NO for value in values)


def _most(test: Callable[[str], object], values: Iterable[str]) -> bool:
    """Whether a test holds for more than half: a column has slips, and two kinds of values."""
    judged = [bool(test(value)) for value in values]
    return sum(judged) * 2 > len(judged)

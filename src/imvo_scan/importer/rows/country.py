"""The country of a row: by its columns, else by its Open Supply Hub id, else by its address.

What contradicts is remarked, and nothing is repaired: the country that the list gives is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from imvo_scan.core.message import Text, message
from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.rows.places import Places
from imvo_scan.importer.rows.remarks import (
    Remarked,
    Remarks,
    RowRemark,
    RowWarning,
    SiteNote,
    UnknownCell,
)
from imvo_scan.importer.rows.row import TableRow, mended

_NAMIBIA = "NA"
_BY_ID, _BY_ADDRESS = message("country-by.os-id"), message("country-by.address")


def code_columns(columns: Sequence[Column], sample: Sequence[Sequence[str]]) -> frozenset[int]:
    """Which columns hold two-letter codes, by most of their first cells: there NA is Namibia."""
    coded = set()
    for column in columns:
        values = [row[column.index] for row in sample if column.index < len(row)]
        lengths = [len(value) == len(_NAMIBIA) for value in values if value]
        if sum(lengths) * 2 > len(lengths):
            coded.add(column.index)
    return frozenset(coded)


@dataclass(frozen=True, slots=True)
class CountryReader:
    """Reads the country of rows; `others` are columns of countries that are not the site's."""

    places: Places
    others: Sequence[Column] = ()
    code_columns: frozenset[int] = frozenset()

    def read(self, row: TableRow, address: str) -> Remarked[str | None]:
        """The country of a row; None where nothing says it."""
        named, remarks = self._by_columns(row)
        by_id = self.places.of_os_id(row.first("os_id") or row.first("id"))
        by_address = self.places.of_address(address) if address else None
        signs = [(code, who) for code, who in ((by_id, _BY_ID), (by_address, _BY_ADDRESS)) if code]
        against: list[tuple[str, Text]] = [*named.items(), *signs]
        if not against:
            return None, remarks + self._elsewhere(row)
        code, who = against[0]
        if not named:
            kind = message("warning.country-from", who=who)
            remarks += (RowWarning(kind, self.places.countries.named(code)),)
        return code, (*remarks, *self._contradicted(code, who, against))

    def _elsewhere(self, row: TableRow) -> Remarks:
        """Which country the list names of another than the site: its seller may stand there."""
        for column in self.others:
            text = row.cell(column)
            if isinstance(self.places.country(text), str):
                seen = message("seen.other-country", header=column.header, text=text)
                note = message("note.other-country", header=column.header, text=text)
                return RowWarning(message("warning.no-country-of-site"), seen), SiteNote(note)
        return ()

    def _by_columns(self, row: TableRow) -> Remarked[Mapping[str, str]]:
        """The countries that the columns name, each with who says so."""
        named: dict[str, str] = {}
        remarks: list[RowRemark] = []
        for column, text in self._cells(row):
            code = self.places.country(text)
            if not isinstance(code, str) and not text.isascii():
                better, repairs = mended(text)
                remarks += repairs
                code = self.places.country(better)
            if isinstance(code, str):
                named.setdefault(code, f"{column.header} {text!r}")
            else:
                remarks.append(UnknownCell("country", text))
                remarks.append(SiteNote(message("note.country-not-known", text=text)))
        return named, tuple(remarks)

    def _cells(self, row: TableRow) -> Iterator[tuple[Column, str]]:
        for column, text in row.stand("country"):
            namibia = text == _NAMIBIA and column.index in self.code_columns
            if namibia or not row.terms.is_nothing(text):
                yield column, text

    def _contradicted(
        self, code: str, who: Text, against: Sequence[tuple[str, Text]]
    ) -> Iterator[RowRemark]:
        for other, whose in against:
            if other != code:
                there = self.places.countries.named(other)
                contradicted = message(
                    "note.country-contradicted", who=who, code=code, whose=whose, country=there
                )
                yield RowWarning(message("warning.country-contradicted"), contradicted)
                yield SiteNote(contradicted)

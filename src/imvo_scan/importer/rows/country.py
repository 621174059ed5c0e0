"""The country of a row: by its columns, else by its Open Supply Hub id, else by its address.

What contradicts is said, and nothing is repaired: the country that the list gives is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.rows.country_names import Places
from imvo_scan.importer.rows.row import OneRow

_NAMIBIA = "NA"


@dataclass
class WhereReader:
    """Reads the country of rows."""

    places: Places
    others: Sequence[Column] = ()
    code_columns: set[int] = field(default_factory=set)

    def look_ahead(self, columns: Sequence[Column], sample: Sequence[Sequence[str]]) -> None:
        """See which columns hold two-letter codes: among those, NA is Namibia."""
        for column in columns:
            values = [row[column.index] for row in sample if column.index < len(row)]
            coded = [len(value) == len(_NAMIBIA) for value in values if value]
            if sum(coded) * 2 > len(coded):
                self.code_columns.add(column.index)

    def read(self, row: OneRow, address: str) -> None:
        """Say the country of a row, where something says it."""
        found = self._by_columns(row)
        by_id = self.places.of_os_id(row.first("os_id") or row.first("id"))
        by_address = self.places.of_address(address) if address else None
        if not found and by_id:
            found[by_id] = "the Open Supply Hub id"
            row.warn("country from the Open Supply Hub id", self.places.countries.named(by_id))
        elif not found and by_address:
            found[by_address] = "the address"
            row.warn("country from the address", self.places.countries.named(by_address))
        if not found:
            self._elsewhere(row)
        if found:
            code, who = next(iter(found.items()))
            row.said["country"] = code
            against = [
                *found.items(),
                (by_id, "the Open Supply Hub id"),
                (by_address, "the address"),
            ]
            self._contradicted(row, code, who, against)

    def _elsewhere(self, row: OneRow) -> None:
        """Say which country the list names of another than the site: its seller may stand there."""
        for column in self.others:
            text = row.texts[column.index] if column.index < len(row.texts) else ""
            if isinstance(self.places.country(text), str):
                row.warn("no country of the site", f"but {column.header} is {text!r}")
                row.remarks.append(f"the list says {column.header} {text!r}, which may be another")
                return

    def _by_columns(self, row: OneRow) -> dict[str, str]:
        """The countries that the columns name, each with who says so."""
        found: dict[str, str] = {}
        for column, text in self._cells(row):
            code = self.places.country(text)
            if not isinstance(code, str) and not text.isascii():
                code = self.places.country(row.mended(text))
            if isinstance(code, str):
                found.setdefault(code, f"{column.header} {text!r}")
            else:
                row.not_known("country", text, partial(self.places.suggestion, text))
                row.remarks.append(f"the list says country {text!r}, which is not known")
        return found

    def _cells(self, row: OneRow) -> Iterator[tuple[Column, str]]:
        for column, text in row.stand("country"):
            namibia = text == _NAMIBIA and column.index in self.code_columns
            if namibia or not row.words.is_nothing(text):
                yield column, text

    def _contradicted(
        self, row: OneRow, code: str, who: str, against: Sequence[tuple[str | None, str]]
    ) -> None:
        for other, whose in against:
            if other and other != code:
                there = self.places.countries.named(other)
                text = f"{who} is kept as {code}, but {whose} points to {there}"
                row.warn("country contradicted", text)
                row.remarks.append(text)

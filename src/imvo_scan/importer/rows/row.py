"""One row by field: what its cells say, without noise and without what says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.core.message import message
from imvo_scan.documents import tables
from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.list_tables import CellsTable
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.remarks import Remarked, RowWarning


@dataclass(frozen=True, slots=True)
class CellTerms:
    """Terms that cells use for nothing, for nobody, for a total, for yes and for closed."""

    nothing: frozenset[str]
    nobody: frozenset[str]
    total: frozenset[str]
    yes: frozenset[str]
    closed: frozenset[str]

    def is_nothing(self, text: str) -> bool:
        """Whether a cell only says that nothing is known."""
        return cells.says_nothing(text, self.nothing)


def load_cell_terms(directory: Folder) -> CellTerms:
    """Read the terms from the folder of spreadsheet tables."""
    table = tables.read(directory / "cells.yaml", CellsTable)
    return CellTerms(*(frozenset(map(normal, terms)) for terms in table))


class TableRow(NamedTuple):
    """The cells of a row, and the columns of each field, best first.

    A named tuple, because a list may hold a hundred thousand rows.
    """

    texts: Sequence[str]
    columns: Mapping[str, tuple[Column, ...]]
    terms: CellTerms

    def cell(self, column: Column) -> str:
        """What stands in a column; empty where the row is too short."""
        return self.texts[column.index] if column.index < len(self.texts) else ""

    def stand(self, name: str) -> Iterator[tuple[Column, str]]:
        """The cells of a field as they stand, best column first; no empty ones."""
        for column in self.columns.get(name, ()):
            if text := self.cell(column):
                yield column, text

    def all(self, name: str) -> Iterator[tuple[Column, str]]:
        """The cells of a field that say something, best column first."""
        for column in self.columns.get(name, ()):
            text = self.cell(column)
            if text and not self.terms.is_nothing(text):
                yield column, text

    def numbers(self, name: str) -> Iterator[tuple[Column, str]]:
        """The same of a field with numbers, and those that were to be one and are none."""
        for column, text in self.stand(name):
            if cells.is_no_number(text) or not self.terms.is_nothing(text):
                yield column, text

    def first(self, name: str) -> str:
        """The first cell of a field that says something; empty where none does."""
        return next((text for _, text in self.all(name)), "") if name in self.columns else ""

    def raw(self, name: str) -> str:
        """The first cell of a field as it stands, also where it says nothing."""
        return next(filter(None, map(self.cell, self.columns.get(name, ()))), "")


def mended(text: str) -> Remarked[str]:
    """A text with mojibake repaired where that is certain, and a remark that it was."""
    better = cells.repaired(text)
    if better is None:
        return text, ()
    seen = message("seen.text-repaired", text=text, better=better)
    return better, (RowWarning(message("warning.text-repaired"), seen),)

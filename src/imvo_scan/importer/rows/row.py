"""One row while it is read: its cells by field, what they said so far, and remarks about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.core.message import Text
from imvo_scan.documents.table_file import TableFile
from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.report import Tally
from imvo_scan.importer.rows import cells


@dataclass(frozen=True, slots=True)
class Said:
    """Words that cells use for nothing, for nobody, for a total, for yes and for closed."""

    nothing: frozenset[str]
    nobody: frozenset[str]
    total: frozenset[str]
    yes: frozenset[str]
    closed: frozenset[str]

    def is_nothing(self, text: str) -> bool:
        """Whether a cell only says that nothing is known."""
        return cells.says_nothing(text, self.nothing)


def load_said(directory: Folder) -> Said:
    """Read the words from the folder of spreadsheet tables."""
    table = TableFile(directory / "cells.yaml").root
    sets = {key: frozenset(normal(word) for word in words) for key, words in table.items()}
    return Said(sets["nothing"], sets["nobody"], sets["total"], sets["yes"], sets["closed"])


@dataclass(slots=True)
class OneRow:
    """A row by field. `said` fills with the keys of an inventory, `remarks` with what to know."""

    number: int
    texts: Sequence[str]
    columns: Mapping[str, tuple[Column, ...]]
    words: Said
    tally: Tally
    said: dict[str, Any] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def stand(self, name: str) -> Iterator[tuple[Column, str]]:
        """The cells of a field as they stand, best column first; no empty ones."""
        for column in self.columns.get(name, ()):
            if column.index < len(self.texts) and self.texts[column.index]:
                yield column, self.texts[column.index]

    def all(self, name: str) -> Iterator[tuple[Column, str]]:
        """The cells of a field that say something, best column first."""
        return (found for found in self.stand(name) if not self.words.is_nothing(found[1]))

    def numbers(self, name: str) -> Iterator[tuple[Column, str]]:
        """The same of a field with numbers, and those that were to be one and are none."""
        for found in self.stand(name):
            if cells.is_no_number(found[1]) or not self.words.is_nothing(found[1]):
                yield found

    def first(self, name: str) -> str:
        """The first cell of a field that says something; empty where none does."""
        if name not in self.columns:
            return ""
        return next((text for _, text in self.all(name)), "")

    def raw(self, name: str) -> str:
        """The first cell of a field as it stands, also where it says nothing."""
        return next((text for _, text in self.stand(name)), "")

    def warn(self, kind: str, text: str) -> None:
        """Keep a remark about this row."""
        self.tally.warn(kind, self.number, text)

    def not_known(self, name: str, text: str, suggest: Callable[[], Text]) -> None:
        """Keep a value of this row that means nothing to us."""
        self.tally.not_known(name, text, suggest)

    def mended(self, text: str) -> str:
        """A text with mojibake repaired where that is certain, and said."""
        better = cells.repaired(text)
        if better is None:
            return text
        self.warn("text repaired", f"{text!r} was read as {better!r}")
        return better

"""One sheet of rows, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from imvo_scan.core.message import Message, Text, message

Row: TypeAlias = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, a way to read its rows from the start, and how it was read.

    Row 1 is the first; a list of records (JSON, Parquet) has its column names as row 0, so that
    record 1 is the first record. `rows` may be called again to read again. `total` is the number
    of rows where that is known without reading.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    how: Text
    total: int | None = None
    first: int = 1
    notices: tuple[Message, ...] = ()
    hidden: bool = False

    def unit(self, name: str) -> Message:
        """What one row of it is called, in a file of this name: `list.csv: row`."""
        if self.first:
            return message("importer.unit-row", name=name)
        return message("importer.unit-record", name=name)

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """The rows with the number a person would give them."""
        return enumerate(self.rows(), self.first)

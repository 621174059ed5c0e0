"""The number of workers and the spend of a row, where they can be read in one way only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from imvo_scan.core.message import Message, message
from imvo_scan.core.number_readings import Reading
from imvo_scan.importer.columns.number_columns import NumberColumns, Readings
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.remarks import Remarked, RowRemark, RowWarning, UnknownCell
from imvo_scan.importer.rows.row import TableRow

READINGS: dict[str, tuple[Readings, Message]] = {
    "workers": (cells.head_counts, message("suggestion.write-whole-number")),
    "spend": (cells.amounts, message("suggestion.write-amount")),
}
"""Field -> all that a text of it can mean, and what would be right."""


class Quantities(NamedTuple):
    """How many work at a site, and what is spent there, in digits; None where not known."""

    workers: int | None = None
    spend: str | None = None


def quantities(row: TableRow, numbers: NumberColumns) -> Remarked[Quantities]:
    """The numbers of a row, read as their columns write numbers."""
    people, of_people = _quantity(row, "workers", numbers)
    spend, of_spend = _quantity(row, "spend", numbers)
    workers = int(people.value) if people else None
    return Quantities(workers, spend.plain if spend else None), of_people + of_spend


def _quantity(row: TableRow, field: str, numbers: NumberColumns) -> Remarked[Reading | None]:
    column, text = next(row.numbers(field), (None, ""))
    if column is None:
        return None, ()
    every, _ = READINGS[field]
    reading = numbers.read(text, column, every)
    if reading is None:
        return None, (UnknownCell(field, text),)
    return reading, tuple(_of_reading(field, text, reading))


def _of_reading(field: str, text: str, reading: Reading) -> Iterator[RowRemark]:
    """What there is to say of a number that was not written as plainly as it is kept."""
    every, _ = READINGS[field]
    if len(every(text)) > 1:
        seen = message("seen.number-as", text=text, number=reading.plain)
        yield RowWarning(message("warning.number-as-column"), seen)
    if field == "workers" and cells.is_rough(text):
        seen = message("seen.rough-number", text=text, number=int(reading.value))
        yield RowWarning(message("warning.rough-number"), seen)

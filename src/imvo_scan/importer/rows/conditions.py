"""The rows that a user asks for: `--where HEADER=VALUE`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from imvo_scan.core.errors import UsageError
from imvo_scan.core.matching import did_you_mean, normal
from imvo_scan.core.message import Message, message
from imvo_scan.importer.columns.header_row import Table


class Condition(NamedTuple):
    """What must stand in a column, compared as names are."""

    place: int
    header: str
    value: str

    def holds(self, texts: Sequence[str]) -> bool:
        """Whether a row fulfils it."""
        text = texts[self.place] if self.place < len(texts) else ""
        return normal(text) == normal(self.value)


def conditions_of(table: Table, where: Sequence[tuple[str, str]]) -> tuple[Condition, ...]:
    """The conditions with the columns that they mean. Raises `UsageError` where one means none."""
    return tuple(Condition(_place(header, table), header, value) for header, value in where)


def _place(header: str, table: Table) -> int:
    for column in table.columns:
        if normal(column.header) == normal(header):
            return column.index
    headers = [column.header for column in table.columns]
    what = message("importer.no-column", column=header)
    raise UsageError.of(what, did_you_mean(header, headers))


def not_asked_for(texts: Sequence[str], conditions: Sequence[Condition]) -> Message | None:
    """Why a row is not asked for; None where it is."""
    for condition in conditions:
        if not condition.holds(texts):
            where = f"{condition.header}={condition.value}"
            return message("reason.not-asked-for", where=where)
    return None

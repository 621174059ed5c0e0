"""Numbers in the columns of a list: a cell with two readings is read as its column writes numbers.

A column shows it by its other cells: where one says `1.234,56`, `12.500` is twelve thousand. What
no cell settles is not read, and both readings are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from imvo_scan.core.number_readings import Reading
from imvo_scan.core.sanitise import unguarded
from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.columns.header_row import Table
from imvo_scan.importer.rows import cells

Readings: TypeAlias = Callable[[str], tuple[Reading, ...]]
_SIGNS = {".": ",", ",": "."}
_SHORT = 1000  # below this no sign stands between thousands


class Signs(NamedTuple):
    """What the cells of a column with one reading show.

    The signs between thousands, those before decimals, and whether a short number stands there
    without decimals (`bare`).
    """

    groups: frozenset[str]
    points: frozenset[str]
    bare: bool

    def uses(self, sign: str) -> bool:
        """Whether some cell shows what a sign does."""
        return sign in self.groups or sign in self.points

    def role(self, sign: str) -> bool | None:
        """Whether a sign stands between thousands; None where no cells show it, or they differ."""
        groups, points = sign in self.groups, sign in self.points
        return None if groups is points else groups


class NumberColumns:
    """Reads the numbers of one table; a column is looked at as a whole only where a cell asks."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._signs: dict[int, Signs] = {}

    def read(self, text: str, column: Column, every: Readings) -> Reading | None:
        """The one value of a cell; None where it has none, or two and its column settles nothing.

        `every` gives the readings of a text.
        """
        meant = every(cells.in_units(text, column.header))
        if len(meant) < 2:  # noqa: PLR2004 - one or none
            return next(iter(meant), None)
        decimal, grouped = meant
        if isinstance(text, cells.Typed):
            return decimal
        groups = _groups(grouped.group, self._of(column, every), counts=every is cells.head_counts)
        return None if groups is None else grouped if groups else decimal

    def _of(self, column: Column, every: Readings) -> Signs:
        if column.index not in self._signs:
            self._signs[column.index] = _signs(map(every, self._texts(column)))
        return self._signs[column.index]

    def _texts(self, column: Column) -> Iterator[str]:
        for _, row in self.table.body():
            if column.index < len(row):
                text = unguarded(cells.text_of(row[column.index]))
                if text and not isinstance(text, cells.Typed):
                    yield cells.in_units(text, column.header)


def _signs(every: Iterable[tuple[Reading, ...]]) -> Signs:
    certain = [meant[0] for meant in every if len(meant) == 1]
    groups = frozenset(one.group for one in certain if one.group)
    points = frozenset(one.point for one in certain if one.point)
    bare = any(not one.group and not one.point and one.value < _SHORT for one in certain)
    return Signs(groups, points, bare)


def _groups(sign: str, shown: Signs, *, counts: bool) -> bool | None:
    """Whether a sign stands between thousands in a column; None where nothing settles it.

    First what cells show of this sign itself, then of the other one; a column in which both signs
    do the same is written by two hands, and shows nothing. In a column of `counts` a short number
    without decimals shows that decimals are not written there.
    """
    other = _SIGNS[sign]
    if any({sign, other} <= signs for signs in (shown.groups, shown.points)):
        return None
    if shown.uses(sign):
        return shown.role(sign)
    of_other = shown.role(other)
    if of_other is False:
        return True
    if counts:
        return shown.bare or None
    return False if of_other else None

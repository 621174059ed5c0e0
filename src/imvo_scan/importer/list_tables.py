"""The tables of how lists are written, as they stand: columns.yaml and cells.yaml."""

from collections.abc import Mapping
from typing import NamedTuple


class ColumnNames(NamedTuple):
    """A field: what `--map` may call it besides, and its headers in groups, the surest first."""

    groups: tuple[tuple[str, ...], ...]
    also: tuple[str, ...] = ()


class HeaderContext(NamedTuple):
    """A kind of list, known by some headers, in which others do not mean what they say."""

    why: str
    signs: frozenset[str]
    headers: frozenset[str]


class ColumnsTable(NamedTuple):
    """`columns.yaml`: headers by what they mean, and the parts that others are made of."""

    fields: Mapping[str, ColumnNames]
    contexts: tuple[HeaderContext, ...]
    origins: frozenset[str]
    parts_of_the_workers: frozenset[str]
    roles: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, tuple[str, ...]]
    connectors: frozenset[str]
    ignored: Mapping[str, tuple[str, ...]]
    sheets: Mapping[str, tuple[str, ...]]
    parts_of_the_world: frozenset[str]


class CellsTable(NamedTuple):
    """`cells.yaml`: what cells say in place of nothing, nobody, a total, yes, or closed."""

    nothing: frozenset[str]
    nobody: frozenset[str]
    total: frozenset[str]
    yes: frozenset[str]
    closed: frozenset[str]

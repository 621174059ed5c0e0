"""One sheet of a file as a process reads it for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Page(NamedTuple):
    """A sheet: its name, a way to read its rows from the start, and how many there are if known."""

    name: str
    rows: Callable[[], Iterator[list[Any]]]
    hidden: bool = False
    total: int | None = None

"""A progress bar on standard error: on a terminal only, and only when it takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_PATIENCE = 1.0
_EVERY = 1_000


def watched(rows: Iterable[T], total: int | None) -> Iterator[T]:
    """The rows, with a bar once they have taken longer than a second."""
    if not sys.stderr.isatty():
        yield from rows
        return
    started, number = time.monotonic(), 0
    turns = iter(rows)
    for number, row in enumerate(turns, 1):
        yield row
        if number % _EVERY == 0 and time.monotonic() - started > _PATIENCE:
            break
    else:
        return
    yield from _with_bar(turns, number, total)


def _with_bar(rows: Iterator[T], done: int, total: int | None) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (
        TextColumn("Reading"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=total, completed=done)
        for number, row in enumerate(rows, 1):
            yield row
            if number % _EVERY == 0:
                bar.advance(task, _EVERY)

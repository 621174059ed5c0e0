"""What is going on, on standard error: on a terminal only, and only when it takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from imvo_scan.cli.speech import tell
from imvo_scan.core.message import Text, message
from imvo_scan.core.sanitise import clean

T = TypeVar("T")
LONG_TEXT = 3_000_000  # bytes of YAML that take about half a second
MANY_SITES = 20_000
_PATIENCE = 1.0
_EVERY = 1_000


@contextmanager
def doing(what: Text, *, takes_long: bool) -> Iterator[None]:
    """A line that says what is being done, and goes when it is done; there is no bar to it."""
    if not takes_long or not sys.stderr.isatty():
        yield
        return
    print(f"{clean(tell(what))} ...", end="", file=sys.stderr, flush=True)  # noqa: T201
    try:
        yield
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)  # noqa: T201


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
        TextColumn(tell(message("cli.reading-rows"))),
        BarColumn(),
        TextColumn(tell(message("cli.rows-done"))),
        TimeElapsedColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=total, completed=done)
        for number, row in enumerate(rows, 1):
            yield row
            if number % _EVERY == 0:
                bar.advance(task, _EVERY)

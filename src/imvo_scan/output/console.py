"""The one place that makes a console: how wide, in colour or not, and text that is only text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from imvo_scan.core.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from imvo_scan.output.interface import Sink

UNLIMITED = 100_000
_BETWEEN = 3


def console_for(sink: Sink, *, width: int | None = None, colour: bool | None = None) -> Console:
    """A console for the sink: coloured and as wide as the terminal, or plain and unlimited."""
    from rich.console import Console

    class _Console(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # ours to handle: of itself it would end the program with 1

    coloured = _wants_colour(sink) if colour is None else colour
    width = width or (None if sink.isatty() else UNLIMITED)
    return _Console(
        file=sink,  # type: ignore[arg-type]
        width=width,
        height=None if sink.isatty() else UNLIMITED,
        color_system="auto" if coloured and sink.isatty() else "standard" if coloured else None,
        no_color=not coloured,
        force_terminal=sink.isatty(),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _wants_colour(sink: Sink) -> bool:
    """NO_COLOR decides, then FORCE_COLOR, then whether a person looks."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sink.isatty()


def is_plain(sink: Sink) -> bool:
    """Whether nothing folds or colours what is written there: a file, a pipe."""
    return not sink.isatty() and not _wants_colour(sink)


def plain(text: str, style: str = "") -> Text:
    """Text that is shown as it is: cleaned, and never read as markup."""
    from rich.text import Text

    return Text(clean(text), style=style)


def grid(head: Sequence[str], rows: Iterable[Sequence[str]], console: Console) -> Table:
    """Rows in columns: as wide as their content, or folded to fit a terminal.

    Where it has to be folded, short columns stay whole and the others share the room.
    """
    from rich import box
    from rich.table import Table

    rows = list(rows)
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, cells)) for cells in columns]
    if console.is_terminal:
        widths = _fitted(widths, console.width - _BETWEEN * len(columns))
    how: Literal["ignore", "fold"] = "fold" if console.is_terminal else "ignore"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title, width in zip(head, widths, strict=True):
        folds = console.is_terminal
        table.add_column(title, no_wrap=not folds, overflow=how, width=width if folds else None)
    for row in rows:
        table.add_row(*map(plain, row))
    return table


def _fitted(longest: Sequence[int], room: int) -> list[int]:
    """Widths that fit a room: who needs less than an equal share keeps what it needs."""
    widths = [*longest]
    waiting = sorted(range(len(widths)), key=widths.__getitem__)
    while waiting:
        here = waiting.pop(0)
        widths[here] = max(min(widths[here], room // (len(waiting) + 1)), 1)
        room -= widths[here]
    return widths

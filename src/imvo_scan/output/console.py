"""The one place that makes a console: how wide, in colour or not, and text that is only text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imvo_scan.sanitise import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from imvo_scan.output.interface import Sink

UNLIMITED = 100_000


def console_for(sink: Sink, *, width: int | None = None, colour: bool | None = None) -> Console:
    """A console for the sink: coloured and as wide as the terminal, or plain and unlimited."""
    from rich.console import Console

    coloured = _wants_colour(sink) if colour is None else colour
    width = width or (None if sink.isatty() else UNLIMITED)
    return Console(
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


def plain(text: str, style: str = "") -> Text:
    """Text that is shown as it is: cleaned, and never read as markup."""
    from rich.text import Text

    return Text(clean(text), style=style)


def grid(head: Iterable[str], rows: Iterable[Iterable[str]], *, wide: bool) -> Table:
    """Rows in columns: as wide as their content, or folded to fit a terminal."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in head:
        table.add_column(title, no_wrap=wide, overflow="ignore" if wide else "fold")
    for row in rows:
        table.add_row(*map(plain, row))
    return table

"""Headings with lines and tables under them, as text for a terminal or as Markdown.

Explanations, plans and the like say what they have to say as sections, so that every form says the
same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from imvo_scan.core.levels import Unknown
from imvo_scan.core.message import Day
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import clean, json_text
from imvo_scan.evidence import Edition
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.console import console_for, grid, is_plain, plain
from imvo_scan.output.interface import Sink
from imvo_scan.output.markdown_text import escaped, with_links

if TYPE_CHECKING:
    from rich.console import Console

SCHEMA_VERSION = "1"
_BETWEEN = 3  # blanks between two columns


class Form(StrEnum):
    """How a page is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines, and perhaps a table: its head and its rows. `top` begins a page.

    `links`: the lines are of our own tables, and their addresses are links where there are any.
    """

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    top: bool = False
    links: bool = False


def tables_line(edition: Edition, version: str, speaker: Speaker) -> str:
    """Which program and which tables: the line that every output carries."""
    day, sha = Day(edition.date), edition.sha256
    return speaker.say("page.tables", version=version, edition=edition.number, date=day, sha=sha)


def write_sections(parts: Iterable[Section], closing: str, form: Form, sink: Sink) -> None:
    """Write sections as text or Markdown, and one closing line."""
    if form is Form.MARKDOWN:
        sink.write("\n".join(_markdown(parts)) + f"\n\n{escaped(closing)}\n")
        return
    if is_plain(sink):
        # Laying out thousands of tables with rich takes ten times as long as all else.
        for section in parts:
            sink.write("".join(f"{line}\n" for line in _text(section)))
        sink.write(f"{clean(closing)}\n")
        return
    console = console_for(sink)
    for section in parts:
        _print(console, section)
    console.print(plain(closing))


def as_json(document: dict[str, Any], edition: Edition, version: str) -> str:
    """A document as JSON, with the version of its form, of the program and of the tables."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "imvo-scan", "version": version},
        "tables": edition.described,
    }
    return json_text({**head, **plain_values(document)}, indent=2) + "\n"


def plain_values(value: Any) -> Any:
    """Values as JSON says them: classes by label, unknown as null, sets in order."""
    if isinstance(value, dict):
        return {key: plain_values(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(map(plain_values, value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain_values(inner) for inner in value]
    if isinstance(value, Unknown):
        return None
    return value.label if isinstance(value, Priority) else value


def _text(section: Section) -> Iterator[str]:
    """The lines of a section as `_print` prints them where nothing folds or colours them."""
    yield clean(section.title)
    if section.top:
        yield "=" * len(section.title)
    yield from (f"  {clean(line)}" for line in section.lines)
    if not section.rows:
        yield ""
        return
    rows = [tuple(map(clean, row)) for row in (section.head, *section.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    whole = sum(widths) + _BETWEEN * (len(widths) - 1)
    yield " " * (whole + 3)
    for number, row in enumerate(rows):
        cells = (text + " " * (w - _width(text)) for text, w in zip(row, widths, strict=True))
        yield f"  {(' ' * _BETWEEN).join(cells)} "
        if number == 0:
            yield f"  {'─' * whole} "
    yield " " * (whole + 3)


def _width(text: str) -> int:
    """How many columns a text takes: signs of Chinese take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _print(console: Console, section: Section) -> None:
    """On a terminal folded to its width, elsewhere one line each."""
    from rich.padding import Padding

    console.print(plain(section.title, "bold"))
    if section.top:
        console.print(plain("=" * len(section.title)))
    for line in section.lines:
        console.print(Padding(plain(line), (0, 0, 0, 2), expand=False))
    if section.rows:
        table = grid(section.head, section.rows, console)
        console.print(Padding(table, (0, 0, 0, 1), expand=False))
    else:
        console.print()


def _markdown(parts: Iterable[Section]) -> Iterator[str]:
    for number, section in enumerate(parts):
        gap = "\n" if number else ""
        yield f"{gap}{'#' if section.top else '##'} {escaped(section.title)}\n"
        shown = with_links if section.links else escaped
        for line in section.lines:
            yield f"{shown(line)}  "
        if section.rows:
            yield from ("", _row(section.head), _row("---" for _ in section.head))
            yield from (_row(map(escaped, row)) for row in section.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""Tables for people: every column keeps its words on a narrow screen."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from imvo_scan.output import sections
from imvo_scan.output.console import console_for, grid, plain
from imvo_scan.output.sections import Form, Section, write_sections

HEAD = ("What", "Sites", "P1", "Can count at a site", "Path")
ROWS = [("Bangladesh", "12", "3", "yes", "Company > Trader > Mill > Plantation " * 3)]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_table_fits_the_screen_and_breaks_no_word(width: int) -> None:
    """Who needs little keeps it; the others share the room."""
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=True, color_system=None)
    console.print(grid(HEAD, ROWS, console))
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    for word in ("Bangladesh", "Sites", "count", "Company", "Plantation"):
        assert word in out.getvalue()
    assert len(lines) < 30


def test_a_table_in_a_file_is_as_wide_as_it_needs() -> None:
    """Nothing is folded where nobody looks at a screen."""
    out = io.StringIO()
    console = Console(file=out, width=10_000)
    console.print(grid(HEAD, ROWS, console))
    assert ROWS[0][-1].strip() in out.getvalue()


@pytest.mark.parametrize(
    "name", ["::error file=x::pwn", "##[warning]pwn", "::set-output name=x::y"]
)
def test_no_name_is_a_command_to_github(name: str) -> None:
    """At the start of a line in a log it would be one, also behind blanks."""
    out = io.StringIO()
    console = Console(file=out, width=200)
    console.print(plain(name))
    console.print(grid(("What", "Path"), [(name, name)], console))
    for line in out.getvalue().splitlines():
        assert not line.strip().startswith(("::", "##["))
    assert "pwn" in out.getvalue() or "set-output" in out.getvalue()


CELLS = st.text(st.characters(codec="utf-8"), max_size=12)
LINES = st.lists(CELLS.filter(bool), max_size=2)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=4)
)


@given(CELLS, LINES, TABLES, st.booleans())
def test_plain_pages_are_what_rich_would_print(
    title: str, lines: list[str], table: list[tuple[str, ...]], top: bool
) -> None:
    """A page for a file or a pipe is laid out without rich, and byte for byte the same."""
    head = ("What", "Sites", "P1", "Path")[: len(table[0])]
    section = Section(title, tuple(lines), head, tuple(table), top)
    quick, slow = io.StringIO(), io.StringIO()
    write_sections([section], "end", Form.TEXT, quick)
    console = console_for(slow, colour=False)
    sections._print(console, section)  # noqa: SLF001 - the layout for a terminal
    assert quick.getvalue() == f"{slow.getvalue()}end\n"


def test_a_page_for_a_file_never_asks_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out a table a site with rich took ten times as long as planning it."""
    monkeypatch.setattr(sections, "console_for", None)
    out = io.StringIO()
    write_sections([Section("Plan", (), ("What",), (("x",),))], "end", Form.TEXT, out)
    assert out.getvalue().startswith("Plan\n")

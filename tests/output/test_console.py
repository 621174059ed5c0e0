"""Tables for people: every column keeps its words on a narrow screen."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from imvo_scan.output.console import grid, plain

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

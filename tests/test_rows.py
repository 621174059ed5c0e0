"""docs/rows.md names every row that the scanner must do, and only tests that exist."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "rows.md"
WANTED = {
    *(f"D{n}" for n in range(1, 18)),
    *(f"T{n}" for n in range(1, 8)),
    *(f"L{n}" for n in range(1, 12)),
    *(f"C{n}" for n in range(1, 6)),
    *("SD1", "SD2", "SD3", "P1", "P2"),
    *(f"X{n}" for n in range(1, 13)),
}


def rows() -> list[tuple[list[str], str]]:
    """The rows of the page: their ids, and what shows them."""
    cells = [line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    table = [row for row in cells if len(row) == 3 and re.match(r" [A-Z]+\d+| CAO", row[0])]
    return [(row[0].split(), row[2]) for row in table]


def test_every_row_is_on_the_page() -> None:
    """None is forgotten, none stands twice."""
    named = [name for names, _ in rows() for name in names]
    assert set(named) >= WANTED
    assert len(named) == len(set(named))


def test_every_test_that_is_named_exists() -> None:
    """The page cannot speak of a test that was renamed or removed."""
    for names, shown in rows():
        for path, _, test in re.findall(r"`(tests/[\w/]+\.py)(::(\w+))?`", shown):
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not test or f"def {test}(" in text, (names, test)
        for path in re.findall(r"`(examples/[\w/]+|data/[\w.]+)`", shown):
            assert (ROOT / path).exists()

"""docs/rows.md names every row that the scanner must do, and only tests that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from imvo_scan.chain import scan
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import Buyer
from tests.conftest import ROOT, SHARED, TODAY

PAGE = ROOT / "docs" / "rows.md"
ALL_ROWS = SHARED / "design" / "ROWS.md"
FIRST = {
    *(f"N{n}" for n in range(1, 17)),
    *(f"R{n}" for n in range(1, 10)),
    *(f"S{n}" for n in range(1, 14)),
    *(f"F{n}" for n in range(1, 7)),
    *(f"D{n}" for n in range(1, 18)),
    *(f"T{n}" for n in range(1, 8)),
    *(f"L{n}" for n in range(1, 12)),
    *(f"C{n}" for n in range(1, 6)),
    *("SD1", "SD2", "SD3", "P1", "P2", "CAO", "B1"),
    *(f"X{n}" for n in range(1, 13)),
}
SECOND = {
    f"B-{n}" for n in (*range(1, 13), 14, 15, 20, 23, 25, 29, 30, 33, 34, 37, 45, *range(48, 52))
}
"""Rows from the first and the second reading of the booklet; some numbers were never given."""

_ID = r"(?:[A-Z]+\d+|CAO|B-\d+)"


def rows() -> list[tuple[list[str], str]]:
    """The rows of the page: their ids, and what shows them."""
    cells = [line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    table = [row for row in cells if len(row) == 3 and re.match(rf" {_ID} ", row[0])]
    return [(row[0].split(), row[2]) for row in table]


def test_every_row_is_on_the_page() -> None:
    """All 103 of the first reading and 27 of the second: none is forgotten, none stands twice."""
    named = [name for names, _ in rows() for name in names]
    assert (len(FIRST), len(SECOND)) == (103, 27)
    assert set(named) == FIRST | SECOND
    assert len(named) == len(set(named))


def test_the_rows_are_those_of_the_list() -> None:
    """Where the list of rows is beside this checkout, its ids are those that are asked for."""
    if not ALL_ROWS.is_file():
        pytest.skip("the list of rows is not beside this checkout")
    found = set()
    for line in ALL_ROWS.read_text(encoding="utf-8").splitlines():
        if listed := re.match(rf"\| ({_ID})(?:-({_ID}))? \|", line):
            found |= set(_between(listed[1], listed[2]))
    assert found == FIRST | SECOND


def _between(first: str, last: str | None) -> Iterator[str]:
    """The ids of a range such as R1-R9."""
    letters, number = re.fullmatch(r"(\D+)(\d+)?", first).groups()  # type: ignore[union-attr]
    if last is None:
        yield first
        return
    for one in range(int(number), int(last.removeprefix(letters)) + 1):
        yield f"{letters}{one}"


def test_every_row_is_shown_or_says_what_is_missing() -> None:
    """A row names a test, a command, a page or a file; what is open or in part says why."""
    for names, shown in rows():
        state = re.match(r" `(open|partly)`: (.{15,})", shown)
        assert state or re.search(r"`[^`]+`|the last line", shown), names
        if state and state[1] == "partly":
            assert "`" in state[2], names


def test_every_test_that_is_named_exists() -> None:
    """The page cannot speak of a test that was renamed or removed."""
    for names, shown in rows():
        for path, _, test in re.findall(r"`(tests/[\w/]+\.py)(::(\w+))?`", shown):
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not test or f"def {test}(" in text, (names, test)
        for path in re.findall(r"`(examples/[\w/.-]+|data/[\w.]+)`", shown):
            assert (ROOT / path).exists(), (names, path)


def test_every_risk_names_its_norms(evidence: Evidence) -> None:
    """N1 to N10: each of the nine risks with the conventions that it rests on."""
    wanted = {
        Risk.HUMAN_RIGHTS: "Universal Declaration",
        Risk.FORCED_LABOUR: "C29 C105",
        Risk.CHILD_LABOUR: "C138 C182",
        Risk.DISCRIMINATION: "C100 C111",
        Risk.LIVING_WAGE: "C26 C131",
        Risk.UNSAFE_WORK: "C155 R164",
        Risk.EXCESSIVE_HOURS: "C1",
        Risk.JOB_INSECURITY: "24-28",
        Risk.FREEDOM_OF_ASSOCIATION: "C87 C98 C135 OECD",
    }
    assert wanted.keys() == set(Risk)
    for risk, norms in wanted.items():
        named = " ".join(evidence.taxonomy.risks[risk].norms)
        assert all(re.search(rf"\b{norm}\b", named) for norm in norms.split()), risk


def test_s13_every_site_in_the_twelve_has_a_finding(evidence: Evidence) -> None:
    """S13: further research is certainly needed, so no such site is without any finding."""
    sites = [
        Supplier(f"{country}-{sector}", "X", country, sector)
        for country in evidence.country_ratings
        for sector in evidence.taxonomy.high_risk_sectors
    ]
    inventory = Inventory("x", Buyer("Us", None, None), tuple(sites))
    report = scan(inventory, evidence=evidence, today=TODAY)
    assert len(evidence.taxonomy.high_risk_sectors) == 12
    for site in report.sites:
        assert any(one.priority is not Priority.NOT_INDICATED for one in site.assessments)

"""The pages say what the program does: generated parts are current, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imvo_scan.chain.rows import COLUMNS
from imvo_scan.scoring.score import MATRIX
from tests.conftest import ROOT
from tools import build_inventory_page, update_readme

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


def test_the_readme_shows_what_the_program_prints() -> None:
    """Output between markers is that of today."""
    assert update_readme.README.read_text(encoding="utf-8") == update_readme.current()


def test_the_page_on_the_inventory_is_that_of_the_schema() -> None:
    """Every key of the format is on the page, and nothing else."""
    page = build_inventory_page.PAGE.read_text(encoding="utf-8")
    assert page == build_inventory_page.page()


def test_the_readme_names_the_columns_of_the_csv() -> None:
    """In their order."""
    assert ",".join(COLUMNS) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_method_page_shows_the_matrix_of_the_code() -> None:
    """Every cell of it."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    for severity, row in MATRIX.items():
        cells = " | ".join(priority.label for priority in row)
        assert f"| severity {severity} | {cells} |" in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """No page points at a file that is not there."""
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target

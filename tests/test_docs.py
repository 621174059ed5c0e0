"""The pages say what the program does: generated parts are current, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from imvo_scan.gate.waivers import read_waivers
from imvo_scan.output import FORMATS
from imvo_scan.output.rows import COLUMNS
from imvo_scan.scoring.score import MATRIX
from imvo_scan.settings.file import read_settings
from imvo_scan.settings.settings import NAMES
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


def _first_cells(page: str, heading: str) -> list[str]:
    """The names in the first column of the table under a heading."""
    part = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"{heading} |")[1]
    return re.findall(r"^\| `([^`]+)` \|", part.split("\n\n")[0], re.MULTILINE)


def test_the_page_on_outputs_names_every_column_and_every_format() -> None:
    """In the order of the program."""
    assert _first_cells("outputs.md", "| column") == list(COLUMNS)
    assert _first_cells("outputs.md", "| format") == list(FORMATS)


def test_the_page_on_ci_names_every_setting() -> None:
    """With its variable in the environment."""
    assert _first_cells("ci.md", "| setting") == list(NAMES.values())
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` | `IMVO_SCAN_{name.upper()}` |" in page for name in NAMES.values())


def test_the_files_on_the_page_on_ci_are_accepted(tmp_path: Path) -> None:
    """Settings and waivers can be copied from the page."""
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", page, re.DOTALL))
    for name in ("imvo-scan.yaml", "waivers.yaml"):
        (tmp_path / name).write_text(blocks[name], encoding="utf-8")
    assert read_settings(tmp_path / "imvo-scan.yaml").values.model_dump()["fail_on"] == "P1"
    assert len(read_waivers(tmp_path / "waivers.yaml")) == 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """No page points at a file that is not there."""
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_method_page_names_every_key_of_the_order() -> None:
    """METHOD 4 as the program does it, leverage included."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    order = "The order is priority, severity, I, L, S, C, then leverage, then the id of the site."
    assert order in page

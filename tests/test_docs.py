"""The pages say what the program does: generated parts are current, links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from imvo_scan.core.language import CATALOGUES
from imvo_scan.gate.waivers import read_waivers
from imvo_scan.output import FORMATS
from imvo_scan.output.finding_columns import COLUMNS
from imvo_scan.scoring.priority import MATRIX
from imvo_scan.settings.file import read_settings
from imvo_scan.settings.settings import NAMES
from tests.conftest import ROOT
from tools import build_inventory_page, update_readme
from tools.compile_catalogues import read, texts

PACKAGE = ROOT / "src" / "imvo_scan"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
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


PLACES = re.compile(r"`((?:[a-z_]+/)+[\w.-]*|[a-z_]+/[a-z_]+)`")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_pages_for_who_changes_the_code_name_places_that_are_there(name: str) -> None:
    """A file or folder in backquotes stands at the root, in the package or in a room of it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    made = {"examples/cases/x13-short-name.yaml", "fuzz/crashes/", "imvo_scan/data"}  # later
    assert not [one for one in set(PLACES.findall(text)) - made if not _is_there(one)]


def _is_there(place: str) -> bool:
    homes = (ROOT, PACKAGE, *(path for path in PACKAGE.iterdir() if path.is_dir()))
    return any((home / f"{place}{ending}").exists() for home in homes for ending in ("", ".py"))


def test_the_page_on_the_architecture_has_a_line_for_every_room() -> None:
    """In a table, and in the one direction of the contract."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {"api"}
    assert set(_first_cells("architecture.md", "| room")) == rooms
    (line,) = re.findall(r"^cli, api -> .*$", page, re.MULTILINE)
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (one["layers"] for one in contract["tool"]["importlinter"]["contracts"])
    shown = [set(step.split(", ")) for step in line.split(" -> ")]
    assert shown == [set(layer.split(" | ")) for layer in layers if layer != "__main__"]


def test_how_to_add_a_format_names_what_asks_for_it() -> None:
    """The page of outputs and the readers of the tests, which refuse a format that is missing."""
    part = CONTRIBUTING.split("## Add an output format")[1].split("\n## ")[0]
    assert "`PARSERS` in `tests/output/test_formats.py`" in part
    assert "\nPARSERS" in (ROOT / "tests" / "output" / "test_formats.py").read_text("utf-8")


def test_how_to_add_a_case_names_what_reads_it() -> None:
    """The checks, and the name of the first case that is free."""
    part = CONTRIBUTING.split("## Add an example case")[1].split("\n## ")[0]
    assert "`CHECKS` of `tests/test_examples.py`" in part
    assert "\nCHECKS" in (ROOT / "tests" / "test_examples.py").read_text("utf-8")
    (free,) = re.findall(r"`examples/cases/(x\d+)-", part)
    assert not list((ROOT / "examples" / "cases").glob(f"{free}-*"))


def test_how_to_add_a_language_names_what_says_how_it_writes() -> None:
    """The codes of numbers and days are those of the catalogue."""
    part = CONTRIBUTING.split("## Add a language")[1].split("\n## ")[0]
    codes = texts(read(CATALOGUES / "en.po"))
    assert set(re.findall(r"`(format\.\w+)`", part)) == {
        code for code in codes if code.startswith("format.")
    }


def test_no_law_is_in_the_program_yet() -> None:
    """The day that one is, the page says how to add the next."""
    part = CONTRIBUTING.split("## Add a law")[1].split("\n## ")[0]
    assert ("No law is in the program yet" in part) is not (ROOT / "data" / "laws").exists()


def test_the_method_page_names_every_key_of_the_order() -> None:
    """METHOD 4 as the program does it, leverage included."""
    page = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    order = "The order is priority, severity, I, L, S, C, then leverage, then the id of the site."
    assert order in page

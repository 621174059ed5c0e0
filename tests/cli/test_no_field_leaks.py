"""Every word that an inventory can hold, looked for in every public output; and a field made up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.canary import CANARY, SECRETS, inventory_text
from tests.cli.test_audience import LINES
from tests.cli.test_scan import run
from tests.conftest import ROOT

ENTITIES = "src/imvo_scan/inventory/entities.py"
FACTS = "src/imvo_scan/inventory/facts.py"
MADE_UP = {
    # A column of lists and of findings, told to nobody outside.
    ENTITIES: (
        "    note: Annotated[Text | None, Public.LEFT_OUT] = None\n",
        """    foreman: Annotated[
        Text | None,
        Field(description="Who leads the work."),
        ListColumn(),
        FindingColumn("foreman"),
    ] = None
    helpers: Annotated[tuple[Text, ...], ListColumn(), FindingColumn("helpers")] = ()
""",
    ),
    # A key of a group of keys.
    FACTS: (
        '    date: Day = Field(description="When it was last seen to work.")\n',
        '    seen_by: Text | None = Field(None, description="Who saw it work.")\n',
    ),
}


def planted(folder: Path) -> Path:
    """A folder with what the lines of commands name, all of it full of canaries."""
    (folder / "zipper.yaml").write_text(inventory_text())
    (folder / "later.yaml").write_text(inventory_text("food"))
    (folder / "report.json").write_bytes(
        run("zipper.yaml", "-o", "json", "--all", cwd=folder).stdout
    )
    (folder / "zipper.csv").write_bytes(run("convert", "zipper.yaml", cwd=folder).stdout)
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for arguments in (["init", "-q"], ["add", "zipper.yaml"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, made once."""
    return planted(tmp_path_factory.mktemp("planted"))


def test_the_canary_sings_inside(here: Path) -> None:
    """What is looked for is there to be found: a report for own eyes holds it."""
    own = run("zipper.yaml", "-o", "json", "--all", cwd=here).stdout.decode()
    assert CANARY in own
    assert str(SECRETS[1]) in own


@pytest.mark.parametrize("line", LINES)
def test_no_word_of_any_field_gets_out(here: Path, line: str) -> None:
    """In no command and no format, neither in the report nor in the remarks about it."""
    arguments = line.replace("zipper-mill", f"{CANARY}-1").replace("zipper-two", f"{CANARY}-2")
    done = run(*arguments.split(), "--audience", "public", cwd=here)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout
    told = (done.stdout + done.stderr).decode()
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one line more in each place that declares fields; no other."""
    house = tmp_path_factory.mktemp("house")
    for folder in ("src", "tools"):
        shutil.copytree(ROOT / folder, house / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (house / "data").symlink_to(ROOT / "data")
    (house / "docs").mkdir()
    for path, (behind, line) in MADE_UP.items():
        text = (house / path).read_text(encoding="utf-8")
        assert text.count(behind) == 1
        (house / path).write_text(text.replace(behind, behind + line), encoding="utf-8")
    for tool in ("build_plain_model", "build_inventory_page"):
        in_house(house, f"tools/{tool}.py")
    (house / "chain.yaml").write_text(
        json.dumps(
            {
                "imvo": 1,
                "company": {"name": "Us"},
                "suppliers": [
                    {
                        "name": "Mill",
                        "country": "BD",
                        "sector": "textiles",
                        "tier": 1,
                        "foreman": CANARY,
                        "helpers": [f"{CANARY} one", CANARY],
                        "controls": [
                            {
                                "kind": "independent-union",
                                "risks": ["freedom-of-association"],
                                "date": "2026-05",
                                "seen_by": CANARY,
                                "source_type": "union",
                                "what": "members met",
                            }
                        ],
                    }
                ],
            }
        )
    )
    return house


def in_house(house: Path, *arguments: str) -> str:
    """What the changed program prints."""
    paths = os.pathsep.join((str(house / "src"), str(house)))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=house,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def scan_in_house(house: Path, line: str) -> str:
    """What the changed imvo-scan prints."""
    return in_house(house, "-m", "imvo_scan", *line.split())


def test_a_new_field_is_in_the_schema_and_on_the_page(house: Path) -> None:
    """One annotation is all that was written."""
    schema = json.loads(scan_in_house(house, "schema inventory"))
    shapes = schema["$defs"]
    assert shapes["SupplierEntry"]["properties"]["foreman"]["description"] == "Who leads the work."
    assert shapes["Control"]["properties"]["seen_by"]["description"] == "Who saw it work."
    page = (house / "docs" / "inventory.md").read_text(encoding="utf-8")
    assert "| `foreman` | text | Who leads the work. |" in page
    assert "| `seen_by` | text | Who saw it work. |" in page


def test_a_new_field_is_read_and_stands_in_its_columns(house: Path) -> None:
    """Behind all columns that were there before, and the value with it."""
    for line in ("convert chain.yaml", "chain.yaml -o csv"):
        rows = [row.split(",") for row in scan_in_house(house, line).splitlines()]
        assert rows[0][-2:] == ["foreman", "helpers"]
        assert {tuple(row[-2:]) for row in rows[1:]} == {(CANARY, f"{CANARY} one|{CANARY}")}
    frame = "import imvo_scan as i; r = i.scan(i.read_inventory('chain.yaml')).to_frame()"
    assert in_house(house, "-c", f"{frame}; print(set(r.foreman))") == f"{{'{CANARY}'}}\n"


def test_a_new_field_of_a_list_is_read_back(house: Path) -> None:
    """What `convert` writes, a scan and `convert` take back as it was, several values too."""
    (house / "list.csv").write_text(scan_in_house(house, "convert chain.yaml"))
    assert f"    foreman: {CANARY}\n" in scan_in_house(house, "convert list.csv")
    assert f"    helpers: [{CANARY} one, {CANARY}]\n" in scan_in_house(house, "convert list.csv")
    rows = scan_in_house(house, "list.csv -o csv").splitlines()
    assert rows[1].endswith(f",{CANARY},{CANARY} one|{CANARY}")


@pytest.mark.parametrize(
    "line", ["-o csv --all", "-o json --all", "-o markdown", "convert", "explain"]
)
def test_a_new_field_is_not_told_to_the_public(house: Path, line: str) -> None:
    """Nobody had to think of it: its type says that it is free text."""
    arguments = f"chain.yaml {line}" if line.startswith("-") else f"{line} chain.yaml"
    arguments += " mill" if line == "explain" else ""
    assert CANARY not in scan_in_house(house, f"{arguments} --audience public")


def test_a_new_field_of_unmarked_text_stops_everything(house: Path) -> None:
    """The mark is no matter of memory."""
    path = house / FACTS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("    seen_by: Text", "    seen_by: Word"), encoding="utf-8")
    try:
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            scan_in_house(house, "schema inventory")
        assert "Control.seen_by has no mark" in stopped.value.stderr
    finally:
        path.write_text(text, encoding="utf-8")

"""Inputs that were made to break a reader: each ends in plain lines and exit code 2."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from imvo_scan.cli.errors import exit_code_of
from imvo_scan.cli.remarks import MOST_PROBLEMS
from imvo_scan.core.exit_codes import Exit
from imvo_scan.output import FORMATS
from tests.cli.test_scan import run
from tests.conftest import ROOT, SHARED

COPIES = ROOT / "tests" / "hostile"
CASES = SHARED / "cases" / "hostile"
CHAIN = ROOT / "examples" / "chain.yaml"
DEEP = '{"schema_version": "1", "findings": ' + "[" * 100_000 + "]" * 100_000 + "}"


def refused(*arguments: str, cwd: Path) -> str:
    """What is said of something that cannot be scanned; never an internal error."""
    done = run(*arguments, cwd=cwd)
    text = done.stderr.decode(errors="replace")
    assert done.returncode == 2
    assert "Internal error" not in text
    assert "Traceback" not in text
    assert text.strip()
    return text


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with the example chain and the copies of the cases."""
    shutil.copy(CHAIN, tmp_path)
    for copy in COPIES.iterdir():
        shutil.copy(copy, tmp_path)
    return tmp_path


def test_a_list_as_the_state_of_a_dialogue(here: Path) -> None:
    """It is named with its place."""
    assert "4:34: a list is not a word" in refused("dialogue-state-list.yaml", cwd=here)


def test_a_list_as_a_class_in_a_baseline(here: Path) -> None:
    """The baseline is refused, whatever else is wrong with it."""
    assert "baseline-list-label.json" in refused(
        "chain.yaml", "--baseline", "baseline-list-label.json", cwd=here
    )


@pytest.mark.parametrize("number", [300, 600, 10_000])
def test_complex_keys_count_as_depth(here: Path, number: int) -> None:
    """A key in a key in a key is nested as deep as a list in a list in a list."""
    (here / "keys.yaml").write_text("? " * number + "x\n")
    assert "nested more than 24 deep" in refused("keys.yaml", cwd=here)
    assert "nested more than 24 deep" in refused("yaml-complex-keys-600.yaml", cwd=here)


@pytest.mark.parametrize(
    "asked",
    [
        "chain.yaml --baseline deep.json",
        "diff deep.json chain.yaml",
        "diff chain.yaml deep.json",
        "deep.json",
        "convert deep.json",
    ],
)
def test_json_that_is_too_deep(here: Path, asked: str) -> None:
    """As a baseline, an older report, or a list."""
    (here / "deep.json").write_text(DEEP)
    assert "deep.json" in refused(*asked.split(), cwd=here)


@pytest.mark.parametrize(
    "text",
    [
        "[tool.imvo-scan]\ntop = " + "[" * 50_000,
        '[tool]\nimvo-scan = "x"\n# [tool.imvo-scan',
        "tool = 3\n# [tool.imvo-scan",
    ],
)
def test_settings_in_toml_that_are_no_table(here: Path, text: str) -> None:
    """Nested without end, a text, a number."""
    (here / "pyproject.toml").write_text(text)
    done = run("chain.yaml", cwd=here)
    assert b"Internal error" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize(
    "asked",
    [
        "loop",
        "chain loop",
        "convert loop",
        "history loop",
        "diff chain.yaml loop",
        "chain.yaml --baseline loop",
        "chain.yaml --waivers loop",
        "chain.yaml --config loop",
        "chain.yaml --data loop",
        "chain.yaml -o json=loop",
        "chain.yaml --write-baseline loop",
        "init loop",
    ],
)
def test_links_in_a_circle(here: Path, asked: str) -> None:
    """Wherever a file is named."""
    (here / "loop").symlink_to(here / "other")
    (here / "other").symlink_to(here / "loop")
    refused(*asked.split(), cwd=here)
    assert (here / "loop").is_symlink()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
@pytest.mark.parametrize("form", FORMATS)
def test_a_name_that_is_no_text(here: Path, form: str) -> None:
    """A file name in another encoding is printed in every format."""
    name = os.fsdecode(b"bad\xff.yaml")
    shutil.copy(CHAIN, here / name)
    for output in (form, f"{form}=out"):
        done = run(name, "-o", output, cwd=here)
        assert done.returncode == 0, done.stderr
        assert b"Internal error" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
@pytest.mark.parametrize(
    "verb", ["chain", "plan", "steps", "convert", "plan --json", "chain --by country --json"]
)
def test_such_a_name_in_other_commands(here: Path, verb: str) -> None:
    """A file and a folder, also where the locale knows no letters."""
    name = os.fsdecode(b"bad\xff.yaml")
    shutil.copy(CHAIN, here / name)
    done = run(*verb.split(), name, cwd=here)
    assert done.returncode == 0, done.stderr


def test_a_lack_of_memory_is_no_fault_of_the_tool(capsys: pytest.CaptureFixture[str]) -> None:
    """It is said as what it is."""
    assert exit_code_of(MemoryError()) is Exit.FAILED
    text = capsys.readouterr().err
    assert "not enough memory" in text
    assert "fault" not in text


def test_of_very_many_faults_the_first_are_named(here: Path) -> None:
    """Then how many more there are, in a handful of lines."""
    sites = "".join("  - {id: a, name: A}\n" for _ in range(5_000))
    (here / "many.yaml").write_text(f"imvo: 1\ncompany: {{name: A}}\nsuppliers:\n{sites}")
    lines = refused("many.yaml", cwd=here).splitlines()
    assert len(lines) == MOST_PROBLEMS + 1
    assert lines[-1] == f"... and {4_999 - MOST_PROBLEMS:,} more. Mend these first."


def test_a_fault_is_not_longer_than_a_page(here: Path) -> None:
    """A key of a million letters does not hide what is wrong."""
    (here / "long.yaml").write_text(f"{'k' * 1_000_000}: 1\nimvo: 1\n")
    assert len(refused("long.yaml", cwd=here)) < 20_000


@pytest.mark.parametrize(
    "path",
    sorted(CASES.iterdir()) if CASES.is_dir() else [None],
    ids=lambda path: path and path.name,
)
def test_every_shared_case(path: Path | None, tmp_path: Path) -> None:
    """None ends in an internal error or an exit code that is not ours."""
    if path is None:
        pytest.skip("the shared cases are not here: cases/hostile")
    if path.suffix in {".sh", ".xls", ".xlsx"}:
        pytest.skip("the tests of git and of workbooks run it")
    shutil.copy(path, tmp_path)
    done = run(path.name, cwd=tmp_path)
    assert done.returncode in {0, 2}, done.stderr
    assert b"Internal error" not in done.stderr

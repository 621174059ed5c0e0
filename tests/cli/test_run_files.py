"""Nothing is written over what a run reads or writes, whatever name it goes by."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_hostile import refused
from tests.cli.test_scan import run
from tests.conftest import ROOT

LIST = "name,country,sector\nMill,BD,textiles\n"
WAIVERS = "waivers: []\n"
SETTINGS = "fail_on: P1\nwaivers: waivers.yaml\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A chain, a list, its mapping, waivers, settings, a baseline, a report, own tables."""
    shutil.copy(ROOT / "examples" / "chain.yaml", tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "tables")
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "waivers.yaml").write_text(WAIVERS)
    (tmp_path / "other").mkdir()
    made = [
        ["list.csv", "--save-mapping", "mapping.yaml", "-o", "json=report.json"],
        ["chain.yaml", "--write-baseline", "baseline.json"],
    ]
    for arguments in made:
        assert run(*arguments, cwd=tmp_path).returncode == 0
    (tmp_path / "imvo-scan.yaml").write_text(SETTINGS)
    if os.name != "nt":
        (tmp_path / "soft.csv").symlink_to("list.csv")
        os.link(tmp_path / "list.csv", tmp_path / "hard.csv")
        (tmp_path / "way").symlink_to("other")
    return tmp_path


def held(folder: Path) -> dict[str, bytes]:
    """Every file with what it holds."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "asked",
    [
        "list.csv --save-mapping list.csv",
        "list.csv --save-mapping ./other/../list.csv",
        "list.csv --mapping mapping.yaml --save-mapping mapping.yaml",
        "list.csv --import-report list.csv",
        "list.csv --save-mapping new --import-report new",
        "list.csv --save-mapping new -o json=new",
        "list.csv --import-report new -o json=new",
        "chain.yaml -o json=new --write-baseline new",
        "chain.yaml -o json=new -o csv=other/../new",
        "chain.yaml -o json -o csv",
        "chain.yaml -o json=chain.yaml",
        "chain.yaml -o json=imvo-scan.yaml",
        "chain.yaml -o json=waivers.yaml",
        "chain.yaml --baseline baseline.json -o json=baseline.json",
        "chain.yaml --write-baseline chain.yaml",
        "chain.yaml --write-baseline waivers.yaml",
        "chain.yaml --write-baseline imvo-scan.yaml",
        "chain.yaml --baseline baseline.json --write-baseline waivers.yaml",
        "chain.yaml --data tables -o json=tables/edition.yaml",
        "chain.yaml --data tables -o json=tables/new.yaml",
        ". -o json=chain.yaml",
        "chain list.csv --save-mapping list.csv",
        "plan list.csv --import-report list.csv",
        "diff report.json list.csv --import-report report.json",
        "diff list.csv report.json --save-mapping report.json",
        "convert chain.yaml -o chain.yaml",
        "convert chain.yaml -o chain.yaml --force",
        "convert list.csv -o chain.yaml",
        "convert list.csv -o list.csv --force",
        "convert list.csv -o new.yaml --save-mapping new.yaml",
        "init",
    ],
)
def test_what_is_read_or_written_stays(here: Path, asked: str) -> None:
    """Refused with 2 before anything is written; every file holds what it held."""
    before = held(here)
    refused(*asked.split(), cwd=here)
    assert held(here) == before


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize(
    "asked",
    [
        "soft.csv --save-mapping list.csv",
        "list.csv --save-mapping soft.csv",
        "list.csv --save-mapping hard.csv",
        "hard.csv --import-report list.csv",
        "list.csv -o csv=soft.csv",
        "list.csv -o csv=way/../list.csv -o json=other/../list.csv",
        "list.csv -o csv=way/new -o json=other/new",
        "convert list.csv -o soft.csv --force",
    ],
)
def test_a_link_is_the_file_it_stands_for(here: Path, asked: str) -> None:
    """Soft or hard, in the input or the output, in a folder on the way."""
    before = held(here)
    refused(*asked.split(), cwd=here)
    assert held(here) == before


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_init_writes_through_no_link(here: Path) -> None:
    """Not even one that leads nowhere yet."""
    (here / "other" / "chain.yaml").symlink_to(here / "elsewhere")
    refused("init", "other", cwd=here)
    assert not (here / "elsewhere").exists()


@pytest.mark.parametrize(
    "asked",
    [
        "chain.yaml --baseline baseline.json --write-baseline baseline.json",
        "chain.yaml --write-baseline baseline.json",
        "chain.yaml -o json=report.json",
        "chain.yaml -o json=report.json -o csv",
        "convert list.csv -o chain.yaml --force",
        "convert list.csv -o new.yaml",
        "list.csv --save-mapping mapping.yaml",
    ],
)
def test_what_may_be_replaced_is(here: Path, asked: str) -> None:
    """A baseline by itself, an older report, and what `--force` names."""
    (here / "imvo-scan.yaml").unlink()
    assert run(*asked.split(), cwd=here).returncode == 0


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no /dev/null here")
def test_two_outputs_may_go_nowhere(here: Path) -> None:
    """A device is no file that could be overwritten."""
    done = run("list.csv", "-o", "csv=/dev/null", "-o", "json=/dev/null", "--no-config", cwd=here)
    assert done.returncode == 0
    assert run("convert", "list.csv", "-o", "/dev/null", cwd=here).returncode == 0


def test_a_mapping_is_kept_of_one_list(here: Path) -> None:
    """The mapping of a second list would take the place of that of the first."""
    (here / "second.csv").write_text(LIST)
    text = refused("list.csv", "second.csv", "--save-mapping", "new", "--no-config", cwd=here)
    assert "--save-mapping keeps the mapping of one list" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no file by its stream")
@pytest.mark.parametrize("name", ["chain.yaml", "soft.yaml"])
def test_what_comes_by_standard_input_stays(here: Path, name: str) -> None:
    """A file that the shell hands over is read like any other."""
    (here / "soft.yaml").symlink_to("chain.yaml")
    before = (here / "chain.yaml").read_bytes()
    with (here / "chain.yaml").open("rb") as given:
        done = subprocess.run(
            [sys.executable, "-m", "imvo_scan", "-", "--no-config", "-o", f"json={name}"],
            cwd=here,
            stdin=given,
            capture_output=True,
            check=False,
        )
    assert done.returncode == 2
    assert b"would overwrite" in done.stderr
    assert (here / "chain.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "option",
    ["--save-mapping", "--write-baseline"],
)
@pytest.mark.parametrize("name", ["notes.txt", "chain.yaml", "waivers.yaml", "odd.bin"])
def test_what_is_kept_replaces_only_its_own_kind(here: Path, option: str, name: str) -> None:
    """Another file of that name is somebody's, and stays as it is."""
    (here / "notes.txt").write_text("columns of the temple\n")
    (here / "odd.bin").write_bytes(b"\xff\x00" * 9)
    before = held(here)
    text = refused("list.csv", option, name, "--no-config", cwd=here)
    assert name in text
    assert held(here) == before

"""The stamp on every output covers exactly the tables that were read (METHOD 7)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from imvo_scan.core.data_dir import hash_of
from imvo_scan.evidence import load_evidence
from imvo_scan.evidence import ratings as tables
from tests.conftest import ROOT

DATA = ROOT / "data"
CHAIN = "examples/chain.yaml"
RECORDER = """
import os, sys
folders = sys.argv[1].split("|")
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        for folder in folders:
            if arguments[0].startswith(folder + "/"):
                os.write(2, f"OPENED {arguments[0][len(folder) + 1:]}\\n".encode())
sys.addaudithook(note)
sys.argv = ["imvo-scan", *sys.argv[2:]]
from imvo_scan.cli import main
main()
"""


def opened(folders: list[Path], *arguments: str) -> list[str]:
    """The files of these folders that a command opens, as often as it does."""
    names = "|".join(map(str, folders))
    command = [sys.executable, "-c", RECORDER, names, *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return re.findall("OPENED (.*)", run.stderr)


STAMPED = {
    *tables.SCAN_TABLES,
    *tables.BACKGROUND_TABLES,
    *(f"spreadsheet/{name}" for name in tables.LIST_TABLES),
}


@pytest.mark.parametrize(
    "arguments",
    [
        (CHAIN,),
        ("explain", CHAIN, "cmt-dhaka/forced-labour"),
        ("plan", CHAIN),
        ("steps", CHAIN),
        ("lookup", "CD", "--good", "cobalt"),
    ],
)
def test_no_command_reads_a_table_that_the_stamp_leaves_out(arguments: tuple[str, ...]) -> None:
    """Every file in data/ that is opened is in the stamp, and is opened once."""
    files = opened([DATA], *arguments)
    assert len(files) == len(set(files))
    assert {"risks.yaml", "country_risks.yaml", "sector_risks.yaml"} <= set(files) <= STAMPED


def test_a_list_reads_no_table_that_the_stamp_leaves_out(tmp_path: Path) -> None:
    """How a list is understood decides what is scored, so those tables are stamped too."""
    (tmp_path / "list.csv").write_text("Supplier,Country,Sector\nMill,BD,textiles\n")
    files = opened([DATA], str(tmp_path / "list.csv"))
    assert len(files) == len(set(files))
    assert "spreadsheet/columns.yaml" in files
    assert set(files) <= STAMPED


def test_tables_of_ones_own_are_read_once_and_nothing_beside_them(tmp_path: Path) -> None:
    """With --data the folder is read, of ours only how lists are read."""
    own = tmp_path / "own"
    shutil.copytree(DATA, own)
    (own / "parsed.json").write_text('{"risks.yaml": {}}')
    files = opened([own, DATA], CHAIN, "--data", str(own))
    assert len(files) == len(set(files))
    assert set(files) <= STAMPED


@pytest.mark.parametrize("name", sorted(STAMPED))
def test_every_byte_of_every_table_changes_the_stamp(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line end at the end of one table is another stamp."""
    own = tmp_path / "own"
    shutil.copytree(DATA, own)
    monkeypatch.setattr(tables, "data_directory", lambda: own)
    before = load_evidence().edition.sha256
    with (own / name).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    assert load_evidence().edition.sha256 != before


@dataclass(frozen=True)
class Bytes:
    """A file that is only its bytes."""

    raw: bytes

    def read_bytes(self) -> bytes:
        """The whole of it."""
        return self.raw


def test_no_two_sets_of_files_share_a_stamp() -> None:
    """Bytes that move to the next file, another name and a file more are other stamps."""
    sets = [
        {"a": b"xy", "b": b""},
        {"a": b"x", "b": b"y"},
        {"a": b"xy"},
        {"b": b"xy"},
        {"a": b"", "b": b"xy"},
        {"a": b"xyb\0000\0"},
    ]
    hashes = [hash_of((name, Bytes(raw)) for name, raw in one.items()) for one in sets]
    assert len(set(hashes)) == len(sets)


def test_a_table_that_changes_after_it_was_stamped_changes_nothing(tmp_path: Path) -> None:
    """Goods and labels are parsed on first use, from the bytes that were stamped."""
    shutil.copytree(DATA, tmp_path / "own")
    evidence = load_evidence(tmp_path / "own")
    for name in ("goods.yaml", "goods_risks.yaml", "labels.yaml", "measures.yaml"):
        (tmp_path / "own" / name).write_text("nothing: here\n")
    assert evidence.goods.assess(("vanilla",), "MG").listings
    assert evidence.labels.find("SA8000") is not None
    assert evidence.measures.by_key

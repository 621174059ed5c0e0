"""The Python interface: what a shell shows of it, and what it says of the wrong file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import imvo_scan


def test_a_shell_shows_the_interface() -> None:
    """`dir` names every public name, before anything of it is loaded."""
    code = "import imvo_scan, sys; print(*dir(imvo_scan)); print('imvo_scan.chain' in sys.modules)"
    run = [sys.executable, "-c", code]
    names, loaded = subprocess.run(
        run, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {*imvo_scan.__all__, "__version__"} <= set(names.split())
    assert loaded == "False"
    assert all(getattr(imvo_scan, name) for name in imvo_scan.__all__)


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("list.xlsx", b"PK\x03\x04\0\0"),
        ("list.yaml", b"PK\x03\x04\0\0"),
        ("list.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("list.parquet", b"PAR1\0"),
        ("list.csv", b"Supplier,Country\nMill,BD\n"),
    ],
)
def test_a_list_given_as_an_inventory_names_its_reader(
    tmp_path: Path, name: str, raw: bytes
) -> None:
    """It says what to call instead, not which byte is no text."""
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(imvo_scan.InventoryError, match=r"imvo_scan\.read_spreadsheet\(path\)"):
        imvo_scan.read_inventory(tmp_path / name)

"""The built wheel, alone in an empty environment, run from another folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.acceptance.conftest import said

ROOT = Path(__file__).resolve().parents[2]


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the installed program."""
    return subprocess.run(
        [python, "-I", "-m", "imvo_scan", *arguments], cwd=cwd, capture_output=True, check=False
    )


def test_the_wheel_gives_the_same_bytes_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    """Installed alone and run elsewhere, the CSV is byte for byte that of the checkout."""
    example = str(ROOT / "examples" / "chain.yaml")
    arguments = (example, "--all", "-o", "csv", "--today", "2026-11-23")
    done = run(installed, *arguments, cwd=tmp_path)
    here = subprocess.run(
        [sys.executable, "-m", "imvo_scan", *arguments],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == here.stdout
    where = said(installed, "import imvo_scan; print(imvo_scan.__file__)")
    assert Path(where).is_relative_to(installed.parents[1])


def test_every_command_works_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Nothing that only a checkout has is needed, and nothing that only developers install."""
    example = str(ROOT / "examples" / "chain.yaml")
    for arguments in (
        ["--help"],
        ["--version"],
        ["schema", "inventory"],
        ["data"],
        ["data", "verify"],
        ["lookup", "--good", "vanille", "MG"],
        [example],
    ):
        done = run(installed, *arguments, cwd=tmp_path)
        assert done.returncode == 0, (arguments, done.stderr.decode())


def test_the_python_interface_works_from_the_wheel(installed: Path) -> None:
    """`read_inventory`, `scan`, `.findings` and `.to_frame()`."""
    code = (
        "import imvo_scan, sys\n"
        f"inventory = imvo_scan.read_inventory({str(ROOT / 'examples/chain.yaml')!r})\n"
        "report = imvo_scan.scan(inventory)\n"
        "assert 'pandas' not in sys.modules\n"
        "print(len(report.findings) == len(report.to_frame()) == 9 * len(report.sites))"
    )
    assert said(installed, code) == "True"

"""The built wheel, alone in an empty environment, run from another folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from imvo_scan.output import FORMATS
from tests.acceptance.conftest import printed
from tests.importer.lists import workbook

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
    where = printed(installed, "import imvo_scan; print(imvo_scan.__file__)")
    assert Path(where).is_relative_to(installed.parents[1])


EXAMPLE = str(ROOT / "examples" / "chain.yaml")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["schema", "inventory"],
        ["data"],
        ["data", "verify"],
        ["labels"],
        ["lookup", "--good", "vanille", "MG"],
        [EXAMPLE],
        ["explain", EXAMPLE, "cmt-dhaka"],
        ["plan", EXAMPLE],
        ["chain", EXAMPLE],
        ["steps", EXAMPLE],
        ["diff", EXAMPLE, EXAMPLE],
    ],
    ids=" ".join,
)
def test_every_command_works_from_the_wheel(
    installed: Path, tmp_path: Path, arguments: list[str]
) -> None:
    """Nothing that only a checkout has is needed, and nothing that only developers install."""
    done = run(installed, *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_that_of_the_checkout(installed: Path, tmp_path: Path, form: str) -> None:
    """The same bytes on every Python and with every version of what it stands on."""
    done = run(installed, EXAMPLE, "--today", "2026-11-23", f"-o{form}=out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    here = subprocess.run(
        [sys.executable, "-m", "imvo_scan", EXAMPLE, "--today", "2026-11-23", f"-o{form}=here"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert here.returncode == 0
    assert (tmp_path / "out").read_bytes() == (tmp_path / "here").read_bytes() != b""


def test_lists_of_every_kind_are_read_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Text and workbooks, new and old, each as YAML."""
    rows = [["Supplier", "Country", "Sector"], ["Mill One", "BD", "textiles"]]
    (tmp_path / "list.csv").write_text("\n".join(";".join(row) for row in rows))
    (tmp_path / "list.xlsx").write_bytes(workbook({"Suppliers": rows}))
    (tmp_path / "list.xls").write_bytes((ROOT / "fuzz" / "list.xls").read_bytes())
    for name in ("list.csv", "list.xlsx", "list.xls"):
        done = run(installed, "convert", name, "-o", f"{name}.yaml", cwd=tmp_path)
        assert done.returncode == 0, done.stderr.decode()
        assert "name: Mill One" in (tmp_path / f"{name}.yaml").read_text()


def test_the_python_interface_works_from_the_wheel(installed: Path) -> None:
    """`read_inventory`, `scan`, `.findings` and `.to_frame()`."""
    code = (
        "import imvo_scan, sys\n"
        f"inventory = imvo_scan.read_inventory({str(ROOT / 'examples/chain.yaml')!r})\n"
        "report = imvo_scan.scan(inventory)\n"
        "assert 'pandas' not in sys.modules\n"
        "print(len(report.findings) == len(report.to_frame()) == 9 * len(report.sites))"
    )
    assert printed(installed, code) == "True"

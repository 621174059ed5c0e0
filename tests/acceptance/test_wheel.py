"""The built wheel, alone in an empty environment, run from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python that has imvo-scan from its wheel and what it needs at run time, nothing else.

    What it needs is taken from this environment by path, so that no network is asked.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    home = folder / "empty"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(_said(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)], check=True)
    for path in _needed():
        (site / path.name).symlink_to(path)
    return python


def _said(python: Path, code: str) -> str:
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _needed() -> set[Path]:
    """The top-level files of everything that the project needs at run time, and of their needs."""
    from importlib.metadata import distribution

    todo, seen, paths = ["imvo-scan"], set[str](), set[Path]()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        found = distribution(name)
        todo += _requirements(found.requires or [])
        if name != "imvo-scan":
            for file in found.files or []:
                top = Path(str(found.locate_file(file.parts[0])))
                if file.parts[0] not in {"..", "__pycache__"} and top.exists():
                    paths.add(top)
    return paths


def _requirements(lines: list[str]) -> list[str]:
    from packaging.requirements import Requirement

    wanted = [Requirement(line) for line in lines]
    return [r.name for r in wanted if r.marker is None or r.marker.evaluate({"extra": ""})]


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
    where = _said(installed, "import imvo_scan; print(imvo_scan.__file__)")
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
    assert _said(installed, code) == "True"

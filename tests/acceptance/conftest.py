"""The built wheel, alone in an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
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
    site = Path(said(python, "import sysconfig; print(sysconfig.get_path('purelib'))"))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(site)], check=True)
    for path in _needed():
        (site / path.name).symlink_to(path)
    return python


def said(python: Path, code: str) -> str:
    """What a line of code prints in an environment."""
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

"""Which Pythons are on this machine, also those that a version manager keeps off the PATH."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST = (3, 11)
_PROBE = """
import json, sys, sysconfig
from importlib.util import find_spec
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": sys.version_info[:3],
    "build": sys.implementation.name + " " + sys.version + " " + sys.base_prefix,
    "usual": sys.implementation.name == "cpython" and sys.version_info[3] == "final"
             and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "has_venv": find_spec("venv") is not None,
}))
"""
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Python:
    """An interpreter: where it is, its version, and what tells this build from any other."""

    path: str
    version: tuple[int, int, int]
    build: str
    usual: bool
    has_venv: bool

    @property
    def minor(self) -> tuple[int, int]:
        """Its version as far as packages are made for it: (3, 13)."""
        return self.version[:2]

    @property
    def label(self) -> str:
        """Its version for a person: 3.13.0."""
        return ".".join(map(str, self.version))


@cache
def probe(path: str) -> Python | None:
    """What is at a path; None where it does not run as a Python."""
    try:
        done = subprocess.run(
            [path, "-I", "-c", _PROBE],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
        )
        facts = json.loads(done.stdout)
        return Python(**{**facts, "version": tuple(facts["version"])})
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return None


def current() -> Python:
    """The Python that runs this, or the one its virtual environment was made with."""
    python = probe(sys.executable)
    if python is None:
        raise RuntimeError(f"{sys.executable} does not run")
    return python


def newest_of_each(paths: Iterable[str]) -> dict[tuple[int, int], Python]:
    """The newest CPython of each minor version from the oldest we serve on, oldest first.

    Left out: other implementations, pre-releases and builds without a GIL, for which few packages
    are made. One that cannot make a virtual environment gives way to one that can.
    """
    best: dict[tuple[int, int], Python] = {}
    for python in filter(None, map(probe, paths)):
        rival = best.get(python.minor)
        if python.usual and python.minor >= OLDEST and (not rival or _rank(python) > _rank(rival)):
            best[python.minor] = python
    return dict(sorted(best.items()))


def _rank(python: Python) -> tuple[bool, tuple[int, int, int]]:
    return python.has_venv, python.version


def on_this_machine() -> Iterator[str]:
    """Every path at which a Python may be, each file once; what is no Python is told by probing."""
    known = set[Path]()
    for path in (Path(sys.executable), *_candidates()):
        real = path.resolve()
        if real not in known and path.is_file() and not _is_shim(path):
            known.add(real)
            yield str(path)


def _is_shim(path: Path) -> bool:
    """Whether it only hands over to a version manager, whose Pythons are looked for themselves."""
    return path.parent.name == "shims"


def _candidates() -> Iterator[Path]:
    names = ("python.exe",) if os.name == "nt" else ("python3.[0-9][0-9]", "python3", "python")
    for folder in (*_searched(), *_kept_by_managers()):
        for name in names:
            yield from sorted(folder.glob(name))
    if os.name == "nt":
        yield from _of_the_launcher()


def _searched() -> Iterator[Path]:
    """Folders of programs: those of the PATH and the usual ones."""
    yield from map(Path, filter(None, os.environ.get("PATH", "").split(os.pathsep)))
    if os.name != "nt":
        yield from map(Path, ("/usr/local/bin", "/usr/bin"))
        yield from Path("/opt").glob("*/bin")
        yield from Path("/Library/Frameworks/Python.framework/Versions").glob("*/bin")
    elif programs := os.environ.get("LOCALAPPDATA"):
        yield from Path(programs, "Programs", "Python").glob("Python3*")


MANAGERS = (  # the variable that moves its folder, the folder at home, the Pythons below it
    ("PYENV_ROOT", ".pyenv", "versions/*"),
    ("PYENV_ROOT", ".pyenv", "pyenv-win/versions/*"),
    ("UV_PYTHON_INSTALL_DIR", ".local/share/uv/python", "*"),
    ("UV_PYTHON_INSTALL_DIR", "AppData/Roaming/uv/python", "*"),
    ("ASDF_DATA_DIR", ".asdf", "installs/python/*"),
    ("MISE_DATA_DIR", ".local/share/mise", "installs/python/*"),
    ("MISE_DATA_DIR", "AppData/Local/mise", "installs/python/*"),
    ("MAMBA_ROOT_PREFIX", "micromamba", "envs/*"),
)


def _kept_by_managers() -> Iterator[Path]:
    """The folders in which version managers keep the Pythons that they have installed."""
    roots = [root for row in MANAGERS for root in _below(*row)]
    for root in (*roots, *_of_conda()):
        yield root if os.name == "nt" else root / "bin"


def _below(variable: str, usual: str, pattern: str) -> list[Path]:
    return sorted(Path(os.environ.get(variable) or Path.home() / usual).glob(pattern))


def _of_conda() -> Iterator[Path]:
    """The environments of which conda keeps a list, wherever they are."""
    try:
        lines = Path.home().joinpath(".conda", "environments.txt").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return
    yield from map(Path, filter(None, lines.splitlines()))


def _of_the_launcher() -> Iterator[Path]:
    r"""What the launcher of Windows knows: lines such as ` -V:3.13 *  C:\...\python.exe`."""
    try:
        done = subprocess.run(["py", "-0p"], capture_output=True, text=True, check=True)  # noqa: S607
    except (OSError, subprocess.SubprocessError):
        return
    yield from map(Path, re.findall(r"[A-Za-z]:\\.*python\.exe", done.stdout))

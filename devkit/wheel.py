"""The built wheel on every Python at hand, in environments that have what a user has."""

from __future__ import annotations

import shutil
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from devkit.environments import ROOT, Environment, SetUpError
from devkit.lists import RUNTIME
from devkit.pythons import Python

TESTS = "tests/acceptance"


def build(home: Environment, folder: Path) -> Path:
    """Build the wheel into a folder of its own. Raises `SetUpError`."""
    shutil.rmtree(folder, ignore_errors=True)
    command = ["hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    code = home.run(*command, aside=True)
    wheels = list(folder.glob("*.whl"))
    if code or len(wheels) != 1:
        raise SetUpError("The wheel could not be built: see above.")
    return wheels[0]


def run_tests(runner: Environment, installed: Environment, *arguments: str) -> int:
    """Run pytest, which knows by WHEEL_PYTHON the Python that has the wheel; its exit code.

    It has a temporary folder of its own: of the usual one, another run may be sweeping a part.
    """
    with tempfile.TemporaryDirectory(prefix="imvo-tests-", ignore_cleanup_errors=True) as folder:
        variables = {
            "WHEEL_PYTHON": installed.program("python"),
            "PYTEST_DEBUG_TEMPROOT": folder,
        }
        return runner.run("pytest", "-q", *arguments, variables=variables)


def promised() -> list[tuple[int, int]]:
    """The versions of Python that the project says it serves: the classifiers of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [line.rsplit(" ", 1)[1] for line in project["classifiers"] if ":: 3." in line]
    return [(int(major), int(minor)) for major, minor in (v.split(".") for v in versions)]


@dataclass(frozen=True)
class Matrix:
    """The Pythons of this machine, and where their environments are."""

    home: Environment
    folder: Path
    pythons: Mapping[tuple[int, int], Python]

    @cached_property
    def _wheel(self) -> Path:
        return build(self.home, self.folder / "wheel")

    def own(self) -> Environment:
        """The environment of users for the Python that runs this. Raises `SetUpError`."""
        return self._installed(self.home.python)

    def test_others(self) -> list[str]:
        """Test the wheel on every other Python; which failed. Prints a line for each.

        A Python that cannot be tested for want of packages fails where the project says that it
        serves it; one without a venv module is the machine's own affair, and is only said.
        """
        failed = []
        for minor in sorted({*self.pythons, *promised()}):
            python = self.pythons.get(minor)
            if minor != self.home.python.minor and not self._passes(minor, python):
                failed.append(f"Python {_text(minor)}")
        return failed

    def _passes(self, minor: tuple[int, int], python: Python | None) -> bool:
        if python is None:
            return _line("none", minor, "is not on this machine: nothing was tested on it")
        if not python.has_venv:
            return _line("none", minor, f"{python.path} has no venv module: nothing was tested")
        start = time.monotonic()
        try:
            installed = self._installed(python)
        except SetUpError as problem:
            _line("FAIL" if minor in promised() else "none", minor, str(problem))
            return minor not in promised()
        passed = run_tests(self.home, installed, TESTS) == 0
        took = f"{time.monotonic() - start:.1f} s  {TESTS} on the wheel, Python {python.label}"
        _line("ok  " if passed else "FAIL", minor, took)
        return passed

    def _installed(self, python: Python) -> Environment:
        name = _text(python.minor)
        environment = Environment(self.folder / name, python, RUNTIME, editable=False)
        environment.set_up()
        environment.install(self._wheel)
        return environment


def _text(minor: tuple[int, int]) -> str:
    return ".".join(map(str, minor))


def _line(mark: str, minor: tuple[int, int], text: str) -> bool:
    """Print a line about a Python, in the columns of the other checks."""
    print(f"{mark}  {_text(minor):<7}  {text}", flush=True)
    return True

"""Environments: each is made from one Python and one list of packages, and kept until they change.

They are made without pip, and the pip of a Python outside installs into them, so that it works
where `ensurepip` is missing and where the system's Python is externally managed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devkit.pythons import Python, current

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PIP = (22, 3)  # the first with --python


class SetUpError(Exception):
    """An environment cannot be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment: where it is, what it is made from, and whether it runs the checkout.

    `packages` is a list in the format of pip; where `hashed`, pip takes nothing that has another
    hash. An `editable` one has the project as it stands here; another gets its wheel.
    """

    folder: Path
    python: Python
    packages: Path
    editable: bool = True

    def program(self, name: str) -> str:
        """The path of a program inside the environment."""
        if os.name == "nt":
            return str(self.folder / "Scripts" / f"{name}.exe")
        return str(self.folder / "bin" / name)

    def run(
        self, *command: str, variables: Mapping[str, str] | None = None, aside: bool = False
    ) -> int:
        """Run a program of the environment in the project's root and return its exit code.

        It gets `variables` too. With `aside`, what it prints is no result of ours and goes to
        standard error.
        """
        sys.stdout.flush()
        arguments = [self.program(command[0]), *command[1:]]
        environment = {**os.environ, **(variables or {})}
        sink = sys.stderr if aside else None
        done = subprocess.run(arguments, cwd=ROOT, env=environment, stdout=sink, check=False)
        return done.returncode

    def set_up(self) -> None:
        """Bring it up to date; touches neither pip nor the network when it already is.

        Raises `SetUpError`.
        """
        target, made_from = self._made_from(), self._stamp()
        if target == made_from:
            return
        packages_only = {**target, "project": ""}
        if packages_only != {**made_from, "project": ""}:
            self._make()
        self._write_stamp(packages_only)
        if self.editable:
            options = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", "."]
            self._pip("The project itself could not be installed.", *options)
            self.run("python", "-m", "compileall", "-q", "src")  # as pip does with all else
        self._write_stamp(target)

    def install(self, wheel: Path) -> None:
        """Install a wheel of the project, in the place of an earlier one. Raises `SetUpError`."""
        options = ["--no-deps", "--no-index", "--force-reinstall", str(wheel)]
        self._pip("The wheel could not be installed.", *options)

    def _made_from(self) -> dict[str, str]:
        """What it must be made from; a moved checkout counts as another one."""
        project = digest(ROOT / "pyproject.toml") if self.editable else ""
        return {
            "python": self.python.build,
            "root": str(ROOT),
            "packages": digest(self.packages),
            "project": project,
        }

    def _stamp(self) -> dict[str, str]:
        """What it was made from; empty where it is missing or half made."""
        try:
            stamp = json.loads((self.folder / "set-up.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        intact = isinstance(stamp, dict) and Path(self.program("python")).exists()
        return stamp if intact else {}

    def _write_stamp(self, content: dict[str, str]) -> None:
        """Write down what it has been made from; last, when it is true."""
        text = json.dumps(content, indent=2) + "\n"
        (self.folder / "set-up.json").write_text(text, encoding="utf-8")

    def _make(self) -> None:
        """Make it anew."""
        name = self.folder.relative_to(ROOT) if self.folder.is_relative_to(ROOT) else self.folder
        if not self.python.has_venv:
            raise SetUpError(
                f"{self.python.path} has no venv module, so {name} cannot be made (Debian, Ubuntu: "
                "apt install python3-venv)."
            )
        pip = self._python_with_pip()
        print(f"setting up {name}: up to a minute, this once", file=sys.stderr, flush=True)
        made = [self.python.path, "-m", "venv", "--clear", "--without-pip", str(self.folder)]
        if subprocess.run(made, check=False).returncode != 0:
            raise SetUpError(f"{self.python.path} could not make {name}.")
        options = ["--require-hashes", "--requirement", str(self.packages)]
        failure = (
            f"The packages of {self.packages.relative_to(ROOT).as_posix()} could not be installed "
            f"for Python {self.python.label}. The first set-up needs the network, or a package "
            "index or folder that pip is set to use."
        )
        self._pip(failure, *options, pip=pip)

    def _pip(self, failure: str, *arguments: str, pip: str = "") -> None:
        """Install into it with a pip that stays outside it."""
        command = [pip or self._python_with_pip(), "-m", "pip", "--python", self.program("python")]
        command += ["install", "-qq", "--disable-pip-version-check", "--no-input", "--no-user"]
        if subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode != 0:
            raise SetUpError(f"{failure} What pip says about it is above.")

    def _python_with_pip(self) -> str:
        """A Python whose pip can do it: its own, which knows it best, or that which runs this."""
        paths = [self.python.path, current().path]
        for path in paths:
            if _pip_version(path) >= OLDEST_PIP:
                return path
        oldest = ".".join(map(str, OLDEST_PIP))
        raise SetUpError(
            f"{paths[0]} has no pip {oldest} or newer. Install it (Debian, Ubuntu: apt install "
            "python3-pip; elsewhere: the ensurepip module), then run this again."
        )


def digest(*paths: Path) -> str:
    """One sha256 over the bytes of some files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def _pip_version(python: str) -> tuple[int, ...]:
    """The version of the pip of a Python; empty where it has none."""
    command = [python, "-m", "pip", "--version"]
    report = subprocess.run(command, capture_output=True, text=True, check=False)
    if report.returncode != 0:
        return ()
    version = report.stdout.split()[1]
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())

"""The lists of packages: versions and hashes without addresses, made from pyproject.toml.

Those of `requirements/` are committed and serve every platform. The oldest and the newest versions
that the ranges allow are asked for when they are tested: a list of the newest is old tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devkit.environments import ROOT, Environment, SetUpError
from devkit.pythons import OLDEST, Python

LISTS = ROOT / "requirements"
RUNTIME, DEV, BUILD, FUZZ = (LISTS / f"{name}.txt" for name in ("runtime", "dev", "build", "fuzz"))


@dataclass(frozen=True, slots=True)
class Extreme:
    """One end of the ranges, and the lists that it gives for one Python."""

    name: str
    resolution: str
    folder: Path

    @property
    def runtime(self) -> Path:
        """What a user has."""
        return self.folder / "runtime.txt"

    @property
    def dev(self) -> Path:
        """What the tests need, the versions of `runtime` among them."""
        return self.folder / "dev.txt"

    def resolve(self, resolver: Environment, python: Python) -> bool:
        """Make the lists anew; False where that failed and earlier ones stay.

        Raises `SetUpError` where there are no earlier ones.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        options = ["--python", python.path, "--resolution", self.resolution, "--upgrade"]
        tests = ["--group", "dev", "-c", str(self.runtime)]
        code = _compile(resolver, self.runtime, "pyproject.toml", *options) or _compile(
            resolver, self.dev, "pyproject.toml", *tests, *options
        )
        if code and not self.dev.exists():
            raise SetUpError(f"The {self.name} versions could not be asked for: see above.")
        return code == 0


def lock(resolver: Environment, options: list[str]) -> int:
    """Resolve the lists that are committed; each keeps to the versions of the one before."""
    options = ["--universal", "--python-version", ".".join(map(str, OLDEST)), *options]
    return (
        _compile(resolver, RUNTIME, "pyproject.toml", *options)
        or _compile(resolver, DEV, "pyproject.toml", "--group", "dev", "-c", str(RUNTIME), *options)
        or _compile(resolver, FUZZ, "pyproject.toml", "--group", "fuzz", "-c", str(DEV), *options)
        or _compile(resolver, BUILD, "--group", "build", "-c", str(DEV), *options)
    )


def _compile(resolver: Environment, output: Path, *arguments: str) -> int:
    plain = ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
    return resolver.run("uv", "pip", "compile", *arguments, *plain, "--output-file", str(output))

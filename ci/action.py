"""The scan of the GitHub action: inputs from variables, results where the runner looks for them.

It runs alike on Linux, macOS and Windows, and uses the standard library only.
"""

from __future__ import annotations

import glob
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path


def main() -> int:
    """Scan, hand the results over, and return the exit code of the scan."""
    page, sarif = Path(os.environ["RUNNER_TEMP"], "imvo-scan.md"), os.environ["SARIF"]
    arguments = [*_options(), "-o", "github", "-o", f"markdown={page}"]
    page.unlink(missing_ok=True)  # of an earlier run, which would else be shown as this one's
    if sarif:
        Path(sarif).unlink(missing_ok=True)
        Path(sarif).parent.mkdir(parents=True, exist_ok=True)
        arguments += ["-o", f"sarif={sarif}"]
    # -I: a module that lies in the repository is not run.
    program = [sys.executable, "-I", "-m", "imvo_scan", "scan"]
    code = subprocess.run([*program, *arguments, "--", *_files()], check=False).returncode
    if page.exists():
        _append("GITHUB_STEP_SUMMARY", page.read_text(encoding="utf-8"))
    if sarif and Path(sarif).exists():
        _append("GITHUB_OUTPUT", f"sarif={sarif}\n")
    _append("GITHUB_OUTPUT", f"exit-code={code}\n")
    return code


def _options() -> Iterator[str]:
    for name in ("FAIL_ON", "CONFIG", "BASELINE", "WAIVERS"):
        if value := os.environ[name]:
            yield f"--{name.lower().replace('_', '-')}={value}"
    yield from _lines("ARGUMENTS")


def _files() -> Iterator[str]:
    """The inputs: a name that exists is that file, another is a pattern.

    A pattern that fits nothing stays as it is, so that the scan says it does not exist.
    """
    for line in _lines("FILES"):
        matches = [] if Path(line).exists() else sorted(glob.glob(line, recursive=True))  # noqa: PTH207
        yield from matches or [line]


def _lines(variable: str) -> Iterator[str]:
    yield from filter(None, map(str.strip, os.environ[variable].splitlines()))


def _append(variable: str, text: str) -> None:
    with Path(os.environ[variable]).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main())

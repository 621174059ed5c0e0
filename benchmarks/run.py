"""The figures we claim, measured side by side on one machine; read the ratios, not the seconds.

    python benchmarks/run.py [--rounds N]

Each pair runs in turn, A B A B ..., and the ratio is that of the medians. What they print goes
nowhere, so that the disk is not measured. Memory is the peak of the
whole process.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import suppliers

import imvo_scan

PYTHON = sys.executable
MOST_MEMORY = 150
BARE = "import sys, yaml; yaml.load(open(sys.argv[1]), Loader=yaml.CSafeLoader)"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim: our command against another on the same file, and the ratio it must keep."""

    name: str
    ours: list[str]
    other: list[str]
    at_most: float


def main() -> None:
    """Measure every pair and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    compileall.compile_dir(Path(imvo_scan.__file__).parent, quiet=1)  # as when it was installed
    with tempfile.TemporaryDirectory() as folder:
        for pair in _pairs(Path(folder)):
            _report(pair, rounds)
        _memory(Path(folder) / "100000.yaml")


def _pairs(folder: Path) -> list[Pair]:
    files = {}
    for count in (50, 10_000, 100_000):
        files[count] = folder / f"{count}.yaml"
        files[count].write_text("".join(suppliers(count)), encoding="utf-8")
    schema = folder / "schema.json"
    with schema.open("wb") as out:
        subprocess.run([PYTHON, "-m", "imvo_scan", "schema", "inventory"], stdout=out, check=True)
    scan = [PYTHON, "-m", "imvo_scan"]
    check = [PYTHON, "-m", "check_jsonschema", "--schemafile", str(schema), str(files[50])]
    pairs = [Pair("50 suppliers, table / check-jsonschema", [*scan, str(files[50])], check, 0.85)]
    for count, at_most in ((10_000, 0.35), (100_000, 0.20)):
        csv = [*scan, str(files[count]), "--all", "-o", "csv"]
        bare = [PYTHON, "-c", BARE, str(files[count])]
        pairs.append(Pair(f"{count:,} suppliers, CSV / bare yaml.load", csv, bare, at_most))
    return pairs


def _report(pair: Pair, rounds: int) -> None:
    ours, other = [], []
    for _ in range(rounds):
        ours.append(_seconds(pair.ours))
        other.append(_seconds(pair.other))
    a, b = statistics.median(ours), statistics.median(other)
    verdict = "holds" if a / b <= pair.at_most else "MISSED"
    print(f"{pair.name}: {a:.3f} s / {b:.3f} s = {a / b:.3f}x (at most {pair.at_most}x): {verdict}")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
        env={**os.environ, "COLUMNS": "120"},
    )
    return time.perf_counter() - start


def _memory(file: Path) -> None:
    """Peak memory of a scan of 100,000 suppliers, in a child of a fresh process."""
    code = (
        "import resource, subprocess, sys\n"
        "nowhere = subprocess.DEVNULL\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=nowhere, stderr=nowhere)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [
        PYTHON,
        "-m",
        "imvo_scan",
        str(file),
        "--all",
        "-o",
        f"csv={file.with_suffix('.csv')}",
    ]
    done = subprocess.run(
        [PYTHON, "-c", code, *command], capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    mebibytes = int(done.stdout) * unit / 2**20
    verdict = "holds" if mebibytes < MOST_MEMORY else "MISSED"
    print(
        f"100,000 suppliers, peak memory: {mebibytes:.0f} MiB (under {MOST_MEMORY} MiB): {verdict}"
    )


if __name__ == "__main__":
    main()

"""Fuzz the readers: `python -m fuzz [TARGET...] [--seconds N] [--replay FILE]`.

Without a target, all of them in turn. A crash is anything but success or one of our own errors; its
input is kept under fuzz/crashes/ with the traceback beside it, and --replay runs it again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fuzz.targets import TARGETS
from fuzz.watch import fuzz
from imvo_scan.core.errors import ImvoScanError


def main(arguments: list[str]) -> int:
    """1 where anything crashed, 0 otherwise."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=60, help="for each target (60)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="read one input again")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.target if name not in TARGETS]
    if unknown or (asked.replay and len(asked.target) != 1):
        parser.error(f"unknown: {unknown}" if unknown else "--replay needs one TARGET")
    if asked.replay:
        return _replay(asked.target[0], asked.replay)
    outcomes = []
    for name in asked.target or TARGETS:
        outcomes.append(fuzz(name, asked.seconds))
        print(outcomes[-1], flush=True)
    return 1 if any(one.crashes for one in outcomes) else 0


def _replay(name: str, file: Path) -> int:
    """Read one kept input: a crash shows itself by its traceback."""
    try:
        TARGETS[name].read(file.read_bytes())
    except ImvoScanError as error:
        print(f"refused: {error}")
    else:
        print("read")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

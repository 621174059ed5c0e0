"""Compare what two checkouts print: every command and format on every example, byte for byte.

    python tools/compare_outputs.py OLD NEW

Each checkout has its own `.venv`. What differs is listed with its first line; the stamp of the
tables, which changes with every edit of theirs, is left out. 0 where nothing differs, else 1.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

DAY = ("--today", "2026-11-25")
FORMATS = ("table", "csv", "csv-excel", "json", "markdown", "sarif", "github", "junit", "gitlab")
ROLL_UPS = ("supplier", "tier", "country", "sector", "good", "risk")
WITHOUT_INPUT = (
    ("data",),
    ("help",),
    ("labels",),
    ("labels", "SA8000"),
    ("lookup", "BD"),
    ("lookup", "BD", "--sector", "textiles"),
    ("lookup", "--good", "cobalt", "CD"),
    ("schema", "inventory"),
    ("schema", "config"),
    ("schema", "baseline"),
)
COMMANDS = ("scan", "explain", "chain", "plan", "steps", "labels", "convert", "diff", "history")
LANGUAGES = ("en", "nl")
STAMP = re.compile(rb"\b[0-9a-f]{64}\b|(?<=\+)[0-9a-f]{12}\b")


def examples(checkout: Path) -> list[str]:
    """The inventories among the examples, from the checkout."""
    files = sorted((checkout / "examples").rglob("*.yaml"))
    return [
        str(path.relative_to(checkout))
        for path in files
        if re.search(r"^imvo:", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def lines_of(example: str) -> Iterator[tuple[str, ...]]:
    """The command lines for one example."""
    for name in FORMATS:
        yield (example, "-o", name, *DAY)
    yield (example, "-o", "csv", "--audience", "public", *DAY)
    yield (example, "--fail-on", "P1", "--require-remedy", *DAY)
    yield ("convert", example, "-o", "-")
    for by in ROLL_UPS:
        yield ("chain", example, "--by", by)
    for language in LANGUAGES:
        yield (example, "--all", "--by", "site", "--lang", language, *DAY)
        yield from (
            (command, example, "--lang", language, *DAY) for command in ("plan", "steps", "chain")
        )


def all_lines(checkout: Path) -> Iterator[tuple[str, ...]]:
    """Every command line that is compared."""
    for example in examples(checkout):
        yield from lines_of(example)
    for language in LANGUAGES:
        yield from ((*line, "--lang", language) for line in WITHOUT_INPUT)
        yield from ((command, "--help", "--lang", language) for command in COMMANDS)


def printed(checkout: Path, line: tuple[str, ...]) -> bytes:
    """What a command line prints, with its exit code."""
    program = checkout / ".venv" / "bin" / "imvo-scan"
    environment = {**os.environ, "COLUMNS": "100", "LINES": "40", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - the program itself, from a checkout
        [program, *line], cwd=checkout, env=environment, capture_output=True, check=False
    )
    whole = b"%d\n%s\n%s" % (done.returncode, done.stdout, done.stderr)
    return STAMP.sub(b"STAMP", whole)


def difference(old: bytes, new: bytes) -> str:
    """The first line that is not the same."""
    for before, after in zip(old.splitlines(), new.splitlines(), strict=False):
        if before != after:
            return f"- {before.decode(errors='replace')}\n  + {after.decode(errors='replace')}"
    return "one is longer"


def main(arguments: list[str]) -> int:
    """Compare two checkouts; 2 where there are not two."""
    if len(arguments) != 2:  # noqa: PLR2004 - the old one and the new one
        print(__doc__, file=sys.stderr)
        return 2
    old, new = (Path(one).resolve() for one in arguments)
    lines = list(all_lines(new))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        before = pool.map(lambda line: printed(old, line), lines)
        after = pool.map(lambda line: printed(new, line), lines)
        pairs = list(zip(lines, before, after, strict=True))
    different = [(line, one, other) for line, one, other in pairs if one != other]
    for line, one, other in different:
        print(f"imvo-scan {' '.join(line)}\n  {difference(one, other)}")
    print(f"{len(lines)} outputs, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

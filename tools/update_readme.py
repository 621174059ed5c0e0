"""Bring the examples in README.md up to date with what the program really prints.

    python tools/update_readme.py [--check]

Between markers `<!-- begin: NAME -->` and `<!-- end -->` stands the output of a command. With
`--check` nothing is written: exit 1 where the page says something else.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import imvo_scan
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output import Options, writer_of
from imvo_scan.output.summary import summary

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
EXAMPLE = ROOT / "examples" / "cases" / "x08-cobalt.yaml"
_BLOCK = re.compile(r"(<!-- begin: (\w+) -->\n```\n).*?(```\n<!-- end -->)", re.DOTALL)


class Screen(io.StringIO):
    """A terminal to write on."""

    def isatty(self) -> bool:
        """Yes: the table comes in the form for people."""
        return True


def main() -> None:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = current()
    if not arguments.check:
        README.write_text(text, encoding="utf-8", newline="")
    elif README.read_text(encoding="utf-8") != text:
        raise SystemExit("README.md shows old output: run python tools/update_readme.py")


def current() -> str:
    """The text of the page with the output of today."""
    page = README.read_text(encoding="utf-8")
    return _BLOCK.sub(lambda found: f"{found[1]}{BLOCKS[found[2]]()}{found[3]}", page)


def scanned() -> str:
    """The table and the summary of the example, on a screen of 92 columns."""
    report = imvo_scan.scan(imvo_scan.read_inventory(EXAMPLE), today=date(2026, 11, 23))
    screen = Screen()
    writer_of("table")(report, screen, Options(top=3, width=92, colour=False))
    lines = list(summary(report, Speaker(), imvo_scan.__version__))
    text = screen.getvalue() + "\n".join(lines)
    text = re.sub(r"sha256 [0-9a-f]{64}", "sha256 ...", text)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n") + "\n"


def commands() -> str:
    """The commands and what each is for, from their own descriptions."""
    from imvo_scan.cli import COMMANDS
    from imvo_scan.cli.app import app_with

    rows = [
        (command.name or "", (command.callback.__doc__ or "").strip().partition("\n")[0])
        for command in app_with(COMMANDS).registered_commands
        if command.callback is not None
    ]
    width = max(len(name) for name, _ in rows)
    return "".join(f"imvo-scan {name.ljust(width)}  {text}\n" for name, text in rows)


BLOCKS: dict[str, Callable[[], str]] = {"scan": scanned, "commands": commands}


if __name__ == "__main__":
    main()

"""Remarks for people, on standard error: made harmless, folded, and in their language."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from imvo_scan.cli.speech import tell
from imvo_scan.core.errors import Problem
from imvo_scan.core.message import Text, message
from imvo_scan.core.sanitise import clean

_STYLES = {"red": "\x1b[31m"}
_PLAIN = "\x1b[0m"
MOST_PROBLEMS, LONGEST_PROBLEM = 100, 2_000


def remark(told: Text, *, style: str = "") -> None:
    """Print a remark for people on standard error, made harmless; in colour only on a terminal."""
    before, after = (_STYLES[style], _PLAIN) if style and _coloured() else ("", "")
    with suppress(OSError):  # who closed it or filled its disk reads no remark about that either
        for line in _folded(tell(told)):
            print(f"{before}{line}{after}", file=sys.stderr)  # noqa: T201


def remark_problems(problems: Sequence[Problem]) -> None:
    """Print what is wrong, a line each and in red: the first of many, and how many more there are.

    A list of a million faults helps nobody, and a line of a million letters hides the others.
    """
    for problem in problems[:MOST_PROBLEMS]:
        text = tell(problem.as_message)
        shown = text if len(text) <= LONGEST_PROBLEM else f"{text[:LONGEST_PROBLEM]} ..."
        remark(shown, style="red")
    more = len(problems) - MOST_PROBLEMS
    if more > 0:
        remark(message("cli.more-problems", n=more), style="red")


def _folded(text: str) -> list[str]:
    """The lines of a remark: folded between words on a terminal, as they are elsewhere."""
    line = clean(text)
    if not sys.stderr.isatty():
        return [line]
    import shutil
    import textwrap

    width = shutil.get_terminal_size().columns
    return textwrap.wrap(line, width) or [""]


def _coloured() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR")

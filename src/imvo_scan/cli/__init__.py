"""The command line: parses, calls, prints; decides nothing."""

from __future__ import annotations

import os
import sys

VERBS = (
    "scan",
    "explain",
    "chain",
    "plan",
    "steps",
    "labels",
    "diff",
    "history",
    "init",
    "convert",
    "lookup",
    "data",
    "schema",
)
_OF_THE_PROGRAM = ("--help", "--version", "--install-completion", "--show-completion")


def main() -> None:
    """Run the command line and exit: 0 scanned, 1 findings at the threshold, 2 could not scan."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # none are used; looking costs 20 ms
    from imvo_scan.cli.app import app

    try:
        app(with_verb(sys.argv[1:]), prog_name="imvo-scan")
    except SystemExit as done:
        _leave(done)


def _leave(done: SystemExit) -> None:
    """Exit at once: taking a hundred thousand suppliers apart again is a tenth of the run."""
    code = done.code if isinstance(done.code, int) else 0 if done.code is None else 2
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
    os._exit(code)


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with their verb: scanning is the main job and needs none."""
    first = arguments[0] if arguments else "--help"
    if first in VERBS or first in _OF_THE_PROGRAM:
        return arguments or ["--help"]
    return ["scan", *arguments]

"""The command line run inside the test, for what needs no process of its own."""

from __future__ import annotations

from imvo_scan.cli.app import run


def command(*arguments: str) -> int:
    """The exit code of a command, run in this process."""
    return run(list(arguments))

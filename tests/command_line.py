"""The command line run inside the test, for what needs no process of its own."""

from __future__ import annotations

from imvo_scan.cli import COMMANDS, with_verb
from imvo_scan.cli.app import app_with


def command(*arguments: str) -> int:
    """The exit code of a command, run in this process."""
    given = with_verb(list(arguments))
    try:
        app_with(given[:1] if given[0] in COMMANDS else COMMANDS)(given, prog_name="imvo-scan")
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 2
    return 0

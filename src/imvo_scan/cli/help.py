"""`imvo-scan help [COMMAND]`: what a command is for, and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.cli import COMMANDS
from imvo_scan.cli.completion import commands
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit


def help_(
    command: Annotated[
        str | None,
        typer.Argument(
            metavar="[COMMAND]", help="Which command; else all.", autocompletion=commands
        ),
    ] = None,
) -> Exit:
    """Show what a command is for and its options, or all commands."""
    from imvo_scan.cli.app import called
    from imvo_scan.core.matching import did_you_mean

    if command is None:
        return Exit(called(["--help"]))
    if command not in COMMANDS:
        hint = did_you_mean(command, COMMANDS) or f"Known: {', '.join(COMMANDS)}."
        raise UsageError.of(f"there is no command {command!r}", hint)
    return Exit(called([command, "--help"]))

"""`imvo-scan help [COMMAND]`: what a command is for, and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.cli import COMMANDS
from imvo_scan.cli.completion import commands
from imvo_scan.cli.options import LanguageOptions
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message


def help_(
    _: LanguageOptions,
    command: Annotated[
        str | None,
        typer.Argument(metavar="[COMMAND]", help="help.help-command", autocompletion=commands),
    ] = None,
) -> Exit:
    """Show what a command is for and its options, or all commands."""
    from imvo_scan.cli.app import called
    from imvo_scan.core.matching import did_you_mean, known

    if command is None:
        return Exit(called(["--help"]))
    if command not in COMMANDS:
        what = message("cli.no-command", name=command)
        raise UsageError.of(what, did_you_mean(command, COMMANDS) or known(COMMANDS))
    return Exit(called([command, "--help"]))

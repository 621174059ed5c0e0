"""The commands put together and called; whatever goes wrong becomes a line and an exit code."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated

import typer

from imvo_scan.cli import COMMANDS, completion, with_verb
from imvo_scan.cli.errors import exit_code_of
from imvo_scan.cli.help_layout import HelpfulCommand
from imvo_scan.cli.option_groups import with_groups
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.speech import language_of, speak
from imvo_scan.cli.streams import drop_output
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.version import __version__


def run(arguments: list[str]) -> int:
    """The exit code of a command line. Nothing is raised but what stops a run."""
    speak(language_of(arguments))
    try:
        if completion.is_asked():
            completion.silence()
            return called([])
        code = called(arguments)
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
        return exit_code_of(error)
    if not arguments:
        remark(message("cli.nothing-scanned"))
        return Exit.FAILED
    return code


def called(arguments: list[str]) -> int:
    """The exit code of a command. Raises whatever goes wrong in it or in reading its options."""
    given = with_verb(arguments)
    verb = given[:1] if given[0] in COMMANDS and not completion.is_asked() else COMMANDS
    try:
        code = app_with(verb)(given, prog_name="imvo-scan", standalone_mode=False)
    except SystemExit as done:
        # typer ends with 1, which means findings, where the reader of its help has left
        if isinstance(done.__context__, BrokenPipeError):
            drop_output()
            return Exit.OK
        code = done.code
    return code if isinstance(code, int) else Exit.OK if code is None else Exit.FAILED


def app_with(names: Iterable[str]) -> typer.Typer:
    """The program with these of its commands; one is ready sooner than all."""
    app = typer.Typer(
        name="imvo-scan",
        cls=completion.Program,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help="help.program")(_program)
    for name in names:
        module, _, function = COMMANDS[name].partition(":")
        command = with_groups(getattr(import_module(module), function))
        app.command(name, cls=HelpfulCommand, help=f"help.command.{name}")(command)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"imvo-scan {__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option("--version", help="help.show-version", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """What the program does without a command."""

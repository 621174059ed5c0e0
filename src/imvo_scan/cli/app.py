"""The commands put together, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Annotated, ParamSpec

import typer

import imvo_scan
from imvo_scan.cli import COMMANDS
from imvo_scan.cli.interruption import code_of
from imvo_scan.cli.option_groups import with_groups
from imvo_scan.cli.terminal import drop_output, remark
from imvo_scan.collector import collector_paused
from imvo_scan.vocabulary import Exit, ImvoScanError

P = ParamSpec("P")


def app_with(names: Iterable[str]) -> typer.Typer:
    """The program with these of its commands; one is ready sooner than all."""
    app = typer.Typer(
        name="imvo-scan",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for name in names:
        module, _, function = COMMANDS[name].partition(":")
        app.command(name)(guarded(with_groups(getattr(import_module(module), function))))
    return app


def guarded(command: Callable[P, Exit]) -> Callable[P, None]:
    """A command whose every error ends in a plain line and exit code 2, never in a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        code = Exit.FAILED
        try:
            with collector_paused():
                code = command(*args, **kwargs)
        except typer.Exit:
            raise
        except ImvoScanError as error:
            for problem in error.problems:
                remark(str(problem), style="red")
        except KeyboardInterrupt as stop:
            raise SystemExit(code_of(stop)) from None
        except BrokenPipeError:
            drop_output()
        except OSError as error:
            about = f"{error.filename}: " if error.filename else ""
            remark(f"imvo-scan: {about}{error.strerror or error}.", style="red")
        except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a user
            _internal(error)
        raise typer.Exit(int(code))

    return run


def _internal(error: Exception) -> None:
    remark(f"Internal error: {type(error).__name__}: {error}", style="red")
    if os.environ.get("IMVO_SCAN_DEBUG"):
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            remark(line)
    else:
        remark("This is a fault in imvo-scan. Set IMVO_SCAN_DEBUG=1 to see where, and report it.")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"imvo-scan {imvo_scan.__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and stop.", callback=_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Find the worst human-rights risks in a supply chain first.

    Scanning is the main job and needs no verb: imvo-scan chain.yaml
    """

"""`imvo-scan FILE...`: the main job."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli import COMMANDS
from imvo_scan.cli.completion import formats
from imvo_scan.cli.options import Files, ScoringOptions
from imvo_scan.cli.scan_run import ScanRun
from imvo_scan.cli.session import Session
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.settings.choices import By, Class, ColorChoice

_A_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOptions(ScoringOptions):
    """What a scan takes besides: what is written, and the gate."""

    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FORMAT[=FILE]",
            help="help.output",
            autocompletion=formats,
        ),
    ] = None
    fail_on: Annotated[Class | None, typer.Option(help="help.fail-on")] = None
    min_priority: Annotated[Class | None, typer.Option(help="help.min-priority")] = None
    top: Annotated[
        int | None,
        typer.Option(min=0, metavar="NUMBER", help="help.top"),
    ] = None
    everything: Annotated[
        bool | None,
        typer.Option("--all/--not-all", help="help.all"),
    ] = None
    by: Annotated[By | None, typer.Option(help="help.by")] = None
    require_remedy: Annotated[
        bool | None,
        typer.Option(
            "--require-remedy/--not-require-remedy",
            help="help.require-remedy",
        ),
    ] = None
    waivers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.waivers"),
    ] = None
    no_waivers: Annotated[bool, typer.Option("--no-waivers", help="help.no-waivers")] = False
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.baseline"),
    ] = None
    write_baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="help.write-baseline",
        ),
    ] = None
    color: Annotated[ColorChoice | None, typer.Option(help="help.color")] = None


def scan(options: ScanOptions, files: Files = None) -> Exit:
    """Scan inventories: score every site on the nine risks and rank what is found, worst first."""
    _refuse_slips(files or ())
    run = ScanRun(Session(options, files or ()), options.write_baseline)
    run.read()
    run.judge(no_waivers=options.no_waivers)
    return run.write()


def _refuse_slips(names: Sequence[str]) -> None:
    """A word that is no file may be a mistyped command as well. Raises `UsageError`."""
    slips = [name for name in names if _A_WORD.fullmatch(name) and not Path(name).exists()]
    if slips:
        from imvo_scan.core.matching import did_you_mean, known

        what = message("cli.neither")
        hints = {name: did_you_mean(name, COMMANDS) or known(COMMANDS) for name in slips}
        raise UsageError([Problem(name, 0, 0, what, hint=hints[name]) for name in slips])

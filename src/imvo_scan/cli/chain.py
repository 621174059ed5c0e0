"""`imvo-scan chain FILE`: the chain as a tree, or its findings added up."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.chain.roll_up import Dimension
from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, Files, ScoringOptions
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import speaker
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.version import __version__

BRANCHES_ON_A_SCREEN = 12


def chain(
    options: ScoringOptions,
    files: Files = None,
    by: Annotated[Dimension | None, typer.Option(help="help.chain-by")] = None,
    depth: Annotated[int | None, typer.Option(min=1, metavar="NUMBER", help="help.depth")] = None,
    top: Annotated[
        int | None,
        typer.Option(min=0, metavar="NUMBER", help="help.chain-top"),
    ] = None,
    as_json: AsJson = False,
) -> Exit:
    """Draw who supplies whom, each with its worst class; or add findings up, worst first."""
    from imvo_scan.chain.roll_up import roll_up
    from imvo_scan.output.pages.chain import Drawing
    from imvo_scan.output.sections import Form

    session = Session(options, files or ())
    if as_json and by is None:
        raise UsageError.of(message("cli.json-needs-by"), message("cli.say-by-what"))
    report, out = session.shown(session.report()), standard_output()
    drawing = Drawing(report, speaker())
    if by is not None:
        form = Form.JSON if as_json else Form.TEXT
        rollups = roll_up(report, by, speaker().language)
        drawing.write_rollups(rollups, by, form, out, __version__)
        return session.finish()
    most = top if top is not None else BRANCHES_ON_A_SCREEN if out.isatty() else 0
    drawing.write(out, __version__, depth=depth, most=most or None)
    return session.finish()

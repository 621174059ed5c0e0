"""`imvo-scan plan FILE`: the improvement plan, worst first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import parse_day, report_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit, Language, Role

SITES_ON_A_SCREEN = 5


def plan(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Inventories, folders, or - for input.")
    ],
    owner: Annotated[Role | None, typer.Option(help="Only what this role has to do.")] = None,
    top: Annotated[
        int | None, typer.Option(min=0, help="Sites to show, 0 for all; few on a terminal.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the plan.")] = Language.ENGLISH,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write Markdown.")] = False,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge dates as on this day.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use your own tables from this folder.")
    ] = None,
) -> Exit:
    """Print the improvement plan: what is done, what is proposed, and what to ask whom."""
    from imvo_scan.diligence import plan_of
    from imvo_scan.output.planned import PlanPage
    from imvo_scan.output.sections import Form

    form = Form.JSON if as_json else Form.MARKDOWN if markdown else Form.TEXT
    report = report_of(files, parse_day(today), data)
    out = standard_output()
    few = SITES_ON_A_SCREEN if out.isatty() and form is Form.TEXT else 0
    page = PlanPage(plan_of(report, owner), lang, few if top is None else top)
    page.write(form, out, imvo_scan.__version__)
    return Exit.OK

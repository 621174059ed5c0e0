"""`imvo-scan plan FILE`: the improvement plan, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import parse_day, report_of
from imvo_scan.cli.options import AsJson, AsMarkdown, Files, Lang, OwnTables, Today, form_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit, Language, Role

SITES_ON_A_SCREEN = 5


def plan(
    files: Files,
    owner: Annotated[Role | None, typer.Option(help="Only what this role has to do.")] = None,
    top: Annotated[
        int | None, typer.Option(min=0, help="Sites to show, 0 for all; few on a terminal.")
    ] = None,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
    today: Today = None,
    data: OwnTables = None,
) -> Exit:
    """Print the improvement plan: what is done, what is proposed, and what to ask whom."""
    from imvo_scan.diligence import plan_of
    from imvo_scan.output.planned import PlanPage
    from imvo_scan.output.sections import Form

    form = form_of(as_json=as_json, markdown=markdown)
    report = report_of(files, parse_day(today), data)
    out = standard_output()
    few = SITES_ON_A_SCREEN if out.isatty() and form is Form.TEXT else 0
    page = PlanPage(plan_of(report, owner), lang, few if top is None else top)
    page.write(form, out, imvo_scan.__version__)
    return Exit.OK

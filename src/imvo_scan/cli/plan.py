"""`imvo-scan plan FILE`: the improvement plan, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import parse_day, report_of
from imvo_scan.cli.options import AsJson, AsMarkdown, Files, Lang, OwnTables, Today, form_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit, Language, Role, UsageError

SITES_ON_A_SCREEN = 5
_ROLES = ", ".join(list(Role)[:-1]) + f" or {list(Role)[-1]}"


def plan(
    files: Files,
    owner: Annotated[
        str | None, typer.Option(metavar="ROLE", help=f"Only what {_ROLES} has to do.")
    ] = None,
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
    role = None if owner is None else _role(owner)
    page = PlanPage(plan_of(report, role), lang, few if top is None else top)
    page.write(form, out, imvo_scan.__version__)
    return Exit.OK


def _role(text: str) -> Role:
    """The role that is meant, in English or Dutch. Raises `UsageError`."""
    from imvo_scan.output.planned import ROLES
    from imvo_scan.words import did_you_mean

    named = {name.casefold(): role for names in ROLES.values() for role, name in names.items()}
    known = {**named, **{role.value: role for role in Role}}
    found = known.get(text.strip().casefold())
    if found is None:
        hint = did_you_mean(text, known) or f"Known: {_ROLES}."
        raise UsageError.of(f"{text!r} is not a role", hint)
    return found

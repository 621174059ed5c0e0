"""`imvo-scan plan FILE`: the improvement plan, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.cli.options import AsJson, AsMarkdown, Files, ScoringOptions, form_of
from imvo_scan.cli.session import Session
from imvo_scan.cli.terminal import standard_output
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.language import Language
from imvo_scan.core.message import message
from imvo_scan.core.site_terms import Role
from imvo_scan.core.version import __version__

SITES_ON_A_SCREEN = 5


def plan(
    options: ScoringOptions,
    files: Files = None,
    owner: Annotated[str | None, typer.Option(metavar="ROLE", help="help.owner")] = None,
    top: Annotated[int | None, typer.Option(min=0, metavar="NUMBER", help="help.plan-top")] = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Print the improvement plan: what is done, what is proposed, and what to ask whom."""
    from imvo_scan.diligence import plan_of
    from imvo_scan.output.pages.plan import PlanPage
    from imvo_scan.output.sections import Form

    session = Session(options, files or ())
    form = form_of(as_json=as_json, markdown=markdown)
    role = None if owner is None else _role(owner)
    report, out = session.shown(session.report()), standard_output()
    few = SITES_ON_A_SCREEN if out.isatty() and form is Form.TEXT else 0
    language, most = Language(session.settings.lang), few if top is None else top
    page = PlanPage(plan_of(report, role), language, most)
    page.write(form, out, __version__)
    return session.finish()


def _role(text: str) -> Role:
    """The role that is meant, in English or Dutch. Raises `UsageError`."""
    from imvo_scan.core.matching import did_you_mean
    from imvo_scan.output.pages.plan import ROLES

    named = {name.casefold(): role for names in ROLES.values() for role, name in names.items()}
    known = {**named, **{role.value: role for role in Role}}
    found = known.get(text.strip().casefold())
    if found is None:
        hint = did_you_mean(text, known) or message("hint.known", choices=tuple(Role))
        raise UsageError.of(message("cli.no-role", name=text), hint)
    return found

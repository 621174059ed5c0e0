"""`imvo-scan plan FILE`: the improvement plan, worst first."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, AsMarkdown, Files, ScoringOptions, form_of
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import speaker
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.language import languages
from imvo_scan.core.message import message
from imvo_scan.core.site_terms import Role
from imvo_scan.core.version import __version__
from imvo_scan.messages.speaker import Speaker

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
    page = PlanPage(plan_of(report, role), speaker(), few if top is None else top)
    page.write(form, out, __version__)
    return session.finish()


def _role(text: str) -> Role:
    """The role that is meant, by its name in any language. Raises `UsageError`."""
    from imvo_scan.core.matching import did_you_mean

    known = {
        Speaker(language).say(f"role.{role.value}").casefold(): role
        for language in languages()
        for role in Role
    }
    known |= {role.value: role for role in Role}
    role = known.get(text.strip().casefold())
    if role is None:
        hint = did_you_mean(text, known) or message("hint.known", choices=tuple(Role))
        raise UsageError.of(message("cli.no-role", name=text), hint)
    return role

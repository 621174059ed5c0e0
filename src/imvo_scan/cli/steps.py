"""`imvo-scan steps FILE`: the company's own six steps of due diligence."""

from __future__ import annotations

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, AsMarkdown, Files, ScoringOptions, form_of
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import speaker
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.version import __version__


def steps(
    options: ScoringOptions,
    files: Files = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Show for each of the six steps what the inventory evidences, and what is missing."""
    from imvo_scan.diligence import six_steps
    from imvo_scan.output.pages.six_steps import write_steps

    session = Session(options, files or ())
    form = form_of(as_json=as_json, markdown=markdown)
    page = six_steps(session.shown(session.report()))
    write_steps(page, speaker(), form, standard_output(), __version__)
    return session.finish()

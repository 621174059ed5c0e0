"""`imvo-scan steps FILE`: the company's own six steps of due diligence."""

from __future__ import annotations

import imvo_scan
from imvo_scan.cli.inputs import parse_day, report_of
from imvo_scan.cli.options import AsJson, AsMarkdown, Files, Lang, OwnTables, Today, form_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit, Language


def steps(
    files: Files,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
    today: Today = None,
    data: OwnTables = None,
) -> Exit:
    """Show for each of the six steps what the inventory evidences, and what is missing."""
    from imvo_scan.diligence import six_steps
    from imvo_scan.output.stepped import write_steps

    form = form_of(as_json=as_json, markdown=markdown)
    report = report_of(files, parse_day(today), data)
    write_steps(six_steps(report), lang, form, standard_output(), imvo_scan.__version__)
    return Exit.OK

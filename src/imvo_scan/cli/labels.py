"""`imvo-scan labels [NAME]`: what a label covers, and what it does not."""

from __future__ import annotations

from typing import Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, AsMarkdown, TableOptions, form_of
from imvo_scan.cli.session import settings_of
from imvo_scan.cli.speech import speaker
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.version import __version__


def labels(
    options: TableOptions,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="help.label")] = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Show all labels, or one with its answers to the seven questions."""
    from imvo_scan.core.matching import did_you_mean
    from imvo_scan.evidence import load_evidence
    from imvo_scan.output.pages.labels import LabelPage

    settings = settings_of(options).settings
    form = form_of(as_json=as_json, markdown=markdown)
    evidence, out = load_evidence(settings.data), standard_output()
    page = LabelPage(evidence, form, __version__, speaker())
    if name is None:
        page.write_all(out)
        return Exit.OK
    label = evidence.labels.find(name)
    if label is None:
        names = [one.name for one in evidence.labels.by_key.values()]
        hint = did_you_mean(name, names) or message("cli.unknown-label")
        raise UsageError.of(message("cli.no-label", name=name), hint)
    page.write_one(label, out)
    return Exit.OK

"""`imvo-scan diff OLD NEW`: what changed between two scans."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import inventory_of, parse_day, read_raw
from imvo_scan.cli.options import AsJson, AsMarkdown, OwnTables, Today, form_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.settings.words import Class
from imvo_scan.vocabulary import Exit

if TYPE_CHECKING:
    from imvo_scan.evidence import Evidence
    from imvo_scan.gate.compare import Snapshot


def diff(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="An inventory, a JSON report, or git:REV:PATH.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, from later.")],
    fail_on_new: Annotated[
        Class | None, typer.Option(help="Exit with 1 if something new or worse is of this class.")
    ] = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
    today: Today = None,
    data: OwnTables = None,
) -> Exit:
    """Show what is new, worse, better or closed, and what changed it."""
    from imvo_scan.evidence import load_evidence
    from imvo_scan.gate.compare import Comparison
    from imvo_scan.output.changed import write_comparison

    form = form_of(as_json=as_json, markdown=markdown)
    evidence, day = load_evidence(data), parse_day(today)
    comparison = Comparison(_snapshot(old, evidence, day), _snapshot(new, evidence, day))
    out = standard_output()
    write_comparison(comparison, evidence.edition, form, out, imvo_scan.__version__)
    return comparison.decide(fail_on_new.as_priority() if fail_on_new else None)


def _snapshot(name: str, evidence: Evidence, day: date | None) -> Snapshot:
    """The findings of a JSON report as they are, of anything else as scanned now."""
    from imvo_scan.chain import scan
    from imvo_scan.gate.compare import snapshot_of, snapshot_of_json
    from imvo_scan.gate.revisions import PREFIX, file_at

    raw = file_at(name) if name.startswith(PREFIX) else read_raw(name)
    if b'"schema_version"' in raw[:200]:
        return snapshot_of_json(raw, name)
    inventory = inventory_of(raw, name, evidence)
    return snapshot_of(scan(inventory, evidence=evidence, today=day), name)

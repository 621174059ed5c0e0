"""`imvo-scan explain FILE SITE[/RISK]`: why a finding is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import parse_day
from imvo_scan.cli.options import AsJson, AsMarkdown, OwnTables, Today, form_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import RISKS, Exit, Risk, UsageError

if TYPE_CHECKING:
    from imvo_scan.chain import Finding, Report


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The inventory, or - for input.")],
    name: Annotated[
        str, typer.Argument(metavar="SITE[/RISK]", help="A site, or one risk at a site.")
    ],
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
    today: Today = None,
    data: OwnTables = None,
) -> Exit:
    """Show everything behind a finding: the sum, the figures, their sources, the next step."""
    from imvo_scan.chain import scan
    from imvo_scan.cli.inputs import read_one
    from imvo_scan.evidence import load_evidence
    from imvo_scan.output.explained import write_explanations
    from imvo_scan.scoring.explanation import Explainer

    form = form_of(as_json=as_json, markdown=markdown)
    day = parse_day(today)
    evidence = load_evidence(data)
    report = scan(read_one(file, evidence), evidence=evidence, today=day)
    explainer = Explainer(evidence)
    found = [
        explainer.explain(finding.assessment, finding.site.supplier, finding.site.buyers)
        for finding in _asked(report, name)
    ]
    out = standard_output()
    write_explanations(found, evidence.edition, imvo_scan.__version__, form, out)
    return Exit.OK


def _asked(report: Report, name: str) -> list[Finding]:
    """The findings meant by `SITE` or `SITE/RISK`, worst first. Raises `UsageError`."""
    from imvo_scan.words import did_you_mean

    site, _, risk = name.partition("/")
    known = {one.supplier.id for one in report.sites}
    if site not in known:
        raise UsageError.of(f"{site!r} is not the id of a site here", did_you_mean(site, known))
    if risk and risk not in set(RISKS):
        hint = did_you_mean(risk, RISKS) + " Known: " + ", ".join(RISKS) + "."
        raise UsageError.of(f"{risk!r} is not one of the nine risks", hint.strip())
    return [
        finding
        for finding in report.findings
        if finding.site.supplier.id == site and (not risk or finding.risk is Risk(risk))
    ]

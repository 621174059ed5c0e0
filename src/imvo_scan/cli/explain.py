"""`imvo-scan explain FILE SITE[/RISK]`: why a finding is what it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.named_findings import findings_named
from imvo_scan.cli.options import AsJson, AsMarkdown, ScoringOptions, form_of
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.session import Session
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.file_names import shown
from imvo_scan.core.message import message

if TYPE_CHECKING:
    from imvo_scan.chain import Finding, Report, Site
    from imvo_scan.scoring import Assessment

FilesAndSite = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE... SITE[/RISK]",
        help="help.explain-names",
    ),
]


def explain(
    options: ScoringOptions,
    names: FilesAndSite = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Show everything behind a finding: the sum, the figures, their sources, the next step."""
    from imvo_scan.messages.explanation import Explainer
    from imvo_scan.messages.speaker import Speaker
    from imvo_scan.output.pages.explain import write_explanations

    *files, name = names or ("",)
    session = Session(options, files)
    form = form_of(as_json=as_json, markdown=markdown)
    speaker = Speaker(session.settings.lang)
    report, explainer = session.report(), Explainer(session.evidence, speaker)
    pairs = list(_shown(findings_named(report, name), session.shown(report)))
    several = len(report.inventories) > 1
    explanations = [
        replace(
            explainer.explain(assessment, site.supplier, site.buyers),
            file=shown(site.at.source) if several else "",
        )
        for assessment, site in pairs
    ]
    _say_twice(name, [shown(site.at.source) for _, site in pairs])
    edition, out = session.evidence.edition, standard_output()
    write_explanations(explanations, edition, form, out, speaker)
    return session.finish()


def _say_twice(name: str, files: Sequence[str]) -> None:
    """Say that an id stands in several files, and how to choose."""
    names = list(dict.fromkeys(files))
    if len(names) > 1:
        remark(message("cli.in-several-files", name=name, files=tuple(names)))


def _shown(findings: Sequence[Finding], report: Report) -> Iterator[tuple[Assessment, Site]]:
    """The same findings in a report in which every site has kept its place."""
    for finding in findings:
        site = report.sites[finding.site.place]
        yield next(one for one in site.assessments if one.risk is finding.risk), site

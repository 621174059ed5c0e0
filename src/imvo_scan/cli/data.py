"""`imvo-scan data`: the tables themselves, what they cover and rest on; and `data verify`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.terminal import remark, standard_output
from imvo_scan.vocabulary import Basis, Exit

if TYPE_CHECKING:
    from imvo_scan.evidence import Evidence


class Action(StrEnum):
    """What to do with the tables."""

    SHOW = "show"
    VERIFY = "verify"


def data(
    action: Annotated[
        Action, typer.Argument(help="show what they cover, or verify them against their figures.")
    ] = Action.SHOW,
    directory: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Your own tables.")
    ] = None,
) -> Exit:
    """Show what the tables cover and rest on, or rebuild them from their figures and compare."""
    from imvo_scan.evidence import load_evidence

    evidence = load_evidence(directory)
    if action is Action.VERIFY:
        return _verify(evidence)
    out = standard_output()
    for line in _shown(evidence):
        out.write(line + "\n")
    return Exit.OK


def _verify(evidence: Evidence) -> Exit:
    from imvo_scan.evidence.coverage import rebuilt

    code = Exit.OK
    for name, same in rebuilt(evidence.directory, evidence):
        if same:
            remark(f"{name}: rebuilt from its figures, byte for byte the same.")
        else:
            remark(f"{name}: its figures and rules give another table.", style="red")
            code = Exit.FAILED
    return code


def _shown(evidence: Evidence) -> Iterator[str]:
    from imvo_scan.evidence.coverage import coverage_of
    from imvo_scan.evidence.sources import load_sources
    from imvo_scan.output.explained import columns

    edition, coverage = evidence.edition, coverage_of(evidence)
    yield f"Tables {edition.number} of {edition.date}, sha256 {edition.sha256}"
    yield f"{evidence.directory}" if edition.own_tables else "The tables that come with imvo-scan."
    countries, sectors = len(evidence.country_ratings), len(evidence.sector_cells)
    yield f"\n{countries} countries and territories, {sectors} sectors, 9 risks"
    head = ("Risk", "Known", "Unknown", "One figure", *Basis, "Oldest", "Newest")
    rows = tuple(
        (
            one.risk.value,
            str(one.known),
            str(one.unknown),
            str(one.one_figure),
            *(str(one.by_basis[basis]) for basis in Basis),
            str(one.oldest or "-"),
            str(one.newest or "-"),
        )
        for one in coverage.risks
    )
    yield from columns(head, rows)
    yield "  Known, unknown, one figure, years: country cells. Basis: sector cells."
    unknown = sum(one.unknown for one in coverage.risks)
    yield (
        f"\n{len(coverage.judgements)} sector cells rest on judgement, {unknown} country cells are "
        f"unknown; {coverage.adjustments} adjustments, {coverage.judged_adjustments} by judgement"
    )
    for sector, risk, reason in coverage.judgements:
        yield f"  {sector} / {risk}: {reason}"
    yield "\nSources and licences"
    table = tuple(
        (source.id, source.citation or source.short, source.licence, source.url)
        for source in load_sources(evidence.directory).values()
    )
    yield from columns(("Id", "Cite as", "Licence", "Address"), table)

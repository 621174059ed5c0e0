"""`imvo-scan data`: the tables themselves, what they cover and rest on; and `data verify`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.options import TableOptions
from imvo_scan.cli.session import settings_of
from imvo_scan.cli.terminal import remark, standard_output
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.levels import Basis

if TYPE_CHECKING:
    from rich.console import Console

    from imvo_scan.evidence import Evidence
    from imvo_scan.evidence.coverage import RiskCoverage


class Action(StrEnum):
    """What to do with the tables."""

    SHOW = "show"
    VERIFY = "verify"


def data(
    options: TableOptions,
    action: Annotated[
        Action, typer.Argument(help="show what they cover, or verify them against their figures.")
    ] = Action.SHOW,
) -> Exit:
    """Show what the tables cover and rest on, or rebuild them from their figures and compare."""
    from imvo_scan.evidence import load_evidence
    from imvo_scan.output.console import console_for

    evidence = load_evidence(settings_of(options).settings.data)
    if action is Action.VERIFY:
        return _verify(evidence)
    _show(evidence, console_for(standard_output()))
    return Exit.OK


def _verify(evidence: Evidence) -> Exit:
    from imvo_scan.evidence.coverage import rebuilt

    code = Exit.OK
    for name, same in rebuilt(evidence):
        if same:
            remark(f"{name}: rebuilt from its figures, byte for byte the same.")
        else:
            remark(f"{name}: its figures and rules give another table.", style="red")
            code = Exit.FAILED
    return code


def _show(evidence: Evidence, console: Console) -> None:
    from imvo_scan.evidence.coverage import coverage_of
    from imvo_scan.evidence.sources import load_sources
    from imvo_scan.output.console import grid, plain

    edition, coverage = evidence.edition, coverage_of(evidence)
    console.print(plain(f"Tables {edition.number} of {edition.date}, sha256 {edition.sha256}"))
    own = str(evidence.directory) if edition.own_tables else "The tables that come with imvo-scan."
    console.print(plain(own))
    countries, sectors = len(evidence.country_ratings), len(evidence.sector_cells)
    console.print(plain(f"{countries} countries and territories, {sectors} sectors, 9 risks"))
    head = ("Risk", "Known", "Unknown", "One figure", *Basis, "Oldest", "Newest")
    console.print(grid(head, map(_coverage_row, coverage.risks), console))
    console.print(plain("Known, unknown, one figure, years: country cells. Basis: sector cells."))
    unknown = sum(one.unknown for one in coverage.risks)
    said = (
        f"{len(coverage.judgements)} sector cells rest on judgement, {unknown} country cells are "
        f"unknown; {coverage.adjustments} adjustments, {coverage.judged_adjustments} by judgement."
    )
    console.print(plain(said))
    rows = [(f"{sector} / {risk}", reason) for sector, risk, reason in coverage.judgements]
    console.print(grid(("Judgement", "Reason"), rows, console))
    cites = [
        (one.id, one.citation or one.short, one.licence, one.url)
        for one in load_sources(evidence.tables).values()
    ]
    console.print(grid(("Source", "Cite as", "Licence", "Address"), cites, console))


def _coverage_row(one: RiskCoverage) -> tuple[str, ...]:
    return (
        one.risk.value,
        str(one.known),
        str(one.unknown),
        str(one.one_figure),
        *(str(one.by_basis.get(basis, 0)) for basis in Basis),
        str(one.oldest or "-"),
        str(one.newest or "-"),
    )

"""`imvo-scan data`: the tables themselves, what they cover and rest on; and `data verify`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import TableOptions
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.session import settings_of
from imvo_scan.cli.speech import tell
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.levels import Basis
from imvo_scan.core.message import Day, message

if TYPE_CHECKING:
    from rich.console import Console

    from imvo_scan.evidence import Evidence
    from imvo_scan.evidence.coverage import RiskCoverage


class DataCommand(StrEnum):
    """What to do with the tables."""

    SHOW = "show"
    VERIFY = "verify"


def data(
    options: TableOptions,
    action: Annotated[
        DataCommand, typer.Argument(metavar="[show|verify]", help="help.data-action")
    ] = DataCommand.SHOW,
) -> Exit:
    """Show what the tables cover and rest on, or rebuild them from their figures and compare."""
    from imvo_scan.evidence import load_evidence
    from imvo_scan.output.console import console_for

    evidence = load_evidence(settings_of(options).settings.data)
    if action is DataCommand.VERIFY:
        return _verify(evidence)
    _show(evidence, console_for(standard_output()))
    return Exit.OK


def _verify(evidence: Evidence) -> Exit:
    from imvo_scan.evidence.coverage import check_tables, rebuilt

    check_tables(evidence)
    code = Exit.OK
    for name, same in rebuilt(evidence):
        if same:
            remark(message("cli.table-rebuilt", name=name))
        else:
            remark(message("cli.table-differs", name=name), style="red")
            code = Exit.FAILED
    return code


def _show(evidence: Evidence, console: Console) -> None:
    from imvo_scan.evidence.coverage import coverage_of
    from imvo_scan.evidence.sources import load_sources
    from imvo_scan.output.console import grid, plain

    edition, coverage = evidence.edition, coverage_of(evidence)
    stamp = message(
        "data.edition", edition=edition.number, date=Day(edition.date), sha=edition.sha256
    )
    console.print(plain(tell(stamp)))
    own = str(evidence.directory) if edition.own_tables else message("data.bundled")
    console.print(plain(tell(own)))
    countries, sectors = len(evidence.country_ratings), len(evidence.sector_cells)
    console.print(plain(tell(message("data.covers", countries=countries, sectors=sectors))))
    head = [tell(message(code)) for code in _COLUMNS]
    console.print(grid(head, map(_coverage_row, coverage.risks), console))
    console.print(plain(tell(message("data.legend"))))
    unknown = sum(one.unknown for one in coverage.risks)
    rests = message(
        "data.rests",
        judged=len(coverage.judgements),
        unknown=unknown,
        adjustments=coverage.adjustments,
        judged_adjustments=coverage.judged_adjustments,
    )
    console.print(plain(tell(rests)))
    rows = [(f"{sector} / {risk}", reason) for sector, risk, reason in coverage.judgements]
    titles = [tell(message(code)) for code in ("data.judgement", "data.reason")]
    console.print(grid(titles, rows, console))
    cites = [
        (one.id, one.citation or one.short, one.licence, one.url)
        for one in load_sources(evidence.tables).values()
    ]
    titles = [tell(message(code)) for code in _OF_SOURCES]
    console.print(grid(titles, cites, console))


_COLUMNS = (
    "data.risk",
    "data.known",
    "data.unknown",
    "data.one-figure",
    *(f"basis.{basis.value}" for basis in Basis),
    "data.oldest",
    "data.newest",
)
_OF_SOURCES = ("data.source", "data.cite-as", "data.licence", "data.address")


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

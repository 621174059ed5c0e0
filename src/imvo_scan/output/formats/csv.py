"""CSV: one row per finding, UTF-8, LF, RFC 4180; the columns are those of `output.finding_columns`.

The text of a site and the text of a score are each rendered once and joined, because nine hundred
thousand rows share a few hundred scores.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from imvo_scan.chain import Report, Site
from imvo_scan.core.levels import Unknown
from imvo_scan.core.risks import Risk
from imvo_scan.core.sanitise import cell
from imvo_scan.gate import Standing
from imvo_scan.messages.findings import Wording
from imvo_scan.output.finding_columns import (
    COLUMNS,
    LATER_COLUMNS,
    NOT_AT_A_GATE,
    Cell,
    closing_cells,
    file_cells,
    finding_cells,
    later_cells,
    site_cells,
    treatment_cells,
)
from imvo_scan.output.interface import Options, Sink, bytes_writer, is_shown
from imvo_scan.scoring import Assessment

_PIECES = 5  # of a row, the fourth of which says how it stands at the gate
_ROWS_AT_ONCE = 500  # few enough to stay in the processor's cache


def write_csv(report: Report, sink: Sink, options: Options) -> None:
    """Write the findings that are shown, worst first."""
    wording = Wording(report.evidence.taxonomy, options.speaker)
    version = report.edition.label
    heads = _pieces(map(site_cells, report.sites))
    joined = report.joined
    closing = _pieces(closing_cells(site, version, joined) for site in report.sites)

    tails = _tails(report)

    @cache
    def end(treatment: tuple[Cell, ...]) -> bytes:
        return b",%b" % _pieces([treatment])[0]

    def score(assessment: Assessment, site: Site) -> _Score:
        (line,) = _pieces([finding_cells(assessment, site, wording)])
        treatment = end(treatment_cells(assessment, wording))
        return _Score(b",%b," % line, treatment, treatment + _OPEN, assessment.risk)

    excepted = options.verdict.exceptions
    standings = _standings(excepted.values())
    write = bytes_writer(sink)
    write(b"%b\n" % _pieces([COLUMNS])[0])
    for group in report.ranked_groups(lambda one: is_shown(one, options), score):
        for start in range(0, len(group), _ROWS_AT_ONCE):
            rows = group[start : start + _ROWS_AT_ONCE]
            pieces = [
                piece
                for n, one in rows
                for piece in (heads[n], one[0], closing[n], one[2], tails[n])
            ]
            if excepted:
                for number, (n, one) in enumerate(rows):
                    if (n, one.risk) in excepted:
                        standing = standings[id(excepted[n, one.risk])]
                        pieces[_PIECES * number + 3] = one.treatment + standing
            write(b"".join(pieces))


def write_csv_excel(report: Report, sink: Sink, options: Options) -> None:
    """The same with a byte order mark, by which Excel knows that it is UTF-8."""
    sink.write("\ufeff")
    write_csv(report, sink, options)


class _Score(NamedTuple):
    """The text of a score: its cells, those of the treatment, and these as they end when open."""

    middle: bytes
    treatment: bytes
    end: bytes
    risk: Risk


def _standings(standings: Iterable[Standing]) -> dict[int, bytes]:
    """The cells of each standing, by its identity: many findings share one."""
    distinct = list({id(one): one for one in standings}.values())
    cells = _pieces(map(_standing_cells, distinct))
    return {id(one): b",%b" % piece for one, piece in zip(distinct, cells, strict=True)}


def _standing_cells(standing: Standing) -> tuple[Cell, ...]:
    waiver = standing.waiver
    why = (None, None, None) if waiver is None else (waiver.approver, waiver.reason, waiver.until)
    return (standing.status.value, *why)


def _tails(report: Report) -> list[bytes]:
    """The end of the lines of each site: its file, and fields that were declared since."""
    files = {one.source: _pieces([file_cells(one.source)])[0] for one in report.inventories}
    if not LATER_COLUMNS:
        ends = {source: b",%b\n" % file for source, file in files.items()}
        return [ends[site.at.source] for site in report.sites]
    later = _pieces(later_cells(site.supplier) for site in report.sites)
    return [
        b",%b,%b\n" % (files[site.at.source], cells)
        for site, cells in zip(report.sites, later, strict=True)
    ]


def _pieces(rows: Iterable[Iterable[Cell]]) -> list[bytes]:
    """Each row as a piece of a CSV line in UTF-8: no line end, and none to quote after `cell`."""
    pieces: list[str] = []
    writer = csv.writer(_Appender(pieces), lineterminator="")
    writer.writerows(
        [cell(value) if value.__class__ is str else _plain(value) for value in row] for row in rows
    )
    return [piece.encode() for piece in pieces]


class _Appender:
    """A file for the csv module that is a list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _plain(value: Cell) -> str | int | None:
    """What stands in a cell for a value that is not text; the csv module leaves None empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Unknown) else value


_OPEN = b",%b" % _pieces([NOT_AT_A_GATE])[0]

"""CSV: one row per finding, UTF-8, LF, RFC 4180; the columns are those of `chain.rows`.

The text of a site and the text of a score are each rendered once and joined, because nine hundred
thousand rows share a few hundred scores.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from imvo_scan.chain import Report
from imvo_scan.chain.rows import COLUMNS, Cell, closing_cells, finding_cells, site_cells
from imvo_scan.output.interface import Options, Sink, shown
from imvo_scan.sanitise import cell
from imvo_scan.scoring.wording import Wording
from imvo_scan.vocabulary import Unknown

_PIECES_AT_ONCE = 30_000


def write_csv(report: Report, sink: Sink, options: Options) -> None:
    """Write the findings that are shown, worst first."""
    pieces = _pieces(report, options)
    while chunk := "".join(islice(pieces, _PIECES_AT_ONCE)):
        sink.write(chunk)


def _pieces(report: Report, options: Options) -> Iterator[str]:
    """The header, then three pieces for each row: site, score, closing cells."""
    wording = Wording(report.evidence.words, options.language)
    version = report.edition.label
    text = _Renderer()
    yield text(COLUMNS) + "\n"
    of_site: dict[int, tuple[str, str]] = {}
    of_score: dict[int, str] = {}
    for site, assessment in shown(report, options):
        around = of_site.get(site.place)
        if around is None:
            around = text(site_cells(site)) + ",", text(closing_cells(site, version)) + "\n"
            of_site[site.place] = around
        score = of_score.get(id(assessment))
        if score is None:
            score = text(finding_cells(assessment, site, wording)) + ","
            of_score[id(assessment)] = score
        yield around[0]
        yield score
        yield around[1]


class _Renderer:
    """Cells to a piece of a CSV line, by the csv module, without the line end."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._writer = csv.writer(_Appender(self._lines), lineterminator="")

    def __call__(self, cells: Iterable[Cell]) -> str:
        self._writer.writerow([cell(c) if c.__class__ is str else _said(c) for c in cells])
        return self._lines.pop()


class _Appender:
    """A file for the csv module that is a list."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _said(value: Cell) -> str | int | None:
    """What stands in a cell for a value that is not text; the csv module leaves None empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Unknown) else value

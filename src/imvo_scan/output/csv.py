"""CSV: one row per finding, UTF-8, LF, RFC 4180; the columns are those of `chain.rows`.

The text of a site and the text of a score are each rendered once and joined, because nine hundred
thousand rows share a few hundred scores.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable

from imvo_scan.chain import Report, Site
from imvo_scan.chain.rows import COLUMNS, Cell, closing_cells, finding_cells, site_cells
from imvo_scan.output.interface import Options, Sink, is_shown
from imvo_scan.sanitise import cell
from imvo_scan.scoring import Assessment
from imvo_scan.scoring.wording import Wording
from imvo_scan.vocabulary import Unknown

_ROWS_AT_ONCE = 10_000


def write_csv(report: Report, sink: Sink, options: Options) -> None:
    """Write the findings that are shown, worst first."""
    wording = Wording(report.evidence.words, options.language)
    version = report.edition.label
    text = _Renderer()
    heads = [text(site_cells(site)) for site in report.sites]
    tails = [text(closing_cells(site, version)) + "\n" for site in report.sites]

    def score(assessment: Assessment, site: Site) -> str:
        return f",{text(finding_cells(assessment, site, wording))},"

    sink.write(text(COLUMNS) + "\n")
    for group in report.ranked_groups(lambda one: is_shown(one, options), score):
        for start in range(0, len(group), _ROWS_AT_ONCE):
            rows = group[start : start + _ROWS_AT_ONCE]
            sink.write(
                "".join([piece for n, middle in rows for piece in (heads[n], middle, tails[n])])
            )


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

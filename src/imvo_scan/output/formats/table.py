"""The table for people: worst first, so that a buyer sees at a glance what to do about whom.

Two layouts of the same lines. On a terminal a line is a few rows high and fits the width; anywhere
else each line is one row at full width, so that nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imvo_scan.chain import Finding, Report
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import clean
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.console import console_for, plain
from imvo_scan.output.interface import Options, Sink, View, at_most, is_shown, shown_and_open

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

DEFAULT_TOP = 10
FEWEST, ROWS_A_LINE, ROWS_AROUND = 3, 4, 10
WIDE_FROM = 200

STYLES = {
    Priority.P1: "bold red",
    Priority.P2: "yellow",
    Priority.P3: "cyan",
    Priority.P4: "dim",
    Priority.NOT_INDICATED: "dim",
}
_COLUMNS = (
    "class",
    "residual",
    "supplier",
    "country",
    "sector",
    "tier",
    "risk",
    "vector",
    "confidence",
    "why",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a finding, or a hot spot seen by its worst finding."""

    finding: Finding
    sites: int = 1
    workers: int = 0
    silent: int = 0


def write_table(report: Report, sink: Sink, options: Options) -> None:
    """Write the table, cut to its top lines unless everything is asked for."""
    speaker = options.speaker
    console = console_for(sink, width=options.width, colour=options.colour)
    lines = _lines(report, options)
    top = _top(options, console)
    listed = list(at_most(lines, top))
    left = sum(1 for _ in lines)
    if not listed:
        console.print(plain(speaker.say("table.none")))
        return
    wide = not console.is_terminal or console.width >= WIDE_FROM
    wording = Wording(report.evidence.taxonomy, speaker)
    make = _wide if wide else _tall
    console.print(make([_Shown(line, wording) for line in listed], speaker))
    if left:
        console.print(plain(speaker.say("table.more", n=left, top=str(2 * top)), "dim"))


def _top(options: Options, console: Console) -> int:
    """How many lines to show, 0 for all: unless asked otherwise, what fits a screen."""
    if options.top is not None:
        return options.top
    if options.everything:
        return 0
    if not console.is_terminal:
        return DEFAULT_TOP
    return max(FEWEST, (console.height - ROWS_AROUND) // ROWS_A_LINE)


def _lines(report: Report, options: Options) -> Iterator[Line]:
    if options.view is View.SITE:
        for site, assessment in shown_and_open(report, options):
            workers = site.supplier.workers
            yield Line(Finding(site, assessment), 1, workers or 0, workers is None)
        return
    verdict = options.verdict
    spots = report.hot_spots_among(verdict.is_open) if verdict.exceptions else report.hot_spots
    for spot in spots:
        if is_shown(spot.worst.assessment, options):
            yield Line(spot.worst, spot.sites, spot.workers, spot.silent)


class _Shown:
    """The texts of one line, each made harmless."""

    def __init__(self, line: Line, wording: Wording) -> None:
        site, assessment = line.finding
        taxonomy, speaker = wording.taxonomy, wording.speaker
        self.line = line
        self.priority = assessment.priority
        self.residual = assessment.residual.label
        self.left = speaker.say("table.left", label=self.residual)
        self.supplier = clean(site.supplier.name)
        self.country = taxonomy.country_name(site.supplier.country, speaker.language)
        self.sector = taxonomy.sector_name(site.supplier.sector, speaker.language)
        self.tier = "?" if site.tier is None else str(site.tier)
        self.whole_tier = (
            speaker.say("table.tier-unknown")
            if site.tier is None
            else speaker.say("table.in-tier", tier=self.tier)
        )
        self.risk = wording.risk(assessment.risk, short=True)
        self.vector = assessment.vector
        self.confidence = assessment.confidence.value
        self.whole_confidence = speaker.say("table.confidence-of", value=self.confidence)
        why = (wording.reason(assessment, site.supplier), wording.residual(assessment))
        self.why = clean(" ".join(filter(None, why)))
        self.crowd = ", ".join(self._crowd(speaker))

    def _crowd(self, speaker: Speaker) -> Iterator[str]:
        line = self.line
        if line.sites > 1:
            yield speaker.say("table.worst-of", n=line.sites)
        if line.workers:
            code = "table.at-least-workers" if line.silent else "table.workers"
            yield speaker.say(code, n=line.workers)


def _tall(lines: list[_Shown], speaker: Speaker) -> Table:
    """Four columns, two or three rows a line: for a terminal."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, expand=True)
    table.add_column(speaker.say("table.class"), no_wrap=True)
    table.add_column(speaker.say("table.risk"), no_wrap=True, overflow="fold")
    table.add_column(speaker.say("table.supplier"), ratio=5, overflow="fold")
    table.add_column(speaker.say("table.why"), ratio=6, overflow="fold")
    for one in lines:
        place = [one.country, one.sector, one.whole_tier]
        table.add_row(
            _stack((one.priority.label, STYLES[one.priority]), (one.left, "dim")),
            _stack((one.risk, "bold"), (one.vector, "dim"), (one.whole_confidence, "dim")),
            _stack((one.supplier, "bold"), (" · ".join(place), ""), (one.crowd, "dim")),
            plain(one.why),
        )
    return table


def _wide(lines: list[_Shown], speaker: Speaker) -> Table:
    """A column for each thing and one row a line: for files, pipes and wide screens."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(speaker.say(f"table.{column}"), no_wrap=True, overflow="ignore")
    for one in lines:
        supplier = f"{one.supplier} ({one.crowd})" if one.line.sites > 1 else one.supplier
        table.add_row(
            plain(one.priority.label, STYLES[one.priority]),
            plain(one.residual),
            plain(supplier),
            *map(plain, (one.country, one.sector, one.tier, one.risk, one.vector)),
            *map(plain, (one.confidence, one.why)),
        )
    return table


def _stack(*rows: tuple[str, str]) -> Text:
    """Texts under each other, empty ones left out."""
    from rich.text import Text

    return Text("\n").join(Text(text, style=style) for text, style in rows if text)

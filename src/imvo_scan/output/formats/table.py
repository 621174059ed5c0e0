"""The table for people: worst first, so that a buyer sees at a glance what to do about whom.

Two layouts of the same lines. On a terminal a line is a few rows high and fits the width; anywhere
else each line is one row at full width, so that nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from imvo_scan.chain import Finding, Report
from imvo_scan.core.language import Language
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
_EN, _NL = Language.ENGLISH, Language.DUTCH
_SAID = {
    _EN: {
        "priority": "Class",
        "residual": "Residual",
        "left": "residual {label}",
        "supplier": "Supplier",
        "country": "Country",
        "sector": "Sector",
        "tier": "Tier",
        "risk": "Risk",
        "vector": "Vector",
        "confidence": "Conf.",
        "why": "Why",
        "tier_n": "tier {n}",
        "tier_unknown": "tier unknown",
        "one_of": "worst of {sites} sites",
        "workers": "{n} workers",
        "workers_at_least": "at least {n} workers",
        "confidence_x": "confidence {x}",
        "more": "{n} more lines: use --top {top}, or --all for everything.",
        "none": "No finding to show.",
    },
    _NL: {
        "priority": "Klasse",
        "residual": "Rest",
        "left": "rest {label}",
        "supplier": "Leverancier",
        "country": "Land",
        "sector": "Sector",
        "tier": "Schakel",
        "risk": "Risico",
        "vector": "Vector",
        "confidence": "Zekerheid",
        "why": "Waarom",
        "tier_n": "schakel {n}",
        "tier_unknown": "schakel onbekend",
        "one_of": "ergste van {sites} locaties",
        "workers": "{n} werknemers",
        "workers_at_least": "minstens {n} werknemers",
        "confidence_x": "zekerheid {x}",
        "more": "nog {n} regels: gebruik --top {top}, of --all voor alles.",
        "none": "Geen bevinding om te tonen.",
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: a finding, or a hot spot seen by its worst finding."""

    finding: Finding
    sites: int = 1
    workers: int = 0
    silent: int = 0


Said: TypeAlias = dict[str, str]


def write_table(report: Report, sink: Sink, options: Options) -> None:
    """Write the table, cut to its top lines unless everything is asked for."""
    said = _SAID[options.language]
    console = console_for(sink, width=options.width, colour=options.colour)
    lines = _lines(report, options)
    top = _top(options, console)
    kept = list(at_most(lines, top))
    left = sum(1 for _ in lines)
    if not kept:
        console.print(said["none"])
        return
    wide = not console.is_terminal or console.width >= WIDE_FROM
    wording = Wording(report.evidence.taxonomy, Speaker(options.language))
    make = _wide if wide else _tall
    console.print(make([_Shown(line, wording, said) for line in kept], said))
    if left:
        console.print(plain(said["more"].format(n=f"{left:,}", top=2 * top), "dim"))


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

    def __init__(self, line: Line, wording: Wording, said: Said) -> None:
        site, assessment = line.finding
        taxonomy, language = wording.taxonomy, wording.language
        self.line = line
        self.priority = assessment.priority
        self.residual = assessment.residual.label
        self.left = said["left"].format(label=self.residual)
        self.supplier = clean(site.supplier.name)
        self.country = taxonomy.country_name(site.supplier.country, language)
        self.sector = taxonomy.sector_name(site.supplier.sector, language)
        self.tier = "?" if site.tier is None else str(site.tier)
        self.tier_said = said["tier_unknown" if site.tier is None else "tier_n"].format(n=self.tier)
        self.risk = wording.risk(assessment.risk, short=True)
        self.vector = assessment.vector
        self.confidence = assessment.confidence.value
        self.confidence_said = said["confidence_x"].format(x=self.confidence)
        why = (wording.reason(assessment, site.supplier), wording.residual(assessment))
        self.why = clean(" ".join(filter(None, why)))
        self.crowd = ", ".join(self._crowd(said))

    def _crowd(self, said: Said) -> Iterator[str]:
        line = self.line
        if line.sites > 1:
            yield said["one_of"].format(sites=f"{line.sites:,}")
        if line.workers:
            key = "workers_at_least" if line.silent else "workers"
            yield said[key].format(n=f"{line.workers:,}")


def _tall(lines: list[_Shown], said: Said) -> Table:
    """Four columns, two or three rows a line: for a terminal."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False, expand=True)
    table.add_column(said["priority"], no_wrap=True)
    table.add_column(said["risk"], no_wrap=True, overflow="fold")
    table.add_column(said["supplier"], ratio=5, overflow="fold")
    table.add_column(said["why"], ratio=6, overflow="fold")
    for one in lines:
        place = [one.country, one.sector, one.tier_said]
        table.add_row(
            _stack((one.priority.label, STYLES[one.priority]), (one.left, "dim")),
            _stack((one.risk, "bold"), (one.vector, "dim"), (one.confidence_said, "dim")),
            _stack((one.supplier, "bold"), (" · ".join(place), ""), (one.crowd, "dim")),
            plain(one.why),
        )
    return table


def _wide(lines: list[_Shown], said: Said) -> Table:
    """A column for each thing and one row a line: for files, pipes and wide screens."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    keys = [
        "priority",
        "residual",
        "supplier",
        "country",
        "sector",
        "tier",
        "risk",
        "vector",
        "confidence",
        "why",
    ]
    for key in keys:
        table.add_column(said[key], no_wrap=True, overflow="ignore")
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

"""The country table: rebuilt from its figures, every row valid, known cases as they should be."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence.rating_rules import Derivation, derive_all, load_figures, load_rules
from imvo_scan.evidence.rule_rows import AdjustmentKind, FigureRole
from tools.build_country_indicators import build as build_indicators
from tools.build_country_risks import build as build_risks
from tools.build_evidence_page import build as build_page

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PUBLISHED = ROOT.parent / "shared" / "data"
RULES = load_rules(DATA / "rating_rules.yaml")
FIGURES = load_figures(DATA / "country_indicators.csv")
COUNTRIES: Any = strict_yaml.load(DATA / "countries.yaml").data
TABLE: Any = strict_yaml.load(DATA / "country_risks.yaml").data
AGGRAVATORS: Any = strict_yaml.load(DATA / "risks.yaml").data
CODES = sorted(COUNTRIES["countries"])
DERIVED: dict[str, dict[Risk, Derivation]] = derive_all(RULES, FIGURES, CODES)
YEAR = re.compile(r"(\d{4})(?:-(\d{4}) \((?:year not kept|mean)\))?")


def rating(country: str, risk: str) -> int | None:
    """A rating as it stands in the table."""
    cell = TABLE["countries"][country][RISKS.index(Risk(risk))]
    return None if cell is None else int(cell)


def test_the_table_is_what_the_rule_gives() -> None:
    """Rebuilding from figures and rules gives the same bytes."""
    assert (DATA / "country_risks.yaml").read_bytes() == build_risks().encode()


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the folder of published figures is not here")
def test_the_figures_are_what_was_published() -> None:
    """Rebuilding the figures from the published series gives the same bytes."""
    assert (DATA / "country_indicators.csv").read_bytes() == build_indicators(PUBLISHED).encode()


def test_the_grid_is_complete() -> None:
    """Every ISO 3166-1 entry and Kosovo, nine cells each, 1 to 5 or unknown."""
    assert sorted(TABLE["countries"]) == CODES
    assert len(CODES) == 250
    cells = [cell for row in TABLE["countries"].values() for cell in row]
    assert len(cells) == 250 * 9
    assert set(cells) <= {"1", "2", "3", "4", "5", None}


def test_every_figure_is_valid() -> None:
    """A known country and indicator, the indicator's unit and source, a value in its range."""
    known = RULES.known_indicators()
    for figure in FIGURES.rows:
        one = known[figure.indicator]
        assert figure.country in COUNTRIES["countries"], figure
        assert one.low <= figure.value <= one.high or _dropped(figure.country, one.id), figure
        assert (figure.unit, figure.source) == (one.unit, one.source), figure


def _dropped(country: str, indicator: str) -> bool:
    """Whether a written adjustment takes this figure out."""
    return any(
        a.kind is AdjustmentKind.DROP and a.indicator == indicator and country in a.countries
        for a in RULES.adjustments
    )


def test_every_year_is_sane() -> None:
    """A year, or a span that says why it is one; from 2000 on and not in the future."""
    for figure in FIGURES.rows:
        match = YEAR.fullmatch(figure.year)
        assert match, figure
        years = [int(year) for year in match.groups() if year]
        assert 2000 <= min(years) <= max(years) <= 2026, figure


def test_the_figures_are_sorted_and_plain() -> None:
    """Sorted by country and indicator, LF only, so that a change shows as a change."""
    raw = (DATA / "country_indicators.csv").read_bytes()
    assert b"\r" not in raw
    rows = list(csv.reader(raw.decode().splitlines()))[1:]
    assert rows == sorted(rows, key=lambda row: (row[0], row[1]))


def test_every_indicator_has_figures() -> None:
    """No rule for a series that is not there."""
    assert set(RULES.known_indicators()) == {figure.indicator for figure in FIGURES.rows}


def test_an_indicator_means_the_same_in_every_risk() -> None:
    """Where two risks use one series, unit, source, direction and range agree."""
    known = RULES.known_indicators()
    for group in RULES.indicators.values():
        for name, one in group.items():
            first = known[name]
            assert (one.unit, one.source, one.direction) == (
                first.unit,
                first.source,
                first.direction,
            )


def test_every_source_is_known() -> None:
    """Every figure, adjustment and aggravator names a source of sources.yaml or a judgement."""
    sources: Any = strict_yaml.load(DATA / "sources.yaml").data
    named = {one.source for one in RULES.known_indicators().values()}
    named |= {a.source for a in RULES.adjustments} | {a.source for a in RULES.aggravated}
    assert named - {"judgement"} <= set(sources)


def test_bounds_name_figures_of_the_same_risk() -> None:
    """A bound to a figure that is not there would hold nothing."""
    for group in RULES.indicators.values():
        for one in group.values():
            assert one.bound is None or set(one.bound.to) <= set(group) - {one.id}


def test_adjustments_name_what_exists() -> None:
    """Known countries; a dropped figure is one that its risk uses and some country there has."""
    for adjustment in RULES.adjustments:
        assert set(adjustment.countries) <= set(CODES)
        if adjustment.kind is AdjustmentKind.DROP:
            assert adjustment.indicator in RULES.indicators[adjustment.risk]
            assert any(FIGURES.find(c, adjustment.indicator) for c in adjustment.countries)


def test_every_at_least_changes_something() -> None:
    """An adjustment that changes no rating would be noise."""
    for adjustment in RULES.adjustments:
        if adjustment.kind is AdjustmentKind.AT_LEAST:
            before = [DERIVED[c][adjustment.risk].rounded for c in adjustment.countries]
            assert min(value or 9 for value in before) < adjustment.level, adjustment


def test_aggravators_are_known_words() -> None:
    """Each aggravator exists for its risk, and its country has a rating there."""
    for entry in RULES.aggravated:
        assert entry.aggravator in AGGRAVATORS[entry.risk.value]["aggravators"]
        assert DERIVED[entry.country][entry.risk].rating is not None


def test_two_sources_are_used_where_two_are_at_hand() -> None:
    """No cell rests on one source while a figure of another, not written off, is there."""
    for row in DERIVED.values():
        for cell in row.values():
            dropped = {a.indicator for a in cell.adjustments if a.kind is AdjustmentKind.DROP}
            at_hand = {
                b.source
                for b in cell.banded
                if b.role in {FigureRole.COUNTS, FigureRole.FILLS_IN}
                and b.figure.indicator not in dropped
            }
            used = {b.source for b in cell.counted}
            assert len(used) >= min(2, len(at_hand)), cell


def test_a_rating_is_known_where_a_figure_counts_and_only_there() -> None:
    """A rating without a figure would be a guess."""
    for row in DERIVED.values():
        for cell in row.values():
            assert (cell.rating is None) == (not cell.counted)


@pytest.mark.parametrize("risk", list(RISKS))
def test_each_risk_uses_the_whole_scale(risk: Risk) -> None:
    """Every band is used, none by more than half of the known countries."""
    known = [row[risk].rating for row in DERIVED.values() if row[risk].rating is not None]
    shares = [known.count(level) / len(known) for level in range(1, 6)]
    assert min(shares) >= 0.03
    assert max(shares) <= 0.5


CASES = [
    ("child-labour", "JP", 1, 2),
    ("child-labour", "CD MG", 5, 5),
    ("child-labour", "IN BD PK", 4, 5),
    ("unsafe-work", "PL CR", 1, 4),
    ("unsafe-work", "BD IN PK CN", 5, 5),
    ("job-insecurity", "AE BH KW OM QA SA", 4, 5),
    ("forced-labour", "AE BH KW OM QA SA", 4, 5),
    ("forced-labour", "KP ER TM", 5, 5),
    ("forced-labour", "CN IN MM", 4, 5),
    ("freedom-of-association", "BD IN PK CN KH MM", 4, 5),
    ("freedom-of-association", "CN KP AE SA QA VN", 5, 5),
    ("living-wage", "BD MG CD", 5, 5),
    ("discrimination", "SA QA AE CN", 4, 5),
    *((risk.value, "DK FI NO SE", 1, 2) for risk in RISKS),
    *((risk.value, "NL", 1, 2) for risk in RISKS),
    *((risk.value, "US", 1, 4) for risk in RISKS),
]


@pytest.mark.parametrize(("risk", "countries", "low", "high"), CASES)
def test_known_cases(risk: str, countries: str, low: int, high: int) -> None:
    """What a practitioner knows of these countries, and what earlier trials got wrong."""
    for country in countries.split():
        assert low <= (rating(country, risk) or 0) <= high, country


def test_the_netherlands_is_mostly_best() -> None:
    """At least seven of nine cells are 1."""
    assert TABLE["countries"]["NL"].count("1") >= 7


def test_territories_without_figures_stay_unknown() -> None:
    """No rating is copied from the state that a territory belongs to."""
    for code in ("AX", "BV", "CC", "SJ", "TF"):
        assert TABLE["countries"][code] == [None] * 9


def test_the_tool_finds_the_table_current() -> None:
    """The edition in the table is the one in the rules."""
    assert (TABLE["version"], TABLE["date"]) == (RULES.version, RULES.date)


def test_the_evidence_page_is_current() -> None:
    """docs/evidence.md is what the tables and the hand-written texts give."""
    assert (ROOT / "docs" / "evidence.md").read_bytes() == build_page().encode()

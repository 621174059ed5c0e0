"""What the tables cover: cells known and unknown, what they rest on, and how old that is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from imvo_scan.core.language import ENGLISH
from imvo_scan.core.levels import UNKNOWN, Basis
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.evidence.rating_rules import (
    FIGURES_FILE,
    RULES_FILE,
    Derivation,
    derive_all,
    load_figures,
    load_rules,
    render_country_risks,
)
from imvo_scan.evidence.ratings import BACKGROUND_TABLES, COUNTRY_TABLE, Evidence, load_evidence
from imvo_scan.evidence.sources import SOURCES_FILE, load_sources

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """One risk: country cells known and unknown, sector cells by basis, and years of figures.

    `one_figure` counts the country cells that rest on a single figure.
    """

    risk: Risk
    known: int
    unknown: int
    one_figure: int
    by_basis: Mapping[Basis, int]
    oldest: int | None
    newest: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of all tables. `judgements` are the sector cells that rest on judgement."""

    risks: tuple[RiskCoverage, ...]
    judgements: tuple[tuple[str, Risk, str], ...]
    adjustments: int
    judged_adjustments: int


def coverage_of(evidence: Evidence) -> Coverage:
    """Count what the tables hold. Raises `EvidenceError` for broken tables."""
    rules = load_rules(evidence.tables / RULES_FILE)
    figures = load_figures(evidence.tables / FIGURES_FILE)
    derived = derive_all(rules, figures, evidence.country_ratings)
    return Coverage(
        risks=tuple(_risk(evidence, derived, risk) for risk in RISKS),
        judgements=tuple(_judgements(evidence)),
        adjustments=len(rules.adjustments),
        judged_adjustments=sum(a.source == Basis.JUDGEMENT for a in rules.adjustments),
    )


def _risk(
    evidence: Evidence, derived: Mapping[str, Mapping[Risk, Derivation]], risk: Risk
) -> RiskCoverage:
    ratings = [row.get(risk, UNKNOWN) for row in evidence.country_ratings.values()]
    unknown = sum(rating is UNKNOWN for rating in ratings)
    cells = [row[risk] for row in derived.values()]
    years = sorted(_years(banded.figure.year for cell in cells for banded in cell.counted))
    return RiskCoverage(
        risk=risk,
        known=len(ratings) - unknown,
        unknown=unknown,
        one_figure=sum(len(cell.counted) == 1 for cell in cells),
        by_basis=Counter(row[risk].basis for row in evidence.sector_cells.values()),
        oldest=years[0] if years else None,
        newest=years[-1] if years else None,
    )


def _years(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        yield from (int(year) for year in _YEAR.findall(text))


def _judgements(evidence: Evidence) -> Iterator[tuple[str, Risk, str]]:
    for sector, row in evidence.sector_cells.items():
        for risk, cell in row.items():
            if cell.basis is Basis.JUDGEMENT:
                yield sector, risk, cell.reason


def rebuilt(evidence: Evidence) -> Iterator[tuple[str, bool]]:
    """Each generated table by name, and whether its figures give it byte for byte."""
    from imvo_scan.evidence.goods_build import GOODS_TABLE, render_goods_risks

    names = {key: texts[ENGLISH] for key, texts in evidence.taxonomy.countries.names.items()}
    tables = evidence.tables
    rules = load_rules(tables / RULES_FILE)
    derived = derive_all(rules, load_figures(tables / FIGURES_FILE), sorted(names))
    text = render_country_risks(rules, derived, names)
    yield COUNTRY_TABLE, (tables / COUNTRY_TABLE).read_bytes() == text.encode()
    goods = render_goods_risks(tables)
    yield GOODS_TABLE, (tables / GOODS_TABLE).read_bytes() == goods.encode()


def check_tables(evidence: Evidence) -> None:
    """Hold every row of every table against its declaration, also where a table is trusted.

    Raises `EvidenceError` for the first table with faults, with all of them.
    """
    folder = evidence.directory
    checked = load_evidence(folder)
    _ = checked.goods, checked.labels, checked.measures
    background: dict[str, Callable[[], object]] = {
        RULES_FILE: lambda: load_rules(folder / RULES_FILE),
        FIGURES_FILE: lambda: load_figures(folder / FIGURES_FILE),
        SOURCES_FILE: lambda: load_sources(folder),
    }
    for name in BACKGROUND_TABLES:
        if name in evidence.tables:
            background[name]()

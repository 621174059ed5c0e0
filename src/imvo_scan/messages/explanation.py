"""Why a finding is what it is: every number, where it comes from, and the arithmetic by hand.

Built only when somebody asks. A reader with a pocket calculator gets the same answer, and a test
does exactly that from the numbers printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from imvo_scan.core.language import Language
from imvo_scan.core.levels import Confidence, Unknown
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Involvement
from imvo_scan.evidence.ratings import Rating
from imvo_scan.inventory import Supplier
from imvo_scan.inventory.remedy import REMEDY, TOLD, completeness
from imvo_scan.messages.findings import FLAG_NAMES, SOURCE_NAMES, Wording
from imvo_scan.scoring.assessment import Aggravation, Assessment, Origin
from imvo_scan.scoring.score import LISTED_AT_LEAST, MATRIX, MOST_FLAGS

if TYPE_CHECKING:
    from imvo_scan.evidence import Evidence
    from imvo_scan.evidence.rating_rules import Banded, Derivation, Figures, Rules
    from imvo_scan.evidence.rows import Source

_EN = Language.ENGLISH
SEVERE = 4
OECD = "OECD Guidelines for Multinational Enterprises, chapters II, IV and V"
NCP = "Complaints go to a National Contact Point (NCP); NL: Nationaal Contactpunt OESO-richtlijnen"


@dataclass(frozen=True, slots=True)
class SumStep:
    """One step of the arithmetic: what, the sum with the site's own numbers, and the result."""

    name: str
    sum: str
    result: str


@dataclass(frozen=True, slots=True)
class FigureUsed:
    """One published figure behind a country rating. `cuts` are the ends of bands 1 to 4."""

    indicator: str
    title: str
    value: str
    unit: str
    year: str
    source: str
    direction: str
    cuts: tuple[str, ...]
    band: int
    counts_as: int | None
    remark: str


@dataclass(frozen=True, slots=True)
class CountryRating:
    """The country's rating for this risk, with the figures and adjustments behind it."""

    country: str
    rating: Rating
    mean: str
    figures: tuple[FigureUsed, ...]
    adjustments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectorRating:
    """A sector's rating for this risk: what it speaks of, what it rests on, and why."""

    sector: str
    rating: Rating
    about: str
    basis: str
    reason: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Something that aggravates, with where it comes from."""

    what: str
    origin: str
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one finding."""

    site_id: str
    supplier: str
    risk: Risk
    risk_name: str
    vector: str
    priority: Priority
    reason: str
    steps: tuple[SumStep, ...]
    country: CountryRating | None
    sectors: tuple[SectorRating, ...]
    listings: tuple[Circumstance, ...]
    aggravators: tuple[Circumstance, ...]
    override: str
    incident: str
    observed: tuple[str, ...]
    confidence: Confidence
    confidence_why: str
    confidence_next: str
    gaps: tuple[str, ...]
    norms: tuple[str, ...]
    next_step: str
    residual: Priority
    credits: tuple[str, ...]
    on_the_path: tuple[str, ...]
    involvement: str
    remedy: tuple[str, ...]
    stale: tuple[str, ...]
    sources: tuple[Source, ...]
    file: str = ""  # where there are several


@dataclass(frozen=True)
class Explainer:
    """Explains assessments from one set of tables; reads the figures behind them once."""

    evidence: Evidence

    @cached_property
    def rules(self) -> Rules:
        """The rating rules."""
        from imvo_scan.evidence.rating_rules import RULES_FILE, load_rules

        return load_rules(self.evidence.tables / RULES_FILE)

    @cached_property
    def figures(self) -> Figures:
        """The published figures."""
        from imvo_scan.evidence.rating_rules import FIGURES_FILE, load_figures

        return load_figures(self.evidence.tables / FIGURES_FILE)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """All sources, by id."""
        from imvo_scan.evidence.sources import load_sources

        return load_sources(self.evidence.tables)

    @cached_property
    def wording(self) -> Wording:
        """The words for people."""
        return Wording(self.evidence.taxonomy)

    def explain(
        self, assessment: Assessment, site: Supplier, path: Iterable[Supplier] = ()
    ) -> Explanation:
        """Everything behind one assessment of a site. Raises `EvidenceError` for broken tables.

        `path` holds the sites between it and the company, whose labels do not reach this one.
        """
        country = self._country(assessment, site)
        sectors = tuple(self._sectors(assessment, site))
        aggravators = tuple(self._aggravators(assessment, site))
        listings = tuple(self._listings(assessment))
        why, further = _confidence(assessment)
        definition = self.evidence.taxonomy.risks[assessment.risk]
        override = assessment.override
        return Explanation(
            site_id=site.id,
            supplier=site.name,
            risk=assessment.risk,
            risk_name=definition.names[_EN],
            vector=assessment.vector,
            priority=assessment.priority,
            reason=self.wording.reason(assessment, site),
            steps=tuple(self._steps(assessment, site)),
            country=country,
            sectors=sectors,
            listings=listings,
            aggravators=aggravators,
            override=override.reason if override else "",
            incident=_incident(assessment),
            observed=tuple(one.text(_EN) for one in assessment.likelihood.observed),
            confidence=assessment.confidence,
            confidence_why=why,
            confidence_next=further,
            gaps=assessment.gaps,
            norms=_norms(assessment, definition.norms),
            next_step=self.wording.recommendation(assessment),
            residual=assessment.residual,
            credits=tuple(dict.fromkeys(map(self.wording.credit, assessment.credits))),
            on_the_path=tuple(self._labels_of_buyers(path)),
            involvement=_involvement(assessment),
            remedy=tuple(_remedy(assessment)),
            stale=_stale(assessment),
            sources=self._cited(country, sectors, (*aggravators, *listings)),
        )

    # -- the arithmetic: METHOD 2-4 ------------------------------------------------------------

    def _steps(self, assessment: Assessment, site: Supplier) -> Iterator[SumStep]:
        yield from self._severity_steps(assessment, site)
        yield from _likelihood_steps(assessment)
        severity, likelihood = assessment.severity, assessment.likelihood.level
        if likelihood == 0:
            yield SumStep("Class", "likelihood 0 is not indicated and has no class", "L0")
        else:
            row = " ".join(p.label for p in MATRIX[severity])
            said = f"matrix row severity {severity} ({row}), column L{likelihood}"
            yield SumStep("Class", said, assessment.priority.label)
            if assessment.credits:
                left = assessment.residual_likelihood
                said = f"L {likelihood} - {likelihood - left} for controls = L{left}, same row"
                yield SumStep("Residual class", said, assessment.residual.label)

    def _severity_steps(self, assessment: Assessment, site: Supplier) -> Iterator[SumStep]:
        definition = self.evidence.taxonomy.risks[assessment.risk]
        worse = bool(assessment.aggravations)
        kind = "aggravated" if worse else "base"
        override = assessment.override
        for name, levels, level, by_hand in (
            ("S scale", definition.scale, assessment.scale, override and override.scale),
            (
                "I irremediability",
                definition.irremediability,
                assessment.irremediability,
                override and override.irremediability,
            ),
        ):
            said = f"{kind} level of this risk (base {levels[0]}, aggravated {levels[1]})"
            yield SumStep(name, "set by hand in the inventory" if by_hand else said, str(level))
        yield self._scope_step(assessment, site)
        s, c, i = assessment.scale, assessment.scope.level, assessment.irremediability
        yield SumStep("Severity", f"max(S {s}, I {i}, C {c} - 1)", str(assessment.severity))

    @staticmethod
    def _scope_step(assessment: Assessment, site: Supplier) -> SumStep:
        scope = assessment.scope
        if site.workers is not None:
            said = f"{site.workers:,} workers give {scope.base}"
        else:
            where = "the sector's default" if site.sector else "the widest default, sector unknown"
            said = f"number of workers unknown: {where}, {scope.base}?"
        if scope.widened:
            said += f"; set to {scope.level}: {scope.widened}"
        return SumStep("C scope", said, str(scope.level))

    # -- what the ratings rest on: METHOD 7 ------------------------------------------------------

    def _country(self, assessment: Assessment, site: Supplier) -> CountryRating | None:
        if site.country is None:
            return None
        from imvo_scan.evidence.rating_rules import derive

        derivation = derive(self.rules, self.figures, site.country, assessment.risk)
        return CountryRating(
            country=self.evidence.taxonomy.country_name(site.country),
            rating=assessment.likelihood.country_rating,
            mean=_mean(derivation),
            figures=tuple(_figure(banded) for banded in derivation.banded),
            adjustments=tuple(_adjustments(derivation)),
        )

    def _sectors(self, assessment: Assessment, site: Supplier) -> Iterator[SectorRating]:
        for key in dict.fromkeys((site.sector, site.goods_sector)):
            if key is not None:
                cell = self.evidence.sector_cells[key][assessment.risk]
                yield SectorRating(
                    sector=self.evidence.taxonomy.sector_name(key),
                    rating=cell.rating,
                    about=cell.about,
                    basis=cell.basis.value,
                    reason=cell.reason,
                    sources=cell.sources,
                )

    def _aggravators(self, assessment: Assessment, site: Supplier) -> Iterator[Circumstance]:
        for one in assessment.aggravations:
            name = self.wording.aggravator(assessment.risk, one.what)
            reason, source = self._why_aggravated(one, assessment.risk, site)
            yield Circumstance(name, one.origin.value, reason, source)

    def _why_aggravated(self, one: Aggravation, risk: Risk, site: Supplier) -> tuple[str, str]:
        if one.origin is Origin.COUNTRY:
            for entry in self.rules.aggravated:
                if (entry.country, entry.risk, entry.aggravator) == (site.country, risk, one.what):
                    return entry.reason, entry.source
        if one.origin is Origin.SECTOR:
            for key in (site.sector, site.goods_sector):
                cell = self.evidence.sector_cells[key][risk] if key else None
                if cell and one.what in cell.aggravators:
                    return cell.reason, ", ".join(cell.sources)
        return one.reason, ""

    def _listings(self, assessment: Assessment) -> Iterator[Circumstance]:
        for listing in assessment.likelihood.listings:
            yield Circumstance(listing.good, "listing", str(listing.statement), listing.source)

    @staticmethod
    def _labels_of_buyers(path: Iterable[Supplier]) -> Iterator[str]:
        for buyer in path:
            for label in buyer.facts.labels:
                yield f"{label.label}, held by {buyer.name}: no effect here, it is another site"

    def _cited(
        self,
        country: CountryRating | None,
        sectors: tuple[SectorRating, ...],
        circumstances: tuple[Circumstance, ...],
    ) -> tuple[Source, ...]:
        used = [source for sector in sectors for source in sector.sources]
        if country is not None:
            used += [figure.source for figure in country.figures]
            used += [source for _, source in country.adjustments]
        used += [part for one in circumstances for part in one.source.split(", ")]
        return tuple(self.sources[key] for key in dict.fromkeys(used) if key in self.sources)


def _likelihood_steps(assessment: Assessment) -> Iterator[SumStep]:
    likelihood = assessment.likelihood
    c, s = likelihood.counted
    for name, rating, counted in (
        ("c country", likelihood.country_rating, c),
        ("s sector", likelihood.sector_rating, s),
    ):
        unknown = isinstance(rating, Unknown)
        said = "unknown counts as 4" if unknown else "rating of the table"
        yield SumStep(name, said, str(counted))
    if likelihood.base == 0:
        yield SumStep("L before the site", f"c {c} + s {s} <= 3 and nothing is flagged", "0")
    else:
        said = f"min(max(c {c}, s {s}), min(c {c}, s {s}) + 1)"
        yield SumStep("L before the site", said, str(likelihood.base))
    level = likelihood.base
    if likelihood.flags:
        level += likelihood.raised_by_flags
        names = ", ".join(FLAG_NAMES[_EN][flag] for flag in likelihood.flags)
        said = f"{likelihood.base} + {likelihood.raised_by_flags} (at most {MOST_FLAGS}): {names}"
        yield SumStep("Flags", said, str(level))
    if likelihood.listings:
        raised = max(level, LISTED_AT_LEAST)
        yield SumStep("Listed goods", f"max({level}, {LISTED_AT_LEAST})", str(raised))
        level = raised
    if likelihood.actual:
        yield SumStep("Actual", "it happened or was found at this site: 5", "5")
        level = 5
    yield SumStep("L likelihood", "the last step above", str(level))


def _mean(derivation: Derivation) -> str:
    """`(4 + 5) / 2 = 4.5, rounded 5`, with what was done after; empty without figures."""
    if derivation.mean is None:
        return ""
    bands = " + ".join(str(item.counts_as) for item in derivation.counted)
    count = len(derivation.counted)
    sum_ = f"({bands}) / {count}" if count > 1 else bands
    said = f"{sum_} = {_decimal(derivation.mean)}, rounded {derivation.rounded}"
    if derivation.rating != derivation.rounded:
        said += f", raised to {derivation.rating}"
    return said


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}"


def _figure(banded: Banded) -> FigureUsed:
    figure = banded.figure
    return FigureUsed(
        indicator=figure.indicator,
        title=banded.title,
        value=str(figure.value),
        unit=figure.unit,
        year=figure.year,
        source=banded.source,
        direction=banded.direction.value,
        cuts=tuple(str(cut) for cut in banded.cuts),
        band=banded.band,
        counts_as=banded.counts_as if banded.counted else None,
        remark=str(banded.why_not),
    )


def _adjustments(derivation: Derivation) -> Iterator[tuple[str, str]]:
    for banded in derivation.raised_by:
        yield f"Raised to {banded.band} by: {banded.title}.", banded.source
    for adjustment in derivation.adjustments:
        level = f"At least {adjustment.level}: " if adjustment.level else ""
        yield level + adjustment.reason, adjustment.source


def _norms(assessment: Assessment, norms: tuple[str, ...]) -> tuple[str, ...]:
    """The norms of a risk; for a severe finding also where a complaint can go (N11)."""
    if assessment.severity < SEVERE:
        return norms
    return (*norms, OECD, NCP)


def _incident(assessment: Assessment) -> str:
    incident = assessment.likelihood.incident
    if incident is None:
        return ""
    return f"{incident.date}, {SOURCE_NAMES[_EN][incident.source_type]}: {incident.what}"


def _involvement(assessment: Assessment) -> str:
    """How the company is involved, and what that asks of it (UNGP 19)."""
    asks = {
        Involvement.CAUSE: "cause: stop it, and provide remedy.",
        Involvement.CONTRIBUTE: "contribute: end your own part, use leverage, share in remedy.",
        Involvement.LINKED: "linked: use leverage; leaving comes last.",
    }[assessment.involvement]
    return f"{asks} {assessment.involved_by}".strip()


def _remedy(assessment: Assessment) -> Iterator[str]:
    """What is known of remedy for what happened, and what is not (D7, D14)."""
    incident = assessment.likelihood.incident
    if incident is None:
        return
    for name in (*TOLD, *REMEDY):
        value = getattr(incident, name)
        yield f"{name}: {'not stated' if value is None else value}"
    yield f"{completeness(incident)} % of the account is there."


def _stale(assessment: Assessment) -> tuple[str, ...]:
    if not assessment.stale:
        return ()
    return (f"Older than 12 months, so it counts no more: {', '.join(assessment.stale)}.",)


def _confidence(assessment: Assessment) -> tuple[str, str]:
    """Why the confidence is what it is, and what would raise it (METHOD 6)."""
    voice = "Ask workers or their union at the site, and record it as `evidence`."
    return {
        Confidence.SITE_VOICE: (
            "Evidence from the site with the voice of workers or a union, under 12 months old.",
            "Keep it fresh: it counts for 12 months.",
        ),
        Confidence.SITE_AUDIT: (
            "An audit or a grievance at the site, under 12 months old.",
            voice,
        ),
        Confidence.PRIOR: (
            "A prior of country and sector; nothing fresh is known from the site itself.",
            voice,
        ),
        Confidence.PRIOR_WITH_GAPS: (
            "A prior with something missing: " + ", ".join(assessment.gaps) + ".",
            "Fill in what is missing; where a table has no rating, look for evidence at the site.",
        ),
    }[assessment.confidence]

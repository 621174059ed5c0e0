"""Why a finding is what it is: every number, where it comes from, and the arithmetic by hand.

Built only when somebody asks. A reader with a pocket calculator gets the same answer, and a test
does exactly that from the numbers printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from imvo_scan.core.levels import Confidence, Unknown
from imvo_scan.core.message import Day, Message, Text, message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.diligence.harm import status_of_incident
from imvo_scan.evidence.ratings import Rating
from imvo_scan.inventory import Supplier
from imvo_scan.inventory.remedy import REMEDY, TOLD, completeness
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring.assessment import Aggravation, Assessment, Likelihood, Origin, Scope
from imvo_scan.scoring.likelihood import LISTED_AT_LEAST, MOST_FLAGS
from imvo_scan.scoring.priority import MATRIX

if TYPE_CHECKING:
    from imvo_scan.evidence import Evidence
    from imvo_scan.evidence.rating_rules import Banded, Derivation, Figures, Rules
    from imvo_scan.evidence.rows import Source

_DAYS_TOLD = ("since", "due")
_OF_YEARS = {"(mean)": "years.mean", "(year not kept)": "years.not-kept"}
SEVERE = 4
HIGHEST = 5

Sum: TypeAlias = tuple[Message, Text, str]
"""A step before it is said: what, the sum, and the result."""


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
    speaker: Speaker = field(default_factory=Speaker)

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
        return Wording(self.evidence.taxonomy, self.speaker)

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
        definition = self.evidence.taxonomy.risks[assessment.risk]
        override, tell = assessment.override, self.speaker.tell
        return Explanation(
            site_id=site.id,
            supplier=site.name,
            risk=assessment.risk,
            risk_name=self.wording.risk(assessment.risk),
            vector=assessment.vector,
            priority=assessment.priority,
            reason=self.wording.reason(assessment, site),
            steps=tuple(
                SumStep(tell(name), tell(sum_), result)
                for name, sum_, result in self._steps(assessment, site)
            ),
            country=country,
            sectors=sectors,
            listings=listings,
            aggravators=aggravators,
            override=override.reason if override else "",
            incident=self._incident(assessment),
            observed=tuple(tell(one.what) for one in assessment.likelihood.observed),
            confidence=assessment.confidence,
            confidence_why=self._confidence_why(assessment),
            confidence_next=tell(message(f"confidence.next-{assessment.confidence.value}")),
            gaps=assessment.gaps,
            norms=tuple(map(tell, _norms(assessment, definition.norms))),
            next_step=self.wording.recommendation(assessment),
            residual=assessment.residual,
            credits=tuple(dict.fromkeys(map(self.wording.credit, assessment.credits))),
            on_the_path=tuple(self._labels_of_buyers(path)),
            involvement=self._involvement(assessment),
            remedy=tuple(map(tell, _remedy(assessment))),
            stale=tuple(map(tell, _stale(assessment))),
            sources=self._cited(country, sectors, (*aggravators, *listings)),
        )

    # -- the arithmetic: METHOD 2-4 ------------------------------------------------------------

    def _steps(self, assessment: Assessment, site: Supplier) -> Iterator[Sum]:
        yield from self._severity_steps(assessment, site)
        yield from _likelihood_steps(assessment.likelihood)
        yield from _class_steps(assessment)

    def _severity_steps(self, assessment: Assessment, site: Supplier) -> Iterator[Sum]:
        definition = self.evidence.taxonomy.risks[assessment.risk]
        s, c, i = assessment.scale, assessment.scope.level, assessment.irremediability
        hand, worse = assessment.override, bool(assessment.aggravations)
        scale = _level(definition.scale, aggravated=worse, by_hand=hand.scale if hand else None)
        yield message("step.scale"), scale, str(s)
        irremediability = _level(
            definition.irremediability,
            aggravated=worse,
            by_hand=hand.irremediability if hand else None,
        )
        yield message("step.irremediability"), irremediability, str(i)
        yield message("step.scope"), _scope(assessment.scope, site), str(c)
        yield message("step.severity"), f"max(S {s}, I {i}, C {c} - 1)", str(assessment.severity)

    # -- what the ratings rest on: METHOD 7 ------------------------------------------------------

    def _country(self, assessment: Assessment, site: Supplier) -> CountryRating | None:
        if site.country is None:
            return None
        from imvo_scan.evidence.rating_rules import derive

        derivation = derive(self.rules, self.figures, site.country, assessment.risk)
        return CountryRating(
            country=self.evidence.taxonomy.country_name(site.country, self.speaker.language),
            rating=assessment.likelihood.country_rating,
            mean=self.speaker.tell(_mean(derivation)),
            figures=tuple(map(self._figure, derivation.banded)),
            adjustments=tuple(
                (self.speaker.tell(what), source) for what, source in _adjustments(derivation)
            ),
        )

    def _sectors(self, assessment: Assessment, site: Supplier) -> Iterator[SectorRating]:
        for key in dict.fromkeys((site.sector, site.goods_sector)):
            if key is not None:
                cell = self.evidence.sector_cells[key][assessment.risk]
                yield SectorRating(
                    sector=self.evidence.taxonomy.sector_name(key, self.speaker.language),
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
        return self.speaker.tell(one.reason), ""

    def _listings(self, assessment: Assessment) -> Iterator[Circumstance]:
        for listing in assessment.likelihood.listings:
            statement = self.speaker.tell(listing.statement)
            label = listing.label(self.speaker.language)
            name = label[:1].lower() + label[1:]
            yield Circumstance(name, "listing", statement, listing.source)

    def _labels_of_buyers(self, path: Iterable[Supplier]) -> Iterator[str]:
        for buyer in path:
            for label in buyer.facts.labels:
                yield self.speaker.say(
                    "explain.label-of-buyer", label=label.label, buyer=buyer.name
                )

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

    def _figure(self, banded: Banded) -> FigureUsed:
        figure = banded.figure
        return FigureUsed(
            indicator=figure.indicator,
            title=banded.title,
            value=str(figure.value),
            unit=figure.unit,
            year=self._years(figure.year),
            source=banded.source,
            direction=banded.direction.value,
            cuts=tuple(str(cut) for cut in banded.cuts),
            band=banded.band,
            counts_as=banded.counts_as if banded.counted else None,
            remark=self.speaker.tell(banded.why_not),
        )

    def _years(self, written: str) -> str:
        """The year of a figure, or the years that it covers with what it is of them."""
        years, _, what = written.partition(" ")
        return self.speaker.say(_OF_YEARS[what], years=years) if what in _OF_YEARS else written

    # -- what happened, and what that asks -----------------------------------------------------

    def _incident(self, assessment: Assessment) -> str:
        incident = assessment.likelihood.incident
        if incident is None:
            return ""
        source = self.speaker.tell(message(f"source-type.{incident.source_type.value}"))
        status = self.speaker.say(f"harm.{status_of_incident(incident).value}")
        return f"{self.speaker.day(incident.date)}, {source} ({status}): {incident.what}"

    def _involvement(self, assessment: Assessment) -> str:
        """How the company is involved, and what that asks of it (UNGP 19)."""
        asks = self.speaker.tell(message(f"involvement.{assessment.involvement.value}"))
        return f"{asks} {assessment.involved_by}".strip()

    def _confidence_why(self, assessment: Assessment) -> str:
        """Why the confidence is what it is (METHOD 6)."""
        if assessment.confidence is not Confidence.PRIOR_WITH_GAPS:
            return self.speaker.tell(message(f"confidence.why-{assessment.confidence.value}"))
        gaps = tuple(map(self.wording.gap, assessment.gaps))
        return self.speaker.say("confidence.why-D", gaps=gaps)


# -- the arithmetic: METHOD 2-4 ----------------------------------------------------------------


def _level(levels: Sequence[int], *, aggravated: bool, by_hand: int | None) -> Message:
    """Where a level of severity comes from."""
    if by_hand:
        return message("step.by-hand")
    base, worse = levels
    if aggravated:
        return message("step.aggravated-level", base=base, aggravated=worse)
    return message("step.base-level", base=base, aggravated=worse)


def _scope(scope: Scope, site: Supplier) -> Message:
    """Where the scope comes from, and why it is wider than that."""
    if site.workers is not None:
        base = message("step.workers", n=site.workers, scope=scope.base)
    elif site.sector:
        base = message("step.scope-of-sector", scope=scope.base)
    else:
        base = message("step.widest-scope", scope=scope.base)
    if not scope.widened:
        return base
    return message("step.scope-widened", scope=base, level=scope.level, why=scope.widened)


def _likelihood_steps(likelihood: Likelihood) -> Iterator[Sum]:
    c, s = likelihood.counted
    yield message("step.country"), _rating(likelihood.country_rating), str(c)
    yield message("step.sector"), _rating(likelihood.sector_rating), str(s)
    before: Text = f"min(max(c {c}, s {s}), min(c {c}, s {s}) + 1)"
    if likelihood.base == 0:
        before = message("step.nothing-flagged", c=c, s=s)
    yield message("step.before-the-site"), before, str(likelihood.base)
    level = likelihood.base
    if likelihood.flags:
        flags = tuple(message(f"flag.{flag.value}") for flag in likelihood.flags)
        raised = likelihood.raised_by_flags
        added = message("step.added", level=level, raised=raised, most=MOST_FLAGS, flags=flags)
        level += raised
        yield message("step.flags"), added, str(level)
    if likelihood.listings:
        listed = f"max({level}, {LISTED_AT_LEAST})"
        level = max(level, LISTED_AT_LEAST)
        yield message("step.listed"), listed, str(level)
    if likelihood.actual:
        level = HIGHEST
        yield message("step.actual"), message("step.happened"), str(level)
    yield message("step.likelihood"), message("step.last"), str(level)


def _rating(rating: Rating) -> Message:
    """Where a rating comes from."""
    return message("step.unknown-rating" if isinstance(rating, Unknown) else "step.rating-of-table")


def _class_steps(assessment: Assessment) -> Iterator[Sum]:
    severity, level = assessment.severity, assessment.likelihood.level
    if level == 0:
        yield message("step.class"), message("step.no-class"), "L0"
        return
    row = " ".join(priority.label for priority in MATRIX[severity])
    cell = message("step.matrix", severity=severity, row=row, level=level)
    yield message("step.class"), cell, assessment.priority.label
    if assessment.credits:
        left = assessment.residual_likelihood
        lower = message("step.lowered", level=level, lower=level - left, left=left)
        yield message("step.residual-class"), lower, assessment.residual.label


# -- what the ratings rest on: METHOD 7 --------------------------------------------------------


def _mean(derivation: Derivation) -> Text:
    """`(4 + 5) / 2 = 4.50, rounded 5`, with what was done after; empty without figures."""
    if derivation.mean is None or derivation.rounded is None:
        return ""
    bands = " + ".join(str(item.counts_as) for item in derivation.counted)
    count = len(derivation.counted)
    sum_ = f"({bands}) / {count}" if count > 1 else bands
    mean, rounded = _decimal(derivation.mean), derivation.rounded
    if derivation.rating is None or derivation.rating == rounded:
        return message("mean.rounded", sum=sum_, mean=mean, rounded=rounded)
    raised = derivation.rating
    return message("mean.raised", sum=sum_, mean=mean, rounded=rounded, raised=raised)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator if value.denominator == 1 else f"{float(value):.2f}")


def _adjustments(derivation: Derivation) -> Iterator[tuple[Text, str]]:
    for banded in derivation.raised_by:
        raised = message("adjustment.raised", band=banded.band, title=banded.title)
        yield raised, banded.source
    for adjustment in derivation.adjustments:
        reason: Text = adjustment.reason
        if adjustment.level:
            reason = message("adjustment.at-least", level=adjustment.level, reason=reason)
        yield reason, adjustment.source


# -- what else belongs to it -------------------------------------------------------------------


def _norms(assessment: Assessment, norms: tuple[str, ...]) -> tuple[Text, ...]:
    """The norms of a risk; for a severe finding also where a complaint can go (N11)."""
    if assessment.severity < SEVERE:
        return norms
    return (*norms, message("norm.oecd"), message("norm.contact-point"))


def _remedy(assessment: Assessment) -> Iterator[Text]:
    """What is known of remedy for what happened, and what is not (D7, D14)."""
    incident = assessment.likelihood.incident
    if incident is None:
        return
    for name in (*TOLD, *REMEDY):
        value = getattr(incident, name)
        part = message(f"told.{name}")
        if value is None:
            yield message("explain.not-stated", name=part)
        else:
            value = Day(value) if name in _DAYS_TOLD else value
            yield message("explain.stated", name=part, value=value)
    yield message("explain.account", percent=completeness(incident))


def _stale(assessment: Assessment) -> Iterator[Text]:
    if assessment.stale:
        yield message("explain.stale", dates=tuple(map(Day, assessment.stale)))

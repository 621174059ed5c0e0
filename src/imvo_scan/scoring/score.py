"""METHOD 1-6 as pure functions: a profile in, nine assessments out.

This is the only place that scores. Severity and likelihood meet in `priority_of` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.levels import UNKNOWN, Confidence, Unknown
from imvo_scan.core.message import message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import Flag, Involvement, SourceType
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.goods import NO_GOODS, GoodsAnswer, Listing
from imvo_scan.evidence.ratings import Rating
from imvo_scan.inventory import SiteFacts
from imvo_scan.inventory.entities import NO_FACTS
from imvo_scan.scoring.assessment import (
    Aggravation,
    Assessment,
    Credit,
    Likelihood,
    Origin,
    Scope,
)
from imvo_scan.scoring.controls import Situation, credits_of, is_fresh, residual_level
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.site_facts import Observation, flags_of, hits_mostly_women, observations

if TYPE_CHECKING:
    from imvo_scan.evidence.rows import SectorCell
    from imvo_scan.inventory.facts import Control, Incident, Override, SiteEvidence

UNKNOWN_COUNTS_AS = 4
LISTED_AT_LEAST = 4
NOT_INDICATED_UP_TO = 3
MOST_FLAGS = 2
MOSTLY_WOMEN = message("scope.mostly-women")

_P1, _P2, _P3, _P4 = Priority.P1, Priority.P2, Priority.P3, Priority.P4
MATRIX: dict[int, tuple[Priority, ...]] = {
    5: (_P2, _P2, _P2, _P1, _P1),
    4: (_P3, _P3, _P2, _P2, _P1),
    3: (_P4, _P3, _P3, _P2, _P2),
    2: (_P4, _P4, _P3, _P3, _P3),
    1: (_P4, _P4, _P4, _P4, _P4),
}

_WORKER_VOICE = frozenset({SourceType.UNION, SourceType.WORKER_INTERVIEW})
_AUDIT_DATA = frozenset({SourceType.AUDIT, SourceType.GRIEVANCE})


class _Seen(NamedTuple):
    """What was found at a site or listed for its goods."""

    flags: tuple[Flag, ...]
    observed: tuple[Observation, ...]
    listings: tuple[Listing, ...]

    def of(self, risk: Risk) -> _Seen:
        """The part that speaks of one risk; flags speak of all."""
        return _Seen(
            self.flags,
            tuple(one for one in self.observed if one.risk is risk),
            tuple(one for one in self.listings if one.risk is risk),
        )


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores profiles against one set of tables, as seen on one day.

    `today` decides only whether site evidence is still fresh (METHOD 6).
    """

    evidence: Evidence
    today: date

    def score(self, profile: Profile) -> tuple[Assessment, ...]:
        """The nine assessments of a profile, in the order of METHOD 1."""
        site = self._seen(profile)
        return tuple(self._assess(profile, risk, site) for risk in RISKS)

    def _seen(self, profile: Profile) -> _Seen:
        """What the facts of the site and its goods say, for all risks at once."""
        facts = profile.facts
        minimum_age = self.evidence.taxonomy.minimum_ages.of(profile.country)
        flags = dict.fromkeys((*profile.flags, *flags_of(facts.workforce)))
        return _Seen(
            tuple(flags),
            observations(facts, minimum_age),
            goods_of(self.evidence, profile).listings,
        )

    def _assess(self, profile: Profile, risk: Risk, seen: _Seen) -> Assessment:
        seen = seen.of(risk)
        aggravations = self._aggravations(profile, risk, seen)
        override = next((o for o in profile.facts.overrides if o.risk is risk), None)
        scale, irremediability = self._severity_levels(
            risk, override, aggravated=bool(aggravations)
        )
        scope = self._scope(profile, risk, override)
        likelihood = self._likelihood(profile, risk, seen)
        severity = severity_of(scale, scope.level, irremediability)
        gaps = self._gaps(profile, likelihood)
        given, left = self._credits(profile, risk, likelihood, aggravations)
        involvement, involved_by = self._involvement(profile, risk)
        return Assessment(
            risk=risk,
            priority=priority_of(severity, likelihood.level),
            scale=scale,
            scope=scope,
            irremediability=irremediability,
            severity=severity,
            likelihood=likelihood,
            confidence=self._confidence(profile, risk, seen, gaps),
            aggravations=aggravations,
            override=override,
            gaps=gaps,
            residual=priority_of(severity, left),
            residual_likelihood=left,
            credits=given,
            involvement=involvement,
            involved_by=involved_by,
            stale=self._stale(profile.facts, risk),
        )

    # -- controls and involvement: METHOD 5 ----------------------------------------------------

    def _credits(
        self,
        profile: Profile,
        risk: Risk,
        likelihood: Likelihood,
        aggravations: tuple[Aggravation, ...],
    ) -> tuple[tuple[Credit, ...], int]:
        """The credits of a site for a risk, and the likelihood that is left."""
        facts = profile.facts
        if not (facts.controls or facts.labels):
            return (), likelihood.level
        association = self.evidence.country(profile.country, Risk.FREEDOM_OF_ASSOCIATION)
        situation = Situation(risk, likelihood, aggravations, counted_as(association))
        given = credits_of(facts, situation, self.evidence, self.today)
        return given, residual_level(likelihood, given)

    def _involvement(self, profile: Profile, risk: Risk) -> tuple[Involvement, str]:
        """How the company is involved, and what says so: as stated, by its practices, or linked."""
        for stated in profile.facts.involvement:
            if stated.risk is risk:
                return stated.how, stated.reason
        known = self.evidence.taxonomy.practices
        driving = [p for p in profile.facts.purchasing if risk in known[p.practice].risks]
        if driving:
            return Involvement.CONTRIBUTE, "; ".join(one.what for one in driving)
        return (Involvement.CAUSE, "") if profile.own else (Involvement.LINKED, "")

    # -- severity: METHOD 2 ------------------------------------------------------------------

    def _aggravations(self, profile: Profile, risk: Risk, seen: _Seen) -> tuple[Aggravation, ...]:
        """What makes a risk worse, the nearest to the site first; each once."""
        of_site = _aggravations_of_site(profile.facts, risk, seen)
        return tuple(dict.fromkeys((*of_site, *self._of_place(profile, risk, seen))))

    def _of_place(self, profile: Profile, risk: Risk, seen: _Seen) -> Iterator[Aggravation]:
        """What makes a risk worse where a site is and in what it does."""
        for listing in seen.listings:
            yield from (Aggravation(what, Origin.LISTING) for what in listing.aggravators)
        cells = self.evidence.sector_cells
        for sector in filter(None, (profile.sector, profile.goods_sector)):
            yield from (Aggravation(w, Origin.SECTOR) for w in cells[sector][risk].aggravators)
        by_country = self.evidence.country_aggravators.get(profile.country or "", {})
        yield from (Aggravation(what, Origin.COUNTRY) for what in by_country.get(risk, ()))

    def _severity_levels(
        self, risk: Risk, override: Override | None, *, aggravated: bool
    ) -> tuple[int, int]:
        definition = self.evidence.taxonomy.risks[risk]
        scale, irremediability = (
            definition.scale[aggravated],
            definition.irremediability[aggravated],
        )
        if override is not None:
            scale = override.scale or scale
            irremediability = override.irremediability or irremediability
        return scale, irremediability

    def _scope(self, profile: Profile, risk: Risk, override: Override | None) -> Scope:
        base, assumed = profile.scope, profile.scope is None
        if base is None:
            base = self._default_scope(profile.sector)
        if override is not None and override.scope is not None:
            return Scope(override.scope, base, assumed=False, widened=override.reason)
        if risk is Risk.DISCRIMINATION and hits_mostly_women(profile.facts.workforce):
            return Scope(min(5, base + 1), base, assumed, MOSTLY_WOMEN)
        for affected in profile.facts.affected:
            if affected.risk is risk:
                level = 5 if affected.who == "systemic" else min(5, base + 1)
                return Scope(level, base, assumed, affected.reason)
        return Scope(base, base, assumed)

    def _default_scope(self, sector: str | None) -> int:
        """The sector's default; for an unknown sector the widest, since unknown is never low."""
        defaults = self.evidence.taxonomy.default_scope
        return max(defaults.values()) if sector is None else defaults[sector]

    # -- likelihood: METHOD 3 ----------------------------------------------------------------

    def _likelihood(self, profile: Profile, risk: Risk, seen: _Seen) -> Likelihood:
        country = self.evidence.country(profile.country, risk)
        cell = self._sector_cell(profile, risk)
        sector = UNKNOWN if cell is None else cell.rating
        counted = (counted_as(country), counted_as(sector))
        noticed = any(fact.risk is risk for fact in profile.facts.aggravators)
        base = base_likelihood(*counted, flagged=bool(seen.flags) or noticed)
        raised = min(MOST_FLAGS, len(seen.flags), 5 - base)
        incidents = [fact for fact in profile.facts.incidents if fact.risk is risk]
        latest = max(incidents, key=lambda fact: (fact.date, fact.what), default=None)
        prior = max(base + raised, LISTED_AT_LEAST if seen.listings else 0)
        return Likelihood(
            level=5 if latest or seen.observed else prior,
            base=base,
            country_rating=country,
            sector_rating=sector,
            in_the_chain=cell is not None and cell.in_the_chain,
            counted=counted,
            flags=seen.flags,
            raised_by_flags=raised,
            listings=seen.listings,
            observed=seen.observed,
            incident=latest,
        )

    def _sector_cell(self, profile: Profile, risk: Risk) -> SectorCell | None:
        """The worse cell of the site's sector and the sector of its goods; None is unknown."""
        cells = self.evidence.sector_cells
        own = cells[profile.sector][risk] if profile.sector else None
        sold = cells[profile.goods_sector][risk] if profile.goods_sector else None
        if sold is None:
            return own
        own_counts = UNKNOWN_COUNTS_AS if own is None else counted_as(own.rating)
        return sold if counted_as(sold.rating) > own_counts else own

    # -- confidence: METHOD 6 ----------------------------------------------------------------

    @staticmethod
    def _gaps(profile: Profile, likelihood: Likelihood) -> tuple[str, ...]:
        gaps = [name for name in ("country", "sector") if getattr(profile, name) is None]
        if profile.country is not None and isinstance(likelihood.country_rating, Unknown):
            gaps.append("country rating")
        if profile.sector is not None and isinstance(likelihood.sector_rating, Unknown):
            gaps.append("sector rating")
        return tuple(gaps)

    def _confidence(
        self, profile: Profile, risk: Risk, seen: _Seen, gaps: tuple[str, ...]
    ) -> Confidence:
        if gaps:
            return Confidence.PRIOR_WITH_GAPS
        kinds = {one.source_type for one in self._telling(profile.facts, risk, seen)}
        if kinds & _WORKER_VOICE:
            return Confidence.SITE_VOICE
        return Confidence.SITE_AUDIT if kinds & _AUDIT_DATA else Confidence.PRIOR

    def _telling(
        self, facts: SiteFacts, risk: Risk, seen: _Seen
    ) -> Iterator[Incident | SiteEvidence | Observation | Control]:
        """What somebody saw at a site of a risk, not too long ago."""
        incidents = (one for one in facts.incidents if one.risk is risk)
        evidence = (one for one in facts.evidence if risk in one.risks)
        for seen_there in (incidents, evidence, seen.observed):
            yield from (one for one in seen_there if self._is_fresh(one.date))
        yield from (one for one in facts.controls if self._tells(one, risk))

    def _tells(self, control: Control, risk: Risk) -> bool:
        """Whether a control says something of a risk: is for it, can bear on it, and is fresh."""
        bears = (
            risk in control.risks and risk in self.evidence.taxonomy.controls[control.kind].risks
        )
        return bears and self._is_fresh(control.date)

    def _stale(self, facts: SiteFacts, risk: Risk) -> tuple[str, ...]:
        """The dates of evidence on a risk that has grown old (METHOD 6, D6)."""
        if facts is NO_FACTS:
            return ()
        dates = {one.date for one in facts.evidence if risk in one.risks}
        dates |= {one.date for one in facts.controls if risk in one.risks}
        dates |= {one.date for one in facts.incidents if one.risk is risk}
        return tuple(sorted(day for day in dates if not self._is_fresh(day)))

    def _is_fresh(self, day: str) -> bool:
        return is_fresh(day, self.today)


def goods_of(evidence: Evidence, profile: Profile) -> GoodsAnswer:
    """What the goods tables say of a profile; the tables are read only where goods are named."""
    if not profile.goods:
        return NO_GOODS
    return evidence.goods.assess(
        profile.goods, profile.country, profile.region, profile.facts.made_with
    )


def _aggravations_of_site(facts: SiteFacts, risk: Risk, seen: _Seen) -> Iterator[Aggravation]:
    """What makes a risk worse at the site itself: as written, then as its numbers show."""
    for entry in facts.aggravators:
        if entry.risk is risk:
            yield Aggravation(entry.what, Origin.SITE, entry.reason)
    for observed in seen.observed:
        worse = observed.aggravators
        yield from (Aggravation(one, Origin.SITE, observed.what) for one in worse)


def counted_as(rating: Rating) -> int:
    """The number a rating counts as: unknown is never low, it counts as 4 (METHOD 3)."""
    return UNKNOWN_COUNTS_AS if isinstance(rating, Unknown) else rating


def base_likelihood(country: int, sector: int, *, flagged: bool) -> int:
    """L before flags, listings and incidents: min(max(c, s), min(c, s) + 1), or 0 (METHOD 3)."""
    if country + sector <= NOT_INDICATED_UP_TO and not flagged:
        return 0
    return min(max(country, sector), min(country, sector) + 1)


def severity_of(scale: int, scope: int, irremediability: int) -> int:
    """Severity = max(S, I, C - 1): any of the three can make an impact severe (METHOD 2)."""
    return max(scale, irremediability, scope - 1)


def priority_of(severity: int, likelihood: int) -> Priority:
    """The class by severity 1-5 and likelihood 0-5 (METHOD 4)."""
    if likelihood == 0:
        return Priority.NOT_INDICATED
    return MATRIX[severity][likelihood - 1]

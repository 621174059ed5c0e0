"""METHOD 1-6 as pure functions: a profile in, nine assessments out.

This is the only place that scores. What makes up a score stands beside it: `severity`,
`likelihood`, `priority`, `controls`, `confidence`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import Involvement
from imvo_scan.evidence import Evidence
from imvo_scan.scoring.assessment import Aggravation, Assessment, Credit, Likelihood
from imvo_scan.scoring.confidence import confidence_of, gaps_of, stale_dates, tellers_of
from imvo_scan.scoring.controls import Situation, credits_of, residual_level
from imvo_scan.scoring.likelihood import counted_as, likelihood_of
from imvo_scan.scoring.priority import priority_of
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.severity import aggravations_of, levels_of, scope_of, severity_of
from imvo_scan.scoring.signals import Signals, signals_of


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores profiles against one set of tables, as seen on one day.

    `today` decides only whether site evidence is still fresh (METHOD 6).
    """

    evidence: Evidence
    today: date

    def score(self, profile: Profile) -> tuple[Assessment, ...]:
        """The nine assessments of a profile, in the order of METHOD 1."""
        signals = signals_of(self.evidence, profile)
        return tuple(self._assess(profile, risk, signals.of(risk)) for risk in RISKS)

    def _assess(self, profile: Profile, risk: Risk, signals: Signals) -> Assessment:
        evidence, facts = self.evidence, profile.facts
        aggravations = aggravations_of(evidence, profile, risk, signals)
        override = next((one for one in facts.overrides if one.risk is risk), None)
        scale, irremediability = levels_of(evidence, risk, override, aggravated=bool(aggravations))
        scope = scope_of(evidence, profile, risk, override)
        severity = severity_of(scale, scope.level, irremediability)
        likelihood = likelihood_of(evidence, profile, risk, signals)
        gaps = gaps_of(profile, likelihood)
        tellers = frozenset(tellers_of(evidence, facts, risk, signals, self.today))
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
            confidence=confidence_of(tellers, gaps),
            aggravations=aggravations,
            override=override,
            gaps=gaps,
            residual=priority_of(severity, left),
            residual_likelihood=left,
            credits=given,
            involvement=involvement,
            involved_by=involved_by,
            stale=stale_dates(facts, risk, self.today),
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

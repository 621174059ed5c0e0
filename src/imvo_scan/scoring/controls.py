"""Whether a label or a control counts for one right at one site, and if not, why (METHOD 5).

Paper never makes a risk look smaller than it is. A credit lowers likelihood by one step in all,
never severity; every credit that is refused says on what ground.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imvo_scan.core.dates import first_day, last_day, year_before
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Proof, SourceType
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import SiteFacts
from imvo_scan.scoring.assessment import Aggravation, Credit, Likelihood, Refusal

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Control, HeldLabel

FLOOR = 1
FLOOR_OF_HIGH_RATINGS = 2
HIGH_RATING = 4
NO_ASSOCIATION = 5
STATE_IMPOSED = "state-imposed"

_OWN_WORD = frozenset({SourceType.COMPANY, SourceType.QUESTIONNAIRE})
_NEEDS_ASSOCIATION = frozenset({Risk.FREEDOM_OF_ASSOCIATION, Risk.DISCRIMINATION})


def is_fresh(day: str, today: date) -> bool:
    """Whether evidence dated so is under 12 months old, counted from its earliest day."""
    return year_before(today) < first_day(day) <= today


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides at a site whether a risk can get any credit at all."""

    risk: Risk
    likelihood: Likelihood
    aggravations: tuple[Aggravation, ...]
    association_rating: int

    @property
    def bar(self) -> Refusal | None:
        """Why nothing can lower this risk here; None where something can."""
        if self.likelihood.actual:
            return Refusal.ACTUAL
        if self.likelihood.listings:
            return Refusal.LISTED
        if any(one.what == STATE_IMPOSED for one in self.aggravations):
            return Refusal.STATE_IMPOSED
        if self.risk in _NEEDS_ASSOCIATION and self.association_rating >= NO_ASSOCIATION:
            return Refusal.NO_ASSOCIATION
        return Refusal.FLOOR if self.likelihood.level <= self.floor else None

    @property
    def floor(self) -> int:
        """The likelihood that no credit goes below: 2 where a rating is 4 or 5, else 1."""
        high = max(self.likelihood.counted) >= HIGH_RATING
        return FLOOR_OF_HIGH_RATINGS if high else FLOOR


def credits_of(
    facts: SiteFacts, situation: Situation, evidence: Evidence, today: date
) -> tuple[Credit, ...]:
    """Every label and control of a site, with its effect on one risk; at most one has effect."""
    bar = situation.bar
    effective = False
    effects: list[Credit] = []
    for name, is_label, refusal in _tested(facts, situation.risk, evidence, today):
        refused = refusal or bar or (Refusal.ALREADY if effective else None)
        effective = effective or refused is None
        effects.append(Credit(name, is_label, refused))
    return tuple(effects)


def residual_level(likelihood: Likelihood, given: tuple[Credit, ...]) -> int:
    """The likelihood that is left: one step lower where a credit counts."""
    return likelihood.level - any(credit.refusal is None for credit in given)


def _tested(
    facts: SiteFacts, risk: Risk, evidence: Evidence, today: date
) -> Iterator[tuple[str, bool, Refusal | None]]:
    """Controls before labels: what was seen on the spot says more than a certificate."""
    for control in facts.controls:
        yield control.kind, False, _control_refused(control, risk, evidence, today)
    for held in facts.labels:
        label = evidence.labels.find(held.label)
        name = held.label if label is None else label.name
        yield name, True, label_refused(held, risk, evidence, today)


def _control_refused(
    control: Control, risk: Risk, evidence: Evidence, today: date
) -> Refusal | None:
    if risk not in control.risks:
        return Refusal.OTHER_RIGHT
    if risk not in evidence.taxonomy.controls[control.kind].risks:
        return Refusal.NOT_ITS_KIND
    if control.source_type in _OWN_WORD:
        return Refusal.OWN_WORD
    return None if is_fresh(control.date, today) else Refusal.STALE


def label_refused(held: HeldLabel, risk: Risk, evidence: Evidence, today: date) -> Refusal | None:
    """Why a label has no effect on a risk at the site that names it; None where it can have."""
    label = evidence.labels.find(held.label)
    if label is None:
        return Refusal.UNKNOWN_LABEL
    if not label.of_a_site:
        return Refusal.NOT_OF_A_SITE
    tests = (
        (not label.active, Refusal.ENDED),
        (risk not in label.covers, Refusal.OTHER_RIGHT),
        (held.held_by is not None and not label.of_its_chain, Refusal.OTHER_TIER),
        (held.proof is Proof.SELF_DECLARED, Refusal.SELF_DECLARED),
        (held.valid_until is None, Refusal.NO_DATE),
        (held.valid_until is not None and last_day(held.valid_until) < today, Refusal.EXPIRED),
        (not label.independent, Refusal.NOT_INDEPENDENT),
        (not label.answers_enough, Refusal.TOO_FEW_ANSWERS),
    )
    return next((refusal for failed, refusal in tests if failed), None)

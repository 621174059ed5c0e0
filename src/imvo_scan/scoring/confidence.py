"""Confidence: who says so, and how long ago; it never lowers a class (METHOD 6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from imvo_scan.core.levels import Confidence, Unknown
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import SourceType
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import SiteFacts
from imvo_scan.inventory.entities import NO_FACTS
from imvo_scan.scoring.assessment import Likelihood
from imvo_scan.scoring.controls import is_fresh
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.signals import Signals

_WORKER_VOICE = frozenset({SourceType.UNION, SourceType.WORKER_INTERVIEW})
_AUDIT_DATA = frozenset({SourceType.AUDIT, SourceType.GRIEVANCE})


def gaps_of(profile: Profile, likelihood: Likelihood) -> tuple[str, ...]:
    """What is not known of a site that its score needs."""
    gaps = [name for name in ("country", "sector") if getattr(profile, name) is None]
    if profile.country is not None and isinstance(likelihood.country_rating, Unknown):
        gaps.append("country rating")
    if profile.sector is not None and isinstance(likelihood.sector_rating, Unknown):
        gaps.append("sector rating")
    return tuple(gaps)


def confidence_of(tellers: Collection[SourceType], gaps: tuple[str, ...]) -> Confidence:
    """A to D, by who told something of the site lately and by what is not known."""
    if gaps:
        return Confidence.PRIOR_WITH_GAPS
    if _WORKER_VOICE.intersection(tellers):
        return Confidence.SITE_VOICE
    return Confidence.SITE_AUDIT if _AUDIT_DATA.intersection(tellers) else Confidence.PRIOR


def tellers_of(
    evidence: Evidence, facts: SiteFacts, risk: Risk, signals: Signals, today: date
) -> Iterator[SourceType]:
    """Who saw something at a site of a risk, not too long ago."""
    incidents = (one for one in facts.incidents if one.risk is risk)
    statements = (one for one in facts.evidence if risk in one.risks)
    for accounts in (incidents, statements, signals.observed):
        yield from (one.source_type for one in accounts if is_fresh(one.date, today))
    kinds = evidence.taxonomy.controls
    for control in facts.controls:
        # one that cannot bear on the right says nothing of it, whatever it is said to be for
        bears = risk in control.risks and risk in kinds[control.kind].risks
        if bears and is_fresh(control.date, today):
            yield control.source_type


def stale_dates(facts: SiteFacts, risk: Risk, today: date) -> tuple[str, ...]:
    """The dates of evidence on a risk that has grown old (METHOD 6, D6)."""
    if facts is NO_FACTS:
        return ()
    dates = {one.date for one in facts.evidence if risk in one.risks}
    dates |= {one.date for one in facts.controls if risk in one.risks}
    dates |= {one.date for one in facts.incidents if one.risk is risk}
    return tuple(sorted(day for day in dates if not is_fresh(day, today)))

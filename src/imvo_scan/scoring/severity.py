"""Severity: scale, scope and irremediability of a finding, kept apart (METHOD 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import SiteFacts
from imvo_scan.scoring.assessment import Aggravation, Origin, Scope
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.signals import Signals
from imvo_scan.scoring.site_facts import hits_mostly_women

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Override

MOSTLY_WOMEN = message("scope.mostly-women")


def severity_of(scale: int, scope: int, irremediability: int) -> int:
    """Severity = max(S, I, C - 1): any of the three can make an impact severe (METHOD 2)."""
    return max(scale, irremediability, scope - 1)


def aggravations_of(
    evidence: Evidence, profile: Profile, risk: Risk, signals: Signals
) -> tuple[Aggravation, ...]:
    """What makes a risk worse, the nearest to the site first; each once."""
    of_site = _of_site(profile.facts, risk, signals)
    return tuple(dict.fromkeys((*of_site, *_of_place(evidence, profile, risk, signals))))


def _of_place(
    evidence: Evidence, profile: Profile, risk: Risk, signals: Signals
) -> Iterator[Aggravation]:
    """What makes a risk worse where a site is and in what it does."""
    for listing in signals.listings:
        yield from (Aggravation(what, Origin.LISTING) for what in listing.aggravators)
    cells = evidence.sector_cells
    for sector in filter(None, (profile.sector, profile.goods_sector)):
        yield from (Aggravation(w, Origin.SECTOR) for w in cells[sector][risk].aggravators)
    by_country = evidence.country_aggravators.get(profile.country or "", {})
    yield from (Aggravation(what, Origin.COUNTRY) for what in by_country.get(risk, ()))


def levels_of(
    evidence: Evidence, risk: Risk, override: Override | None, *, aggravated: bool
) -> tuple[int, int]:
    """S and I of a risk, base or aggravated, or as set by hand with a reason."""
    definition = evidence.taxonomy.risks[risk]
    scale, irremediability = (
        definition.scale[aggravated],
        definition.irremediability[aggravated],
    )
    if override is not None:
        scale = override.scale or scale
        irremediability = override.irremediability or irremediability
    return scale, irremediability


def scope_of(evidence: Evidence, profile: Profile, risk: Risk, override: Override | None) -> Scope:
    """C: how many people, by head count or the sector's default, widened where facts say so."""
    base, assumed = profile.scope, profile.scope is None
    if base is None:
        base = _default_scope(evidence, profile.sector)
    if override is not None and override.scope is not None:
        return Scope(override.scope, base, assumed=False, widened=override.reason)
    if risk is Risk.DISCRIMINATION and hits_mostly_women(profile.facts.workforce):
        return Scope(min(5, base + 1), base, assumed, MOSTLY_WOMEN)
    for affected in profile.facts.affected:
        if affected.risk is risk:
            level = 5 if affected.who == "systemic" else min(5, base + 1)
            return Scope(level, base, assumed, affected.reason)
    return Scope(base, base, assumed)


def _default_scope(evidence: Evidence, sector: str | None) -> int:
    """The sector's default; for an unknown sector the widest, since unknown is never low."""
    defaults = evidence.taxonomy.default_scope
    return max(defaults.values()) if sector is None else defaults[sector]


def _of_site(facts: SiteFacts, risk: Risk, signals: Signals) -> Iterator[Aggravation]:
    """What makes a risk worse at the site itself: as written, then as its numbers show."""
    for entry in facts.aggravators:
        if entry.risk is risk:
            yield Aggravation(entry.what, Origin.SITE, entry.reason)
    for observed in signals.observed:
        worse = observed.aggravators
        yield from (Aggravation(one, Origin.SITE, observed.what) for one in worse)

"""Likelihood: how probable a harm is at a site, apart from how severe it is (METHOD 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imvo_scan.core.levels import UNKNOWN, Unknown
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.ratings import Rating
from imvo_scan.scoring.assessment import Likelihood
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.signals import Signals

if TYPE_CHECKING:
    from imvo_scan.evidence.rows import SectorCell

UNKNOWN_COUNTS_AS = 4
LISTED_AT_LEAST = 4
NOT_INDICATED_UP_TO = 3
MOST_FLAGS = 2


def counted_as(rating: Rating) -> int:
    """The number a rating counts as: unknown is never low, it counts as 4 (METHOD 3)."""
    return UNKNOWN_COUNTS_AS if isinstance(rating, Unknown) else rating


def base_likelihood(country: int, sector: int, *, flagged: bool) -> int:
    """L before flags, listings and incidents: min(max(c, s), min(c, s) + 1), or 0 (METHOD 3)."""
    if country + sector <= NOT_INDICATED_UP_TO and not flagged:
        return 0
    return min(max(country, sector), min(country, sector) + 1)


def likelihood_of(evidence: Evidence, profile: Profile, risk: Risk, signals: Signals) -> Likelihood:
    """L with all that it follows from: ratings, flags, listings, and harm that happened."""
    country = evidence.country(profile.country, risk)
    cell = _sector_cell(evidence, profile, risk)
    sector = UNKNOWN if cell is None else cell.rating
    counted = (counted_as(country), counted_as(sector))
    noticed = any(fact.risk is risk for fact in profile.facts.aggravators)
    base = base_likelihood(*counted, flagged=bool(signals.flags) or noticed)
    raised = min(MOST_FLAGS, len(signals.flags), 5 - base)
    incidents = [fact for fact in profile.facts.incidents if fact.risk is risk]
    latest = max(incidents, key=lambda fact: (fact.date, fact.what), default=None)
    prior = max(base + raised, LISTED_AT_LEAST if signals.listings else 0)
    return Likelihood(
        level=5 if latest or signals.observed else prior,
        base=base,
        country_rating=country,
        sector_rating=sector,
        in_the_chain=cell is not None and cell.in_the_chain,
        counted=counted,
        flags=signals.flags,
        raised_by_flags=raised,
        listings=signals.listings,
        observed=signals.observed,
        incident=latest,
    )


def _sector_cell(evidence: Evidence, profile: Profile, risk: Risk) -> SectorCell | None:
    """The worse cell of the site's sector and the sector of its goods; None is unknown."""
    cells = evidence.sector_cells
    own = cells[profile.sector][risk] if profile.sector else None
    sold = cells[profile.goods_sector][risk] if profile.goods_sector else None
    if sold is None:
        return own
    own_counts = UNKNOWN_COUNTS_AS if own is None else counted_as(own.rating)
    return sold if counted_as(sold.rating) > own_counts else own

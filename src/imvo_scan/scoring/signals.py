"""What was found at a site or is listed for its goods, beside what tables say of its place."""

from __future__ import annotations

from typing import NamedTuple

from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Flag
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.goods import NO_GOODS, GoodsAnswer, Listing
from imvo_scan.scoring.profile import Profile
from imvo_scan.scoring.site_facts import Observation, flags_of, observations


class Signals(NamedTuple):
    """The flags of a site, what was observed there, and the listings of its goods."""

    flags: tuple[Flag, ...]
    observed: tuple[Observation, ...]
    listings: tuple[Listing, ...]

    def of(self, risk: Risk) -> Signals:
        """The part that speaks of one risk; flags speak of all."""
        return Signals(
            self.flags,
            tuple(one for one in self.observed if one.risk is risk),
            tuple(one for one in self.listings if one.risk is risk),
        )


def signals_of(evidence: Evidence, profile: Profile) -> Signals:
    """The signals of a profile, for all risks at once."""
    facts = profile.facts
    minimum_age = evidence.taxonomy.minimum_ages.of(profile.country)
    flags = dict.fromkeys((*profile.flags, *flags_of(facts.workforce)))
    return Signals(
        tuple(flags),
        observations(facts, minimum_age),
        goods_of(evidence, profile).listings,
    )


def goods_of(evidence: Evidence, profile: Profile) -> GoodsAnswer:
    """What the goods tables say of a profile; the tables are read only where goods are named."""
    if not profile.goods:
        return NO_GOODS
    return evidence.goods.assess(
        profile.goods, profile.country, profile.region, profile.facts.made_with
    )

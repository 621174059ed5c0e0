"""A profile: everything a score depends on and nothing else.

Sites share profiles, so each distinct one is scored once, whatever the number of sites.
Name, id, tier, spend and line are not in it: they cannot change a score.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from imvo_scan.core.site_terms import Flag
from imvo_scan.inventory import SiteFacts, Supplier
from imvo_scan.inventory.entities import NO_FACTS, OWN_TIER

_SCOPE_LIMITS = (10, 100, 1_000, 10_000)


class Profile(NamedTuple):
    """What one site is, for scoring. `scope` is the class of its workers, None where unknown.

    `own` is the company itself: what happens there it causes (METHOD 5).
    """

    country: str | None
    sector: str | None
    goods_sector: str | None = None
    region: str | None = None
    goods: tuple[str, ...] = ()
    scope: int | None = None
    flags: tuple[Flag, ...] = ()
    facts: SiteFacts = NO_FACTS
    own: bool = False


def profile_of(site: Supplier) -> Profile:
    """The profile of a site."""
    return Profile(
        site.country,
        site.sector,
        site.goods_sector,
        site.region,
        site.goods,
        None if site.workers is None else scope_class(site.workers),
        site.flags,
        site.facts,
        site.tier == OWN_TIER,
    )


def scope_class(workers: int) -> int:
    """The scope class of a number of workers: <10 is 1, <100 2, <1,000 3, <10,000 4, else 5.

    METHOD 2.
    """
    return 1 + bisect_right(_SCOPE_LIMITS, workers)

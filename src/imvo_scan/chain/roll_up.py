"""Findings added up: the worst one with its path, and counts per class; never a mean (METHOD 4)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from imvo_scan.chain.scan import Finding, Report, Site
from imvo_scan.chain.supply_graph import UNKNOWN_STEP, shortened
from imvo_scan.core.language import ENGLISH, in_language
from imvo_scan.core.priorities import Priority
from imvo_scan.inventory.entities import COMPANY, OWN_TIER
from imvo_scan.scoring import Assessment
from imvo_scan.taxonomy.taxonomy import Taxonomy


class Dimension(StrEnum):
    """What findings are added up by."""

    SUPPLIER = "supplier"
    TIER = "tier"
    COUNTRY = "country"
    SECTOR = "sector"
    GOOD = "good"
    RISK = "risk"


UNKNOWN_KEY = "?"
"""The key of what is not known: a tier, a country, a sector, a good."""


class Rollup(NamedTuple):
    """All findings of one key: how many sites, how many of each class, and the worst of them.

    `path` holds the names from the company to the worst site; by supplier it goes by that supplier.
    """

    key: str
    name: str
    sites: int
    counts: Mapping[Priority, int]
    worst: Finding
    path: tuple[str, ...]


class _Tally:
    """A roll-up while it is added up."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sites = 0
        self.counts: Counter[Priority] = Counter()
        self.worst: tuple[tuple[tuple[int, ...], int], Finding] | None = None

    def add(self, site: Site, assessments: tuple[Assessment, ...]) -> None:
        """Add some findings of a site."""
        self.sites += 1
        for one in assessments:
            self.counts[one.priority] += 1
            order = (one.rank, site.place)
            if self.worst is None or order < self.worst[0]:
                self.worst = (order, Finding(site, one))


def roll_up(report: Report, by: Dimension, language: str = ENGLISH) -> tuple[Rollup, ...]:
    """The findings of a report added up, the worst roll-up first.

    By supplier, each line is a supplier that the company buys from, or whose buyer is not known,
    with everything behind it, each site once. A site with two goods counts under both.
    """
    tallies: dict[str, _Tally] = {}
    heads = dict(_heads(report)) if by is Dimension.SUPPLIER else {}
    for key, name, site, assessments in _parts(report, by, language):
        if key not in tallies:
            tallies[key] = _Tally(name)
        tallies[key].add(site, assessments)
    done = [(tally.worst, key, tally) for key, tally in tallies.items() if tally.worst]
    done.sort(key=lambda part: (part[0][0], part[1]))
    return tuple(
        Rollup(
            key,
            tally.name,
            tally.sites,
            dict(tally.counts),
            worst[1],
            _by_way_of(heads.get(key), worst[1].site),
        )
        for worst, key, tally in done
    )


def _by_way_of(head: Site | None, site: Site) -> tuple[str, ...]:
    """The path of a site, by way of the supplier that it is counted under (D11)."""
    if head is None or head.place == site.place:
        return site.short_path
    chain, start, end = site.chain, head.supplier.id, site.supplier.id
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting and end not in before:
        here = waiting.popleft()
        for one in sorted(chain.behind.get(here, ())):
            if one not in before:
                before[one] = here
                waiting.append(one)
    steps = [end]
    while steps[-1] in before:
        steps.append(before[steps[-1]])
    return shortened((*head.path, *(chain.names[step] for step in reversed(steps[:-1]))))


def _parts(
    report: Report, by: Dimension, language: str
) -> Iterator[tuple[str, str, Site, tuple[Assessment, ...]]]:
    """Every site under each of its keys, with those of its findings that count there."""
    if by is Dimension.SUPPLIER:
        yield from _with_those_behind(report)
        return
    taxonomy = report.evidence.taxonomy
    for site in report.sites:
        if by is Dimension.RISK:
            for one in site.assessments:
                name = in_language(taxonomy.risks[one.risk].short, language)
                yield one.risk.value, name, site, (one,)
        else:
            for key, name in _keys(site, by, taxonomy, language):
                yield key, name, site, site.assessments


def _keys(
    site: Site, by: Dimension, taxonomy: Taxonomy, language: str
) -> Sequence[tuple[str, str]]:
    """The keys under which a site as a whole counts, each with its name."""
    it = site.supplier
    if by is Dimension.COUNTRY:
        return [(it.country or UNKNOWN_KEY, taxonomy.country_name(it.country, language))]
    if by is Dimension.SECTOR:
        return [(it.sector or UNKNOWN_KEY, taxonomy.sector_name(it.sector, language))]
    if by is Dimension.GOOD:
        return [(good, good) for good in it.goods or (UNKNOWN_KEY,)]
    return [(UNKNOWN_KEY if site.tier is None else str(site.tier),) * 2]


def _with_those_behind(
    report: Report,
) -> Iterator[tuple[str, str, Site, tuple[Assessment, ...]]]:
    sites = {(site.chain.inventory.source, site.supplier.id): site for site in report.sites}
    for key, head in _heads(report):
        source, identifier = head.chain.inventory.source, head.supplier.id
        ids = {identifier}
        if head.tier != OWN_TIER:
            ids |= head.chain.all_behind(identifier)
        for one in sorted(ids):
            site = sites[source, one]
            yield key, head.supplier.name, site, site.assessments


def _heads(report: Report) -> Iterator[tuple[str, Site]]:
    """The company and the sites nearest to it, each with its key; all others stand behind these.

    Near is who delivers to the company, and who delivers to nobody known, however deep its tier.
    """
    several = len(report.inventories) > 1
    near = {COMPANY, UNKNOWN_STEP}
    for head in report.sites:
        buyers = head.chain.buyers(head.supplier)
        if head.tier == OWN_TIER or not near.isdisjoint(buyers):
            source, identifier = head.chain.inventory.source, head.supplier.id
            yield (f"{source}:{identifier}" if several else identifier), head

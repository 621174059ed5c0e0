"""Findings added up: the worst one with its path, and counts per class; never a mean (METHOD 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from imvo_scan.chain.report import Finding, Report, Site
from imvo_scan.scoring import Assessment
from imvo_scan.vocabulary import Language, Priority


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
    """All findings of one key: how many sites, how many of each class, and the worst of them."""

    key: str
    name: str
    sites: int
    counts: Mapping[Priority, int]
    worst: Finding


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


def roll_up(
    report: Report, by: Dimension, language: Language = Language.ENGLISH
) -> tuple[Rollup, ...]:
    """The findings of a report added up, the worst roll-up first.

    By supplier, each line is a supplier of tier 1 (or of unknown tier) with everything behind it,
    each site once. A site with two goods counts under both.
    """
    tallies: dict[str, _Tally] = {}
    for key, name, site, assessments in _parts(report, by, language):
        if key not in tallies:
            tallies[key] = _Tally(name)
        tallies[key].add(site, assessments)
    done = [(tally.worst, key, tally) for key, tally in tallies.items() if tally.worst]
    done.sort(key=lambda part: (part[0][0], part[1]))
    return tuple(
        Rollup(key, tally.name, tally.sites, dict(tally.counts), worst[1])
        for worst, key, tally in done
    )


def _parts(
    report: Report, by: Dimension, language: Language
) -> Iterator[tuple[str, str, Site, tuple[Assessment, ...]]]:
    """Every site under each of its keys, with those of its findings that count there."""
    if by is Dimension.SUPPLIER:
        yield from _with_those_behind(report)
        return
    words = report.evidence.words
    for site in report.sites:
        it = site.supplier
        if by is Dimension.RISK:
            for one in site.assessments:
                yield one.risk.value, words.risks[one.risk].short[language], site, (one,)
            continue
        pairs = {
            Dimension.TIER: [(UNKNOWN_KEY if site.tier is None else str(site.tier),) * 2],
            Dimension.COUNTRY: [
                (it.country or UNKNOWN_KEY, words.country_name(it.country, language))
            ],
            Dimension.SECTOR: [(it.sector or UNKNOWN_KEY, words.sector_name(it.sector, language))],
            Dimension.GOOD: [(good, good) for good in it.goods] or [(UNKNOWN_KEY,) * 2],
        }[by]
        for key, name in pairs:
            yield key, name, site, site.assessments


def _with_those_behind(
    report: Report,
) -> Iterator[tuple[str, str, Site, tuple[Assessment, ...]]]:
    sites = {(site.chain.inventory.source, site.supplier.id): site for site in report.sites}
    several = len(report.inventories) > 1
    for head in report.sites:
        if (
            head.tier not in {0, 1}
            and head.chain.links.get(head.supplier.id, head).tier is not None
        ):
            continue
        source, identifier = head.chain.inventory.source, head.supplier.id
        key = f"{source}:{identifier}" if several else identifier
        ids = {identifier}
        if head.tier != 0:
            ids |= head.chain.all_behind(identifier)
        for one in sorted(ids):
            site = sites[source, one]
            yield key, head.supplier.name, site, site.assessments

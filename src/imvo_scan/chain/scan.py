"""A scan as a whole: every site with its findings, worst first, and what they add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import chain as chained
from itertools import repeat
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from imvo_scan.chain.leverage import Joined, Place, handles_of, joined_sites
from imvo_scan.chain.supply_graph import Chain, chain_of
from imvo_scan.core.dates import first_day
from imvo_scan.core.message import Text
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Edition, Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import COMPANY, NO_FACTS, OWN_TIER
from imvo_scan.scoring import Assessment, Profile, Scorer, profile_of
from imvo_scan.scoring.controls import is_fresh
from imvo_scan.scoring.signals import goods_of

CHANNELS = frozenset({"grievance-mechanism", "hotline"})
NO_CHANNEL = "grievance channel"
UNDESCRIBED = "country and sector of the company itself"
NO_FRESH_EVIDENCE = "evidence under 12 months old"
SEVERE = 4

Assessments: TypeAlias = tuple[Assessment, ...]
Alike: TypeAlias = "tuple[Sequence[Site], Assessment]"
T = TypeVar("T")
Wanted: TypeAlias = Callable[[Assessment], bool]


def everything(_: Assessment) -> bool:
    """Every finding is wanted."""
    return True


class Site(NamedTuple):
    """A supplier in its chain, with the nine assessments it shares with its like.

    `place` is where it comes among findings of equal rank: by id, then by file.
    """

    supplier: Supplier
    chain: Chain
    assessments: Assessments
    place: int

    @property
    def tier(self) -> int | None:
        """The tier, from the links or as written; None where it is not known."""
        return self.chain.tier(self.supplier)

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the company to this site."""
        return self.chain.path(self.supplier)

    @property
    def short_path(self) -> tuple[str, ...]:
        """The path as it is shown: of a long one the first and last steps."""
        return self.chain.short_path(self.supplier)

    @property
    def buyers(self) -> tuple[Supplier, ...]:
        """The sites between the company and this one."""
        return self.chain.way(self.supplier)

    @property
    def at(self) -> Place:
        """Its file and id, by which it is found among several inventories."""
        return Place(self.chain.inventory.source, self.supplier.id)


class Finding(NamedTuple):
    """One site x one risk."""

    site: Site
    assessment: Assessment

    @property
    def id(self) -> str:
        """`site/risk`, the name by which a finding is asked for."""
        return f"{self.site.supplier.id}/{self.assessment.risk}"

    @property
    def risk(self) -> Risk:
        """Which of the nine risks."""
        return self.assessment.risk

    @property
    def priority(self) -> Priority:
        """The class of the finding (METHOD 4)."""
        return self.assessment.priority


class HotSpot(NamedTuple):
    """All findings that share country, sector, goods and risk (METHOD 4), seen by the worst one.

    `workers` adds up the sites that state them; `silent` counts the sites that do not.
    """

    worst: Finding
    sites: int
    workers: int
    silent: int


@dataclass(frozen=True, repr=False)
class Report:
    """The result of a scan of one or more inventories, its sites in order. Built by `scan`."""

    sites: tuple[Site, ...]
    inventories: tuple[Inventory, ...]
    evidence: Evidence
    today: date

    def __repr__(self) -> str:
        """One line: a report holds every supplier, and its fields fill many screens."""
        counts = ", ".join(f"{p.label} {self.counts[p]}" for p in CLASSES)
        sites = f"{len(self.sites)} site{'s' * (len(self.sites) != 1)}"
        return f"<Report on {sites}: {counts}; tables {self.edition.label}>"

    @property
    def edition(self) -> Edition:
        """The edition of the tables that were used."""
        return self.evidence.edition

    def on(self, inventory: Inventory) -> Report:
        """The part of this report that is about one of its inventories, scored as it is here."""
        if len(self.inventories) == 1:
            return self
        own = (site for site in self.sites if site.chain.inventory is inventory)
        sites = tuple(site._replace(place=place) for place, site in enumerate(own))
        return Report(sites, (inventory,), self.evidence, self.today)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, nine for each site, worst first; those not indicated come last."""
        return tuple(Finding(site, assessment) for site, assessment in self.ranked())

    @cached_property
    def worst(self) -> Finding:
        """The worst finding of all."""
        return Finding(*next(self.ranked()))

    def ranked(self, wanted: Wanted = everything) -> Iterator[tuple[Site, Assessment]]:
        """The findings that are wanted, in the order of METHOD 4: by rank, then by site id."""
        for group in self.ranked_groups(wanted, lambda assessment, _: assessment):
            for place, assessment in group:
                yield self.sites[place], assessment

    def ranked_groups(
        self, wanted: Wanted, label: Callable[[Assessment, Site], T]
    ) -> Iterator[Sequence[tuple[int, T]]]:
        """The findings that are wanted, a list for each rank: places of sites, with a label.

        The label is made once for all sites that share an assessment, from the first of them, so
        the work grows with the number of distinct profiles, not of findings.
        """
        buckets: dict[tuple[int, ...], list[tuple[list[int], T]]] = {}
        for places in self._alike:
            first = self.sites[places[0]]
            for assessment in first.assessments:
                if wanted(assessment):
                    labelled = (places, label(assessment, first))
                    buckets.setdefault(assessment.rank, []).append(labelled)
        for rank in sorted(buckets):
            yield _merged(buckets[rank])

    @cached_property
    def hot_spots(self) -> tuple[HotSpot, ...]:
        """One for each country, sector, goods and risk, worst first."""
        return self.hot_spots_among(None)

    def hot_spots_among(self, counts: Callable[[int, Risk], bool] | None) -> tuple[HotSpot, ...]:
        """The hot spots of the findings that count, by place of the site and risk; None is all."""
        groups: dict[tuple[object, ...], list[Alike]] = {}
        for places in self._alike:
            it = self.sites[places[0]].supplier
            for assessment in self.sites[places[0]].assessments:
                risk = assessment.risk
                counting = places if counts is None else [p for p in places if counts(p, risk)]
                if counting:
                    key = (it.country, it.sector, it.goods_sector, it.goods, risk)
                    sites = [self.sites[place] for place in counting]
                    groups.setdefault(key, []).append((sites, assessment))
        spots = [_hot_spot(members) for members in groups.values()]
        return tuple(sorted(spots, key=lambda s: (s.worst.assessment.rank, s.worst.site.place)))

    @cached_property
    def counts(self) -> dict[Priority, int]:
        """The number of findings in each class, and of risks that are not indicated."""
        return self._counted(lambda assessment: assessment.priority)

    def _counted(self, of: Callable[[Assessment], Priority]) -> dict[Priority, int]:
        counted: Counter[Priority] = Counter()
        for places in self._alike:
            for assessment in self.sites[places[0]].assessments:
                counted[of(assessment)] += len(places)
        return {priority: counted[priority] for priority in (*CLASSES, Priority.NOT_INDICATED)}

    @cached_property
    def residual_counts(self) -> dict[Priority, int]:
        """The number of findings in each class after controls and labels (METHOD 5)."""
        return self._counted(lambda assessment: assessment.residual)

    @cached_property
    def gaps(self) -> dict[str, int]:
        """The number of sites that lack something a score or a path needs, by what is missing."""
        counted: Counter[str] = Counter()
        for places in self._alike:
            gaps = _gaps(self.sites[places[0]], self.today)
            counted.update(dict.fromkeys(gaps, len(places)))
        counted[UNDESCRIBED] = sum(not it.company.is_described for it in self.inventories)
        counted["workers"] = sum(site.supplier.workers is None for site in self.sites)
        counted["tier"] = sum(site.tier is None for site in self.sites)
        return {name: count for name, count in counted.items() if count}

    @cached_property
    def joined(self) -> Joined:
        """The sites that stand in the lists more than once, with their other places (D12)."""
        return joined_sites(self.inventories)

    @cached_property
    def blind_spots(self) -> tuple[Site, ...]:
        """Sites of tier 1 in a high-risk sector with nothing known behind them."""
        supplied = {
            (inventory.source, buyer)
            for inventory in self.inventories
            for site in inventory.suppliers
            for buyer in site.supplies
        }
        high = self.evidence.taxonomy.high_risk_sectors
        return tuple(
            site
            for site in self.sites
            if site.tier == 1
            and (site.supplier.sector in high or site.supplier.goods_sector in high)
            and (site.chain.inventory.source, site.supplier.id) not in supplied
        )

    @cached_property
    def dated_ahead(self) -> tuple[Site, ...]:
        """Sites with something seen there that is dated after the day of the scan."""
        told = (site for site in self.sites if site.supplier.facts is not NO_FACTS)
        return tuple(
            site
            for site in told
            if any(first_day(day) > self.today for day in site.supplier.facts.dates)
        )

    @cached_property
    def goods_remarks(self) -> dict[Text, int]:
        """What the goods tables have to say beyond listings, with the number of sites it is about.

        An unknown good, a good that can be two, a listed input whose origin is not stated.
        """
        counted: Counter[Text] = Counter()
        for places in self._alike:
            profile = profile_of(self.sites[places[0]].supplier)
            counted.update(dict.fromkeys(goods_of(self.evidence, profile).notices, len(places)))
        return dict(counted)

    @cached_property
    def _alike(self) -> tuple[list[int], ...]:
        """The places of sites that share their assessments, each list in order."""
        alike: dict[int, list[int]] = {}
        for site in self.sites:
            alike.setdefault(id(site.assessments), []).append(site.place)
        return tuple(alike.values())


def day_of_scan() -> date:
    """The day it is in UTC, so that a scan says the same in every time zone."""
    return datetime.now(UTC).date()


def scan(
    inventory: Inventory,
    *more: Inventory,
    evidence: Evidence | None = None,
    today: date | None = None,
) -> Report:
    """Score every site of the inventories against the tables, and rank what is found.

    `evidence` defaults to the tables that come with imvo-scan; `today`, which decides only whether
    site evidence is still fresh, to the day of the scan. Raises `InventoryError` where the links of
    a chain contradict each other.
    """
    from imvo_scan.evidence import load_evidence

    inventories = (inventory, *more)
    scorer = Scorer(evidence or load_evidence(), today or day_of_scan())
    return Report(tuple(_sites(inventories, scorer)), inventories, scorer.evidence, scorer.today)


def _sites(inventories: Sequence[Inventory], scorer: Scorer) -> Iterator[Site]:
    """Every site, in the order of leverage, id and file; each distinct profile is scored once.

    That order is the last part of the order of findings (METHOD 4).
    """
    chains = [chain_of(inventory) for inventory in inventories]
    handles = handles_of(inventories)
    pairs = [(supplier, chain) for chain in chains for supplier in _scanned(chain.inventory)]
    pairs.sort(key=lambda pair: pair[1].inventory.source)
    pairs.sort(key=lambda pair: pair[0].id)
    if handles:
        pairs.sort(
            key=lambda pair: -len(handles.get(Place(pair[1].inventory.source, pair[0].id), ()))
        )
    scored: dict[Profile, Assessments] = {}
    for place, (supplier, chain) in enumerate(pairs):
        profile = profile_of(supplier)
        assessments = scored.get(profile)
        if assessments is None:
            assessments = scored[profile] = scorer.score(profile)
        yield Site(supplier, chain, assessments, place)


def _scanned(inventory: Inventory) -> Iterator[Supplier]:
    """The suppliers, and the company itself at tier 0 where it says what it does and where."""
    yield from inventory.suppliers
    it = inventory.company
    if it.is_described:
        yield Supplier(
            id=COMPANY,
            name=it.name,
            country=it.country,
            sector=it.sector,
            goods_sector=it.goods_sector,
            tier=OWN_TIER,
            workers=it.workers,
            flags=it.flags,
            line=it.line,
        )


def _merged(groups: list[tuple[list[int], T]]) -> Sequence[tuple[int, T]]:
    """The findings of groups of equal rank, in the order of their sites, then of their risks."""
    pairs = list(chained.from_iterable(zip(places, repeat(label)) for places, label in groups))
    if len(groups) > 1:
        pairs.sort(key=itemgetter(0))
    return pairs


def _hot_spot(members: list[Alike]) -> HotSpot:
    sites, assessment = min(members, key=lambda m: (m[1].rank, m[0][0].place))
    stated = [s.supplier.workers for group, _ in members for s in group]
    known = [workers for workers in stated if workers is not None]
    return HotSpot(Finding(sites[0], assessment), len(stated), sum(known), len(stated) - len(known))


def _gaps(site: Site, today: date) -> Iterator[str]:
    """What a site lacks that its profile shows, each thing once."""
    yield from {gap: None for assessment in site.assessments for gap in assessment.gaps}
    if not any(is_fresh(day, today) for day in site.supplier.facts.dates):
        yield NO_FRESH_EVIDENCE
    if lacks_channel(site):
        yield NO_CHANNEL


def lacks_channel(site: Site) -> bool:
    """Whether a severe risk is indicated at a site that names no grievance channel (D15)."""
    if any(control.kind in CHANNELS for control in site.supplier.facts.controls):
        return False
    return any(
        one.severity >= SEVERE and one.priority is not Priority.NOT_INDICATED
        for one in site.assessments
    )

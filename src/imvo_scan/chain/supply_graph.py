"""Who supplies whom: tiers and paths from the `supplies` links of an inventory.

The company is tier 0. A site's tier is the shortest way to the company along the links; a `tier`
written at a site stands where its links lead to no tier that is known, also for what stands behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from imvo_scan.core.errors import InventoryError, Problem
from imvo_scan.core.matching import did_you_mean
from imvo_scan.core.message import Message, Text, message
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import COMPANY, OWN_TIER

UNKNOWN_STEP = "?"
FIRST_STEPS, LAST_STEPS = 20, 20  # real chains have ten; a way of thousands is read by nobody
_NAMED_AT_MOST = 10
_LONGEST_NAME = 60  # characters: enough to know a supplier, and the line stays one line
_SUGGESTED_AT_MOST = 20  # each compares with every id


class Link(NamedTuple):
    """Where a site stands: its tier (None: unknown), and the site it delivers to on the way.

    `buyer` is an id; None where the site delivers to the company or to nobody known.
    """

    tier: int | None
    buyer: str | None = None


@dataclass(frozen=True, eq=False)
class Chain:
    """The links of one inventory: of every site that has a known buyer or stands behind one.

    Built by `chain_of`. Where no site names whom it supplies, there are no links to keep.
    """

    inventory: Inventory
    links: Mapping[str, Link]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every site, by id."""
        return {site.id: site.name for site in self.inventory.suppliers}

    @cached_property
    def sites(self) -> Mapping[str, Supplier]:
        """Every supplier, by id."""
        return {site.id: site for site in self.inventory.suppliers}

    def way(self, site: Supplier) -> tuple[Supplier, ...]:
        """The sites between the company and a site, the nearest to the company first."""
        steps = []
        link = self.links.get(site.id)
        while link is not None and link.buyer is not None:
            steps.append(self.sites[link.buyer])
            link = self.links.get(link.buyer)
        return tuple(reversed(steps))

    @cached_property
    def behind(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the sites that deliver to each site, each list in order.

        Under the company stand those of tier 1, under `UNKNOWN_STEP` those whose buyer is unknown.
        """
        behind: dict[str, list[str]] = {}
        for site in self.inventory.suppliers:
            for buyer in self.buyers(site):
                behind.setdefault(buyer, []).append(site.id)
        return {buyer: tuple(sorted(ids)) for buyer, ids in behind.items()}

    @staticmethod
    def buyers(site: Supplier) -> tuple[str, ...]:
        """Whom a site delivers to: ids, the company, or `UNKNOWN_STEP`; nobody for the company."""
        if site.tier == OWN_TIER:
            return ()
        return site.supplies or ((COMPANY,) if site.tier == 1 else (UNKNOWN_STEP,))

    def all_behind(self, start: str) -> set[str]:
        """The ids of all sites that stand behind one, each once, however many ways lead to it."""
        seen: set[str] = set()
        waiting = list(self.behind.get(start, ()))
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting.extend(self.behind.get(here, ()))
        return seen

    def tier(self, site: Supplier) -> int | None:
        """The tier of a site: by its links, else as written; None where it is not known."""
        link = self.links.get(site.id)
        return site.tier if link is None else link.tier

    def path_text(self, site: Supplier) -> str:
        """The path as one text; what stands before the site is put together once for its like."""
        link = self.links.get(site.id)
        key = (None, site.tier) if link is None else (link.buyer, link.tier)
        before = self._before.get(key)
        if before is None:
            before = "".join(f"{step} > " for step in self.short_path(site)[:-1])
            self._before[key] = before
        return before + (self.inventory.company.name if site.tier == OWN_TIER else site.name)

    @cached_property
    def _before(self) -> dict[tuple[str | None, int | None], str]:
        return {}

    def path(self, site: Supplier) -> tuple[str, ...]:
        """The names from the company to a site; `?` stands for steps that are not known."""
        if site.tier == OWN_TIER:
            return (self.inventory.company.name,)
        link = self.links.get(site.id)
        if link is None and site.tier == 1:
            return (self.inventory.company.name, site.name)
        steps, tier = [site.name], site.tier
        while link is not None:
            tier = link.tier
            if link.buyer is None:
                break
            steps.append(self.names[link.buyer])
            link = self.links.get(link.buyer)
        if tier != 1:
            steps.append(UNKNOWN_STEP)
        return (self.inventory.company.name, *reversed(steps))

    def short_path(self, site: Supplier) -> tuple[str, ...]:
        """The path as it is shown: of a long one the first and last steps, and how many between.

        What all sites of a chain share of it is kept once, so n tiers cost n steps, not n times n.
        """
        if site.tier == OWN_TIER:
            return (self.inventory.company.name,)
        start = self._start(site)
        if start.length <= FIRST_STEPS:
            return start.names
        last: list[str] = []
        here: str | None = site.id
        while here is not None and len(last) < min(LAST_STEPS, start.length - FIRST_STEPS):
            last.append(self.names[here])
            link = self.links.get(here)
            here = None if link is None else link.buyer
        left_out = start.length - FIRST_STEPS - len(last)
        between = (more_steps(left_out),) if left_out else ()
        return (*start.names, *between, *reversed(last))

    def _start(self, site: Supplier) -> _Start:
        """How the way to a site begins, from that of its buyer: each is worked out once."""
        way = [site.id]
        link = self.links.get(site.id)
        while link is not None and link.buyer is not None and link.buyer not in self._starts:
            way.append(link.buyer)
            link = self.links.get(link.buyer)
        start = self._root(site, link)
        if link is not None and link.buyer is not None:
            start = self._starts[link.buyer]
        for identifier in reversed(way):
            start = self._starts[identifier] = start.with_step(self.names[identifier])
        return start

    def _root(self, site: Supplier, link: Link | None) -> _Start:
        """Where a way begins: at the company, with a step that is not known but at tier 1."""
        tier = site.tier if link is None else link.tier
        root = _Start((self.inventory.company.name,), 1)
        return root if tier == 1 else root.with_step(UNKNOWN_STEP)

    @cached_property
    def _starts(self) -> dict[str, _Start]:
        return {}


class _Start(NamedTuple):
    """The first names of a way, at most `FIRST_STEPS`, and how many it has in all."""

    names: tuple[str, ...]
    length: int

    def with_step(self, name: str) -> _Start:
        """The way with one step more; where it is long, its first names are shared."""
        first = self.names if self.length >= FIRST_STEPS else (*self.names, name)
        return _Start(first, self.length + 1)


def shortened(steps: tuple[str, ...]) -> tuple[str, ...]:
    """A path as `Chain.short_path` gives it: the first and last steps, and how many are between."""
    left_out = len(steps) - FIRST_STEPS - LAST_STEPS
    if left_out <= 0:
        return steps
    return (*steps[:FIRST_STEPS], more_steps(left_out), *steps[-LAST_STEPS:])


def more_steps(number: int) -> str:
    """What stands for the steps between the first and the last ones, in every language."""
    return f"(+{number})"


def chain_of(inventory: Inventory) -> Chain:
    """The chain of an inventory.

    Raises `InventoryError` for ids that do not exist, circles, and tiers that contradict the links.
    """
    held = list(_holders_wrong(inventory))
    if not any(site.supplies for site in inventory.suppliers):
        if held:
            raise InventoryError(held)
        return Chain(inventory, {})
    problems = [*held, *_unknown_ids(inventory), *_circles(inventory)]
    if not problems:
        links = _shortest(inventory)
        problems = list(_contradictions(inventory, links))
        if not problems:
            return Chain(inventory, links)
    raise InventoryError(sorted(problems, key=lambda problem: problem.line))


def _shortest(inventory: Inventory) -> dict[str, Link]:
    """The shortest way to the company for every site, of a chain without circles."""
    links: dict[str, Link] = {}
    for site in _buyers_first(inventory):
        links[site.id] = _link(site, links)
    return links


def _link(site: Supplier, links: Mapping[str, Link]) -> Link:
    """The tier next after the nearest buyer, of equal ones the lowest id; else as written."""
    if COMPANY in site.supplies:
        return Link(1)
    reached = [(tier, key) for key in site.supplies if (tier := links[key].tier) is not None]
    if reached:
        tier, buyer = min(reached)
        return Link(tier + 1, buyer)
    return Link(site.tier, min(site.supplies, default=None))


def _buyers_first(inventory: Inventory) -> Iterator[Supplier]:
    """Every site after all that it supplies."""
    waiting: dict[str, int] = {}
    behind: dict[str, list[Supplier]] = {}
    ready: list[Supplier] = []
    for site in inventory.suppliers:
        buyers = set(site.supplies) - {COMPANY}
        waiting[site.id] = len(buyers)
        for buyer in buyers:
            behind.setdefault(buyer, []).append(site)
        if not buyers:
            ready.append(site)
    while ready:
        here = ready.pop()
        yield here
        for site in behind.get(here.id, ()):
            waiting[site.id] -= 1
            if not waiting[site.id]:
                ready.append(site)


def _unknown_ids(inventory: Inventory) -> Iterator[Problem]:
    known = {COMPANY, *(site.id for site in inventory.suppliers)}
    wrong = ((site, b) for site in inventory.suppliers for b in site.supplies if b not in known)
    for number, (site, buyer) in enumerate(wrong):
        near = did_you_mean(buyer, known) if number < _SUGGESTED_AT_MOST else ""
        what = message("chain.no-supplier", id=repr(buyer))
        yield _problem(inventory, site, what, near or message("chain.write-an-id", company=COMPANY))


def _holders_wrong(inventory: Inventory) -> Iterator[Problem]:
    """A label may only be held by a site that exists (METHOD 5)."""
    stated = [
        (site, label)
        for site in inventory.suppliers
        if site.facts.labels
        for label in site.facts.labels
    ]
    known = {site.id for site in inventory.suppliers} if stated else set()
    for site, label in stated:
        if label.held_by is not None and label.held_by not in known | {COMPANY}:
            what = message("chain.no-holder", id=repr(label.held_by), label=label.label)
            yield _problem(inventory, site, what, did_you_mean(label.held_by, known))
        if label.held_by == site.id:
            what = message("chain.holds-its-own", label=label.label)
            yield _problem(inventory, site, what, message("chain.leave-out-holder"))


def _circles(inventory: Inventory) -> Iterator[Problem]:
    """One problem for each circle of suppliers that supply one another."""
    sites = {site.id: site for site in inventory.suppliers}
    left = _not_ending(sites)
    while left:
        for circle in _circles_among(left, sites):
            left.difference_update(circle)
            what = message("chain.circle", way=_way_round(circle, sites))
            yield _problem(inventory, sites[circle[0]], what, message("chain.open-circle"))
        left = _not_ending({key: sites[key] for key in left})


def _way_round(circle: Sequence[str], sites: Mapping[str, Supplier]) -> Text:
    """The suppliers of a circle with their lines, the first once more at the end."""
    steps: list[Text] = [_at_line(key, sites[key].line) for key in circle[:_NAMED_AT_MOST]]
    if len(circle) > _NAMED_AT_MOST:
        steps.append(message("chain.more-steps", n=len(circle) - _NAMED_AT_MOST))
    steps.append(circle[0])
    return reduce(lambda before, step: message("chain.then", before=before, step=step), steps)


def _at_line(key: str, line: int) -> Message:
    return message("chain.at-line", id=key, line=str(line))


def _not_ending(sites: Mapping[str, Supplier]) -> set[str]:
    """The ids from which following `supplies` never comes to an end."""
    open_ways = {key: sum(b in sites for b in site.supplies) for key, site in sites.items()}
    behind: dict[str, list[str]] = {}
    for key, site in sites.items():
        for buyer in site.supplies:
            behind.setdefault(buyer, []).append(key)
    ended = [key for key, count in open_ways.items() if count == 0]
    while ended:
        for key in behind.get(ended.pop(), ()):
            open_ways[key] -= 1
            if open_ways[key] == 0:
                ended.append(key)
    return {key for key, count in open_ways.items() if count > 0}


def _circles_among(left: set[str], sites: Mapping[str, Supplier]) -> list[list[str]]:
    """The circles that are met when each site in `left` is followed to its first buyer there."""
    circles: list[list[str]] = []
    met_from: dict[str, str] = {}
    for start in sorted(left):
        way: list[str] = []
        here = start
        while here not in met_from:
            met_from[here] = start
            way.append(here)
            here = min(buyer for buyer in sites[here].supplies if buyer in left)
        if met_from[here] == start:
            circles.append(way[way.index(here) :])
    return circles


def _contradictions(inventory: Inventory, links: Mapping[str, Link]) -> Iterator[Problem]:
    for site in inventory.suppliers:
        derived = links[site.id].tier
        if site.tier is not None and site.supplies and derived != site.tier:
            what = message("chain.tier-wrong", written=str(site.tier), derived=str(derived))
            if buyer := _nearest(site, inventory, links):
                what = message("chain.tier-wrong-by", what=what, buyer=buyer)
            yield _problem(inventory, site, what, message("chain.leave-out-tier"))


def _nearest(site: Supplier, inventory: Inventory, links: Mapping[str, Link]) -> Message | None:
    """The buyer that makes the tier of a site, and its line."""
    buyers = (one for one in inventory.suppliers if one.id == links[site.id].buyer)
    return next((_at_line(one.id, one.line) for one in buyers), None)


def _problem(inventory: Inventory, site: Supplier, what: Text, hint: Text = "") -> Problem:
    where = message("chain.supplier", name=site.name[:_LONGEST_NAME])
    return Problem(inventory.source, site.line, 1, what, where, hint)

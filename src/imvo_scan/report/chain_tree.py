"""The chain as a tree to draw: the company, who supplies it, and who stands behind them.

Walks with a list of its own instead of calling itself, so that a chain may be any number deep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

from imvo_scan.chain.scan import Finding, Report, Site
from imvo_scan.chain.supply_graph import UNKNOWN_STEP, Chain
from imvo_scan.inventory.entities import COMPANY

Order: TypeAlias = tuple[tuple[int, ...], int]
_Waiting: TypeAlias = "tuple[str, Node]"

ROOT = "\0root"


class Node(NamedTuple):
    """One line of the tree.

    `last` says for each level down to this one whether it is the last branch there. `site` is
    None for the branch of those whose buyer is not known. `behind` is the worst finding among all
    sites behind it, None where nothing is. `again`: what stands behind it was drawn before.
    `left_out` counts the branches at this place that were not drawn.
    """

    last: tuple[bool, ...]
    site: Site | None
    behind: Finding | None
    again: bool = False
    left_out: int = 0


@dataclass(frozen=True)
class Tree:
    """The tree of one chain of a report."""

    report: Report
    chain: Chain

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """The sites of this chain by id."""
        return {s.supplier.id: s for s in self.report.sites if s.chain is self.chain}

    @cached_property
    def own(self) -> Mapping[str, tuple[Order, Finding]]:
        """The worst finding of each site itself, with its place in the order."""
        worst_of = {}
        for key, site in self.sites.items():
            worst = min(site.assessments, key=lambda one: one.rank)
            worst_of[key] = ((worst.rank, site.place), Finding(site, worst))
        return worst_of

    @cached_property
    def worst_behind(self) -> Mapping[str, tuple[Order, Finding]]:
        """The worst finding among all sites behind each one; from the far end to the company."""
        behind = self.chain.behind
        open_ones = {key: len(behind.get(key, ())) for key in self.sites}
        ready = [key for key, count in open_ones.items() if count == 0 and key != COMPANY]
        behind_each: dict[str, tuple[Order, Finding]] = {}
        while ready:
            key = ready.pop()
            mine = min(self.own[key], behind_each.get(key, self.own[key]))
            for buyer in self.chain.buyers(self.sites[key].supplier):
                behind_each[buyer] = min(mine, behind_each.get(buyer, mine))
                if buyer in open_ones:
                    open_ones[buyer] -= 1
                    if open_ones[buyer] == 0 and buyer != COMPANY:
                        ready.append(buyer)
        return behind_each

    def nodes(self, *, depth: int | None = None, most: int | None = None) -> Iterator[Node]:
        """Every line of the tree below the company, the worst branch first.

        `depth` is the number of tiers to draw, `most` the number of branches at one place; None is
        all. A site that supplies several is drawn under each, and what is behind it only once.
        """
        opened: set[str] = set()
        waiting = self._branches((), ROOT, most)
        while waiting:
            key, node = waiting.pop()
            again = key in opened and bool(self.chain.behind.get(key))
            yield node._replace(again=again)
            if key and not again and (depth is None or len(node.last) < depth):
                opened.add(key)  # and not where it is merely named, at the last tier to draw
                waiting += self._branches(node.last, key, most)

    def _branches(self, above: tuple[bool, ...], key: str, most: int | None) -> list[_Waiting]:
        """The branches at a place, in the order in which they are taken: from the end."""
        ids = self._children(key)
        drawn = ids if most is None else ids[:most]
        branches: list[_Waiting] = [
            (one, Node((*above, one == ids[-1]), self.sites.get(one), self._behind(one)))
            for one in drawn
        ]
        if len(drawn) < len(ids):
            branches.append(("", Node((*above, True), None, None, left_out=len(ids) - len(drawn))))
        return branches[::-1]

    def _children(self, key: str) -> list[str]:
        """The ids at a place, the worst branch first; last those whose buyer is not known."""
        behind = self.chain.behind
        if key == ROOT:
            unknown = [UNKNOWN_STEP] if UNKNOWN_STEP in behind else []
            return self._children(COMPANY) + unknown
        return sorted(behind.get(key, ()), key=self._order)

    def _order(self, key: str) -> Order:
        mine = self.own[key][0]
        return min(mine, self.worst_behind[key][0]) if key in self.worst_behind else mine

    def _behind(self, key: str) -> Finding | None:
        worst = self.worst_behind.get(key)
        return None if worst is None else worst[1]

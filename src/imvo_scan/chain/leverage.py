"""Where there is leverage: sites that others buy from too, or that stand in several lists (D12).

Leverage never changes a class. Among findings of equal rank, those where more can be done come
first (METHOD 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from imvo_scan.core.file_names import shown
from imvo_scan.core.matching import normal
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import NO_RELATIONS


class Handle(StrEnum):
    """Something that gives leverage at a site."""

    OTHER_BUYERS = "other-buyers"
    SAME_SITE = "same-site"
    DIALOGUE = "dialogue"


class Place(NamedTuple):
    """A supplier in one of several inventories: the file and its id."""

    source: str
    id: str


_Identity: TypeAlias = tuple[str, ...]
Joined: TypeAlias = Mapping[Place, tuple[Place, ...]]


def joined_sites(inventories: Sequence[Inventory]) -> Joined:
    """Every site that stands in the lists more than once, with its other places.

    Two places are one site where they have the same Open Supply Hub id, or the same name and
    address, or where both are the same as a third.
    """
    leader: dict[_Identity, _Identity] = {}
    identity: dict[Place, _Identity] = {}
    for place, site in _related(inventories):
        for key in _identities(site):
            first = identity.setdefault(place, key)
            leader[_leader(leader, key)] = _leader(leader, first)
    groups: dict[_Identity, set[Place]] = {}
    for place, key in identity.items():
        groups.setdefault(_leader(leader, key), set()).add(place)
    several = (group for group in groups.values() if len(group) > 1)
    return {place: tuple(sorted(group - {place})) for group in several for place in group}


def _leader(leader: dict[_Identity, _Identity], key: _Identity) -> _Identity:
    """The identity that stands for all that are known to be of the same site."""
    while (above := leader.setdefault(key, key)) != key:
        leader[key] = leader[above]
        key = above
    return key


def handles_of(inventories: Sequence[Inventory]) -> Mapping[Place, tuple[Handle, ...]]:
    """What gives leverage at each site; sites without any are left out."""
    joined = joined_sites(inventories)
    handles: dict[Place, tuple[Handle, ...]] = {}
    for place, site in _related(inventories):
        stated = (
            (Handle.OTHER_BUYERS, bool(site.relations.other_buyers)),
            (Handle.SAME_SITE, place in joined),
            (Handle.DIALOGUE, bool(site.relations.dialogue)),
        )
        if here := tuple(handle for handle, there in stated if there):
            handles[place] = here
    return handles


def _related(inventories: Sequence[Inventory]) -> Iterator[tuple[Place, Supplier]]:
    for inventory in inventories:
        for site in inventory.suppliers:
            if site.relations is not NO_RELATIONS:
                yield Place(inventory.source, site.id), site


def _identities(site: Supplier) -> Iterator[tuple[str, ...]]:
    relations = site.relations
    if relations.os_id is not None:
        yield ("os", relations.os_id)
    if relations.address is not None:
        yield ("name-and-address", normal(site.name), normal(relations.address))


def joint_leverage(site: Supplier, at: Place, joined: Joined) -> tuple[str, ...]:
    """With whom the company could act together at a site: other buyers, and its own other lines."""
    others = joined.get(at, ()) if joined else ()
    return (*site.relations.other_buyers, *(f"{shown(o.source)}: {o.id}" for o in others))

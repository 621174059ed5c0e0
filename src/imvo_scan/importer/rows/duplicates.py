"""One id for every site, which stays when rows move; one site for rows that say the same.

The id is that of Open Supply Hub, else the list's own, else made from name, country and address.
All of it takes all sites of a list at once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple, TypeAlias

from imvo_scan.core.matching import normal
from imvo_scan.core.message import message
from imvo_scan.importer.rows.remarks import RowWarning
from imvo_scan.importer.rows.results import ListSite
from imvo_scan.inventory.entities import COMPANY

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._:\-]+")
_LONGEST = 80  # characters of the list's own id: the most that an inventory takes is longer
_LONGEST_SLUG = 40  # characters of a name, so that an id fits a line
_DIGITS = 8  # of a hash: by chance, two in 4,000 million are the same
_SHOWN = 60  # characters of a long text in a remark
_TELLING = ("sector", "goods_sector", "goods", "tier", "workers", "spend", "region")

Marked: TypeAlias = tuple[int, RowWarning]
"""The number of a row, and what there is to say of it beside the others."""


class Named(NamedTuple):
    """Sites with an id each, in the order of the list, and what there is to say of them."""

    sites: Sequence[tuple[str, ListSite]]
    remarks: Sequence[Marked]


def identified(sites: Sequence[ListSite]) -> Named:
    """Every one of these distinct sites with an id of its own."""
    ids = [base_id(site) for site in sites]
    remarks = []
    for places in _shared(ids):
        alike = [sites[place] for place in places]
        remarks.append(_why_told_apart(alike))
        for place, key in zip(places, _telling_keys(alike), strict=True):
            ids[place] = f"{ids[place]}-{key}"
    while again := _shared(ids):  # an own id may look like one that was made here
        for place in (place for places in again for place in places):
            ids[place] = f"{ids[place]}-{_content(sites[place])}"
    return Named(list(zip(ids, sites, strict=True)), remarks)


def _shared(ids: Sequence[str]) -> list[list[int]]:
    """The places of sites that have one id."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, identifier in enumerate(ids):
        groups[identifier.casefold()].append(place)
    return [places for places in groups.values() if len(places) > 1]


def base_id(site: ListSite) -> str:
    """The id of a site by itself: its own, or made from its name, country and address.

    The city is left out, so that a list that gains a column for it keeps its ids.
    """
    own = _NOT_IN_IDS.sub("-", site.own_id).strip("-._:")[:_LONGEST]
    if own and own.casefold() != COMPANY:
        return own
    plain = unicodedata.normalize("NFKD", site.supplier.name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{slug or 'site'}-{_identity(site)}"


def _identity(site: ListSite) -> str:
    parts = (site.supplier.name, site.supplier.country or "", site.street)
    return _hash([normal(part) for part in parts])


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _content(site: ListSite) -> str:
    return site.content.hex()[:_DIGITS]


def _why_told_apart(sites: Sequence[ListSite]) -> Marked:
    """What there is to say of sites that share an id."""
    first = sites[0]
    if len(set(map(_identity, sites))) > 1:
        kind = message("warning.one-id-for-several")
        own_id = first.own_id[:_SHOWN]
        seen = message("seen.one-id-for-several", id=own_id, sites=len(sites))
    else:
        kind = message("warning.same-site-with-other-details")
        name = first.supplier.name[:_SHOWN]
        seen = message("seen.same-site-on-rows", name=name, rows=len(sites))
    return first.supplier.line, RowWarning(kind, seen)


def _telling_keys(sites: Sequence[ListSite]) -> Sequence[str]:
    """A key for each of some sites that share an id, by the least that tells them apart."""
    distinct = (keys for keys in _ways(sites) if len(set(keys)) == len(keys))
    return next(distinct, None) or list(map(_content, sites))


def _ways(sites: Sequence[ListSite]) -> Iterator[list[str]]:
    """Ways to tell sites apart: by identity, then by one thing said of them, then by all of it.

    The address with its city comes late: a list may gain a column of cities.
    """
    yield [_identity(site) for site in sites]
    for key in _TELLING:
        yield [_hash([_identity(site), key, _of(site, key)]) for site in sites]
    yield [_hash([_identity(site), normal(site.address)]) for site in sites]
    yield [_hash([_identity(site), *(_of(site, key) for key in _TELLING)]) for site in sites]


def _of(site: ListSite, key: str) -> Any:
    """What a list says of a site; None where it says nothing, also of goods."""
    value = getattr(site.supplier, key)
    return None if value == () else value


# -- who supplies whom ---------------------------------------------------------------------------


class Links(NamedTuple):
    """Whom each site supplies, by id, and what there is to say of it."""

    supplies: Mapping[str, tuple[str, ...]]
    remarks: Sequence[Marked]


def linked(sites: Sequence[tuple[str, ListSite]]) -> Links:
    """Whom each site supplies, where the list says so and it can be true."""
    supplies: dict[str, tuple[str, ...]] = {}
    remarks: list[Marked] = []
    if not any(site.parents or site.path for _, site in sites):
        return Links(supplies, remarks)
    ids = _Ids.of(sites)
    for identifier, site in sites:
        buyers, unknown = ids.buyers(identifier, site)
        remarks += [(site.supplier.line, warning) for warning in unknown]
        if buyers and _leads_back(identifier, buyers, supplies):
            circle = RowWarning(message("warning.circle"), message("seen.circle"))
            remarks.append((site.supplier.line, circle))
        elif buyers:
            supplies[identifier] = tuple(dict.fromkeys(buyers))
    return Links(supplies, remarks)


class _Ids(NamedTuple):
    """The ids of sites by what a list calls them: by the list's own id, and by name."""

    by_own: Mapping[str, Sequence[str]]
    by_name: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, sites: Sequence[tuple[str, ListSite]]) -> _Ids:
        """The ids of the sites of one list."""
        by_own, by_name = defaultdict(list), defaultdict(list)
        for identifier, site in sites:
            by_own[normal(site.own_id)].append(identifier)
            by_name[normal(site.supplier.name)].append(identifier)
        return cls(by_own, by_name)

    def buyers(self, identifier: str, site: ListSite) -> tuple[list[str], list[RowWarning]]:
        """Whom a site supplies by id, and a warning for each that no row is."""
        buyers: list[str] = []
        unknown = []
        for parent in (*site.parents, *_before(site.path)):
            form = normal(parent)
            known = self.by_own.get(form) or self.by_name.get(form) or ()
            buyers += [one for one in known if one != identifier]
            if not known and parent == COMPANY:
                buyers.append(COMPANY)
            elif not known:
                seen = message("seen.link-not-found", parent=parent)
                unknown.append(RowWarning(message("warning.link-not-found"), seen))
        return buyers, unknown


def _before(path: str) -> list[str]:
    """The site before the last in a path of names; none where that is the company or unknown."""
    steps = path.split(" > ")
    return [steps[-2]] if len(steps) > 2 and steps[-2] != "?" else []  # noqa: PLR2004 - company and site


def _leads_back(start: str, onward: Sequence[str], links: Mapping[str, tuple[str, ...]]) -> bool:
    waiting, seen = list(onward), set()
    while waiting:
        here = waiting.pop()
        if here == start:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(links.get(here, ()))
    return False


def company_of(sites: Sequence[tuple[str, ListSite]]) -> str:
    """The company that the paths of a report begin with; empty where they do not agree."""
    names = {site.path.split(" > ")[0] for _, site in sites if " > " in site.path}
    return names.pop() if len(names) == 1 else ""

"""One id for every site, which stays when rows move; one site for rows that say the same.

The id is that of Open Supply Hub, else the list's own, else made from name, country and address.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from imvo_scan.core.matching import normal
from imvo_scan.importer.report import Tally
from imvo_scan.importer.rows.supplier import Entry
from imvo_scan.inventory.entities import COMPANY

_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9._:\-]+")
_LONGEST = 80
_TELLING = ("sector", "goods_sector", "goods", "tier", "workers", "spend", "region")


def identified(entries: Iterable[Entry], tally: Tally) -> tuple[list[tuple[str, Entry]], int]:
    """Every distinct site with its id, in order, and the number of rows that said the same."""
    distinct: dict[bytes, Entry] = {}
    merged = 0
    for entry in entries:
        key = _content(entry)
        if (first := distinct.setdefault(key, entry)) is not entry:
            merged += 1
            tally.unread += first.unread != entry.unread
        else:
            tally.gap(entry.gaps)
    sites = [(base_id(entry), entry) for entry in distinct.values()]
    for places in _shared(sites):
        _tell_apart(sites, places, tally)
    while again := _shared(sites):
        for place in (place for places in again for place in places):
            identifier, entry = sites[place]
            sites[place] = (f"{identifier}-{_content(entry).hex()[:8]}", entry)
    return sites, merged


def _shared(sites: Sequence[tuple[str, Entry]]) -> list[list[int]]:
    """The places of sites that have one id."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, (identifier, _) in enumerate(sites):
        groups[identifier.casefold()].append(place)
    return [places for places in groups.values() if len(places) > 1]


def base_id(entry: Entry) -> str:
    """The id of a site by itself: its own, or made from its name, country and address.

    The city is left out, so that a list that gains a column for it keeps its ids.
    """
    own = _NOT_IN_IDS.sub("-", entry.own_id).strip("-._:")[:_LONGEST]
    if own and own.casefold() != COMPANY:
        return own
    plain = unicodedata.normalize("NFKD", entry.said["name"]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:40].strip("-")
    return f"{slug or 'site'}-{_identity(entry)}"


def _identity(entry: Entry) -> str:
    parts = (entry.said["name"], entry.said.get("country", ""), entry.street)
    return _hash([normal(part) for part in parts])


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _content(entry: Entry) -> bytes:
    """All that a row says of its site, in short."""
    said = [*entry.said.items(), entry.own_id, entry.address, entry.parents, entry.path]
    return sha256(repr(said).encode("utf-8", "surrogatepass")).digest()


def _tell_apart(sites: list[tuple[str, Entry]], places: Sequence[int], tally: Tally) -> None:
    """Give sites that share an id one of their own, by the least that tells them apart."""
    entries = [sites[place][1] for place in places]
    first = entries[0]
    if len({_identity(entry) for entry in entries}) > 1:
        text = f"the id {first.own_id[:60]!r} stands for {len(entries)} sites: each got its own"
        tally.warn("one id for several sites", first.row, text)
    else:
        text = (
            f"{first.said['name'][:60]!r} stands on {len(entries)} rows that differ: all are kept"
        )
        tally.warn("the same site with other details", first.row, text)
    for keys in _keys(entries):
        if len(set(keys)) == len(keys):
            break
    else:
        keys = [_content(entry).hex()[:8] for entry in entries]
    for place, key in zip(places, keys, strict=True):
        sites[place] = (f"{sites[place][0]}-{key}", sites[place][1])


def _keys(entries: Sequence[Entry]) -> Iterator[list[str]]:
    """Ways to tell sites apart: by identity, then by one thing said of them, then by all of it.

    The address with its city comes late: a list may gain a column of cities.
    """
    yield [_identity(entry) for entry in entries]
    for key in _TELLING:
        yield [_hash([_identity(entry), key, entry.said.get(key)]) for entry in entries]
    yield [_hash([_identity(entry), normal(entry.address)]) for entry in entries]
    yield [
        _hash([_identity(entry), *(entry.said.get(key) for key in _TELLING)]) for entry in entries
    ]


# -- who supplies whom ---------------------------------------------------------------------------


def linked(sites: Sequence[tuple[str, Entry]], tally: Tally) -> dict[str, tuple[str, ...]]:
    """Whom each site supplies, by id, where the list says so and it can be true."""
    if not any(entry.parents or entry.path for _, entry in sites):
        return {}
    by_own, by_name = defaultdict(list), defaultdict(list)
    for identifier, entry in sites:
        by_own[normal(entry.own_id)].append(identifier)
        by_name[normal(entry.said["name"])].append(identifier)
    links: dict[str, tuple[str, ...]] = {}
    for identifier, entry in sites:
        found: list[str] = []
        for parent in (*entry.parents, *_before(entry.path)):
            known = by_own.get(normal(parent)) or by_name.get(normal(parent)) or []
            found.extend(one for one in known if one != identifier)
            if not known and parent == COMPANY:
                found.append(COMPANY)
            elif not known:
                tally.warn("link not found", entry.row, f"no row has the id or name {parent!r}")
        if found and not _leads_back(identifier, found, links):
            links[identifier] = tuple(dict.fromkeys(found))
        elif found:
            tally.warn("link in a circle", entry.row, "left out: they would supply one another")
    return links


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


def company_of(sites: Sequence[tuple[str, Entry]]) -> str:
    """The company that the paths of a report begin with; empty where they do not agree."""
    names = {entry.path.split(" > ")[0] for _, entry in sites if " > " in entry.path}
    return names.pop() if len(names) == 1 else ""

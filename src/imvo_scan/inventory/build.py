"""A checked entry of a file made into the value it stands for: each key is the field of its name.

No field is named here but those that are made of others, so that a new one needs nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import fields
from operator import itemgetter
from typing import Any, TypeVar

from imvo_scan.inventory.entities import (
    NO_FACTS,
    NO_RELATIONS,
    NO_STEPS,
    Buyer,
    Relations,
    SiteFacts,
    Steps,
    Supplier,
)

FACTS = frozenset(field.name for field in fields(SiteFacts))
RELATIONS = frozenset(field.name for field in fields(Relations))
_STEPS = frozenset(field.name for field in fields(Steps))
_OF_GROUPS = FACTS | RELATIONS
_UNSTATED_SITE: dict[str, Any] = dict.fromkeys(Supplier._fields) | Supplier._field_defaults
_NOTHING_STATED = Supplier._make(_UNSTATED_SITE.values())
_LISTED = [name for name, default in Supplier._field_defaults.items() if default == ()]
# A list may hold a hundred thousand sites: values by their place are set much faster than by name.
_IN_ORDER = itemgetter(*Supplier._fields)
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80  # an id may have 100 characters, and people add to the one they were given
_Group = TypeVar("_Group", SiteFacts, Relations, Steps)


def supplier_of(entry: dict[str, Any], line: int) -> Supplier:
    """A site from its keys, where codes stand in place of the names of countries and sectors."""
    stated = _UNSTATED_SITE | entry
    stated["line"] = line
    for name in _LISTED:
        if stated[name] is None:  # null is as good as nothing
            stated[name] = ()
    if stated["id"] is None:
        stated |= {"id": derived_id(stated["name"]), "derived_id": True}
    if not stated.keys().isdisjoint(_OF_GROUPS):
        stated["facts"] = _group(stated, FACTS, NO_FACTS)
        stated["relations"] = _group(stated, RELATIONS, NO_RELATIONS)
    return Supplier._make(_IN_ORDER(stated))


def buyer_of(entry: Mapping[str, Any], line: int) -> Buyer:
    """The company from its keys, where codes stand in place of the names."""
    stated = {"country": None, "sector": None} | {k: v for k, v in entry.items() if v is not None}
    steps = _group(stated, _STEPS, NO_STEPS)
    return Buyer(**stated, steps=steps, line=line)


def value_of(site: Supplier, key: str) -> Any:
    """What a site states under a key of the file."""
    if key in FACTS:
        return getattr(site.facts, key)
    return getattr(site.relations if key in RELATIONS else site, key)


def is_list(key: str) -> bool:
    """Whether a key of a supplier holds several values."""
    return isinstance(value_of(_NOTHING_STATED, key), tuple)


def states_beyond(site: Supplier, keys: Collection[str]) -> bool:
    """Whether a site states a fact or a relation under any other key than these."""
    groups = ((site.facts, NO_FACTS, FACTS), (site.relations, NO_RELATIONS, RELATIONS))
    return any(
        getattr(group, name) != getattr(empty, name)
        for group, empty, names in groups
        if group is not empty
        for name in names.difference(keys)
    )


def _group(stated: dict[str, Any], names: frozenset[str], empty: _Group) -> _Group:
    """The fields of a group, taken out of what is stated; most state none and share one value."""
    group = {name: stated.pop(name) for name in names & stated.keys()}
    group = {name: value for name, value in group.items() if value is not None}
    return type(empty)(**group) if group else empty


def derived_id(name: str) -> str:
    """An id made from a name: `Müller & Co.` gives `muller-co`.

    A name in another script gives a short code. The same name gives the same id, whatever stands
    around it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = _SLUG.sub("-", plain).strip("-")[:_LONGEST_SLUG]
    if slug:
        return slug
    from hashlib import sha256

    return "site-" + sha256(name.encode()).hexdigest()[:10]

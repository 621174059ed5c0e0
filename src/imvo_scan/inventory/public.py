"""An inventory fit for outside eyes: the findings stay, names, prices and free text go (D8).

What others learn must not tell them who supplies whom, nor hurt the people who spoke. Countries,
sectors, goods and sizes stay, because the risks rest on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from imvo_scan.inventory.values import (
    COMPANY,
    NO_FACTS,
    NO_RELATIONS,
    Inventory,
    Relations,
    SiteFacts,
    Supplier,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

WITHHELD = "withheld"
_FREE_TEXT = frozenset(
    (
        "what",
        "reason",
        "source",
        "prevention",
        "response",
        "lesson",
        "remedy",
        "monitor",
        "approver",
    )
)


def public_version(inventory: Inventory) -> Inventory:
    """The inventory without names, spend, regions, addresses, other buyers and free text.

    Sites get the ids `site-01`, `site-02` ... in the order of their own ids.
    """
    ordered = sorted(site.id for site in inventory.suppliers)
    width = len(str(len(ordered)))
    names = {old: f"site-{number:0{width}}" for number, old in enumerate(ordered, start=1)}
    return replace(
        inventory,
        suppliers=tuple(_supplier(site, names) for site in inventory.suppliers),
        actions=tuple(_action(action, names) for action in inventory.actions),
        notices=(),
    )


def _supplier(site: Supplier, names: Mapping[str, str]) -> Supplier:
    relations = site.relations
    return site._replace(
        id=names[site.id],
        name=names[site.id],
        spend=None,
        region=None,
        supplies=tuple(sorted(_renamed(buyer, names) for buyer in site.supplies)),
        facts=_facts(site.facts, names),
        relations=NO_RELATIONS
        if relations is NO_RELATIONS
        else Relations(
            dialogue=tuple(map(_silent, relations.dialogue)),
            waivers=tuple(map(_silent, relations.waivers)),
        ),
    )


def _facts(facts: SiteFacts, names: Mapping[str, str]) -> SiteFacts:
    """The facts without their free text; labels keep their names, which are no secret."""
    if facts is NO_FACTS:
        return facts
    changed: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, tuple) and field.name != "made_with":
            changed[field.name] = tuple(map(_silent, value))
    changed["labels"] = tuple(
        label.model_copy(update={"held_by": label.held_by and _renamed(label.held_by, names)})
        for label in facts.labels
    )
    return replace(facts, **changed)


def _silent(fact: Any) -> Any:
    """A fact whose free text is withheld; the words of the tables (`what: mining`) stay."""
    model: BaseModel = fact
    stated = {name for name in _FREE_TEXT if getattr(model, name, None) is not None}
    if type(model).__name__ == "SiteAggravator":
        stated.discard("what")
    return model.model_copy(update=dict.fromkeys(stated, WITHHELD))


def _action(action: Any, names: Mapping[str, str]) -> Any:
    def renamed(finding: str) -> str:
        site, slash, risk = finding.partition("/")
        return f"{_renamed(site, names)}{slash}{risk}"

    findings = tuple(map(renamed, action.findings))
    return _silent(action).model_copy(update={"findings": findings})


def _renamed(identifier: str, names: Mapping[str, str]) -> str:
    return identifier if identifier == COMPANY else names.get(identifier, WITHHELD)

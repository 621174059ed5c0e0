"""What an inventory may tell outside eyes: names, prices, places and free text withheld (D8).

What others learn must not tell them who supplies whom, nor hurt the people who spoke. Countries,
sectors and goods that the tables know stay, because the risks rest on them; head counts stay as
round numbers. Free text is what `model` marks as such, so a new field cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from imvo_scan.core.risks import Risk
from imvo_scan.inventory.entities import (
    COMPANY,
    NO_FACTS,
    NO_RELATIONS,
    Buyer,
    Inventory,
    Relations,
    SiteFacts,
    Supplier,
)

if TYPE_CHECKING:
    from pydantic import BaseModel

    from imvo_scan.inventory.schema import Action, HeldLabel

WITHHELD = "withheld"
_UNDER_TEN = 5  # the middle of the smallest class: a site of three is a site of three people
_TEN = 10
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Redaction:
    """How one inventory is redacted: what it and its sites are called, and what the tables know.

    A good or a label that the tables do not know is free text like any other.
    """

    source: str
    names: Mapping[str, str]
    knows_good: Callable[[str], bool]
    knows_label: Callable[[str], bool]

    def inventory(self, inventory: Inventory) -> Inventory:
        """The whole inventory; its own company keeps its name, for it is the one that tells."""
        return replace(
            inventory,
            source=self.source,
            company=self._company(inventory),
            suppliers=tuple(map(self.supplier, inventory.suppliers)),
            actions=tuple(map(self._action, inventory.actions)),
            notices=(),
        )

    def supplier(self, site: Supplier) -> Supplier:
        """One site under its new name, without line, region, price, other buyers and free text."""
        name = self.renamed(site.id)
        return site._replace(
            id=name,
            name=name,
            spend=None,
            region=None,
            line=0,
            supplies=tuple(sorted(map(self.renamed, site.supplies))),
            goods=tuple(map(self._good, site.goods)),
            workers=rounded(site.workers),
            facts=self._facts(site.facts),
            relations=_relations(site.relations),
        )

    def renamed(self, identifier: str) -> str:
        """What a site is called; the company keeps its id."""
        return identifier if identifier == COMPANY else self.names.get(identifier, WITHHELD)

    def finding(self, identifier: str) -> str:
        """What a finding `site/risk` is called."""
        site, _, risk = identifier.rpartition("/")
        return f"{self.renamed(site)}/{risk if risk in set(Risk) else WITHHELD}"

    def _company(self, inventory: Inventory) -> Buyer:
        """The company under its own name, but for one that a list took from its file."""
        company = inventory.company
        of_file = company.name == PurePath(inventory.source).stem
        return replace(
            company,
            name=self.source if of_file else company.name,
            workers=rounded(company.workers),
            steps=silent(company.steps),
            line=0,
        )

    def _facts(self, facts: SiteFacts) -> SiteFacts:
        if facts is NO_FACTS:
            return facts
        return replace(
            silent(facts),
            made_with=tuple((self._good(good), country) for good, country in facts.made_with),
            labels=tuple(map(self._label, facts.labels)),
        )

    def _good(self, good: str) -> str:
        return good if self.knows_good(good) else WITHHELD

    def _label(self, held: HeldLabel) -> HeldLabel:
        return silent(held).model_copy(
            update={
                "label": held.label if self.knows_label(held.label) else WITHHELD,
                "held_by": held.held_by and self.renamed(held.held_by),
            }
        )

    def _action(self, action: Action) -> Action:
        findings = tuple(map(self.finding, action.findings))
        return silent(action).model_copy(update={"findings": findings})


def _relations(relations: Relations) -> Relations:
    """The steps of the dialogue and what is waived; not who else buys here, nor where it is."""
    if relations is NO_RELATIONS:
        return relations
    return Relations(dialogue=silent(relations.dialogue), waivers=silent(relations.waivers))


def rounded(count: int | None) -> int | None:
    """A head count down to its first digit: 1,284 is 1,000, which stays in its class (METHOD 2)."""
    if count is None or count == 0:
        return count
    if count < _TEN:
        return _UNDER_TEN
    unit = int("1".ljust(len(str(count)), "0"))
    return count // unit * unit


def silent(value: _T) -> _T:
    """A value with the free text and the head counts of every fact in it withheld."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        marked = _marked(type(value))
        return value.model_copy(update={n: _kept(how, getattr(value, n)) for n, how in marked})
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(map(silent, value))  # type: ignore[return-value] # a tuple of the same
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: silent(getattr(value, f.name)) for f in fields(value)})
    return value


def free_texts(value: object) -> Iterator[str]:
    """Every free text in a value, as the user wrote it."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        for name, how in _marked(type(value)):
            if how is str:
                yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from free_texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from free_texts(getattr(value, field.name))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def _kept(how: type, value: Any) -> Any:
    """What is left of a marked value: nothing of a text, the first digit of a number."""
    if value is None:
        return None
    if isinstance(value, tuple):
        return tuple(_kept(how, part) for part in value)
    return WITHHELD if how is str else rounded(value)


@cache
def _marked(model: type[BaseModel]) -> tuple[tuple[str, type], ...]:
    """The fields of a fact that are marked as free text (str) or as a head count (int)."""
    from imvo_scan.inventory.schema import Withheld

    found = []
    for name, field in model.model_fields.items():
        marks = [*field.metadata, *_metadata(field.annotation)]
        found += [(name, mark.kind) for mark in marks if isinstance(mark, Withheld)]
    return tuple(dict.fromkeys(found))


def _metadata(annotation: object) -> Iterator[object]:
    """What annotations say inside an optional or a tuple."""
    yield from getattr(annotation, "__metadata__", ())
    for part in get_args(annotation):
        yield from _metadata(part)

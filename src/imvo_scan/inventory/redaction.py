"""What an inventory may tell outside eyes: names, prices, places and free text withheld (D8).

What others learn must not tell them who supplies whom, nor hurt the people who spoke. Countries,
sectors and goods that the tables know stay, because the risks rest on them; head counts stay as
round numbers. Which field is what, its declaration says (`entities`, `facts`): none is named here
but the name of a site, which follows from its id, and that of the company.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeVar

from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.inventory.entities import COMPANY, Buyer, Inventory, Supplier
from imvo_scan.inventory.marks import WITHHELD, Public
from imvo_scan.inventory.redaction_rules import told

_ANY = "*"  # every risk
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
            actions=told(inventory.actions, self._tell),
            notices=(),
        )

    def supplier(self, site: Supplier) -> Supplier:
        """One site under its new name, and what its fields may tell."""
        site = told(site, self._tell)
        return site._replace(name=site.id)

    def renamed(self, identifier: str) -> str:
        """What a site is called; the company keeps its id."""
        return identifier if identifier == COMPANY else self.names.get(identifier, WITHHELD)

    def finding(self, identifier: str) -> str:
        """What a finding `site/risk` is called."""
        site, _, risk = identifier.rpartition("/")
        return f"{self.renamed(site)}/{risk if risk in set(Risk) else WITHHELD}"

    def _company(self, inventory: Inventory) -> Buyer:
        """The company under its own name, but for one that a list took from its file."""
        company: Buyer = told(inventory.company, self._tell)
        of_file = company.name == PurePath(inventory.source).stem
        return replace(company, name=self.source) if of_file else company

    def _tell(self, mark: Public, value: Any) -> Any:
        """What is told of a marked value in this inventory."""
        match mark:
            case Public.RENAMED if isinstance(value, tuple):
                return tuple(sorted(map(self.renamed, value)))  # in no order that could tell
            case Public.RENAMED:
                return self.renamed(value)
            case Public.FINDING:
                return self.finding(value)
            case Public.GOOD:
                return value if self.knows_good(value) else WITHHELD
            case Public.LABEL:
                return value if self.knows_label(value) else WITHHELD
            case _:
                return _tell(mark, value)


def _tell(mark: Public, value: Any) -> Any:
    """What is told of a marked value wherever it stands; words and names are withheld."""
    if mark is Public.ROUNDED:
        return rounded(value)
    if mark is Public.RISK and value in (*RISKS, _ANY):
        return value
    return WITHHELD


def rounded(count: int | None) -> int | None:
    """A head count down to its first digit: 1,284 is 1,000, which stays in its class (METHOD 2)."""
    if count is None or count == 0:
        return count
    if count < _TEN:
        return _UNDER_TEN
    unit = int("1".ljust(len(str(count)), "0"))
    return count // unit * unit


def silent(value: _T) -> _T:
    """A fact, or None, outside its inventory: free text, names and head counts withheld."""
    return value if value is None else told(value, _tell)

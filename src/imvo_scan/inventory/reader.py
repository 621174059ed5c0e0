"""One reading of a file: each supplier as it comes by, then the head; what was wrong is collected.

Everything wrong is said at once, so a fault ends nothing: the next check goes on beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from imvo_scan.core.gc_pause import collector_paused
from imvo_scan.core.matching import NotFound
from imvo_scan.core.message import Message, message
from imvo_scan.core.site_terms import Flag
from imvo_scan.documents import strict_yaml
from imvo_scan.documents.fault import Fault
from imvo_scan.inventory.build import FACTS, RELATIONS, buyer_of, derived_id, supplier_of
from imvo_scan.inventory.cross_checks import (
    actions_wrong,
    entries,
    facts_wrong,
    relations_wrong,
)
from imvo_scan.inventory.entities import COMPANY, Buyer, Inventory, Supplier
from imvo_scan.inventory.locate import SupplierFault, line_of_company
from imvo_scan.inventory.plain_model import plain_model
from imvo_scan.inventory.validate import RefusedError, check_head, supplier_check
from imvo_scan.taxonomy.taxonomy import Taxonomy


class _Meanings(dict[Any, Any]):
    """What each text met so far stands for; nothing stands for nothing."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self.find = find

    def __missing__(self, text: Any) -> Any:
        meaning = self[text] = self.find(text)
        return meaning


class Reader:
    """The state of one reading: what was understood, and what was not."""

    def __init__(self, name: str, taxonomy: Taxonomy, lines_before: int = 0) -> None:
        self.name = name
        self.taxonomy = taxonomy
        self.lines_before = lines_before
        self.suppliers: list[Supplier] = []
        self.faults: list[SupplierFault] = []
        self._lines: dict[str, int] = {}
        self._known_ids = 0
        self._shared: dict[Any, Any] = {}
        meanings = {
            "country": _Meanings(taxonomy.countries.find),
            "sector": _Meanings(taxonomy.sectors.find),
        }
        self._countries = meanings["country"]
        # The keys that hold a name of a country or a sector, and what such names stand for.
        self._coded, self._coded_of_company = (
            [(key, meanings[kind]) for key, kind in plain_model("coded")[whose]]
            for whose in ("supplier", "company")
        )
        self._check = supplier_check()
        self._flags = _Meanings(lambda flags: tuple(map(Flag, flags)))

    def stream(self, text: bytes) -> strict_yaml.Document:
        """Take every supplier from a text, and return the rest. Raises `YamlError`."""
        with collector_paused():
            return strict_yaml.stream(text, self.name, "suppliers", self.supplier)

    # -- a supplier ------------------------------------------------------------------------

    def supplier(self, index: int, value: strict_yaml.Value, line: int) -> None:
        """Check one supplier and keep it, or keep what is wrong with it."""
        line += self.lines_before
        entry: dict[str, Any] | None = None
        try:
            entry = self._check(value)
        except RefusedError as refused:
            self._fail(index, value, *refused.faults)
        if isinstance(value, dict):
            codes = self._codes(index, value)
            if self._id_is_new(index, value, line) and entry is not None and codes is not None:
                entry.update(codes)
                self._convert(entry)
                self.suppliers.append(supplier_of(entry, line))

    def _codes(self, index: int, value: dict[str, Any]) -> Mapping[str, str | None] | None:
        """The codes of a supplier's country and sectors; None where anything written is wrong."""
        try:
            codes = {key: meanings[value.get(key)] for key, meanings in self._coded}
        except TypeError:  # a list or a group of keys, which is a fault already
            return None
        wrong: list[Fault] = []
        if NotFound in map(type, codes.values()):
            wrong.extend(_unknown_names(codes))
        if not value.keys().isdisjoint(FACTS):
            wrong.extend(self._facts_wrong(value))
        if not value.keys().isdisjoint(RELATIONS):
            wrong.extend(relations_wrong(value))
        if wrong:
            self._fail(index, value, *wrong)
            return None
        return codes

    def _facts_wrong(self, value: dict[str, Any]) -> Iterator[Fault]:
        """What is wrong with the facts of a site that their shape alone cannot show."""
        yield from facts_wrong(value, self.taxonomy)
        for place, entry in entries(value, "made_with"):
            country = entry.get("country")
            code = self._countries[country] if isinstance(country, str) else None
            if isinstance(code, NotFound):
                yield Fault((*place, "country"), code.what, code.hint)

    def _convert(self, entry: dict[str, Any]) -> None:
        """Put values in place of what is written in another form, where it is."""
        if entry.get("flags"):
            entry["flags"] = self._flags[entry["flags"]]
        if entry.get("goods"):
            # Few distinct lists of goods stand in a long inventory: one object for each.
            entry["goods"] = self._shared.setdefault(entry["goods"], entry["goods"])
        if entry.get("made_with"):
            inputs = entry["made_with"]
            entry["made_with"] = tuple(
                (one.good, _known(self._countries[one.country])) for one in inputs
            )

    def _id_is_new(self, index: int, value: dict[str, Any], line: int) -> bool:
        """Whether no supplier before has this id; also asked of suppliers with other faults."""
        given, name = value.get("id"), value.get("name")
        identifier = given or (derived_id(name) if isinstance(name, str) else None)
        if not isinstance(identifier, str):
            return True
        if identifier == COMPANY:
            what = message("inventory.id-of-company", id=repr(COMPANY))
            hint = message("inventory.choose-another-id")
            self._fail(index, value, Fault(("id",), what, hint))
        first = self._lines.setdefault(identifier, line)
        if len(self._lines) > self._known_ids:
            self._known_ids += 1
            return True
        self._fail(index, value, _twice(identifier, first, derived=not given))
        return False

    def _fail(self, index: int | None, value: Any, *faults: Fault) -> None:
        label = value.get("name") or value.get("id") or "" if isinstance(value, dict) else ""
        self.faults.extend(SupplierFault(index, str(label), fault) for fault in faults)

    # -- the head of the file --------------------------------------------------------------

    def inventory(self, document: strict_yaml.Document) -> Inventory:
        """The whole inventory, once every supplier has come by."""
        company, actions = Buyer("?", None, None), ()
        try:
            head = check_head(document.data)
            company = self._buyer(head["company"], document)
            actions = head.get("actions") or ()
        except RefusedError as refused:
            self._fail(None, None, *refused.faults)
        if isinstance(document.data, dict):
            self._fail(None, None, *actions_wrong(document.data, self.taxonomy))
        if not self.suppliers and not self.faults:
            what = message("inventory.no-supplier")
            hint = message("inventory.list-a-supplier")
            self._fail(None, None, Fault(("suppliers",), what, hint))
        notices = tuple(self._notices())
        return Inventory(self.name, company, tuple(self.suppliers), notices, actions)

    def _buyer(self, company: dict[str, Any], document: strict_yaml.Document) -> Buyer:
        codes = {key: meanings[company.get(key)] for key, meanings in self._coded_of_company}
        for fault in _unknown_names(codes):
            self._fail(None, None, Fault(("company", *fault.path), fault.what, fault.hint))
        company.update((key, _known(code)) for key, code in codes.items())
        self._convert(company)
        return buyer_of(company, line_of_company(document.raw))

    def _notices(self) -> Iterator[Message]:
        derived = [site for site in self.suppliers if site.derived_id]
        if derived:
            first = derived[0]
            yield message(
                "inventory.ids-from-names",
                file=self.name,
                n=len(derived),
                line=str(first.line),
                name=first.name,
                id=first.id,
            )


def _unknown_names(codes: Mapping[str, Any]) -> Iterator[Fault]:
    for key, code in codes.items():
        if isinstance(code, NotFound):
            yield Fault((key,), code.what, code.hint)


def _known(code: str | NotFound | None) -> str | None:
    return None if isinstance(code, NotFound) else code


def _twice(identifier: str, first: int, *, derived: bool) -> Fault:
    place = {"id": repr(identifier), "line": str(first)}
    if derived:
        what = message("inventory.derived-id-twice", **place)
        return Fault(("name",), what, message("inventory.give-both-an-id"))
    return Fault(("id",), message("inventory.id-twice", **place), message("inventory.own-id"))

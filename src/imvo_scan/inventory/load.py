"""From a file to an `Inventory`, or to every problem in it with line and column.

One pass over the text: each supplier is checked and turned into a value as it comes by. A long text
is read in parts, side by side. Only where something is wrong is the text read again, to say where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from imvo_scan.core.data_dir import FolderReadOnce, data_directory
from imvo_scan.core.errors import InventoryError, Problem
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.gc_pause import collector_paused
from imvo_scan.core.matching import NotFound
from imvo_scan.core.site_terms import Flag
from imvo_scan.documents import strict_yaml
from imvo_scan.documents.fault import Fault
from imvo_scan.inventory.cross_checks import (
    actions_wrong,
    entries,
    facts_wrong,
    relations_wrong,
)
from imvo_scan.inventory.entities import (
    COMPANY,
    NO_FACTS,
    NO_RELATIONS,
    Buyer,
    Inventory,
    Relations,
    SiteFacts,
    Steps,
    Supplier,
)
from imvo_scan.inventory.parallel import Part, each, parts_of, processors
from imvo_scan.inventory.validate import RefusedError, check_head, supplier_check
from imvo_scan.taxonomy.load import load_taxonomy
from imvo_scan.taxonomy.taxonomy import Taxonomy

if TYPE_CHECKING:
    from imvo_scan.inventory.schema import Action, CompanyEntry, SupplierEntry

_FACTS = (
    "aggravators",
    "overrides",
    "affected",
    "made_with",
    "hours",
    "wages",
    "workforce",
    "incidents",
    "evidence",
    "labels",
    "controls",
    "involvement",
    "purchasing",
)
_RELATIONS = ("address", "os_id", "other_buyers", "dialogue", "waivers")
_STEPS = ("policy", "integration", "monitoring", "grievance", "communication")
_CODED = ("country", "sector", "goods_sector")
_Codes: TypeAlias = tuple[str | None, str | None, str | None]
_COMPANY_KEY = re.compile(rb"^[\"']?company[\"']?[ \t]*:", re.MULTILINE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1")
_LISTS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"})
_SLUG = re.compile(r"[^a-z0-9]+")


def read_inventory(path: str | Path, taxonomy: Taxonomy | None = None) -> Inventory:
    """Read a YAML inventory from a file; a list of suppliers is read by `read_spreadsheet`.

    Raises `InventoryError` with every problem found: file, line, column, what and a hint.
    """
    path = Path(path)
    try:
        raw = file_bytes(path)
    except OSError as error:
        what = f"this file cannot be read: {error.strerror or error}"
        raise InventoryError([Problem(str(path), 0, 0, what)]) from None
    if raw.startswith(_WORKBOOKS) or path.suffix.lower() in _LISTS:
        what = "this is a list or a workbook, and an inventory is YAML"
        hint = "Read it with imvo_scan.read_spreadsheet(path), which gives .inventory and .report."
        raise InventoryError([Problem(str(path), 0, 0, what, hint=hint)])
    return parse_inventory(raw, str(path), taxonomy)


def parse_inventory(raw: bytes, name: str, taxonomy: Taxonomy | None = None) -> Inventory:
    """Read a YAML inventory from memory; `name` is what problems call it.

    Raises `InventoryError` as `read_inventory` does.
    """
    taxonomy = taxonomy or load_taxonomy(FolderReadOnce(data_directory(), trusted=True))
    parts = parts_of(raw, processors())
    inventory = None
    if len(parts) > 1:
        reads = each(lambda part: _read_part(part, name, taxonomy), parts)
        inventory = _joined(reads, raw, name, taxonomy)
    return inventory or _read_whole(raw, name, taxonomy)


def _read_whole(raw: bytes, name: str, taxonomy: Taxonomy) -> Inventory:
    """The inventory of a text. Raises `InventoryError` with every problem."""
    reading = _Reading(name, taxonomy)
    try:
        document = reading.stream(raw)
    except strict_yaml.YamlError as error:
        raise InventoryError(error.problems) from None
    inventory = reading.inventory(document)
    if reading.failures:
        raise InventoryError(_located(raw, name, reading))
    return inventory


class _Read(NamedTuple):
    """What a part without any fault holds: suppliers, and the other keys of the file."""

    suppliers: list[Supplier]
    keys: dict[str, Any]


def _read_part(part: Part, name: str, taxonomy: Taxonomy) -> _Read | None:
    """A part of a text on its own; None where something about it is wrong."""
    reading = _Reading(name, taxonomy, part.lines_before)
    try:
        data = reading.stream(part.text).data
    except strict_yaml.YamlError:
        return None
    if reading.failures or not isinstance(data, dict):
        return None
    return _Read(reading.suppliers, data)


def _joined(
    reads: Sequence[_Read | None], raw: bytes, name: str, taxonomy: Taxonomy
) -> Inventory | None:
    """The inventory of parts that were read; None where they do not fit as one faultless file."""
    found = [read for read in reads if read is not None]
    keys = [key for read in found for key in read.keys]
    once = len(keys) - len(found) + 1 == len(set(keys))
    in_one_list = all([*read.keys][-1:] == ["suppliers"] for read in found[:-1])
    if len(found) < len(reads) or not once or not in_one_list:
        return None
    reading = _Reading(name, taxonomy)
    reading.suppliers = [supplier for read in found for supplier in read.suppliers]
    if len({supplier.id for supplier in reading.suppliers}) < len(reading.suppliers):
        return None
    data = {key: value for read in found for key, value in read.keys.items()}
    inventory = reading.inventory(strict_yaml.Document(name, data, raw))
    return None if reading.failures else inventory


class _Failure(NamedTuple):
    """Something wrong in supplier number `number`, from 0; in the head of the file where None."""

    number: int | None
    label: str
    fault: Fault


class _Meanings(dict[Any, Any]):
    """What each text met so far stands for; nothing stands for nothing."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self.find = find

    def __missing__(self, text: Any) -> Any:
        found = self[text] = self.find(text)
        return found


class _Reading:
    """The state of one reading: what was understood, and what was not."""

    def __init__(self, name: str, taxonomy: Taxonomy, lines_before: int = 0) -> None:
        self.name = name
        self.taxonomy = taxonomy
        self.lines_before = lines_before
        self.suppliers: list[Supplier] = []
        self.failures: list[_Failure] = []
        self.lines: dict[str, int] = {}
        self.known_ids = 0
        self.shared: dict[Any, Any] = {}
        self.countries = _Meanings(taxonomy.countries.find)
        self.sectors = _Meanings(taxonomy.sectors.find)
        self.check = supplier_check()
        self.flags = _Meanings(lambda flags: tuple(map(Flag, flags)))

    def stream(self, text: bytes) -> strict_yaml.Document:
        """Take every supplier from a text, and return the rest. Raises `YamlError`."""
        with collector_paused():
            return strict_yaml.stream(text, self.name, "suppliers", self.supplier)

    def supplier(self, index: int, value: strict_yaml.Value, line: int) -> None:
        """Check one supplier and keep it, or keep what is wrong with it."""
        line += self.lines_before
        entry: SupplierEntry | None = None
        try:
            entry = self.check(value)
        except RefusedError as refused:
            self._fail(index, value, *refused.faults)
        if isinstance(value, dict):
            codes = self._codes(index, value)
            if self._id_is_new(index, value, line) and entry is not None and codes is not None:
                self.suppliers.append(self._build(entry, codes, line))

    def _codes(self, index: int, value: dict[str, Any]) -> _Codes | None:
        """The codes of a supplier's country and sectors; None where a word is not known."""
        try:
            country = self.countries[value.get("country")]
            sector = self.sectors[value.get("sector")]
            goods_sector = self.sectors[value.get("goods_sector")]
        except TypeError:  # a list or a group of keys, which is a fault already
            return None
        codes = (country, sector, goods_sector)
        wrong: list[Fault] = []
        if NotFound in map(type, codes):
            wrong.extend(_unknown_words(codes))
        if not value.keys().isdisjoint(_FACTS):
            wrong.extend(self._facts_wrong(value))
        if not value.keys().isdisjoint(_RELATIONS):
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
            code = self.countries[country] if isinstance(country, str) else None
            if isinstance(code, NotFound):
                yield Fault((*place, "country"), code.what, code.hint)

    def _fail(self, index: int | None, value: Any, *found: Fault) -> None:
        label = value.get("name") or value.get("id") or "" if isinstance(value, dict) else ""
        self.failures.extend(_Failure(index, str(label), fault) for fault in found)

    def _id_is_new(self, index: int, value: dict[str, Any], line: int) -> bool:
        """Whether no supplier before has this id; also asked of suppliers with other faults."""
        given, name = value.get("id"), value.get("name")
        identifier = given or (derived_id(name) if isinstance(name, str) else None)
        if not isinstance(identifier, str):
            return True
        if identifier == COMPANY:
            hint = "Choose another id: this one stands for the company itself."
            self._fail(index, value, Fault(("id",), f"{COMPANY!r} is no id for a supplier", hint))
        first = self.lines.setdefault(identifier, line)
        if len(self.lines) > self.known_ids:
            self.known_ids += 1
            return True
        self._fail(index, value, _twice(identifier, first, derived=not given))
        return False

    def _build(self, entry: SupplierEntry, codes: _Codes, line: int) -> Supplier:
        given, goods = entry.get("id"), entry.get("goods") or ()
        return Supplier(
            given or derived_id(entry["name"]),
            entry["name"],
            codes[0],
            codes[1],
            codes[2],
            entry.get("region"),
            entry.get("tier"),
            entry.get("supplies") or (),
            self.shared.setdefault(goods, goods),
            entry.get("workers"),
            entry.get("spend"),
            self.flags[entry.get("flags") or ()],
            self._facts(entry),
            line,
            not given,
            _relations(entry),
        )

    def _facts(self, entry: SupplierEntry) -> SiteFacts:
        """The facts of a site; nearly all sites have none and share the one empty value."""
        if entry.keys().isdisjoint(_FACTS):
            return NO_FACTS
        inputs = entry.get("made_with") or ()
        return SiteFacts(
            aggravators=entry.get("aggravators") or (),
            overrides=entry.get("overrides") or (),
            affected=entry.get("affected") or (),
            made_with=tuple((one.good, _known(self.countries[one.country])) for one in inputs),
            hours=entry.get("hours"),
            wages=entry.get("wages"),
            workforce=entry.get("workforce"),
            incidents=entry.get("incidents") or (),
            evidence=entry.get("evidence") or (),
            labels=entry.get("labels") or (),
            controls=entry.get("controls") or (),
            involvement=entry.get("involvement") or (),
            purchasing=entry.get("purchasing") or (),
        )

    # -- the head of the file --------------------------------------------------------------

    def inventory(self, document: strict_yaml.Document) -> Inventory:
        """The whole inventory, once every supplier has come by."""
        data = document.data
        company = Buyer("?", None, None)
        actions: tuple[Action, ...] = ()
        try:
            head = check_head(data)
            company = self._buyer(head["company"], document)
            actions = head.get("actions") or ()
        except RefusedError as refused:
            self._fail(None, None, *refused.faults)
        if isinstance(data, dict):
            self._fail(None, None, *actions_wrong(data, self.taxonomy))
        if not self.suppliers and not self.failures:
            what = "there is no supplier in this inventory, so there is nothing to scan"
            hint = "List at least one supplier under `suppliers:`."
            self._fail(None, None, Fault(("suppliers",), what, hint))
        notices = tuple(self._notices())
        return Inventory(self.name, company, tuple(self.suppliers), notices, actions)

    def _buyer(self, company: CompanyEntry, document: strict_yaml.Document) -> Buyer:
        codes: dict[str, str | None] = {}
        for key, meanings in zip(_CODED, (self.countries, self.sectors, self.sectors), strict=True):
            code = meanings[company.get(key)]
            codes[key] = _known(code)
            if isinstance(code, NotFound):
                self._fail(None, None, Fault(("company", key), code.what, code.hint))
        steps = {key: company.get(key) for key in _STEPS}
        return Buyer(
            **codes,
            name=company["name"],
            workers=company.get("workers"),
            flags=self.flags[company.get("flags") or ()],
            steps=Steps(**steps, covenants=company.get("covenants") or ()),  # type: ignore[arg-type]
            line=_line_of_company(document.raw),
        )

    def _notices(self) -> Iterator[str]:
        derived = [site for site in self.suppliers if site.derived_id]
        if derived:
            first = derived[0]
            yield (
                f"{self.name}: {_suppliers(len(derived))} no id; it was made from the name "
                f"(line {first.line}: {first.name} is {first.id}). Add an `id` to keep it stable."
            )


def _suppliers(number: int) -> str:
    return "1 supplier has" if number == 1 else f"{number:,} suppliers have"


def derived_id(name: str) -> str:
    """An id made from a name: `Müller & Co.` gives `muller-co`.

    A name in another script gives a short code. The same name gives the same id, whatever stands
    around it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    slug = _SLUG.sub("-", plain).strip("-")[:80]
    if slug:
        return slug
    from hashlib import sha256

    return "site-" + sha256(name.encode()).hexdigest()[:10]


def _unknown_words(codes: tuple[Any, ...]) -> Iterator[Fault]:
    for key, code in zip(_CODED, codes, strict=True):
        if isinstance(code, NotFound):
            yield Fault((key,), code.what, code.hint)


def _line_of_company(raw: bytes) -> int:
    """The line on which the company stands; 1 where it is not written at the start of a line.

    Found without parsing: the place of every value costs more than reading the file.
    """
    found = _COMPANY_KEY.search(raw)
    return 1 if found is None else strict_yaml.line_breaks(raw[: found.start()]) + 1


def _relations(entry: SupplierEntry) -> Relations:
    if entry.keys().isdisjoint(_RELATIONS):
        return NO_RELATIONS
    return Relations(
        address=entry.get("address"),
        os_id=entry.get("os_id"),
        other_buyers=entry.get("other_buyers") or (),
        dialogue=entry.get("dialogue") or (),
        waivers=entry.get("waivers") or (),
    )


def _known(code: str | NotFound | None) -> str | None:
    return None if isinstance(code, NotFound) else code


def _twice(identifier: str, first: int, *, derived: bool) -> Fault:
    if derived:
        what = f"the id {identifier!r}, made from the name, is already used on line {first}"
        return Fault(("name",), what, "Give both suppliers an `id` of their own.")
    what = f"the id {identifier!r} is already used on line {first}"
    return Fault(("id",), what, "Every supplier needs an id of its own.")


def _located(raw: bytes, name: str, reading: _Reading) -> list[Problem]:
    """All failures as problems with their place, in the order of the file."""
    wanted = {failure.number for failure in reading.failures if failure.number is not None}
    positions = strict_yaml.locate(raw, name, "suppliers", wanted)
    problems = []
    for number, label, fault in reading.failures:
        path = fault.path if number is None else ("suppliers", number, *fault.path)
        lookup = strict_yaml.key_path(path) if fault.about_key else path
        line, column = strict_yaml.nearest_position(positions, lookup)
        where = _where(path, label)
        problems.append(Problem(name, line, column, fault.what, where, fault.hint))
    return sorted(set(problems), key=lambda p: (p.line, p.column, p.what))


def _where(path: strict_yaml.Path_, label: str) -> str:
    """`suppliers[3] "Foo Ltd" > country`: the place as a person would say it."""
    parts: list[str] = []
    for depth, part in enumerate(path):
        if isinstance(part, int):
            parts[-1] += f"[{part + 1}]"
            if depth == 1 and label:
                parts[-1] += f' "{label[:60]}"'
        else:
            parts.append(part)
    return " > ".join(parts)

"""From one row to one site, or to the reason why it is none.

Reading is a function of the table and the row alone: what is to be said of a row comes out with
its site. What takes all rows (repeats, ids, links, counts) is done afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

from imvo_scan.core.matching import normal
from imvo_scan.core.message import Message, message
from imvo_scan.core.sanitise import unguarded
from imvo_scan.core.site_terms import Flag
from imvo_scan.importer.columns.columns import Column
from imvo_scan.importer.columns.header_row import Table
from imvo_scan.importer.columns.number_columns import NumberColumns
from imvo_scan.importer.formats.sheet import Row
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.conditions import Condition, not_asked_for
from imvo_scan.importer.rows.country import CountryReader
from imvo_scan.importer.rows.no_supplier import SAYS_NO, NoSupplier
from imvo_scan.importer.rows.places import is_os_id
from imvo_scan.importer.rows.quantities import Quantities, quantities
from imvo_scan.importer.rows.remarks import (
    Remarked,
    Remarks,
    RowRemark,
    RowWarning,
    SiteNote,
    UnknownCell,
    sorted_out,
)
from imvo_scan.importer.rows.results import ListCompany, ListSite, NotKept, RowResult
from imvo_scan.importer.rows.row import CellTerms, TableRow, mended
from imvo_scan.importer.rows.sector import Work, WorkReader
from imvo_scan.inventory.build import is_list, supplier_of
from imvo_scan.inventory.entities import COMPANY, Supplier
from imvo_scan.inventory.os_hub_id import is_open_supply_id
from imvo_scan.inventory.plain_model import plain_model
from imvo_scan.inventory.validate import RefusedError, supplier_check

_LONGEST_NAME, _LONGEST_TEXT = 300, 2000  # as much as an inventory takes
_SHOWN = 60  # characters of a long text in a remark
_BAR = "|"
_SEVERAL = "|;,"
_TIER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_OSID = re.compile(r"^OSID:\s*")
_FLAGS = frozenset(flag.value for flag in Flag)
_CLOSING = frozenset({"closed", "active", "status"})
OUR_COLUMNS = frozenset({"id", "goods_sector", "supplies", "flags", "os_id"})
"""Columns that together only a list written by imvo-scan has."""

_WRITTEN_IN_MANY_WAYS = frozenset(
    {
        *("id", "name", "country", "region", "address", "sector", "goods_sector", "tier"),
        *("supplies", "goods", "workers", "spend", "flags", "os_id"),
    }
)
_AS_THEY_STAND = tuple(
    key for key in plain_model("list_columns") if key not in _WRITTEN_IN_MANY_WAYS
)
"""Columns of an inventory's keys that no list but ours has, so that no reading is needed."""


class _Identity(NamedTuple):
    """What tells a site from others; `street` is its address without the city."""

    name: str
    own_id: str
    os_id: str
    street: str
    address: str
    is_named: bool


class _Details(NamedTuple):
    """What else an inventory holds; None where the list does not say it."""

    region: str | None
    flags: Sequence[str]
    tier: int | None


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one table, each by itself."""

    table: Table
    terms: CellTerms
    country: CountryReader
    work: WorkReader
    conditions: Sequence[Condition] = ()
    check: Callable[[Any], Any] = field(default_factory=supplier_check)

    @cached_property
    def _columns(self) -> Mapping[str, tuple[Column, ...]]:
        return self.table.by_field()

    @cached_property
    def _no_supplier(self) -> NoSupplier:
        return NoSupplier(self.table, self.country.places.is_country)

    @cached_property
    def _numbers(self) -> NumberColumns:
        return NumberColumns(self.table)

    @cached_property
    def _unread(self) -> tuple[int, ...]:
        return tuple(column.index for column in self.table.unread)

    @cached_property
    def _is_ours(self) -> bool:
        return {column.header for column in self.table.columns} >= OUR_COLUMNS

    def read(self, number: int, row: Row) -> RowResult:
        """What a row becomes, with remarks; the same whatever rows were read before it."""
        texts = [unguarded(cells.text_of(cell)) for cell in row]
        if not any(texts):
            return RowResult(number, None)
        if reason := not_asked_for(texts, self.conditions):
            return RowResult(number, NotKept(reason))
        here = TableRow(texts, self._columns, self.terms)
        beyond = _beyond(texts[self.table.width :])
        if reason := self._no_supplier.why(here):
            return RowResult(number, NotKept(reason), beyond)
        if here.raw("id") == COMPANY and here.raw("tier") == "0":
            company, remarks = self._company(here)
            return RowResult(number, company, beyond + remarks)
        site, remarks = self._site(here, number)
        return RowResult(number, site, beyond + remarks)

    def _company(self, row: TableRow) -> Remarked[ListCompany]:
        country, of_country = self.country.read(row, "")
        work, of_work = self.work.read(row)
        return ListCompany(country, work.sector), of_country + of_work

    def _site(self, row: TableRow, number: int) -> Remarked[ListSite | NotKept]:
        identity, of_identity = _identity(row)
        country, of_country = self.country.read(row, identity.address)
        work, of_work = self.work.read(row)
        details, of_details = _details(row)
        counts, of_counts = quantities(row, self._numbers)
        os_id, of_os_id = _os_id(identity.os_id)
        closed = self._closed(row, identity.name)
        remarks = of_identity + of_country + of_work + of_details + of_counts + closed + of_os_id
        stated = _stated(identity, country, work, details, counts)
        if os_id:
            stated["os_id"] = os_id
        stated |= _as_they_stand(row)
        if reason := self._refusal(stated):
            return NotKept(reason), remarks
        own_id = self._own_id(identity, os_id)
        parents = tuple(cells.parts_of(row.first("supplies"), _SEVERAL))
        path = row.first("path")
        site = ListSite(
            _supplier(stated, number),
            own_id,
            identity.address,
            identity.street,
            _gaps(identity, stated),
            parents,
            path,
            tuple(one.text for one in remarks if isinstance(one, SiteNote)),
            _digest([*stated.items(), own_id, identity.address, parents, path]),
            hash(tuple(row.texts[n] for n in self._unread if n < len(row.texts))),
        )
        return site, remarks

    def _own_id(self, identity: _Identity, os_id: str | None) -> str:
        """Of Open Supply Hub, else the list's own; in a list that we wrote ourselves the other way.

        There the ids are those of an inventory, to which links and waivers refer.
        """
        if self._is_ours and identity.own_id:
            return identity.own_id
        return os_id or identity.own_id or identity.os_id

    def _refusal(self, stated: Mapping[str, Any]) -> Message | None:
        """Why an inventory would not take a site; None where it does."""
        try:
            self.check(stated)
        except RefusedError as refused:
            fault = refused.faults[0]
            field = str(fault.path[-1]) if fault.path else "row"
            return message("reason.refused", field=field, what=fault.what)
        return None

    def _closed(self, row: TableRow, name: str) -> Remarks:
        """That the list calls a site closed; it is kept, for its past counts too."""
        if _CLOSING.isdisjoint(row.columns) or not _is_closed(row):
            return ()
        return (
            RowWarning(message("warning.closed"), name[:_SHOWN]),
            SiteNote(message("note.closed")),
        )


def _beyond(texts: Sequence[str]) -> Remarks:
    """That cells stand beyond the last column name."""
    if not any(texts):
        return ()
    text = ", ".join(filter(None, texts))[:_SHOWN]
    seen = message("seen.not-read", text=text)
    return (RowWarning(message("warning.more-cells-than-names"), seen),)


def _identity(row: TableRow) -> Remarked[_Identity]:
    name, of_name = mended(row.first("name"))
    (street, address), of_address = _address(row)
    own_id, os_id = row.first("id"), row.first("os_id")
    called = name or own_id or os_id or address
    identity = _Identity(
        called[:_LONGEST_NAME].rstrip(), own_id, os_id, street, address, is_named=bool(name)
    )
    return identity, (*of_name, *of_address, *_of_name(called, is_named=bool(name)))


def _of_name(name: str, *, is_named: bool) -> Iterator[RowRemark]:
    if not is_named:
        yield RowWarning(message("warning.no-name"), message("seen.called", name=name[:_SHOWN]))
    if len(name) > _LONGEST_NAME:
        seen = message("seen.long-name", characters=len(name))
        yield RowWarning(message("warning.shortened"), seen)


def _address(row: TableRow) -> Remarked[tuple[str, str]]:
    """The address without and with its city."""
    parts = list(dict.fromkeys(text for _, text in row.all("address")))
    street, remarks = mended(", ".join(parts))
    city = row.first("city")
    if not city or any(city.casefold() in part.casefold() for part in parts):
        return (street, street), remarks
    address, of_city = mended(", ".join([*parts, city]))
    return (street, address), remarks + of_city


def _os_id(text: str) -> Remarked[str | None]:
    """The id of Open Supply Hub that a cell holds."""
    open_supply = _OSID.sub("", text.upper())
    if is_open_supply_id(open_supply):
        return open_supply, ()
    if is_os_id(text):
        return None, (RowWarning(message("warning.wrong-check-digit"), repr(text)),)
    return None, ()


def _details(row: TableRow) -> Remarked[_Details]:
    region, of_region = mended(row.first("region"))
    flags, of_flags = sorted_out(_flags(row))
    tier, of_tier = _tier(next((text for _, text in row.numbers("tier")), ""))
    details = _Details(region[:_LONGEST_TEXT] or None, flags, tier)
    return details, of_region + of_flags + of_tier


def _flags(row: TableRow) -> Iterator[str | RowRemark]:
    """The flags of an inventory, in a list that was made from one."""
    for part in cells.parts_of(row.first("flags"), _SEVERAL):
        yield part if part in _FLAGS else UnknownCell("flags", part)


def _tier(text: str) -> Remarked[int | None]:
    match = _TIER.search(text)
    if match and int(match[0]):
        return int(match[0]), ()
    return None, ((UnknownCell("tier", text),) if text else ())


def _is_closed(row: TableRow) -> bool:
    return (
        normal(row.first("closed")) in row.terms.yes
        or row.first("active").casefold() in SAYS_NO
        or normal(row.first("status")) in row.terms.closed
    )


def _stated(
    identity: _Identity, country: str | None, work: Work, details: _Details, counts: Quantities
) -> dict[str, Any]:
    """The keys of an inventory that a row says, in an order that ids were once made from."""
    every = {
        "country": country,
        "goods": list(work.goods),
        "sector": work.sector,
        "goods_sector": work.goods_sector,
        "region": details.region,
        "flags": details.flags,
        "tier": details.tier,
        "workers": counts.workers,
        "spend": counts.spend,
        "address": identity.address[:_LONGEST_TEXT],
    }
    named = {"name": identity.name}
    return named | {key: value for key, value in every.items() if value not in (None, "", [])}


def _as_they_stand(row: TableRow) -> dict[str, str | list[str]]:
    """The keys that are taken over as our own list has them, several values apart by bars."""
    texts = {key: row.first(key) for key in _AS_THEY_STAND}
    return {
        key: list(cells.parts_of(text, _BAR)) if is_list(key) else text
        for key, text in texts.items()
        if text
    }


def _supplier(stated: Mapping[str, Any], number: int) -> Supplier:
    """The site as an inventory holds it, still without an id."""
    lists = {key: tuple(value) for key, value in stated.items() if isinstance(value, list)}
    flags = tuple(map(Flag, stated.get("flags", ())))
    return supplier_of({**stated, **lists, "id": "", "flags": flags}, number)


def _gaps(identity: _Identity, stated: Mapping[str, Any]) -> tuple[str, ...]:
    """What a score needs and the row does not say."""
    missing = [key for key in ("country", "sector") if key not in stated]
    return tuple(missing if identity.is_named else ["name", *missing])


def _digest(content: Sequence[object]) -> bytes:
    return sha256(repr(content).encode("utf-8", "surrogatepass")).digest()

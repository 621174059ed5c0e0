"""From one row to one site, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from imvo_scan.core.matching import normal
from imvo_scan.core.numbers import Reading
from imvo_scan.core.sanitise import unguarded
from imvo_scan.core.site_terms import Flag
from imvo_scan.importer.columns.header_row import Table
from imvo_scan.importer.columns.number_columns import NumberColumns, Readings
from imvo_scan.importer.formats.sheet import Row
from imvo_scan.importer.report import THE_COMPANY, Tally
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.country import WhereReader
from imvo_scan.importer.rows.country_names import Places, is_os_id
from imvo_scan.importer.rows.row import OneRow, Said
from imvo_scan.importer.rows.sector import WorkReader
from imvo_scan.importer.rows.sector_names import Trades
from imvo_scan.inventory.entities import COMPANY
from imvo_scan.inventory.os_hub_id import is_open_supply_id
from imvo_scan.inventory.validate import RefusedError, supplier_check

_LONGEST_NAME, _LONGEST_TEXT = 300, 2000
OUR_COLUMNS = frozenset({"id", "goods_sector", "supplies", "flags", "os_id"})
"""Columns that together only a list written by imvo-scan has."""

_SAYS_NO = frozenset({"no", "false", "nee", "nein", "n", "0"})


class Entry(NamedTuple):
    """A site as a row says it: what the inventory will hold, and what identifies it.

    `said` holds the keys of an inventory. `own_id` is the list's own id, `street` the address as
    far as it is no city; `parents` and `path` (the names from the company to the site) say whom it
    supplies. `remarks` go into the YAML. `unread` differs where columns differ that are not read.
    """

    row: int
    said: dict[str, Any]
    own_id: str
    address: str
    street: str = ""
    gaps: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    path: str = ""
    remarks: tuple[str, ...] = ()
    unread: int = 0


@dataclass
class RowReader:
    """Reads the rows of one table; keeps what it met in the tally."""

    table: Table
    where: WhereReader
    work: WorkReader
    words: Said
    tally: Tally
    check: Callable[[Any], Any] = field(default_factory=supplier_check)

    def __post_init__(self) -> None:
        fields = {column.field for column in self.table.columns if column.field}
        self.columns = {name: self.table.of(name) for name in fields}
        self.company: dict[str, Any] = {}
        headers = {column.header for column in self.table.columns}
        self.is_ours = headers >= OUR_COLUMNS
        self.says_closed = bool({"closed", "active", "status"} & fields)
        self.numbers = NumberColumns(self.table)
        self.unread = [column.index for column in self.table.unread]

    @classmethod
    def of(
        cls, table: Table, tables: tuple[Places, Trades, Said], tally: Tally, sector: str | None
    ) -> RowReader:
        """A reader for a table; `sector` counts for rows that name none."""
        places, trades, words = tables
        where = WhereReader(places, table.instead("country"))
        return cls(table, where, WorkReader(trades, sector), words, tally)

    def look_ahead(self, sample: Sequence[Sequence[str]]) -> None:
        """Learn from the first rows what one row alone does not show."""
        self.where.look_ahead(self.columns.get("country", ()), sample)

    def read(self, number: int, row: Row) -> Entry | None:
        """The site of a row; None where it is none, and the tally knows why."""
        texts = [unguarded(cells.text_of(cell)) for cell in row]
        if not any(texts):
            self.tally.blank += 1
            return None
        self.tally.rows += 1
        one = OneRow(number, texts, self.columns, self.words, self.tally)
        if beyond := [text for text in texts[self.table.width :] if text]:
            one.warn("more cells than column names", f"not read: {', '.join(beyond)[:60]}")
        reason = next(self._no_supplier(one), "")
        if reason:
            self.tally.skip(number, reason)
            return None
        if one.raw("id") == COMPANY and one.raw("tier") == "0":
            self._is_company(one)
            return None
        return self._site(one)

    def _own_id(self, row: OneRow, own_id: str, os_id: str) -> str:
        """Of Open Supply Hub, else the list's own; in a list that we wrote ourselves the other way.

        There the ids are those of an inventory, to which links and waivers refer.
        """
        if self.is_ours and own_id:
            return own_id
        return str(row.said.get("os_id") or own_id or os_id)

    def _is_company(self, row: OneRow) -> None:
        """Keep what a report of imvo-scan says of the company itself, which is no supplier."""
        self.tally.skip(row.number, THE_COMPANY)
        if not self.company:
            self.where.read(row, "")
            self.work.read(row)
            self.company = {"name": row.first("name"), **row.said}

    def _no_supplier(self, row: OneRow) -> Iterator[str]:
        """Why a row is no supplier that could be scored; nothing where it is one."""
        if self._is_header(row.texts):
            yield "the header again"
        if "deleted" in row.columns and normal(row.raw("deleted")) in self.words.yes:
            yield "marked as deleted"
        unmarked = "marked" in row.columns and not row.raw("marked")
        if unmarked or row.raw("is_supplier").casefold() in _SAYS_NO:
            yield "marked as no supplier"
        if self.table.datev and _is_debtor(row.raw("id")):
            yield "an account of a customer (DATEV 10000 to 69999)"
        name = normal(row.raw("name"))
        if name in self.words.nobody:
            yield "says that the supplier is not known"
        first = normal(next(text for text in row.texts if text))
        if self._is_total(row, name) or self._is_total(row, first):
            yield "a total, not a supplier"
        if self._is_heading(row):
            yield "a heading, not a supplier"
        if not any(map(row.first, ("name", "id", "os_id", "address", "city"))):
            yield "no name, id or address"

    def _is_total(self, row: OneRow, text: str) -> bool:
        """Whether a row adds up the others; a company called Total has a country."""
        if text in self.words.total:
            return not (row.raw("name") and row.first("country"))
        counts = _is_alone(row) and any(map(str.isdigit, text))
        return counts and any(text.startswith(f"{word} ") for word in self.words.total)

    def _is_heading(self, row: OneRow) -> bool:
        """Whether a row only names the country of the rows below it."""
        name = row.raw("name")
        alone = len(self.columns) > 1 and _is_alone(row)
        return alone and bool(name) and self.where.places.is_country(name)

    def _is_header(self, texts: Sequence[str]) -> bool:
        """Whether a row repeats the header, as lists made for paper do."""
        pairs = ((column.index, column.header) for column in self.table.columns)
        return all(n < len(texts) and texts[n] == header for n, header in pairs)

    def _site(self, row: OneRow) -> Entry | None:
        name = row.mended(row.first("name"))
        street, address = _address(row)
        own_id, os_id = row.first("id"), row.first("os_id")
        row.said["name"] = _name(row, name or own_id or os_id or address, given=bool(name))
        self.where.read(row, address)
        self.work.read(row)
        _others(row)
        self._count(row)
        if self.says_closed:
            self._still_there(row)
        if address:
            row.said["address"] = address[:_LONGEST_TEXT]
        open_supply = re.sub(r"^OSID:\s*", "", os_id.upper())
        if is_open_supply_id(open_supply):
            row.said["os_id"] = open_supply
        elif is_os_id(os_id):
            row.warn("an Open Supply Hub id with a wrong check digit", repr(os_id))
        try:
            self.check(row.said)
        except RefusedError as refused:
            fault = refused.faults[0]
            self.tally.skip(row.number, f"{fault.path[-1] if fault.path else 'row'}: {fault.what}")
            return None
        gaps = [key for key in ("country", "sector") if key not in row.said]
        return Entry(
            row.number,
            row.said,
            self._own_id(row, own_id, os_id),
            address,
            street,
            tuple(gaps if name else ["name", *gaps]),
            tuple(cells.parts_of(row.first("supplies"), "|;,")),
            row.first("path"),
            tuple(row.remarks),
            hash(tuple(row.texts[n] for n in self.unread if n < len(row.texts))),
        )

    def _count(self, row: OneRow) -> None:
        """The number of workers and the spend, where they can be read in one way only."""
        for name, (every, hint) in _NUMBERS.items():
            column, text = next(row.numbers(name), (None, ""))
            if column is None:
                continue
            found = self.numbers.read(text, column, every)
            both = every(text)
            if found is None:
                meant = partial(_two_ways, both) if both else partial(str, hint)
                row.not_known(name, text, meant)
                continue
            row.said[name] = int(found.value) if name == "workers" else found.plain
            if len(both) > 1:
                row.warn("a number read as its column writes them", f"{text!r} as {found.plain}")
            if name == "workers" and cells.is_rough(text):
                row.warn("a rough number of workers", f"{text!r} was read as {int(found.value):,}")

    def _still_there(self, row: OneRow) -> None:
        """Say of a site that the list calls it closed; it is kept, for its past counts too."""
        closed = (
            normal(row.first("closed")) in self.words.yes
            or row.first("active").casefold() in _SAYS_NO
            or normal(row.first("status")) in self.words.closed
        )
        if closed:
            row.warn("called closed or inactive, and kept", row.said["name"][:60])
            row.remarks.append("the list calls it closed or inactive")


def _name(row: OneRow, name: str, *, given: bool) -> str:
    if not given:
        row.warn("no name", f"called {name[:60]!r}")
    if len(name) > _LONGEST_NAME:
        row.warn("shortened", f"the name has {len(name)} characters")
    return name[:_LONGEST_NAME].rstrip()


def _address(row: OneRow) -> tuple[str, str]:
    """The address without and with its city."""
    found = list(dict.fromkeys(text for _, text in row.all("address")))
    street, city = row.mended(", ".join(found)), row.first("city")
    if not city or any(city.casefold() in part.casefold() for part in found):
        return street, street
    return street, row.mended(", ".join([*found, city]))


def _is_alone(row: OneRow) -> bool:
    """Whether one cell of the row is filled."""
    return sum(map(bool, row.texts)) == 1


def _others(row: OneRow) -> None:
    """What else an inventory holds: region, workers, tier and spend."""
    if region := row.first("region"):
        row.said["region"] = row.mended(region)[:_LONGEST_TEXT]
    if flags := list(_flags(row)):
        row.said["flags"] = flags
    _, tier = next(row.numbers("tier"), (None, ""))
    if tier:
        found = re.search(r"(?<!\d)\d{1,2}(?!\d)", tier)
        if found and int(found[0]):
            row.said["tier"] = int(found[0])
        else:
            row.not_known("tier", tier, lambda: "Write 1 for direct suppliers, 2 for theirs.")


def _flags(row: OneRow) -> Iterator[str]:
    """The flags of an inventory, in a list that was made from one."""
    known = [flag.value for flag in Flag]
    for part in cells.parts_of(row.first("flags"), "|;,"):
        if part in known:
            yield part
        else:
            row.not_known("flags", part, lambda: f"Known: {', '.join(known)}.")


def _is_debtor(account: str) -> bool:
    return account.isdigit() and account[:1] in "123456"


def _two_ways(found: Sequence[Reading]) -> str:
    """What a number with two readings can mean."""
    return f"It can be read as {' or as '.join(one.plain for one in found)}: write one of them."


_NUMBERS: dict[str, tuple[Readings, str]] = {
    "workers": (cells.head_counts, "Write a whole number, or a range such as 100-150."),
    "spend": (cells.amounts, "Write an amount in digits."),
}

"""From one row to one site, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from imvo_scan.inventory.checking import RefusedError, supplier_check
from imvo_scan.parsed import load_table
from imvo_scan.spreadsheet import cells
from imvo_scan.spreadsheet.columns import Column, Table
from imvo_scan.spreadsheet.places import Places, is_os_id
from imvo_scan.spreadsheet.report import Tally
from imvo_scan.spreadsheet.sheet import Row
from imvo_scan.spreadsheet.trades import CODE_FIELDS, Trades
from imvo_scan.words import NotFound, normal

_LONGEST_NAME, _LONGEST_TEXT = 300, 2000
_MOST_GOODS = 50
_LOOKS_LIKE_YES_NO = frozenset({"no", "false", "nee", "nein", "n", "0"})


class Entry(NamedTuple):
    """A site as a row says it: what the inventory will hold, and what identifies it.

    `said` holds the keys of an inventory. `own_id` is the list's own id, `address` and `path` (a
    chain of names, worst first company) are kept for identity and links. `remarks` are said in the
    converted YAML.
    """

    row: int
    said: dict[str, Any]
    own_id: str
    address: str
    gaps: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    path: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """Words that cells use for nothing, for nobody, for a total and for yes."""

    nothing: frozenset[str]
    nobody: frozenset[str]
    total: frozenset[str]
    yes: frozenset[str]


def load_said(directory: Path) -> Said:
    """Read the words from the folder of spreadsheet tables."""
    table = load_table(directory / "cells.yaml").data
    sets = {key: frozenset(normal(word) for word in words) for key, words in table.items()}
    return Said(sets["nothing"], sets["nobody"], sets["total"], sets["yes"])


@dataclass
class RowReader:
    """Reads the rows of one table; keeps what it met in the tally."""

    table: Table
    places: Places
    trades: Trades
    said: Said
    tally: Tally
    sector: str | None = None
    check: Callable[[Any], Any] = field(default_factory=supplier_check)

    def __post_init__(self) -> None:
        self.columns = {
            name: self.table.of(name) for name in {c.field for c in self.table.columns if c.field}
        }
        self.header = [normal(column.header) for column in self.table.columns]
        self.two_letters = False

    def read(self, number: int, row: Row) -> Entry | None:
        """The site of a row; None where it is none, and the tally knows why."""
        texts = [cells.unguarded(cells.text_of(cell)) for cell in row]
        if not any(texts):
            self.tally.blank += 1
            return None
        self.tally.rows += 1
        reason = self._no_supplier(texts)
        if reason:
            self.tally.skip(number, reason)
            return None
        return self._site(number, texts)

    # -- what is no supplier -------------------------------------------------------------------

    def _no_supplier(self, texts: list[str]) -> str:
        seen = [normal(texts[c.index]) if c.index < len(texts) else "" for c in self.table.columns]
        if seen == self.header:
            return "the header again"
        if normal(self._raw("deleted", texts)) in self.said.yes:
            return "marked as deleted"
        if self._raw("is_supplier", texts).casefold() in _LOOKS_LIKE_YES_NO:
            return "marked as no supplier"
        first = next(normal(text) for text in texts if text)
        name = normal(self._raw("name", texts))
        if name in self.said.total or (
            first in self.said.total and not self._first("country", texts)
        ):
            return "a total, not a supplier"
        if name in self.said.nobody:
            return "says that the supplier is not known"
        return ""

    # -- cells ---------------------------------------------------------------------------------

    def _all(self, name: str, texts: list[str]) -> Iterator[tuple[Column, str]]:
        """The cells of a field that say something, best column first."""
        for column in self.columns.get(name, ()):
            if column.index < len(texts):
                text = texts[column.index]
                if not cells.says_nothing(text, self.said.nothing):
                    yield column, text

    def _first(self, name: str, texts: list[str]) -> str:
        return next((text for _, text in self._all(name, texts)), "")

    def _raw(self, name: str, texts: list[str]) -> str:
        """The first cell of a field as it stands, also where it says nothing."""
        columns = self.columns.get(name, ())
        found = (texts[column.index] for column in columns if column.index < len(texts))
        return next((text for text in found if text), "")

    def _mended(self, number: int, text: str) -> str:
        """A text with mojibake repaired where that is certain, and said."""
        better = cells.repaired(text)
        if better is None:
            return text
        self.tally.warn("text repaired", number, f"{text!r} was read as {better!r}")
        return better

    # -- a site --------------------------------------------------------------------------------

    def _site(self, number: int, texts: list[str]) -> Entry | None:
        remarks: list[str] = []
        address = self._address(number, texts)
        own_id, os_id = self._first("id", texts), self._first("os_id", texts)
        name = self._mended(number, self._first("name", texts))
        if not name:
            name = own_id or os_id or address
            if not name:
                self.tally.skip(number, "no name, id or address")
                return None
            self.tally.warn("no name", number, f"called {name[:60]!r}")
        if len(name) > _LONGEST_NAME:
            self.tally.warn("shortened", number, f"the name has {len(name)} characters")
            name = name[:_LONGEST_NAME].rstrip()
        said: dict[str, Any] = {"name": name}
        gaps = ["name"] if not self._first("name", texts) else []
        self._country(number, texts, said, remarks, os_id or own_id, address)
        self._sectors(number, texts, said, remarks)
        self._others(number, texts, said)
        gaps += [key for key in ("country", "sector") if key not in said]
        if address:
            said["address"] = address[:_LONGEST_TEXT]
        if is_os_id(os_id):
            said["os_id"] = os_id.upper().removeprefix("OSID:").strip()
        try:
            self.check(said)
        except RefusedError as refused:
            fault = refused.faults[0]
            self.tally.skip(number, f"{fault.path[-1] if fault.path else 'row'}: {fault.what}")
            return None
        parents = tuple(cells.parts_of(self._first("supplies", texts), "|;,"))
        identifier = said.get("os_id") or own_id or os_id
        path = self._first("path", texts)
        return Entry(number, said, identifier, address, tuple(gaps), parents, path, tuple(remarks))

    def _address(self, number: int, texts: list[str]) -> str:
        found = [text for _, text in self._all("address", texts)]
        city = self._first("city", texts)
        if city and not any(normal(city) in normal(part) for part in found):
            found.append(city)
        return self._mended(number, ", ".join(dict.fromkeys(found)))

    # -- country -------------------------------------------------------------------------------

    def _country(
        self,
        number: int,
        texts: list[str],
        said: dict[str, Any],
        remarks: list[str],
        identifier: str,
        address: str,
    ) -> None:
        """The country: by its columns, else by the Open Supply Hub id, else by the address."""
        found: dict[str, str] = {}
        for column, text in self._country_cells(texts):
            code = self.places.country(text)
            if isinstance(code, str):
                found.setdefault(code, f"{column.header} says {text!r}")
            else:
                self.tally.not_known("country", text, partial(self.places.suggestion, text))
                remarks.append(f"the list says country {text!r}, which is not known")
        by_id = self.places.of_os_id(identifier)
        by_address = self.places.of_address(address) if address else None
        if not found and by_id:
            found[by_id] = "its Open Supply Hub id"
            self.tally.warn("country from the Open Supply Hub id", number, self.places.name(by_id))
        elif not found and by_address:
            found[by_address] = "its address"
            self.tally.warn("country from the address", number, self.places.name(by_address))
        if not found:
            return
        code = next(iter(found))
        said["country"] = code
        for other, who in (
            *list(found.items())[1:],
            (by_id, f"the id {identifier}"),
            (by_address, "the address"),
        ):
            if other and other != code:
                text = f"{found[code]}, but {who} points to {self.places.name(other)}: kept {code}"
                self.tally.warn("country contradicted", number, text)
                remarks.append(text)

    def _country_cells(self, texts: list[str]) -> Iterator[tuple[Column, str]]:
        for column in self.columns.get("country", ()):
            text = texts[column.index] if column.index < len(texts) else ""
            if text == "NA" and column.index in self.code_columns:
                yield column, text  # Namibia among two-letter codes
            elif not cells.says_nothing(text, self.said.nothing):
                yield column, text

    @property
    def code_columns(self) -> frozenset[int]:
        """The columns that hold two-letter codes, in which NA is Namibia."""
        return self._code_columns

    _code_columns: frozenset[int] = frozenset()

    def look_ahead(self, sample: list[list[str]]) -> None:
        """See which country columns hold two-letter codes."""
        found = set()
        for column in self.columns.get("country", ()):
            values = [row[column.index] for row in sample if column.index < len(row)]
            coded = [value for value in values if value]
            if coded and sum(len(value) == 2 for value in coded) * 2 > len(coded):  # noqa: PLR2004
                found.add(column.index)
        self._code_columns = frozenset(found)

    # -- sector and goods ----------------------------------------------------------------------

    def _sectors(
        self, number: int, texts: list[str], said: dict[str, Any], remarks: list[str]
    ) -> None:
        """The sector: by codes, by words, by products, by processes, else as the user says."""
        goods = self._goods(number, texts, said)
        found = list(self._coded(texts)) or list(self._worded(texts))
        if not found and goods:
            found = goods
            self.tally.warn("sector from the products", number, goods[0])
        if not found:
            found = self._by_process(texts)
            if found:
                self.tally.warn("sector from what is done there", number, found[0])
        if not found and self.sector:
            found = [self.sector]
        distinct = list(dict.fromkeys(found))
        if distinct:
            said["sector"] = distinct[0]
        explicit = self._first("goods_sector", texts)
        traded = self.trades.sector(explicit) if explicit else None
        if isinstance(traded, str):
            said["goods_sector"] = traded
        elif len(distinct) > 1:
            said["goods_sector"] = distinct[1]
            kinds = ", ".join(distinct)
            self.tally.warn(
                "several sectors", number, f"{kinds}: the worse of the first two counts"
            )
            if len(distinct) > 2:  # noqa: PLR2004 - an inventory holds two
                remarks.append(f"the list names more sectors: {kinds}")

    def _coded(self, texts: list[str]) -> Iterator[str]:
        """Sectors by code, in the columns of one list of codes."""
        for scheme in CODE_FIELDS:
            for _, text in self._all(scheme, texts):
                for part in cells.parts_of(
                    text, "|;,\n" if "," in text and ". " not in text else "|;"
                ):
                    yield from self._found(scheme, part, self.trades.of_code(scheme, part))
        scheme = normal(self._first("code_list", texts)).replace(" ", "")
        code = self._first("code", texts)
        if code and scheme in CODE_FIELDS:
            yield from self._found(scheme, code, self.trades.of_code(scheme, code))

    def _worded(self, texts: list[str]) -> Iterator[str]:
        for _, cell in self._all("sector", texts):
            text = cells.unpacked(cell)
            whole = self.trades.sector(text)
            if isinstance(whole, str):
                yield whole
                continue
            parts = [
                p
                for p in cells.parts_of(text, "|;,")
                if not cells.says_nothing(p, self.said.nothing)
            ]
            for part in parts:
                yield from self._found("sector", part, self.trades.sector(part))

    def _found(self, name: str, text: str, found: str | NotFound) -> Iterator[str]:
        if isinstance(found, str):
            yield found
        else:
            suggest = partial(self.trades.suggestion, text, found.hint)
            self.tally.not_known(name, text, suggest)

    def _goods(self, number: int, texts: list[str], said: dict[str, Any]) -> list[str]:
        """Keep the goods that the tables know; the sectors of all that is made."""
        known: dict[str, None] = {}
        sectors: dict[str, None] = {}
        for _, cell in self._all("goods", texts):
            text = self._mended(number, cells.unpacked(cell))
            for part in self._products(text):
                good, sector = self.trades.good(part)
                if good is not None:
                    known.setdefault(good)
                if sector is not None:
                    sectors.setdefault(sector)
                if good is None and sector is None:
                    self.tally.not_known("goods", part, partial(self.trades.good_suggestion, part))
        for _, code in self._all("hs", texts):
            if good := self.trades.hs_good(code):
                known.setdefault(good)
        if len(known) > _MOST_GOODS:
            self.tally.warn("shortened", number, f"{len(known)} goods: kept {_MOST_GOODS}")
        if known:
            said["goods"] = list(known)[:_MOST_GOODS]
        return list(sectors)

    def _products(self, text: str) -> Iterator[str]:
        """The products in a cell; a comma divides only what is not known as a whole."""
        for part in cells.parts_of(text, "|;"):
            pieces = (
                [part]
                if "," not in part or any(self.trades.good(part))
                else cells.parts_of(part, ",")
            )
            for piece in pieces:
                if not cells.says_nothing(piece, self.said.nothing):
                    yield piece[:_LONGEST_NAME]

    def _by_process(self, texts: list[str]) -> list[str]:
        parts = (
            part
            for _, cell in self._all("processing", texts)
            for part in cells.parts_of(cells.unpacked(cell), "|;,")
        )
        found = (self.trades.of_process(part) for part in parts)
        return [sector for sector in found if sector is not None]

    # -- what else an inventory holds ----------------------------------------------------------

    def _others(self, number: int, texts: list[str], said: dict[str, Any]) -> None:
        if region := self._first("region", texts):
            said["region"] = self._mended(number, region)[:_LONGEST_TEXT]
        if text := self._first("workers", texts):
            workers = cells.whole_number(text)
            if workers is None:
                self.tally.not_known(
                    "workers", text, lambda: "Write a whole number, or a range such as 100-150."
                )
            else:
                said["workers"] = workers
        if text := self._first("tier", texts):
            tier = _tier(text)
            if tier is None:
                self.tally.not_known(
                    "tier", text, lambda: "Write 1 for direct suppliers, 2 for theirs."
                )
            else:
                said["tier"] = tier
        if text := self._first("spend", texts):
            spend = cells.amount(text)
            if spend is None:
                self.tally.not_known("spend", text, lambda: "Write an amount in digits.")
            else:
                said["spend"] = spend


def _tier(text: str) -> int | None:
    found = re.search(r"\d+", text)
    tier = int(found[0]) if found and len(found[0]) < 3 else 0  # noqa: PLR2004 - two digits
    return tier or None

"""The work of a row: its sector by code, word, product or process, and the goods made there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from imvo_scan.core.matching import NotFound, normal
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.row import OneRow
from imvo_scan.importer.rows.sector_names import Trades
from imvo_scan.taxonomy.codes import SCHEMES, nace_shaped

_AND = re.compile(r"/|\s(?:&|\+|and|en|und|et)\s", re.IGNORECASE)
_TRADING = frozenset({"wholesale", "retail"})
_MOST_GOODS = 50
_LONGEST_GOOD = 300
_HELD = 2  # an inventory holds a sector and a sector of the goods


@dataclass(frozen=True, slots=True)
class WorkReader:
    """Reads the sectors and goods of rows; `sector` counts where a row names none."""

    trades: Trades
    sector: str | None = None

    def read(self, row: OneRow) -> None:
        """Say the goods and the sectors of a row, where something says them."""
        made = self._goods(row)
        found = list(self._coded(row))
        if _TRADING.issuperset(found):
            found += self._worded(row)
        if found and _TRADING.issuperset(found):
            found += made
        if not found and made:
            found = made
            row.warn("sector from the products", made[0])
        if not found and (done := list(self._by_process(row))):
            found = done
            row.warn("sector from what is done there", done[0])
        if not found and self.sector:
            found = [self.sector]
        self._keep(row, list(dict.fromkeys(found)))

    def _keep(self, row: OneRow, sectors: list[str]) -> None:
        if sectors:
            row.said["sector"] = sectors[0]
        explicit = row.first("goods_sector")
        if explicit and (traded := self.trades.sector(explicit)):
            row.said["goods_sector"] = traded
        elif len(sectors) > 1:
            row.said["goods_sector"] = sectors[1]
            kinds = ", ".join(sectors)
            row.warn("several sectors", f"{kinds}: the worse of the first two counts")
            if len(sectors) > _HELD:
                row.remarks.append(f"the list names more sectors: {kinds}")

    # -- sectors -------------------------------------------------------------------------------

    def _coded(self, row: OneRow) -> Iterator[str]:
        """Sectors by code, in the columns of one list of codes."""
        for scheme in SCHEMES:
            for _, text in row.all(scheme):
                for part in cells.parts_of(text, _separators(text)):
                    yield from self._found(row, scheme, part, self.trades.of_code(scheme, part))
        scheme = normal(row.first("code_list")).replace(" ", "")
        code = row.first("code")
        if code and scheme in SCHEMES:
            yield from self._found(row, scheme, code, self.trades.of_code(scheme, code))

    def _worded(self, row: OneRow) -> Iterator[str]:
        for _, cell in row.all("sector"):
            text = cells.unpacked(cell)
            if nace_shaped(text):
                row.warn("a bare code read as NACE Rev. 2", repr(text))
            for part in self._apart(text, self.trades.names_sector):
                if not row.words.is_nothing(part):
                    yield from self._sector(row, part)

    def _sector(self, row: OneRow, text: str) -> Iterator[str]:
        """The sectors of a text; of one that means none as a whole, those of its parts."""
        pieces = [text]
        if self.trades.sector(text) is None:
            pieces = [piece.strip() for piece in _AND.split(text)]
        if not any(map(self.trades.names_sector, pieces)):
            pieces = [text]
        for piece in pieces:
            yield from self._found(row, "sector", piece, self.trades.sector(piece))

    def _apart(self, text: str, names: Callable[[str], bool]) -> Iterator[str]:
        """What stands in one cell: "and" and "/" divide only what is known on both sides."""
        if names(text):
            yield text
            return
        for part in cells.parts_of(text, "|;,"):
            pieces = [piece.strip() for piece in _AND.split(part)]
            pieces = [one for one in pieces if normal(one) not in self.trades.vague] or pieces
            yield from pieces if not names(part) and all(map(names, pieces)) else [part]

    def _found(
        self, row: OneRow, name: str, text: str, sector: str | NotFound | None
    ) -> Iterator[str]:
        if isinstance(sector, str):
            yield sector
        else:
            hint = sector.hint if sector else ""
            row.not_known(name, text, partial(self.trades.suggestion, text, hint))

    def _by_process(self, row: OneRow) -> Iterator[str]:
        for _, cell in row.all("processing"):
            for part in cells.parts_of(cells.unpacked(cell), "|;,"):
                if sector := self.trades.of_process(part):
                    yield sector

    # -- goods ---------------------------------------------------------------------------------

    def _goods(self, row: OneRow) -> list[str]:
        """Keep the goods that the tables know; the sectors of all that is made."""
        known: dict[str, None] = {}
        sectors: dict[str, None] = {}
        for part in self._products(row):
            good, sector = self.trades.good(part)
            if good is not None:
                known.setdefault(good)
            if sector is not None:
                sectors.setdefault(sector)
            if good is None and sector is None:
                row.not_known("goods", part, partial(self.trades.good_suggestion, part))
                row.remarks.append(f"also made here, on no list of goods: {part}")
        for _, cell in row.all("hs"):
            for code in cells.parts_of(cell, _separators(cell)):
                if good := self.trades.hs_good(code):
                    known.setdefault(good)
        if len(known) > _MOST_GOODS:
            row.warn("shortened", f"{len(known)} goods: kept {_MOST_GOODS}")
        if known:
            row.said["goods"] = list(known)[:_MOST_GOODS]
        return list(sectors)

    def _products(self, row: OneRow) -> Iterator[str]:
        """The products of a row."""
        for _, cell in row.all("goods"):
            for piece in self._apart(row.mended(cells.unpacked(cell)), self.trades.names):
                if not row.words.is_nothing(piece):
                    yield piece[:_LONGEST_GOOD]


def _separators(text: str) -> str:
    """What divides codes: a comma too, unless a description follows the code."""
    return "|;," if not any(char.isalpha() for char in text) else "|;"

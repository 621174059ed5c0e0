"""The work of a row: its sector by code, word, product or process, and the goods made there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from imvo_scan.core.matching import NotFound, normal
from imvo_scan.core.message import message
from imvo_scan.importer.rows import cells
from imvo_scan.importer.rows.remarks import (
    Remarked,
    Remarks,
    RowRemark,
    RowWarning,
    SiteNote,
    UnknownCell,
    sorted_out,
)
from imvo_scan.importer.rows.row import TableRow, mended
from imvo_scan.importer.rows.trades import Trades
from imvo_scan.taxonomy.codes import SCHEMES, nace_shaped

_AND = re.compile(r"/|\s(?:&|\+|and|en|und|et)\s", re.IGNORECASE)
_TRADING = frozenset({"wholesale", "retail"})
_MOST_GOODS = 50  # as many as an inventory takes
_LONGEST_GOOD = 300
_HELD = 2  # an inventory holds a sector and a sector of the goods


class Work(NamedTuple):
    """What is done at a site, and what is made there; None where the list does not say it."""

    sector: str | None = None
    goods_sector: str | None = None
    goods: tuple[str, ...] = ()


class _Products(NamedTuple):
    """The goods of a row that the tables know, and the sectors of all that it makes."""

    goods: tuple[str, ...]
    sectors: Sequence[str]


@dataclass(frozen=True, slots=True)
class WorkReader:
    """Reads the sectors and goods of rows; `sector` counts where a row names none."""

    trades: Trades
    sector: str | None = None

    def read(self, row: TableRow) -> Remarked[Work]:
        """The goods and the sectors of a row, as far as something says them."""
        products, of_products = self._made(row)
        sectors, of_sectors = self._sectors(row, products.sectors)
        goods_sector, of_several = self._goods_sector(row, sectors)
        work = Work(sectors[0] if sectors else None, goods_sector, products.goods)
        return work, of_products + of_sectors + of_several

    def _sectors(self, row: TableRow, made: Sequence[str]) -> Remarked[list[str]]:
        """The sectors of a row, the surest way first; `made` are those of what it makes."""
        sectors, remarks = sorted_out(self._coded(row))
        if _TRADING.issuperset(sectors):
            named, of_names = sorted_out(self._worded(row))
            sectors, remarks = sectors + named, remarks + of_names
        if sectors and _TRADING.issuperset(sectors):
            sectors = [*sectors, *made]
        if not sectors:
            sectors, of_signs = self._by_signs(row, made)
            remarks += of_signs
        return list(dict.fromkeys(sectors)), remarks

    def _by_signs(self, row: TableRow, made: Sequence[str]) -> Remarked[list[str]]:
        """The sectors that something else than a sector points to."""
        if made:
            return [*made], (RowWarning(message("warning.sector-from-products"), made[0]),)
        if done := list(self._by_process(row)):
            return done, (RowWarning(message("warning.sector-from-process"), done[0]),)
        return [self.sector] if self.sector else [], ()

    def _goods_sector(self, row: TableRow, sectors: Sequence[str]) -> Remarked[str | None]:
        """The second sector that counts, in a column of its own or as the second of several."""
        explicit = row.first("goods_sector")
        if explicit and (traded := self.trades.sector(explicit)):
            return traded, ()
        if len(sectors) < _HELD:
            return None, ()
        every = tuple(sectors)
        seen = message("seen.several-sectors", sectors=every)
        remarks: Remarks = (RowWarning(message("warning.several-sectors"), seen),)
        if len(sectors) > _HELD:
            remarks += (SiteNote(message("note.more-sectors", sectors=every)),)
        return sectors[1], remarks

    # -- sectors -------------------------------------------------------------------------------

    def _coded(self, row: TableRow) -> Iterator[str | RowRemark]:
        """Sectors by code, in the columns of one list of codes."""
        for scheme in SCHEMES:
            for _, text in row.all(scheme):
                for part in cells.parts_of(text, _separators(text)):
                    yield _or_unknown(scheme, part, self.trades.of_code(scheme, part))
        scheme = normal(row.first("code_list")).replace(" ", "")
        code = row.first("code")
        if code and scheme in SCHEMES:
            yield _or_unknown(scheme, code, self.trades.of_code(scheme, code))

    def _worded(self, row: TableRow) -> Iterator[str | RowRemark]:
        """Sectors by name, in the columns of sectors."""
        for _, cell in row.all("sector"):
            text = cells.unpacked(cell)
            if nace_shaped(text):
                yield RowWarning(message("warning.bare-code-as-nace"), repr(text))
            for part in self._apart(text, self.trades.names_sector):
                if not row.terms.is_nothing(part):
                    yield from self._sector(part)

    def _sector(self, text: str) -> Iterator[str | RowRemark]:
        """The sectors of a text; of one that means none as a whole, those of its parts."""
        pieces = [text]
        if self.trades.sector(text) is None:
            pieces = [piece.strip() for piece in _AND.split(text)]
        if not any(map(self.trades.names_sector, pieces)):
            pieces = [text]
        for piece in pieces:
            yield _or_unknown("sector", piece, self.trades.sector(piece))

    def _apart(self, text: str, names: Callable[[str], bool]) -> Iterator[str]:
        """What stands in one cell: "and" and "/" divide only what is known on both sides."""
        if names(text):
            yield text
            return
        for part in cells.parts_of(text, "|;,"):
            pieces = [piece.strip() for piece in _AND.split(part)]
            pieces = [one for one in pieces if normal(one) not in self.trades.vague] or pieces
            yield from pieces if not names(part) and all(map(names, pieces)) else [part]

    def _by_process(self, row: TableRow) -> Iterator[str]:
        """Sectors by what is done at a site."""
        for _, cell in row.all("processing"):
            for part in cells.parts_of(cells.unpacked(cell), "|;,"):
                if sector := self.trades.of_process(part):
                    yield sector

    # -- goods ---------------------------------------------------------------------------------

    def _made(self, row: TableRow) -> Remarked[_Products]:
        """What a row makes: the goods that the tables know, and the sectors of all of it."""
        products, of_texts = sorted_out(self._products(row))
        meanings = [(text, *self.trades.good(text)) for text in products]
        known = dict.fromkeys([good for _, good, _ in meanings if good is not None])
        known |= dict.fromkeys(self._by_hs(row))
        sectors = dict.fromkeys([sector for _, _, sector in meanings if sector is not None])
        remarks = [*of_texts]
        for text, good, sector in meanings:
            if good is None and sector is None:
                remarks.append(UnknownCell("goods", text))
                remarks.append(SiteNote(message("note.also-made", goods=text)))
        if len(known) > _MOST_GOODS:
            seen = message("seen.many-goods", goods=len(known), most=_MOST_GOODS)
            remarks.append(RowWarning(message("warning.shortened"), seen))
        return _Products(tuple(known)[:_MOST_GOODS], list(sectors)), tuple(remarks)

    def _by_hs(self, row: TableRow) -> Iterator[str]:
        """The goods that the codes of the Harmonized System name."""
        for _, cell in row.all("hs"):
            for code in cells.parts_of(cell, _separators(cell)):
                if good := self.trades.hs_good(code):
                    yield good

    def _products(self, row: TableRow) -> Iterator[str | RowRemark]:
        """The products of a row."""
        for _, cell in row.all("goods"):
            text, repairs = mended(cells.unpacked(cell))
            yield from repairs
            for piece in self._apart(text, self.trades.names):
                if not row.terms.is_nothing(piece):
                    yield piece[:_LONGEST_GOOD]


def _or_unknown(field: str, text: str, sector: str | NotFound | None) -> str | RowRemark:
    return sector if isinstance(sector, str) else UnknownCell(field, text)


def _separators(text: str) -> str:
    """What divides codes: a comma too, unless a description follows the code."""
    return "|;," if not any(char.isalpha() for char in text) else "|;"

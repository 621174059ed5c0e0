"""Which rows are no supplier: headers again, totals, headings, and what the list marks so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from imvo_scan.core.matching import normal
from imvo_scan.core.message import Message, message
from imvo_scan.importer.columns.header_row import Table
from imvo_scan.importer.rows.row import TableRow

SAYS_NO = frozenset({"no", "false", "nee", "nein", "n", "0"})
_NAMING = ("name", "id", "os_id", "address", "city")
_DEBTORS = "123456"  # first digits of the accounts of customers in a DATEV list


@dataclass(frozen=True, slots=True)
class NoSupplier:
    """Tells why a row of a table is no supplier."""

    table: Table
    is_country: Callable[[str], bool]

    def why(self, row: TableRow) -> Message | None:
        """Why a row is no supplier that could be scored; None where it is one."""
        return next(self._reasons(row), None)

    def _reasons(self, row: TableRow) -> Iterator[Message]:
        if self._is_header(row):
            yield message("reason.header-again")
        yield from self._marked(row)
        name = normal(row.raw("name"))
        if name in row.terms.nobody:
            yield message("reason.supplier-not-known")
        first = normal(next(text for text in row.texts if text))
        if _names_total(row, name) or _names_total(row, first):
            yield message("reason.total")
        if self._is_heading(row):
            yield message("reason.heading")
        if not any(map(row.first, _NAMING)):
            yield message("reason.no-name-id-or-address")

    def _is_header(self, row: TableRow) -> bool:
        """Whether a row repeats the header, as lists made for paper do."""
        texts = row.texts
        pairs = ((column.index, column.header) for column in self.table.columns)
        return all(n < len(texts) and texts[n] == header for n, header in pairs)

    def _marked(self, row: TableRow) -> Iterator[Message]:
        """What the list itself says against a row."""
        if "deleted" in row.columns and normal(row.raw("deleted")) in row.terms.yes:
            yield message("reason.marked-deleted")
        unmarked = "marked" in row.columns and not row.raw("marked")
        if unmarked or row.raw("is_supplier").casefold() in SAYS_NO:
            yield message("reason.marked-no-supplier")
        if self.table.datev and _is_debtor(row.raw("id")):
            yield message("reason.account-of-customer")

    def _is_heading(self, row: TableRow) -> bool:
        """Whether a row only names the country of the rows below it."""
        name = row.raw("name")
        alone = len(row.columns) > 1 and _is_alone(row)
        return alone and bool(name) and self.is_country(name)


def _names_total(row: TableRow, text: str) -> bool:
    """Whether a text says that a row adds up the others; a company called Total has a country."""
    if text in row.terms.total:
        return not (row.raw("name") and row.first("country"))
    numbered = _is_alone(row) and any(map(str.isdigit, text))
    return numbered and any(text.startswith(f"{term} ") for term in row.terms.total)


def _is_alone(row: TableRow) -> bool:
    """Whether one cell of the row is filled."""
    return sum(map(bool, row.texts)) == 1


def _is_debtor(account: str) -> bool:
    return account.isdigit() and account[:1] in _DEBTORS

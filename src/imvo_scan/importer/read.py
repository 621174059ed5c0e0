"""From a file of rows to an `Inventory` and an `ImportReport`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from imvo_scan.core.errors import UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.gc_pause import collector_paused
from imvo_scan.core.matching import NotFound
from imvo_scan.core.message import Message, message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.evidence import Evidence, load_evidence
from imvo_scan.importer.account import LONGEST_VALUE, Account, account_of, warned
from imvo_scan.importer.columns.columns import Judge
from imvo_scan.importer.columns.header_row import Asked, Table, find_table
from imvo_scan.importer.columns.headers import HeaderVocabulary, load_header_vocabulary
from imvo_scan.importer.formats.csv_text import text_sheet
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import Kind, kind_of, refused
from imvo_scan.importer.report import ImportReport, MappedColumn, UnknownValue
from imvo_scan.importer.rows.cells import text_of
from imvo_scan.importer.rows.conditions import conditions_of
from imvo_scan.importer.rows.country import CountryReader, code_columns
from imvo_scan.importer.rows.duplicates import company_of, identified, linked
from imvo_scan.importer.rows.places import Places, load_places
from imvo_scan.importer.rows.results import ListCompany, ListSite
from imvo_scan.importer.rows.row import CellTerms, load_cell_terms
from imvo_scan.importer.rows.sector import WorkReader
from imvo_scan.importer.rows.suggestions import suggestion
from imvo_scan.importer.rows.supplier import RowReader
from imvo_scan.importer.rows.trades import Trades, load_trades
from imvo_scan.inventory.entities import Buyer, Inventory, Supplier
from imvo_scan.taxonomy.codes import SCHEMES
from imvo_scan.taxonomy.sectors import Sectors

Watch: TypeAlias = Callable[[Iterable[tuple[int, Row]], int | None], Iterable[tuple[int, Row]]]
_SAMPLE = 500  # rows that show which columns hold two-letter codes
_MOST_REASONS = 3  # why rows were left out, where none was kept
_SAY_SECTORS = frozenset({"sector", "goods", "processing", "code", *SCHEMES})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the user says about a file.

    `mapping` is field -> headers, `where` header -> the value a row must have; `sector` counts for
    rows that name none.
    """

    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    sector: str | None = None
    company: str | None = None
    encoding: str | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as read: the inventory, the report, and what the list left open of each supplier."""

    inventory: Inventory
    report: ImportReport
    notes: tuple[tuple[Message, ...], ...]


@dataclass(frozen=True)
class Tools:
    """The tables that reading a file needs."""

    headers: HeaderVocabulary
    places: Places
    trades: Trades
    terms: CellTerms


def load_tools(evidence: Evidence | None = None) -> Tools:
    """Read the tables of the spreadsheet reader. Raises `EvidenceError`."""
    evidence = evidence or load_evidence()
    folder = evidence.list_tables
    return Tools(
        load_header_vocabulary(folder),
        load_places(evidence.taxonomy.countries),
        load_trades(evidence.taxonomy.sectors),
        load_cell_terms(folder),
    )


def read_spreadsheet(
    path: str | Path,
    options: ImportOptions | None = None,
    *,
    tools: Tools | None = None,
    watch: Watch | None = None,
) -> Imported:
    """Read a list of suppliers from a file: csv, tsv, xlsx, xls, ods, json or parquet.

    Raises `InventoryError` where it is no such list and `UsageError` where the options do not fit.
    """
    path = Path(path)
    try:
        raw = file_bytes(path)
    except OSError as error:
        what = message("importer.file-not-read", why=reason_of(error))
        raise refused(str(path), what) from None
    return parse_spreadsheet(raw, str(path), options, tools=tools, watch=watch)


def parse_spreadsheet(
    raw: bytes,
    name: str,
    options: ImportOptions | None = None,
    *,
    tools: Tools | None = None,
    watch: Watch | None = None,
) -> Imported:
    """Read a list of suppliers from memory; `name` is what problems call it.

    Each row is read by itself. What takes all of them follows, a step at a time: the account of the
    rows, ids, links, and the report.
    """
    options, tools = options or ImportOptions(), tools or load_tools()
    with sheets_of(raw, name, options.encoding) as sheets, collector_paused():
        judge = Judge(tools.headers, tools.places.is_country, options.mapping)
        table = find_table(sheets, name, judge, Asked(options.sheet, options.mapping))
        reader = row_reader(table, tools, options)
        rows = watch(table.body(), table.sheet.total) if watch else table.body()
        unit = table.sheet.unit(name)
        account = account_of((reader.read(number, row) for number, row in rows), unit)
        if not account.sites:
            raise refused(name, message("importer.no-supplier"), _why_none(account))
        sites, of_ids = identified(account.sites)
        links, of_links = linked(sites)
    buyer = _buyer(options.company or company_of(sites) or _stem(name), account.company)
    inventory = Inventory(name, buyer, tuple(_supplier(key, one, links) for key, one in sites))
    warnings = (*account.warnings, *warned([*of_ids, *of_links], unit))
    notices = tuple(_notices(table, account, buyer.name, options))
    report = ImportReport(
        source=name,
        how=table.sheet.how,
        sheet=table.sheet.name,
        header_row=table.header_row,
        columns=tuple(MappedColumn(c.header, c.field, c.why_not) for c in table.columns),
        rows=account.rows,
        sites=len(account.sites),
        merged=account.merged,
        blank=account.blank,
        with_gaps=account.with_gaps,
        gaps=account.gaps,
        reasons=account.reasons,
        skipped=account.skipped,
        warnings=tuple(sorted(warnings, key=lambda one: -one.count)),
        unknown=tuple(_unknown(account, tools)),
        notices=notices,
        company=buyer.name,
    )
    return Imported(inventory, report, tuple(site.notes for _, site in sites))


def row_reader(table: Table, tools: Tools, options: ImportOptions) -> RowReader:
    """What reads the rows of a table. Raises `UsageError` where an option does not fit it."""
    sample = [[text_of(cell) for cell in row] for _, row in islice(table.body(), _SAMPLE)]
    codes = code_columns(table.of("country"), sample)
    country = CountryReader(tools.places, table.instead("country"), codes)
    work = WorkReader(tools.trades, _sector(options.sector, tools.trades.sectors))
    conditions = conditions_of(table, options.where)
    return RowReader(table, tools.terms, country, work, conditions)


@contextmanager
def sheets_of(raw: bytes, name: str, encoding: str | None = None) -> Iterator[list[Sheet]]:
    """The sheets of a file, whatever it is called, readable in the block.

    Raises `InventoryError`, there or where rows are read.
    """
    kind = kind_of(raw, name)
    if kind is Kind.TEXT:
        yield [text_sheet(raw, name, encoding)]
    elif kind is Kind.JSON:
        from imvo_scan.importer.formats.records import json_sheets

        yield json_sheets(raw, name)
    else:
        from imvo_scan.importer.formats.workbook import parquet_sheets, workbook_sheets

        of_kind = workbook_sheets if kind is Kind.WORKBOOK else parquet_sheets
        with of_kind(raw, name) as sheets:
            yield sheets


def _sector(text: str | None, sectors: Sectors) -> str | None:
    sector = sectors.find(text) if text else None
    if isinstance(sector, NotFound):
        what = message("problem.line", place="--sector", what=sector.what)
        raise UsageError.of(what, sector.hint)
    return sector


def _why_none(account: Account) -> Message:
    most = account.reasons[:_MOST_REASONS]
    if not most:
        return message("importer.no-rows")
    reasons = tuple(message("importer.so-many", n=count, reason=reason) for reason, count in most)
    return message("importer.of-rows", n=account.rows, reasons=reasons)


def _buyer(name: str, company: ListCompany | None) -> Buyer:
    """The company, with what the list itself says of it."""
    return Buyer(name, company.country, company.sector) if company else Buyer(name, None, None)


def _stem(name: str) -> str:
    return "stdin" if name == "-" else Path(name).stem or name


def _supplier(identifier: str, site: ListSite, links: Mapping[str, tuple[str, ...]]) -> Supplier:
    """A site with its id; whom it supplies says more of its tier than a number does."""
    supplies = links.get(identifier, ())
    tier = None if supplies else site.supplier.tier
    return site.supplier._replace(id=identifier, supplies=supplies, tier=tier)


def _unknown(account: Account, tools: Tools) -> Iterator[UnknownValue]:
    for cell, count in account.unknown:
        hint = suggestion(cell, tools.places, tools.trades)
        yield UnknownValue(cell.field, cell.text[:LONGEST_VALUE], count, hint)


def _notices(
    table: Table, account: Account, company: str, options: ImportOptions
) -> Iterator[Message]:
    """What there is to say of a list as a whole."""
    yield from (*table.sheet.notices, *table.notices)
    if account.differing:
        columns = tuple(repr(column.header) for column in table.unread)
        yield message("notice.differing", rows=account.differing, columns=columns)
    if not options.company:
        yield message("notice.company", company=company)
    yield from _of_columns(table, options)


def _of_columns(table: Table, options: ImportOptions) -> Iterator[Message]:
    """What the columns of a list leave open."""
    fields = table.by_field()
    if "country" not in fields:
        yield message("notice.no-country")
    if _SAY_SECTORS.isdisjoint(fields) and not options.sector:
        yield message("notice.no-sector")
    if "nace" in fields:
        yield message("notice.nace")
    if "year" in fields and not options.where:
        yield message("notice.years", header=fields["year"][0].header)

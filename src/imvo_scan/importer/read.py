"""From a file of rows to an `Inventory` and an `ImportReport`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from imvo_scan.core.errors import UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.gc_pause import collector_paused
from imvo_scan.core.matching import NotFound, did_you_mean, normal
from imvo_scan.core.site_terms import Flag
from imvo_scan.evidence import Evidence, load_evidence
from imvo_scan.importer.columns.columns import Judge
from imvo_scan.importer.columns.header_row import Asked, Table, find_table
from imvo_scan.importer.columns.headers import HeaderWords, load_header_words
from imvo_scan.importer.formats.delimited import text_sheet
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import Kind, kind_of, refused
from imvo_scan.importer.report import ImportReport, MappedColumn, Tally
from imvo_scan.importer.rows.cells import text_of
from imvo_scan.importer.rows.country_names import Places, load_places
from imvo_scan.importer.rows.duplicates import company_of, identified, linked
from imvo_scan.importer.rows.row import Said, load_said
from imvo_scan.importer.rows.sector_names import Trades, load_trades
from imvo_scan.importer.rows.supplier import Entry, RowReader
from imvo_scan.inventory.build import supplier_of
from imvo_scan.inventory.entities import Buyer, Inventory, Supplier
from imvo_scan.taxonomy.codes import SCHEMES
from imvo_scan.taxonomy.sectors import Sectors

Watch: TypeAlias = Callable[[Iterable[tuple[int, Row]], int | None], Iterable[tuple[int, Row]]]
_SAMPLE = 500


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
    """A file as read: the inventory, the report, and the entry behind each of its suppliers."""

    inventory: Inventory
    report: ImportReport
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Tools:
    """The tables that reading a file needs."""

    headers: HeaderWords
    places: Places
    trades: Trades
    said: Said


def load_tools(evidence: Evidence | None = None) -> Tools:
    """Read the tables of the spreadsheet reader. Raises `EvidenceError`."""
    evidence = evidence or load_evidence()
    folder = evidence.list_tables
    return Tools(
        load_header_words(folder),
        load_places(evidence.taxonomy.countries),
        load_trades(evidence.taxonomy.sectors),
        load_said(folder),
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
        raise refused(str(path), f"this file cannot be read: {error.strerror or error}") from None
    return parse_spreadsheet(raw, str(path), options, tools=tools, watch=watch)


def parse_spreadsheet(
    raw: bytes,
    name: str,
    options: ImportOptions | None = None,
    *,
    tools: Tools | None = None,
    watch: Watch | None = None,
) -> Imported:
    """Read a list of suppliers from memory; `name` is what problems call it."""
    options, tools = options or ImportOptions(), tools or load_tools()
    sector = _sector(options.sector, tools.trades.sectors)
    asked = Asked(options.sheet, options.mapping)
    with sheets_of(raw, name, options.encoding) as sheets, collector_paused():
        judge = Judge(tools.headers, tools.places.is_country, options.mapping)
        table = find_table(sheets, name, judge, asked)
        tally = Tally(name, table.sheet.unit)
        reader = RowReader.of(table, (tools.places, tools.trades, tools.said), tally, sector)
        reader.look_ahead(_sample(table))
        rows = _chosen(table.body(), table, options.where, tally)
        watched = watch(rows, table.sheet.total) if watch else rows
        entries = (reader.read(number, row) for number, row in watched)
        sites, merged = identified((entry for entry in entries if entry is not None), tally)
        links = linked(sites, tally)
    if not sites:
        what = "there is no supplier in this list, so there is nothing to scan"
        raise refused(name, what, _why_none(tally))
    suppliers = tuple(_supplier(key, entry, links.get(key, ())) for key, entry in sites)
    buyer = _buyer(options.company or company_of(sites) or _stem(name), reader.company)
    said = (*_of_repeats(table, tally), *_notices(table, buyer.name, options))
    notices = (*table.sheet.notices, *table.notices, *said)
    report = _report(table, tally, merged, notices, buyer.name)
    inventory = Inventory(name, buyer, suppliers)
    return Imported(inventory, report, tuple(entry for _, entry in sites))


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
        raise UsageError.of(f"--sector: {sector.what}", sector.hint)
    return sector


def _sample(table: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for _, row in islice(table.body(), _SAMPLE)]


def _chosen(
    rows: Iterable[tuple[int, Row]], table: Table, where: tuple[tuple[str, str], ...], tally: Tally
) -> Iterator[tuple[int, Row]]:
    """The rows that `--where` asks for; the others are counted with the reason."""
    wanted = [(_place(header, table), normal(value), header, value) for header, value in where]
    for number, row in rows:
        for place, form, header, value in wanted:
            text = text_of(row[place]) if place < len(row) else ""
            if normal(text) != form and any(text_of(cell) for cell in row):
                tally.rows += 1
                tally.skip(number, f"not asked for: --where {header}={value}")
                break
        else:
            yield number, row


def _place(header: str, table: Table) -> int:
    for column in table.columns:
        if normal(column.header) == normal(header):
            return column.index
    headers = [column.header for column in table.columns]
    raise UsageError.of(f"there is no column {header!r}", did_you_mean(header, headers))


def _why_none(tally: Tally) -> str:
    said = ", ".join(f"{count} {reason}" for reason, count in tally.reasons.most_common(3))
    return f"Of {tally.rows} rows: {said}." if said else "The table has a header and no rows."


def _buyer(name: str, said: Mapping[str, Any]) -> Buyer:
    """The company, with what the list itself says of it."""
    return Buyer(name, said.get("country"), said.get("sector"))


def _stem(name: str) -> str:
    return "stdin" if name == "-" else Path(name).stem or name


def _supplier(identifier: str, entry: Entry, supplies: tuple[str, ...]) -> Supplier:
    """A site as its row says it; whom it supplies says more of its tier than a column of tiers."""
    said = {key: tuple(it) if isinstance(it, list) else it for key, it in entry.said.items()}
    said |= {"id": identifier, "supplies": supplies}
    said["flags"] = tuple(map(Flag, said.get("flags", ())))
    if supplies:
        said["tier"] = None
    return supplier_of(said, entry.row)


def _report(
    table: Table, tally: Tally, merged: int, notices: tuple[str, ...], company: str
) -> ImportReport:
    columns = (MappedColumn(c.header, c.field, c.why_not) for c in table.columns)
    return ImportReport(
        source=tally.source,
        how=table.sheet.how,
        sheet=table.sheet.name,
        header_row=table.header_row,
        columns=tuple(columns),
        rows=tally.rows,
        kept=tally.rows - merged - sum(tally.reasons.values()),
        merged=merged,
        blank=tally.blank,
        with_gaps=tally.with_gaps,
        gaps=tuple(tally.gaps.most_common()),
        reasons=tuple(tally.reasons.most_common()),
        skipped=tuple(tally.skipped),
        warnings=tally.warnings(),
        unknown=tally.unknown_values(),
        notices=notices,
        company=company,
    )


def _of_repeats(table: Table, tally: Tally) -> Iterator[str]:
    """That rows which say the same differ in a column that is not read."""
    if tally.unread:
        names = ", ".join(repr(column.header) for column in table.unread)
        yield (
            f"Rows that repeat another, but differ in columns that are not read: {tally.unread:,} "
            f"({names}). If one tells sites apart, say so, such as --map city=HEADER."
        )


def _notices(table: Table, company: str, options: ImportOptions) -> Iterator[str]:
    if not options.company:
        yield f"The company is called {company!r}; say --company NAME for another."
    if not table.of("country"):
        yield "No column says the country: say --map country=HEADER if one does."
    used = {column.field for column in table.columns}
    if not used & {"sector", "goods", "processing", "code", *SCHEMES} and not options.sector:
        yield "No column says the sector: say it for the whole file, such as --sector textiles."
    if "nace" in used:
        yield "NACE codes were read as Rev. 2; say --map nace2.1=HEADER where they are Rev. 2.1."
    if table.of("year") and not options.where:
        header = table.of("year")[0].header
        yield (
            f"Rows of every year are kept, and what is the same in several years is one site. "
            f"For one year: --where {header}=2022."
        )

"""Where the records stand in a JSON document: lists, tables by rows or columns, OCDS releases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from imvo_scan.core.matching import normal

Record: TypeAlias = Mapping[str, Any]
DEEPEST = 6
_SUPPLIER_ROLES = frozenset({"supplier", "payee"})
_SITES = frozenset(
    {"sites", "factories", "facilities", "plants", "locations", "production sites", "units"}
    | {"production locations", "manufacturing sites", "fabrieken", "vestigingen", "standorte"}
)
_NAMES = frozenset(
    {"name", "naam", "firma", "company", "company name", "legal name", "supplier", "supplier name"}
    | {"suppliername", "vendor", "vendor name", "vendorname", "site", "site name", "factory"}
    | {"factory name", "leverancier", "lieferant", "fournisseur"}
)
_LISTS = frozenset(
    {"suppliers", "vendors", "leveranciers", "lieferanten", "fournisseurs", "items", "records"}
    | {"data", "results", "rows", "list", "entries", "supply chain", "partners"}
)


def lists_in(document: Any) -> Iterator[tuple[str, Sequence[Record]]]:
    """The lists of records in a document, each with where it stands."""
    if released := [row for release in _releases(document) for row in _of_release(release)]:
        yield "releases", released
    elif _is_supplier(document):
        yield "", [document]
    else:
        yield from [*_tables(document)] or _one_record(document)


def rows_in(document: Any, depth: int = 0) -> Iterator[tuple[str, list[list[Any]]]]:
    """The tables in a document that are lists of rows, the column names among them."""
    if isinstance(document, dict) and {"columns", "data"} <= set(document):
        document = [document["columns"], *_listed(document["data"])]
    if isinstance(document, list) and document and all(isinstance(row, list) for row in document):
        yield "", document
    elif isinstance(document, dict) and depth < DEEPEST:
        for key, value in document.items():
            for inner, rows in rows_in(value, depth + 1):
                yield f"{key}/{inner}".strip("/"), rows


def each_site(records: Sequence[Record]) -> Sequence[Record]:
    """A record for each site, where sites stand in lists inside the records of their suppliers.

    A supplier that names no site is its own.
    """
    if not any(map(_sites, records)):
        return records
    return [row for record in records for row in _apart(record)]


def _apart(record: Record) -> Iterator[Record]:
    sites = _sites(record)
    if not sites:
        yield {"site": record}
    around = {key: value for key, value in record.items() if normal(key) not in _SITES}
    for site in sites:
        yield {"supplier": around, "site": site}


def _sites(record: Record) -> list[Record]:
    """The sites that stand in lists inside the record of a supplier."""
    lists = [inside for key, inside in record.items() if normal(key) in _SITES]
    inside = [site for one in lists if isinstance(one, list) for site in one]
    return [site for site in inside if isinstance(site, dict)]


# -- shapes --------------------------------------------------------------------------------------


def _tables(document: Any, depth: int = 0) -> Iterator[tuple[str, list[Record]]]:
    """The tables in a document and below it."""
    if table := _of_columns(document) or _by_key(document):
        yield "", table
    elif _holds_records(document):
        yield "", list(map(_as_record, document))
    elif isinstance(document, dict) and depth < DEEPEST:
        for key, value in document.items():
            for inner, records in _tables(value, depth + 1):
                yield f"{key}/{inner}".strip("/"), records


def _is_supplier(document: Any) -> bool:
    """Whether a document is the record of one supplier, not of a company with its suppliers."""
    if not isinstance(document, dict):
        return False
    keys = set(map(normal, document))
    plain = sum(map(_is_plain, document.values()))
    return plain > 1 and bool(keys & _NAMES) and keys.isdisjoint(_LISTS)


def _one_record(document: Any) -> list[tuple[str, list[Record]]]:
    one = isinstance(document, dict) and sum(map(_is_plain, document.values())) > 1
    return [("", [document])] if one else []


def _of_columns(document: Any) -> list[Record]:
    """The records of a table that stands column by column; none where it does not."""
    if not isinstance(document, dict) or not document:
        return []
    columns = [dict(enumerate(one)) if isinstance(one, list) else one for one in document.values()]
    if not all(isinstance(column, dict) and _is_column(column) for column in columns):
        return []
    rows = columns[0].keys()
    if any(column.keys() != rows for column in columns):
        return []
    by_row = ([column[row] for column in columns] for row in rows)
    return [dict(zip(document, cells, strict=True)) for cells in by_row]


def _is_column(column: Mapping[Any, Any]) -> bool:
    """Whether these are plain values by the number of their row."""
    return all(str(row).isdigit() for row in column) and all(map(_is_plain, column.values()))


def _by_key(document: Any) -> list[Record]:
    """The records of an object that holds one for each id; none where it does not."""
    if not isinstance(document, dict) or not document:
        return []
    records = list(document.values())
    if not all(isinstance(record, dict) for record in records):
        return []
    shared = set.intersection(*map(set, records))
    alike = len(records) > 1 and len(shared) > 1
    return [{"id": key, **value} for key, value in document.items()] if alike else []


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def _as_record(entry: Any) -> Record:
    """An entry of a list; one that is no record keeps its place, so that it is reported."""
    return entry if isinstance(entry, dict) else {"not a record": str(entry)}


def _releases(document: Any) -> list[Record]:
    """The releases of an OCDS package, record package or list of releases."""
    if isinstance(document, dict):
        records = document.get("records")
        if isinstance(records, list):
            document = [r.get("compiledRelease") for r in records if isinstance(r, dict)]
        else:
            document = document.get("releases", [document])
    if not isinstance(document, list):
        return []
    return [entry for entry in document if isinstance(entry, dict) and "ocid" in entry]


def _of_release(release: Record) -> Iterator[Record]:
    """A row for each supplier of a release, with what was bought."""
    parties = [party for party in _listed(release.get("parties")) if isinstance(party, dict)]
    sellers = [p for p in parties if _SUPPLIER_ROLES & set(map(str, _listed(p.get("roles"))))]
    bought = {"classification": _classification(release)}
    for seller in sellers or _of_awards(release):
        yield {"parties": seller, "tender": bought}


def _of_awards(release: Record) -> Iterator[Record]:
    """The suppliers that the awards of a release name."""
    for award in _listed(release.get("awards")):
        if isinstance(award, dict):
            suppliers = _listed(award.get("suppliers"))
            yield from (supplier for supplier in suppliers if isinstance(supplier, dict))


def _classification(release: Record) -> Any:
    """What was bought, by the code of the tender or of the first item that has one."""
    places = [release.get("tender"), *(_listed(release.get("awards")))]
    parts = [part for part in places if isinstance(part, dict)]
    items = [
        item for part in parts for item in _listed(part.get("items")) if isinstance(item, dict)
    ]
    return next((c for c in (part.get("classification") for part in (*parts, *items)) if c), None)

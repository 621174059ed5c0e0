"""Lists of records: JSON in its usual shapes, JSON lines and Parquet, as sheets of rows.

A record inside a record becomes columns with a path (`address/country`); a list of words becomes
one cell with bars. Three shapes are known by name: OCDS releases (a row for each supplier of a
release), SC-DEX locations, and any object that holds one long list of records.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from imvo_scan.spreadsheet.delimited import find_encoding
from imvo_scan.spreadsheet.kinds import refused
from imvo_scan.spreadsheet.sheet import Row, Sheet
from imvo_scan.words import normal

Record: TypeAlias = Mapping[str, Any]
_SUPPLIER_ROLES = frozenset({"supplier", "payee"})
_SITES = frozenset(
    {"sites", "factories", "facilities", "plants", "locations", "production sites", "units"}
    | {"production locations", "manufacturing sites", "fabrieken", "vestigingen", "standorte"}
)
_DEEPEST = 6
_MOST_COLUMNS = 500


def json_sheets(raw: bytes, name: str) -> list[Sheet]:
    """The lists of records in a JSON file. Raises `InventoryError` where it is not JSON."""
    encoding, _ = find_encoding(raw)
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        document = _document(text)
    except _TwiceError as twice:
        what = f"a record of this JSON names {twice} more than once, so one value would be lost"
        raise refused(name, what, "Give each value a name of its own.") from None
    except RecursionError:
        raise refused(name, "this JSON is nested too deeply to be a list of suppliers") from None
    except ValueError as error:
        raise refused(name, f"this is not valid JSON: {error}") from None
    sheets = [_sheet(title, records) for title, records in _lists(document)]
    if not sheets:
        hint = "A list of objects is wanted, one for each supplier."
        raise refused(name, "there is no list of records in this JSON", hint)
    return sheets


class _TwiceError(Exception):
    """A record that names a value more than once."""


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = Counter(name for name, _ in pairs)
        raise _TwiceError(repr(names.most_common(1)[0][0]))
    return record


def parquet_sheets(raw: bytes, name: str) -> list[Sheet]:
    """The table of a Parquet file. Raises `InventoryError` where the reader is not installed."""
    import io

    try:
        import pyarrow.parquet as pq
    except ImportError:
        hint = "Run: pip install 'imvo-scan[parquet]'"
        raise refused(name, "reading Parquet needs an extra that is not installed", hint) from None
    damaged = refused(name, "this Parquet file is damaged and cannot be read", "Export it again.")
    try:
        file = pq.ParquetFile(io.BytesIO(raw))
        header = list(file.schema_arrow.names)
    except Exception:  # noqa: BLE001 - whatever is wrong with it, one line says so
        raise damaged from None

    def batches() -> Iterator[list[dict[str, Any]]]:
        try:
            for batch in file.iter_batches(batch_size=5_000):
                yield batch.to_pylist()
        except Exception:  # noqa: BLE001 - a page may be damaged where the footer is whole
            raise damaged from None

    def rows() -> Iterator[Row]:
        yield header
        for batch in batches():
            for record in batch:
                yield [_cell(record.get(column)) for column in header]

    return [Sheet("", rows, "Parquet", total=file.metadata.num_rows, first=0)]


def _document(text: str) -> Any:
    """What a JSON text holds, or JSON lines: a record on every line. Raises `ValueError`."""
    try:
        return json.loads(text, object_pairs_hook=_once_each)
    except ValueError as error:
        fault = error
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        records = [json.loads(line, object_pairs_hook=_once_each) for line in lines]
    except ValueError:
        raise fault from None
    if len(records) > 1:
        return records
    raise fault


def _lists(document: Any) -> Iterator[tuple[str, list[Record]]]:
    """The lists of records in a document, each with where it stands."""
    if released := [row for release in _releases(document) for row in _of_release(release)]:
        yield "releases", released
    elif table := _of_columns(document) or _of_rows(document):
        yield "", table
    else:
        yield from [*_inside(document)] or _of_one(document)


def _inside(document: Any, depth: int = 0) -> Iterator[tuple[str, list[Record]]]:
    """The lists of records below a document, and a record of records where it has no list."""
    if _holds_records(document):
        yield "", list(map(_as_record, document))
    if not isinstance(document, dict):
        return
    found = False
    for key, value in document.items():
        if _holds_records(value) or (isinstance(value, dict) and depth < _DEEPEST):
            for inner, records in _inside(value, depth + 1):
                found = True
                yield f"{key}/{inner}".strip("/"), records
    if document and not found and all(isinstance(value, dict) for value in document.values()):
        yield "", [{"id": key, **value} for key, value in document.items()]


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _of_one(document: Any) -> list[tuple[str, list[Record]]]:
    """A document that is one record itself."""
    one = isinstance(document, dict) and sum(map(_is_plain, document.values())) > 1
    return [("", [document])] if one else []


def _of_columns(document: Any) -> list[Record]:
    """The records of a table that stands column by column; none where it does not."""
    if not isinstance(document, dict) or not document:
        return []
    columns = [
        [*column.values()] if isinstance(column, dict) and all(map(str.isdigit, column)) else column
        for column in document.values()
    ]
    plain = all(isinstance(column, list) and all(map(_is_plain, column)) for column in columns)
    if not plain or len(set(map(len, columns))) != 1:
        return []
    return [dict(zip(document, row, strict=True)) for row in zip(*columns, strict=True)]


def _of_rows(document: Any) -> list[Record]:
    """The records of a list of rows, whose first is the header; none where it is no such list."""
    if not isinstance(document, list) or not all(isinstance(row, list) for row in document):
        return []
    header = [str(name) for name in document[0]] if document else []
    return [dict(zip(header, row, strict=False)) for row in document[1:]]


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
    parties = [party for party in release.get("parties") or () if isinstance(party, dict)]
    sellers = [p for p in parties if _SUPPLIER_ROLES & set(map(str, p.get("roles") or ()))]
    if not sellers:
        sellers = [
            supplier
            for award in release.get("awards") or ()
            if isinstance(award, dict)
            for supplier in award.get("suppliers") or ()
            if isinstance(supplier, dict)
        ]
    bought = {"classification": _classification(release)}
    for seller in sellers:
        yield {"parties": seller, "tender": bought}


def _classification(release: Record) -> Any:
    """What was bought, by the code of the tender or of the first item that has one."""
    places = [release.get("tender"), *(release.get("awards") or ())]
    parts = [part for part in places if isinstance(part, dict)]
    items = [item for part in parts for item in part.get("items") or () if isinstance(item, dict)]
    return next((c for c in (part.get("classification") for part in (*parts, *items)) if c), None)


def _sheet(title: str, records: Sequence[Record]) -> Sheet:
    if any(_sites(record) for record in records):
        records = [row for record in records for row in _each_site(record)]
    flat = [dict(_flat(record)) for record in records]
    header = list(dict.fromkeys(key for record in flat for key in record))[:_MOST_COLUMNS]

    def rows() -> Iterator[Row]:
        yield header
        for record in flat:
            yield [record.get(key, "") for key in header]

    return Sheet(title, rows, "JSON", total=len(flat), first=0)


def _sites(record: Record) -> list[Record]:
    """The sites that stand as a list inside the record of a supplier."""
    lists = (inside for key, inside in record.items() if normal(key) in _SITES)
    inside = next((one for one in lists if isinstance(one, list)), [])
    return [site for site in inside if isinstance(site, dict)]


def _each_site(record: Record) -> Iterator[Record]:
    """A record for each site of a supplier, or one for the supplier where it names none."""
    around = {key: value for key, value in record.items() if normal(key) not in _SITES}
    for site in _sites(record) or [{}]:
        yield {"supplier": around, "site": site}


def _flat(record: Record, before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        path = f"{before}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            yield from _flat(value, f"{path}/", depth + 1)
        else:
            yield path, _cell(value)


def _cell(value: Any) -> Any:
    """A value as one cell: a list of words with bars, a list of records as what they are called."""
    if isinstance(value, list | tuple):
        return "|".join(str(_cell(entry)) for entry in value if entry not in (None, ""))
    if isinstance(value, dict):
        known = (value.get(key) for key in ("id", "name", "code", "value"))
        return next((str(entry) for entry in known if entry not in (None, "")), "")
    return value

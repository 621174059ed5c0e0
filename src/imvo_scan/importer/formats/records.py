"""Lists of records: JSON and JSON lines, as sheets of rows.

A record inside a record becomes columns with a path (`address/country`); a list of words becomes
one cell with bars.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from imvo_scan.core.message import message
from imvo_scan.importer.formats.csv_text import find_encoding
from imvo_scan.importer.formats.json_shapes import DEEPEST, Record, each_site, lists_in, rows_in
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused
from imvo_scan.sandbox.parquet import cell

_MOST_COLUMNS = 500


def json_sheets(raw: bytes, name: str) -> list[Sheet]:
    """The lists of records in a JSON file. Raises `InventoryError` where it is not JSON."""
    encoding, _ = find_encoding(raw)
    text = raw.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        document = _document(text)
    except _TwiceError as twice:
        what = message("importer.json-name-twice", name=str(twice))
        raise refused(name, what, message("importer.give-own-names")) from None
    except RecursionError:
        raise refused(name, message("importer.json-too-deep")) from None
    except json.JSONDecodeError as error:
        raise refused(name, message("importer.no-json"), at=(error.lineno, error.colno)) from None
    except ValueError:  # more digits than Python takes for a number
        raise refused(name, message("importer.json-long-number")) from None
    sheets = [_of_rows(title, rows) for title, rows in rows_in(document)]
    sheets += [_sheet(title, records) for title, records in lists_in(document)]
    if not sheets:
        hint = message("importer.wants-list-of-objects")
        raise refused(name, message("importer.no-records"), hint)
    return sheets


class _TwiceError(Exception):
    """A record that names a value more than once."""


def _once_each(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    for name, value in pairs if len(record) < len(pairs) else ():
        if record[name] != value:
            raise _TwiceError(repr(name))
    return record


def _value(text: str) -> Any:
    """What a JSON text says; a number that is none, or larger than any, as it is written."""
    return json.loads(
        text, object_pairs_hook=_once_each, parse_float=_as_written, parse_constant=str
    )


def _as_written(text: str) -> float | str:
    number = float(text)
    return number if isfinite(number) else text


def _document(text: str) -> Any:
    """What a JSON text holds, or JSON lines: a record on every line. Raises `ValueError`."""
    try:
        return _value(text)
    except ValueError as error:
        fault = error
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        records = [_value(line) for line in lines]
    except ValueError:
        raise fault from None
    if len(records) > 1:
        return records
    raise fault


def _of_rows(title: str, rows: Sequence[Sequence[Any]]) -> Sheet:
    """A table that stands row by row, as the lists of a spreadsheet do."""
    how = message("importer.json-by-rows")
    return Sheet(title, lambda: ([cell(value) for value in row] for row in rows), how)


def _sheet(title: str, records: Sequence[Record]) -> Sheet:
    flat = [dict(_flat(record)) for record in each_site(records)]
    header = list(dict.fromkeys(key for record in flat for key in record))[:_MOST_COLUMNS]

    def rows() -> Iterator[Row]:
        yield header
        for record in flat:
            yield [record.get(key, "") for key in header]

    return Sheet(title, rows, "JSON", total=len(flat), first=0)


def _flat(record: Record, before: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for key, value in record.items():
        path = f"{before}{key}"
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _flat(value, f"{path}/", depth + 1)
        else:
            yield path, cell(value)

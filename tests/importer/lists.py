"""Making small lists, for the tests beside this file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import xlsxwriter

from imvo_scan.importer.read import (
    Imported,
    ImportOptions,
    Tools,
    load_tools,
    parse_spreadsheet,
)


@cache
def tools() -> Tools:
    """The tables of the reader, once for all tests."""
    return load_tools()


def read(text: str | bytes, name: str = "list.csv", **options: Any) -> Imported:
    """A list as read from its text."""
    raw = text if isinstance(text, bytes) else text.encode()
    return parse_spreadsheet(raw, name, ImportOptions(**options), tools=tools())


def accounted(imported: Imported) -> bool:
    """Whether every row became a site, said what another said, or has a reason why not."""
    report = imported.report
    same = report.sites == len(imported.inventory.suppliers) == len(imported.notes)
    return same and report.rows == report.sites + report.merged + report.not_kept


def fields(imported: Imported) -> dict[str, str]:
    """Header -> the field it was read as, of the columns that were."""
    return {one.header: one.field for one in imported.report.columns if one.field}


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, str] | None = None
) -> bytes:
    """An xlsx file with these sheets; `merged` is range -> value, on the last of them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = None
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    for area, value in (merged or {}).items():
        assert sheet is not None
        sheet.merge_range(area, value)
    book.close()
    return out.getvalue()

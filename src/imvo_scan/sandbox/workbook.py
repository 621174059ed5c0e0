"""Workbooks: xlsx, xlsm, xlsb, xls and ods through python-calamine, cell by cell as typed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from imvo_scan.sandbox import archive
from imvo_scan.sandbox.ole2 import goes_round
from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.unreadable import Reason, UnreadableError, reason

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_MERGED = 5_000


def pages(raw: bytes) -> list[Page]:
    """The sheets of a workbook, in order. Raises `UnreadableError`."""
    if raw.startswith(b"PK"):
        archive.check(raw)
    elif goes_round(raw):
        raise archive.DAMAGED
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except calamine.PasswordError:
        raise archive.LOCKED from None
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - a panic is no Exception
        what = reason("sandbox.workbook-not-opened", why=_why(error))
        raise UnreadableError(what, archive.DAMAGED.hint) from None
    visible, sheets = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
    return [
        _page(book, one.name, hidden=one.visible is not visible)
        for one in book.sheets_metadata
        if one.typ is sheets
    ]


def _page(book: CalamineWorkbook, name: str, *, hidden: bool) -> Page:
    opened: list[CalamineSheet] = []

    def rows() -> Iterator[list[Any]]:
        try:
            if not opened:
                opened.append(book.get_sheet_by_name(name))
            yield from _rows(opened[0])
        except (MemoryError, GeneratorExit):
            raise
        except BaseException as error:  # noqa: BLE001 - a panic is no Exception
            what = reason("sandbox.sheet-not-read", sheet=name, why=_why(error))
            raise UnreadableError(what, archive.DAMAGED.hint) from None

    return Page(name, rows, hidden=hidden)


def _why(error: BaseException) -> str | Reason:
    """What a reader says of a file, in one short line; its panics are about itself."""
    if not isinstance(error, Exception):
        return reason("sandbox.is-damaged")
    lines = str(error).splitlines()
    return lines[0][:120].rstrip(".") if lines else type(error).__name__


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """The rows from row 1, with a value that was merged over rows in each of them."""
    if sheet.start is None:
        return
    above, left = sheet.start
    for _ in range(above):
        yield []
    merged = _merged_down(sheet)
    indent = [""] * left
    for number, row in enumerate(sheet.iter_rows(), above):
        cells: list[Any] = [*indent, *row]
        for top, column in merged.get(number, ()):
            if column < len(cells) and cells[column] == "":
                cells[column] = top[0]
        for top, column in merged.get(-number - 1, ()):
            top[0] = cells[column] if column < len(cells) else ""
        yield cells


def _merged_down(sheet: CalamineSheet) -> dict[int, list[tuple[list[Any], int]]]:
    """Per row, the cells that take the value of the cell at the top of their merge.

    A key of -row - 1 marks the row where that value is found.
    """
    marks: dict[int, list[tuple[list[Any], int]]] = {}
    for (top, column), (bottom, _) in (sheet.merged_cell_ranges or [])[:_MOST_MERGED]:
        if bottom > top:
            value: list[Any] = [""]
            marks.setdefault(-top - 1, []).append((value, column))
            for row in range(top + 1, min(bottom, top + _MOST_MERGED) + 1):
                marks.setdefault(row, []).append((value, column))
    return marks

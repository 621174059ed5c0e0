"""Workbooks: xlsx, xlsm, xlsb, xls and ods through python-calamine, cell by cell as typed."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from imvo_scan.spreadsheet.kinds import locked, refused
from imvo_scan.spreadsheet.sheet import Row, Sheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_MERGED = 5_000


def workbook_sheets(raw: bytes, name: str) -> list[Sheet]:
    """The sheets of a workbook, in order. Raises `InventoryError` where it cannot be opened."""
    import python_calamine as calamine

    with _in_one_line(name, "this workbook cannot be opened"):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        pages = book.sheets_metadata
    wanted = [page for page in pages if page.typ is calamine.SheetTypeEnum.WorkSheet]
    visible = calamine.SheetVisibleEnum.Visible
    return [_sheet(book, page.name, name, hidden=page.visible is not visible) for page in wanted]


def _sheet(book: CalamineWorkbook, page: str, name: str, *, hidden: bool) -> Sheet:
    held: list[CalamineSheet] = []

    def opened() -> CalamineSheet:
        if not held:
            with _in_one_line(name, f"sheet {page!r} cannot be read"):
                held.append(book.get_sheet_by_name(page))
        return held[0]

    return Sheet(page, lambda: _rows(opened()), "a workbook", hidden=hidden)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
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


@contextmanager
def _in_one_line(name: str, what: str) -> Iterator[None]:
    """Whatever is wrong with a workbook, one line says so. Raises `InventoryError`.

    A workbook that was cut off may make the reader panic: that is no `Exception`, and is written to
    standard error before it is raised.
    """
    from python_calamine import PasswordError

    try:
        with _standard_error_closed():
            yield
    except PasswordError:
        raise locked(name) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic too
        why = _short(error) if isinstance(error, Exception) else "it is damaged"
        hint = "Open it in a spreadsheet program and save it as .xlsx."
        raise refused(name, f"{what}: {why}", hint) from None


@contextmanager
def _standard_error_closed() -> Iterator[None]:
    """Nothing reaches standard error in the block, not even from what is no Python."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__

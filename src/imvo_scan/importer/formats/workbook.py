"""Workbooks and Parquet as sheets of rows, read by a process with limits of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused
from imvo_scan.sandbox.limits import UnreadableError
from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.process import opened


@contextmanager
def workbook_sheets(raw: bytes, name: str) -> Iterator[list[Sheet]]:
    """The sheets of a workbook, in order, open in the block.

    Raises `InventoryError`, there or where rows are read.
    """
    with _in_one_line(name), opened("workbook", raw) as file:
        yield [
            Sheet(page.name, _rows(page, name), "a workbook", hidden=page.hidden)
            for page in file.pages
        ]


@contextmanager
def parquet_sheets(raw: bytes, name: str) -> Iterator[list[Sheet]]:
    """The table of a Parquet file, open in the block; its column names are row 0.

    Raises `InventoryError`, there or where rows are read, also where its reader is not installed.
    """
    if find_spec("pyarrow") is None:
        hint = "Run: pip install 'imvo-scan[parquet]'"
        raise refused(name, "reading Parquet needs an extra that is not installed", hint)
    with _in_one_line(name), opened("parquet", raw) as file:
        yield [
            Sheet("", _rows(page, name), "Parquet", total=page.total, first=0)
            for page in file.pages
        ]


def _rows(page: Page, name: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        with _in_one_line(name):
            yield from page.rows()

    return rows


@contextmanager
def _in_one_line(name: str) -> Iterator[None]:
    """What is wrong with a file, with its name. Raises `InventoryError`."""
    try:
        yield
    except UnreadableError as error:
        raise refused(name, error.what, error.hint) from None

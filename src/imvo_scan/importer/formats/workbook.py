"""Workbooks and Parquet as sheets of rows, read by a process with limits of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from importlib.util import find_spec

from imvo_scan.core.message import Message, Value, message
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused
from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.process import opened
from imvo_scan.sandbox.unreadable import Plain, Reason, UnreadableError


@contextmanager
def workbook_sheets(raw: bytes, name: str) -> Iterator[list[Sheet]]:
    """The sheets of a workbook, in order, open in the block.

    Raises `InventoryError`, there or where rows are read.
    """
    with _in_one_line(name), opened("workbook", raw) as file:
        yield [
            Sheet(page.name, _rows(page, name), message("importer.workbook"), hidden=page.hidden)
            for page in file.pages
        ]


@contextmanager
def parquet_sheets(raw: bytes, name: str) -> Iterator[list[Sheet]]:
    """The table of a Parquet file, open in the block; its column names are row 0.

    Raises `InventoryError`, there or where rows are read, also where its reader is not installed.
    """
    if find_spec("pyarrow") is None:
        what = message("importer.parquet-not-installed")
        raise refused(name, what, message("importer.install-parquet"))
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
        what, hint = (_sayable(one) if one else "" for one in (error.what, error.hint))
        raise refused(name, what, hint) from None


def _sayable(reason: Reason) -> Message:
    """What another process says, as a message; what makes no sentence comes from a broken one."""
    told = _message(reason)
    try:
        str(told)
    except (KeyError, RecursionError):
        return message("sandbox.file-damaged")
    return told


def _message(reason: Reason) -> Message:
    values = {name: _value(value) for name, value in reason.values}
    return message(reason.code, **values)


def _value(value: Plain) -> Value:
    if isinstance(value, Reason):
        return _message(value)
    return Decimal(str(value)) if isinstance(value, float) else value

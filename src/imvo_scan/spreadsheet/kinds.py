"""What a file is, by its first bytes: what it is called proves nothing."""

from __future__ import annotations

import re
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from imvo_scan.spreadsheet.compound import goes_round
from imvo_scan.vocabulary import InventoryError, Problem

if TYPE_CHECKING:
    from zipfile import ZipFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_REFUSED = (
    (
        b"%PDF",
        "a PDF, not a table",
        "Ask for the list as a spreadsheet, or copy its table into one.",
    ),
    (b"\xff\xd8\xff", "a photograph (JPEG), not a table", "Ask for the list as a spreadsheet."),
    (b"\x89PNG", "a picture (PNG), not a table", "Ask for the list as a spreadsheet."),
    (b"GIF8", "a picture (GIF), not a table", "Ask for the list as a spreadsheet."),
    (b"\x1f\x8b", "a packed file (gzip)", "Unpack it first."),
    (b"7z\xbc\xaf", "a packed file (7-Zip)", "Unpack it first."),
    (b"Rar!", "a packed file (RAR)", "Unpack it first."),
    (b"{\\rtf", "a text document (RTF), not a table", "Save its table as a spreadsheet."),
    (b"SQLite format 3", "a database (SQLite)", "Export its table as CSV."),
)
_MARKUP = "Open it in a spreadsheet program and save it as .xlsx."


_LARGEST = 2_000_000_000  # a workbook of a million rows unpacks to less
_MOST_CELLS = 100_000_000  # the reader keeps a place for every one
_HEAD = 4096
_JSON = re.compile(rb"\{|\[\s*(?:[{\]]|\[\s*[\"\[\]\dtfn-])")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_OTHER_ARCHIVES = (
    ("word/", "a Word document", "Copy its table into a spreadsheet."),
    ("ppt/", "a presentation", "Copy its table into a spreadsheet."),
)


class Kind(Enum):
    """The kinds of file that hold tables."""

    WORKBOOK = "workbook"
    PARQUET = "Parquet"
    JSON = "JSON"
    TEXT = "text"


def kind_of(raw: bytes, name: str) -> Kind:
    """What kind of table the bytes are. Raises `InventoryError` where they are none."""
    head = raw[:4096]
    for magic, what, hint in _REFUSED:
        if head.startswith(magic):
            raise refused(name, f"this file is {what}", hint)
    if head.startswith(b"PK"):
        _refuse_other_archives(raw, name)
        return Kind.WORKBOOK
    if head.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise locked(name)
        if goes_round(raw):
            raise damaged(name)
        return Kind.WORKBOOK
    return Kind.PARQUET if head.startswith(b"PAR1") else _text_kind(head, name)


def _text_kind(head: bytes, name: str) -> Kind:
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n")
    if not start:
        raise refused(name, "this file is empty")
    lowered = start[:400].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise refused(name, "this file is a web page, not a spreadsheet", _MARKUP)
    if lowered.startswith((b"<?xml", b"<workbook")):
        raise refused(name, "this file is XML, not a spreadsheet", _MARKUP)
    if b"\0" in head and not _is_utf16(head):
        raise refused(name, "this file is not a table: it holds bytes that are no text")
    return Kind.JSON if _JSON.match(start) else Kind.TEXT


def _is_utf16(head: bytes) -> bool:
    """Whether every other byte is mostly empty, as in UTF-16 text of Western languages."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    half = max(len(head) // 2, 1)
    return max(head[0::2].count(0), head[1::2].count(0)) > half * 0.7


def _refuse_other_archives(raw: bytes, name: str) -> None:
    import io
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.namelist()
            size = sum(entry.file_size for entry in archive.infolist())
            farthest = max(map(partial(_cells, archive), filter(_SHEET.match, members)), default=0)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError):
        raise damaged(name) from None
    if size > _LARGEST:
        what = f"this workbook holds {size / 1e9:,.1f} GB when unpacked, too much to read"
        raise refused(name, what, "Save the list as CSV.")
    if farthest > _MOST_CELLS:
        what = f"a sheet of this workbook spans {farthest:,} cells: one stands far from the list"
        raise refused(name, what, "Delete the empty rows and columns, or save the list as CSV.")
    for start, what, hint in _OTHER_ARCHIVES:
        if any(member.startswith(start) for member in members):
            raise refused(name, f"this file is {what}, not a table", hint)
    if not any(member.startswith("xl/") or member == "content.xml" for member in members):
        raise refused(
            name, "this file is a packed folder (zip), not a spreadsheet", "Unpack it first."
        )


def _cells(archive: ZipFile, member: str) -> int:
    """How many cells a sheet spans, as it says itself; 0 where it does not say."""
    with archive.open(member) as sheet:
        found = _DIMENSION.search(sheet.read(_HEAD))
    if found is None:
        return 0
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return column * int(found[2])


def refused(name: str, what: str, hint: str = "") -> InventoryError:
    """The error for a file that cannot be read as a table."""
    return InventoryError([Problem(name, 0, 0, what, hint=hint)])


def damaged(name: str) -> InventoryError:
    """The error for a workbook that cannot be opened."""
    hint = "Open it in a spreadsheet program and save it as .xlsx."
    return refused(name, "this workbook is damaged and cannot be opened", hint)


def locked(name: str) -> InventoryError:
    """The error for a workbook that needs a password."""
    return refused(name, "this workbook is locked with a password", "Save it without one.")

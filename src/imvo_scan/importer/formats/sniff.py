"""What a file is, by its first bytes: what it is called proves nothing."""

from __future__ import annotations

import re
from enum import Enum

from imvo_scan.core.errors import InventoryError, Problem

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


_JSON = re.compile(rb"\{|\[\s*(?:[{\]]|\[\s*[\"\[\]\dtfn-])")


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
        return Kind.WORKBOOK
    if head.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise locked(name)
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


def refused(name: str, what: str, hint: str = "") -> InventoryError:
    """The error for a file that cannot be read as a table."""
    return InventoryError([Problem(name, 0, 0, what, hint=hint)])


def locked(name: str) -> InventoryError:
    """The error for a workbook that needs a password."""
    return refused(name, "this workbook is locked with a password", "Save it without one.")

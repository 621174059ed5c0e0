"""What a file is, by its first bytes: what it is called proves nothing."""

from __future__ import annotations

import re
from enum import Enum

from imvo_scan.core.errors import InventoryError, Problem
from imvo_scan.core.message import Text, message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ASK, _UNPACK = message("importer.ask-for-spreadsheet"), message("sandbox.unpack-it")
_REFUSED = (
    (b"%PDF", message("importer.is-pdf"), message("importer.ask-or-copy")),
    (b"\xff\xd8\xff", message("importer.is-jpeg"), _ASK),
    (b"\x89PNG", message("importer.is-png"), _ASK),
    (b"GIF8", message("importer.is-gif"), _ASK),
    (b"\x1f\x8b", message("importer.is-gzip"), _UNPACK),
    (b"7z\xbc\xaf", message("importer.is-7-zip"), _UNPACK),
    (b"Rar!", message("importer.is-rar"), _UNPACK),
    (b"{\\rtf", message("importer.is-rtf"), message("importer.save-its-table")),
    (b"SQLite format 3", message("importer.is-sqlite"), message("importer.export-its-table")),
)
_MARKUP = message("sandbox.save-as-xlsx")


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
            raise refused(name, what, hint)
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
        raise refused(name, message("importer.is-empty"))
    lowered = start[:400].lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise refused(name, message("importer.is-web-page"), _MARKUP)
    if lowered.startswith((b"<?xml", b"<workbook")):
        raise refused(name, message("importer.is-xml"), _MARKUP)
    if b"\0" in head and not _is_utf16(head):
        raise refused(name, message("importer.is-no-text"))
    return Kind.JSON if _JSON.match(start) else Kind.TEXT


def _is_utf16(head: bytes) -> bool:
    """Whether every other byte is mostly empty, as in UTF-16 text of Western languages."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    half = max(len(head) // 2, 1)
    return max(head[0::2].count(0), head[1::2].count(0)) > half * 0.7


def refused(name: str, what: Text, hint: Text = "", at: tuple[int, int] = (0, 0)) -> InventoryError:
    """The error for a file that cannot be read as a table; `at` is the line and the column."""
    return InventoryError([Problem(name, *at, what, hint=hint)])


def locked(name: str) -> InventoryError:
    """The error for a workbook that needs a password."""
    what, hint = message("sandbox.workbook-locked"), message("sandbox.save-without-password")
    return refused(name, what, hint)

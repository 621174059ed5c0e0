"""CSV and its relatives: which encoding, which delimiter, and the rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import pairwise

from imvo_scan.spreadsheet.kinds import refused
from imvo_scan.spreadsheet.sheet import Row, Sheet

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE_SIZE = 200_000
_SAMPLE_ROWS = 60
_LARGEST_CELL = 1_000_000
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


def text_sheet(raw: bytes, name: str, encoding: str | None = None) -> Sheet:
    """The one sheet of a delimited text file. Raises `InventoryError` where it is not text."""
    found, notice = (encoding, "") if encoding else find_encoding(raw)
    try:
        sample = raw.decode(found)[:_SAMPLE_SIZE].removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise refused(name, f"this file is not text in {found}", "Try --encoding cp1252.") from None
    said = _SEP_LINE.match(sample)
    delimiter = said[1] if said else find_delimiter(sample)
    csv.field_size_limit(_LARGEST_CELL)

    def rows() -> Iterator[Row]:
        lines = io.TextIOWrapper(io.BytesIO(raw), encoding=found, newline="")
        if lines.read(1) != "\ufeff":
            lines.seek(0)
        if said:
            lines.readline()
            yield []
        yield from _parsed(csv.reader(lines, delimiter=delimiter), name)

    how = (
        f"{DELIMITERS.get(delimiter, repr(delimiter))}-separated text in {_SAID.get(found, found)}"
    )
    return Sheet("", rows, how, notices=(notice,) if notice else ())


_SAID = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (cp1252)",
}


def find_encoding(raw: bytes) -> tuple[str, str]:
    """The encoding of a text, and what to say about it where it is not certain."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ""
    head = raw[:4096]
    if b"\0" in head:
        return ("utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"), ""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8", ""
    guess = _double_byte(raw[:_SAMPLE_SIZE])
    if guess:
        return (
            guess,
            f"The text is not UTF-8 and looks like {guess}: check names, or say --encoding.",
        )
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return (
            "latin-1",
            "The text is not UTF-8; it was read as Latin-1, so check names with accents.",
        )
    return (
        "cp1252",
        "The text is not UTF-8; it was read as Windows-1252 (cp1252), so check names with accents.",
    )


def _double_byte(raw: bytes) -> str | None:
    """A double-byte encoding of East Asia, where the bytes beyond ASCII stand in pairs."""
    high = sum(byte >= 0x80 for byte in raw)  # noqa: PLR2004 - beyond ASCII
    runs = re.findall(rb"[\x80-\xff]{2,}", raw)
    if high < 8 or sum(map(len, runs)) < high * 0.8:  # noqa: PLR2004 - a few signs prove nothing
        return None
    for encoding in ("gb18030", "shift_jis", "euc_kr", "big5"):
        try:
            raw[: raw.rfind(b"\n") + 1].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def find_delimiter(sample: str) -> str:
    """The delimiter under which most rows are as wide as the row above them."""
    return max(DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _regularity(sample: str, delimiter: str) -> float:
    """The cells in rows of the same width as the row above; prose above a table has few."""
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths = [len(row) for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False)]
    except csv.Error:
        return 0.0
    alike = sum(width for width, above in pairwise(widths) if width == above > 1)
    return alike + max(widths, default=0) / _SAMPLE_SIZE


def _parsed(reader: Iterator[list[str]], name: str) -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error as error:
        hint = "A quotation mark may be open; save the file again as CSV."
        raise refused(name, f"this file cannot be read as a table: {error}", hint) from None

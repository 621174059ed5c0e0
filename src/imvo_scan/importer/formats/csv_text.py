"""CSV and its relatives: which encoding, which delimiter, and the rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise

from imvo_scan.core.errors import InventoryError, UsageError
from imvo_scan.core.message import Message, Text, message
from imvo_scan.importer.formats.sheet import Row, Sheet
from imvo_scan.importer.formats.sniff import refused

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE_SIZE = 200_000
_SAMPLE_ROWS = 60
_LARGEST_CELL = 1_000_000
_SEP_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_BREAKS = re.compile(r"[\r\n]+")
_THE_END = "\x00\x00"
_FEW_LINES = 2


def text_sheet(raw: bytes, name: str, encoding: str | None = None) -> Sheet:
    """The one sheet of a delimited text file. Raises `InventoryError` where it is not text."""
    coding, notice = (encoding, None) if encoding else find_encoding(raw)
    faults = _AS_WINDOWS if notice == _MIXED else "strict"
    try:
        sample = raw.decode(coding, faults)[:_SAMPLE_SIZE].removeprefix("\ufeff")
    except UnicodeDecodeError:
        what = message("importer.not-in-encoding", encoding=coding)
        raise refused(name, what, message("importer.try-cp1252")) from None
    except LookupError:
        what = message("importer.no-encoding", encoding=coding)
        raise UsageError.of(what, message("importer.write-encoding")) from None
    stated = _SEP_LINE.match(sample)
    delimiter = stated[1] if stated else find_delimiter(sample)
    csv.field_size_limit(_LARGEST_CELL)

    def rows() -> Iterator[Row]:
        lines = io.TextIOWrapper(io.BytesIO(raw), encoding=coding, errors=faults, newline="")
        if lines.read(1) != "\ufeff":
            lines.seek(0)
        if stated:
            lines.readline()
            yield []
        yield from _parsed(lines, delimiter, name)

    how = message(
        "importer.text", delimiter=_called(delimiter), encoding=_CALLED.get(coding, coding)
    )
    return Sheet("", rows, how, notices=(notice,) if notice else ())


_FEW_SIGNS = 8  # bytes beyond ASCII: fewer prove nothing
_IN_PAIRS = 0.8  # of them: in Western text nearly all stand alone, and a cut-off pair may be lost
_AS_WINDOWS = "imvo-scan-windows-1252"
_MIXED = message("importer.mixed-encoding")


def _windows(fault: UnicodeError) -> tuple[str, int]:
    """The bytes that are no UTF-8, as Windows-1252: lists are put together from several sources."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error(_AS_WINDOWS, _windows)

_CALLED = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (cp1252)",
}


def find_encoding(raw: bytes) -> tuple[str, Message | None]:
    """The encoding of a text, and what to say about it where it is not certain."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", None
    head = raw[:4096]
    if b"\0" in head:
        return ("utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"), None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(raw)
    return "utf-8", None


def _not_quite_utf8(raw: bytes) -> tuple[str, Message]:
    """The best guess for a text that is not UTF-8, and what to say of it."""
    if _mostly_utf8(raw):
        return "utf-8", _MIXED
    guess = _double_byte(raw[:_SAMPLE_SIZE])
    if guess:
        return guess, message("importer.double-byte", encoding=guess)
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        called, guess = "Latin-1", "latin-1"
    else:
        called, guess = "Windows-1252 (cp1252)", "cp1252"
    return guess, message("importer.not-utf8", encoding=called)


def _mostly_utf8(raw: bytes) -> bool:
    """Whether more of the bytes beyond ASCII are UTF-8 than are not."""
    beyond = sum(byte >= 0x80 for byte in raw)  # noqa: PLR2004 - beyond ASCII
    good = sum(len(char.encode()) for char in raw.decode("utf-8", "ignore") if not char.isascii())
    return good * 2 > beyond


def _double_byte(raw: bytes) -> str | None:
    """A double-byte encoding of East Asia, where the bytes beyond ASCII stand in pairs."""
    high = sum(byte >= 0x80 for byte in raw)  # noqa: PLR2004 - beyond ASCII
    runs = re.findall(rb"[\x80-\xff]{2,}", raw)
    if high < _FEW_SIGNS or sum(map(len, runs)) < high * _IN_PAIRS:
        return None
    for encoding in ("gb18030", "shift_jis", "euc_kr", "big5"):
        try:
            raw[: raw.rfind(b"\n") + 1].decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def find_delimiter(sample: str) -> str:
    """The delimiter between quotation marks in the first line that has any.

    Where that settles nothing, the one under which most rows are as wide as the row above them.
    """
    first = next((line for line in sample.splitlines() if line.strip()), "")
    quoted = [delimiter for delimiter in DELIMITERS if f'"{delimiter}"' in first]
    if len(quoted) == 1:
        return quoted[0]
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


def _parsed(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Row]:
    """The rows of a text. Raises `InventoryError` where a quotation mark swallows some."""
    seen: list[str] = []
    reader = csv.reader(_tee(chain(lines, [_THE_END]), seen), delimiter=delimiter)
    width = 0
    try:
        for number, row in enumerate(reader):
            if row == [_THE_END]:
                return
            if len(seen) > 1 and _swallows(seen, delimiter, width):
                raise _open_quotation_mark(name, reader.line_num - len(seen) + 1)
            width = max(width, len(row)) if number < _SAMPLE_ROWS else width
            seen.clear()
            yield row
    except csv.Error:  # with lines cut as they are here, it has no other fault to find
        what = message("importer.long-cell", letters=_LARGEST_CELL)
        hint = message("importer.quotation-mark-may-be-open")
        raise refused(name, what, hint, at=(reader.line_num, 1)) from None


def _tee(lines: Iterable[str], seen: list[str]) -> Iterator[str]:
    """The lines, each also put into `seen`."""
    for line in lines:
        seen.append(line)
        yield line


def _swallows(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether the lines that became one row are rows: to the end, or with a quotation mark loose.

    A cell over several lines, however many commas are in it, is closed where it should be.
    """
    if lines[-1] == _THE_END:
        return True
    if min(line.count(delimiter) for line in lines) < max(width - 1, 1):
        return False
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    return False


def _open_quotation_mark(name: str, line: int) -> InventoryError:
    what = message("importer.quotation-mark-open")
    return refused(name, what, message("importer.close-quotation-mark"), at=(line, 1))


def unfolded(sheet: Sheet) -> Sheet | None:
    """A sheet with whole rows of delimited text in one column, as a table; None where it is not.

    So lists end up that were pasted, or saved as CSV twice.
    """
    top = [_filled(row) for row in islice(sheet.rows(), _SAMPLE_ROWS)]
    single = [cells[0] for cells in top if len(cells) == 1]
    delimiter = find_delimiter("\n".join(single))
    if len(single) < _FEW_LINES or not all(delimiter in text for text in single):
        return None

    def rows() -> Iterator[Row]:
        for row in sheet.rows():
            text = _BREAKS.sub(" ", " ".join(_filled(row)))
            yield next(csv.reader([text], delimiter=delimiter), [])

    how = message("importer.text-in-one-column", how=sheet.how, delimiter=_called(delimiter))
    return replace(sheet, rows=rows, how=how)


def _called(delimiter: str) -> Text:
    name = DELIMITERS.get(delimiter)
    return message(f"delimiter.{name}") if name else repr(delimiter)


def _filled(row: Row) -> list[str]:
    return [str(cell) for cell in row if cell not in (None, "")]

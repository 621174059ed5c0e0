"""What the cells of a sheet say of themselves that the reader of workbooks would believe.

How far they reach: it keeps a place for all between them. What a sheet says of itself
(`<dimension>`) is not asked, and blank cells that only have a format reach as far as they like.
Which text or style they mean: it takes the first one for a number that it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from imvo_scan.sandbox import limits
from imvo_scan.sandbox.unreadable import UnreadableError, reason

_ATTRIBUTES = rb'(?: (?!s=|t="s")[a-z]+="\w{0,9}")*'
_PLAIN_CELL = (
    rb' r="[A-Z]{1,2}\d{1,7}"(?: s="\d{1,9}")?'
    + _ATTRIBUTES
    + rb'(?:/?>| t="s"'
    + _ATTRIBUTES
    + rb"><v>\d{1,9}</v>)"
)
_ODD = re.compile(rb"<c(?=[\s/>])(?!" + _PLAIN_CELL + rb")")
_PREFIXED = re.compile(rb":c[\s/>]")
_WIDE = re.compile(rb'<c r="[A-Z]{2}')
_LONG = re.compile(rb'<c r="[A-Z]{1,2}\d{6}')
_LETTERS = 26
_CARRY = 256  # more than the longest plain cell up to its value
_SHARED = "s"
_ENTITIES = UnreadableError(reason("sandbox.xml-entities"))
_MORE = 0x80
_BEGIN_SHEET, _ROW, _FIRST_VALUE, _LAST_VALUE = 129, 0, 2, 11  # records of xlsb (MS-XLSB 2.3.2)


class Extent:
    """The farthest row and column with something in them, counted from 1."""

    def __init__(self) -> None:
        self.rows = self.columns = 0

    def add(self, row: int, column: int) -> None:
        """A filled cell. Raises `UnreadableError` where all up to it are too many."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        cells = self.rows * self.columns
        if cells > limits.CELLS:
            what = reason("sandbox.far-cell", cells=cells)
            raise UnreadableError(what, reason("sandbox.delete-what-is-far"))


def wants_a_look(chunks: Iterable[bytes]) -> bool:
    """Whether a sheet of an xlsx has to be gone through cell by cell, which takes far longer.

    Where every cell is plainly written it means what it says, and a sheet of a million rows has at
    most 26 columns, or one of 702 columns fewer than 100,000 rows, unless it is both wide and long.
    """
    wide = long = False
    for data, whole in _overlapping(chunks):
        if b"\0" in data or _ODD.search(data, 0, whole) or _PREFIXED.search(data, 0, whole):
            return True
        wide = wide or _WIDE.search(data, 0, whole) is not None
        long = long or _LONG.search(data, 0, whole) is not None
        if wide and long:
            return True
    return False


def _overlapping(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, int]]:
    """Pieces of a text, each with how much of it to look at: the rest is in the next one, too.

    So no cell is looked at before its value is there.
    """
    end = b""
    for chunk in chunks:
        data = end + chunk
        start = max(len(data) - _CARRY, 0)
        last = data.rfind(b"<c", start)
        if last < 0:
            last = data.rfind(b"<", start)
        end = data[last:] if last >= 0 else b""
        yield data, len(data) - len(end)
    yield end, len(end)


class Handler:
    """Takes the elements of a part of a workbook as they begin and end, and text in them."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element, by its name without a prefix."""

    def text(self, text: str) -> None:
        """A piece of text."""

    def end(self, name: str) -> None:
        """The end of an element."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Go through XML. Raises `UnreadableError` for what it holds, `ValueError` where it is none."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, given: handler.start(name.rpartition(":")[2], given)
    parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    parser.EntityDeclHandler = _refuse_entities
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - takes no names
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _refuse_entities(*_: object) -> None:
    raise _ENTITIES


class BadIndexError(Exception):
    """A cell that means a text or a style by something that is no number."""

    def __init__(self, cell: str, kind: str, index: str) -> None:
        super().__init__(cell, kind, index)
        self.cell, self.kind, self.index = cell, kind, index


class SheetHandler(Handler):
    """The cells of a sheet of an xlsx: where one has no name it follows the one before.

    Raises `BadIndexError` with the cell, and what it says.
    """

    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0
        self.place: tuple[int, int] | None = None
        self.is_shared = False
        self.index: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what stands in one."""
        if name == "c":
            self.place = self._place(attributes.get("r", ""))
            self.is_shared = attributes.get("t") == _SHARED
            self._check("style", attributes.get("s", "0"))
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column, self.place = 0, None
        elif name in {"v", "is"} and self.place is not None:
            self.extent.add(*self.place)
            self.index = [] if name == "v" and self.is_shared else None

    def text(self, text: str) -> None:
        """A piece of a value."""
        if self.index is not None:
            self.index.append(text)

    def end(self, name: str) -> None:
        """The end of a value."""
        if name == "v" and self.index is not None:
            self._check("text", "".join(self.index) or "0")
            self.index = None

    def _check(self, kind: str, index: str) -> None:
        if not (index.isascii() and index.isdigit()):
            row, column = self.place or (self.row, 0)
            raise BadIndexError(f"{_letters(column)}{row}", kind, index[:20])

    def _place(self, name: str) -> tuple[int, int]:
        letters = name.rstrip("0123456789")
        if not letters:
            self.column += 1
            return self.row, self.column
        self.column = 0
        for letter in letters.upper():
            self.column = self.column * _LETTERS + ord(letter) - ord("A") + 1
        return int(name[len(letters) :] or self.row), self.column


def _letters(column: int) -> str:
    """The name of a column, counted from 1: A to Z, then AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


class OpenDocument(Handler):
    """The cells of the sheets of an ods, in which rows and cells are repeated by number."""

    def __init__(self) -> None:
        self.extent = Extent()
        self.row = self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet, a row, a cell, or what stands in one."""
        if name == "p" and self.column:
            self.extent.add(self.row, self.column)
        elif name in {"table-cell", "covered-table-cell"}:
            self.column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes:
                self.extent.add(self.row, self.column)
        elif name == "table-row":
            self.row, self.column = self.row + _repeats(attributes), 0
        elif name == "table":
            self.extent, self.row, self.column = Extent(), 0, 0


def _repeats(attributes: dict[str, str]) -> int:
    return int(attributes.get("table:number-rows-repeated", 1))


def check_records(chunks: Iterable[bytes]) -> None:
    """Go through a sheet of an xlsb. Raises `UnreadableError` where its cells reach too far."""
    extent, row = Extent(), 0
    for number, (kind, data) in enumerate(_records(chunks)):
        if number == 0 and kind != _BEGIN_SHEET:
            return  # no sheet: the numbers mean something else there
        if kind == _ROW:
            row = int.from_bytes(data[:4], "little") + 1
        elif _FIRST_VALUE <= kind <= _LAST_VALUE:
            extent.add(row, int.from_bytes(data[:4], "little") + 1)


def _records(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part of an xlsb, each with its number."""
    rest = b""
    for chunk in chunks:
        data, at = rest + chunk, 0
        while (record := _record(data, at)) is not None:
            kind, start, at = record
            yield kind, data[start:at]
        rest = data[at:]


def _record(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The number of a record, where its data begins and ends; None where it is not all there."""
    if at + 6 > len(data):
        return None
    kind, at = data[at], at + 1
    if kind & _MORE:
        kind, at = kind & ~_MORE | data[at] << 7, at + 1
    length = shift = 0
    for _ in range(4):
        byte, at = data[at], at + 1
        length |= (byte & ~_MORE) << shift
        shift += 7
        if not byte & _MORE:
            break
    return (kind, at, at + length) if at + length <= len(data) else None

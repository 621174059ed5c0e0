"""A workbook that is a zip, before it is opened: what is in it, and how far it reaches."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from imvo_scan.sandbox import limits
from imvo_scan.sandbox.extent import (
    BadIndexError,
    Handler,
    OpenDocument,
    SheetHandler,
    check_records,
    parse,
    wants_a_look,
)
from imvo_scan.sandbox.unreadable import UnreadableError, reason

_PIECE, _CHUNK = 1 << 16, 1 << 20
_LOCAL_HEADER = 30
_ENCRYPTED = 1
_LINKING = frozenset({"xl/workbook.xml", "xl/_rels/workbook.xml.rels"})
_SAVE_AS_CSV = reason("sandbox.save-list-as-csv")
DAMAGED = UnreadableError(reason("sandbox.workbook-damaged"), reason("sandbox.save-as-xlsx"))
LOCKED = UnreadableError(reason("sandbox.workbook-locked"), reason("sandbox.save-without-password"))
_OTHERS = (("word/", reason("sandbox.word-document")), ("ppt/", reason("sandbox.presentation")))


def check(raw: bytes) -> None:
    """Refuse a zip that is no workbook, or one made to take more than there is.

    Raises `UnreadableError`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
        _check_kind([member.filename for member in members])
        _check_sizes(members)
        binary = any(member.filename == "xl/workbook.bin" for member in members)
        for member in members:
            try:
                _check_cells(raw, member, binary=binary)
            except BadIndexError as error:
                title = _title(raw, members, member.filename)
                what = reason(
                    "sandbox.bad-index",
                    sheet=title,
                    cell=error.cell,
                    kind=reason(f"sandbox.{error.kind}"),
                    index=error.index,
                )
                raise UnreadableError(what, DAMAGED.hint) from None
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError):
        raise DAMAGED from None


def _check_kind(names: list[str]) -> None:
    for start, what in _OTHERS:
        if any(name.startswith(start) for name in names):
            raise UnreadableError(what, reason("sandbox.copy-its-table"))
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise UnreadableError(reason("sandbox.packed-folder"), reason("sandbox.unpack-it"))


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > limits.MEMBERS:
        raise UnreadableError(reason("sandbox.many-members", members=len(members)), _SAVE_AS_CSV)
    size = sum(member.file_size for member in members)
    if size > limits.UNPACKED:
        what = reason("sandbox.unpacks-to-too-much", gigabytes=round(size / 1e9, 1))
        raise UnreadableError(what, _SAVE_AS_CSV)
    for member in members:
        if member.file_size > max(limits.LARGE, member.compress_size * limits.RATIO):
            times = member.file_size // max(member.compress_size, 1)
            raise UnreadableError(reason("sandbox.unpacks-to-times", times=times), _SAVE_AS_CSV)
        if member.flag_bits & _ENCRYPTED:
            raise LOCKED


def _check_cells(raw: bytes, member: zipfile.ZipInfo, *, binary: bool) -> None:
    """See what the cells of a member say, where it is a sheet."""
    if member.filename == "content.xml":
        parse(_inflated(raw, member), OpenDocument())
    elif binary and member.filename.endswith(".bin"):
        check_records(_inflated(raw, member))
    elif wants_a_look(_inflated(raw, member)):
        with _no_xml_but(member.filename):
            parse(_inflated(raw, member), SheetHandler())


class _Links(Handler):
    """The titles of the sheets and the targets of the relations, by the id that joins them."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A sheet of the workbook, or a relation."""
        if name == "sheet":
            key = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            self.titles[key] = attributes.get("name", "")
        elif name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def _title(raw: bytes, members: list[zipfile.ZipInfo], file: str) -> str:
    """What a sheet is called; the name of its part where the workbook does not say."""
    links = _Links()
    for member in members:
        if member.filename in _LINKING:
            parse(_inflated(raw, member), links)
    for key, title in links.titles.items():
        if file.endswith(links.targets.get(key, "\0").lstrip("/")):
            return title
    return file


@contextmanager
def _no_xml_but(name: str) -> Iterator[None]:
    """Pictures and the like are no XML, and no sheets either."""
    try:
        yield
    except ValueError:
        if name.endswith(".xml"):
            raise


def _inflated(raw: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, piece by piece. Raises `UnreadableError` where it is longer than said.

    `zipfile` stops at the length that a member says it has; the reader of workbooks does not.
    """
    read = 0
    for piece in _unpacked(raw, member):
        read += len(piece)
        if read > member.file_size:
            raise DAMAGED
        yield piece


def _unpacked(raw: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    header = raw[member.header_offset : member.header_offset + _LOCAL_HEADER]
    start = member.header_offset + _LOCAL_HEADER
    start += int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(raw)[start : start + member.compress_size]
    pieces = (packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE))
    if member.compress_type == zipfile.ZIP_STORED:
        yield from map(bytes, pieces)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise DAMAGED
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        yield inflate.decompress(piece, _CHUNK)
        while inflate.unconsumed_tail:
            yield inflate.decompress(inflate.unconsumed_tail, _CHUNK)
    yield inflate.flush()

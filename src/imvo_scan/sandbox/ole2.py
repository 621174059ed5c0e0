"""Whether an old workbook (.xls) can be read to an end: the chains of its sectors (MS-CFB 2.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

_HEADER = 512
_LARGEST_SHIFT = 12


def goes_round(raw: bytes) -> bool:
    """Whether sectors of a compound file follow one another in a circle, so that it never ends."""
    if len(raw) < _HEADER:
        return False
    shift = struct.unpack_from("<H", raw, 30)[0]
    if shift > _LARGEST_SHIFT:
        return False
    sectors = _Sectors(raw, 1 << shift)
    try:
        table = sectors.numbers(_table_sectors(raw, sectors))
        if _has_circle(table):
            return True
        small = sectors.numbers(_chain(struct.unpack_from("<I", raw, 60)[0], table))
    except _CircleError:
        return True
    return _has_circle(small)


class _CircleError(ValueError):
    """A chain of sectors comes back to itself."""


class _Sectors:
    """The sectors of a file, as the numbers that stand in them."""

    def __init__(self, raw: bytes, size: int) -> None:
        self.raw, self.size = raw, size

    def numbers(self, places: Iterable[int]) -> list[int]:
        """All numbers in these sectors, as far as the file has them."""
        numbers: list[int] = []
        for place in places:
            start = (place + 1) * self.size
            part = self.raw[start : start + self.size]
            numbers += struct.unpack(f"<{len(part) // 4}I", part[: len(part) // 4 * 4])
        return numbers


def _table_sectors(raw: bytes, sectors: _Sectors) -> Iterator[int]:
    """Where the table of chains stands: named in the header and in sectors that it names."""
    yield from _in_file(struct.unpack_from("<109I", raw, 76), sectors)
    following, seen = struct.unpack_from("<I", raw, 68)[0], set()
    while following * sectors.size < len(raw):
        if following in seen:
            raise _CircleError
        seen.add(following)
        *listed, following = sectors.numbers([following]) or [len(raw)]
        yield from _in_file(listed, sectors)


def _in_file(places: Iterable[int], sectors: _Sectors) -> Iterator[int]:
    return (place for place in places if place * sectors.size < len(sectors.raw))


def _chain(start: int, table: Sequence[int]) -> Iterator[int]:
    while start < len(table):
        yield start
        start = table[start]


def _has_circle(table: Sequence[int]) -> bool:
    """Whether any chain comes back to itself; every place is looked at once."""
    walked = [-1] * len(table)
    for start in range(len(table)):
        here = start
        while here < len(table) and walked[here] < 0:
            walked[here] = start
            here = table[here]
        if here < len(table) and walked[here] == start:
            return True
    return False

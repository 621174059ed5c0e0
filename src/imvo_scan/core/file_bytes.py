"""The one way in which bytes come from outside: whole, and never more than there is memory for.

A device, a pipe or a mistaken name may go on for ever, and the system ends a process that keeps
reading. So every reader of files asks here.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from imvo_scan.core.message import Message, message

# A million sites in YAML take some 200 MB, and no company has ten times as many.
MOST_OF_FILE = 2 << 30
# A million sites still fit. How long a device or a pipe goes on is only known once it is held in
# memory, so less is allowed.
MOST_OF_STREAM = 256 << 20
_PIECE = 1 << 20


class TooLargeError(OSError):
    """A file, or what comes without an end that could be known, of more bytes than are read."""

    def __init__(self, most: int, name: str | None = None) -> None:
        self.reason: Message = message("os.holds-more", size=most >> 20)
        if most == MOST_OF_STREAM:
            self.reason = message("os.goes-on", size=most >> 20)
        super().__init__(errno.EFBIG, str(self.reason), name)


def file_bytes(path: str | Path) -> bytes:
    """The whole of a file. Raises `OSError`, of which `TooLargeError` is one."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - it may be text
        return stream_bytes(file, str(path))


def stream_bytes(file: IO[bytes], name: str | None = None) -> bytes:
    """What is still to be read of an open file called `name`. Raises `OSError`."""
    size = _size(file)
    most = MOST_OF_STREAM if size is None else MOST_OF_FILE
    if size is not None and size > most:
        raise TooLargeError(most, name)
    first = max(_PIECE, (size or 0) + 1)
    return b"".join(_pieces(file, most, first, name))


def _pieces(file: IO[bytes], most: int, first: int, name: str | None) -> Iterator[bytes]:
    """All of a file; mostly the first piece is all there is, so that nothing is copied."""
    left, size = most, first
    while part := file.read(size):
        left, size = left - len(part), _PIECE
        if left < 0:
            raise TooLargeError(most, name)
        yield part
    if part is None:  # nothing is there yet, which is not the end
        raise BlockingIOError(errno.EAGAIN, str(message("os.nothing-yet")), name)


def _size(file: IO[bytes]) -> int | None:
    """The size of a regular file; None for anything else, which may have no end."""
    try:
        status = os.fstat(file.fileno())
    except (OSError, ValueError):  # no file of the system
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None

"""A board of shared memory: which input a process is trying now, and how many it has tried.

It outlives the process, however that dies.
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("<QQQQ")  # inputs begun, inputs done, new crashes, length of the input
_ROOM = 2**20


@dataclass(frozen=True)
class Board:
    """The board of one target, seen by the process that tries and by the one that watches."""

    memory: mmap.mmap

    @classmethod
    def create(cls, path: Path) -> Board:
        """A new and empty board in a file."""
        path.write_bytes(bytes(_HEAD.size + _ROOM))
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Board:
        """The board that another process has made."""
        with path.open("r+b") as file:
            return cls(mmap.mmap(file.fileno(), 0))

    def put(self, raw: bytes) -> None:
        """Write down an input that is about to be tried."""
        begun, done, crashes, _ = self._head()
        raw = raw[:_ROOM]
        self.memory[_HEAD.size : _HEAD.size + len(raw)] = raw
        _HEAD.pack_into(self.memory, 0, begun + 1, done, crashes, len(raw))

    def done(self) -> None:
        """The input was survived."""
        begun, _, crashes, length = self._head()
        _HEAD.pack_into(self.memory, 0, begun, begun, crashes, length)

    def crashed(self) -> None:
        """One more crash of a kind that was not known."""
        begun, done, crashes, length = self._head()
        _HEAD.pack_into(self.memory, 0, begun, done, crashes + 1, length)

    @property
    def begun(self) -> int:
        """How many inputs were begun."""
        return self._head()[0]

    @property
    def crashes(self) -> int:
        """How many crashes of different kinds there were."""
        return self._head()[2]

    @property
    def pending(self) -> bytes | None:
        """The input that was begun and not survived; None where there is none."""
        begun, done, _, length = self._head()
        return None if begun == done else bytes(self.memory[_HEAD.size : _HEAD.size + length])

    def _head(self) -> tuple[int, int, int, int]:
        begun, done, crashes, length = _HEAD.unpack_from(self.memory, 0)
        return begun, done, crashes, length

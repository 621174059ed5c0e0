"""A long inventory cut into parts, each read by a process of its own.

An item of the list of suppliers begins on a line of its own, so the text can be cut there and each
part read as a list. Whether a cut was sound is for the reader to see: a quote, an anchor or another
list that reaches over it leaves a part that cannot be read, and then the text is read as a whole.
"""

from __future__ import annotations

import itertools
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MOST_PARTS = 4
LEAST_SIZE = 500_000
_LIST = b"suppliers:\n"
_FIRST_ITEM = re.compile(
    rb"^suppliers:[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*( *- )", re.MULTILINE
)

T = TypeVar("T")


class Part(NamedTuple):
    """Text that can be read on its own, and the lines of the file before what it holds of it."""

    text: bytes
    lines_before: int


def processors() -> int:
    """How many processes are of use here; 1 where processes cannot be forked safely."""
    alone = threading.active_count() == 1 and not _is_worker()
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" and alone else 1


def _is_worker() -> bool:
    """Whether this is a worker of a pool of processes, which may have no children."""
    pools = sys.modules.get("multiprocessing")
    return pools is not None and pools.current_process().daemon


def parts_of(raw: bytes, at_most: int) -> list[Part]:
    """The text in up to `at_most` parts of at least `LEAST_SIZE` bytes."""
    number = min(at_most, MOST_PARTS, len(raw) // LEAST_SIZE)
    first = _FIRST_ITEM.search(raw) if number > 1 else None
    if first is None:
        return [Part(raw, 0)]
    cuts = [0, *_cuts(raw, first, number), len(raw)]
    texts = [raw[start:end] for start, end in itertools.pairwise(cuts)]
    parts, lines = [Part(texts[0], 0)], texts[0].count(b"\n")
    for text in texts[1:]:
        parts.append(Part(_LIST + text, lines - _LIST.count(b"\n")))
        lines += text.count(b"\n")
    return parts


def _cuts(raw: bytes, first: re.Match[bytes], number: int) -> Iterator[int]:
    """Where lines begin that look like items of the list, about equally far apart."""
    start, item = first.start(1), b"\n" + first[1]
    aims = (start + (len(raw) - start) * step // number for step in range(1, number))
    found = (raw.find(item, aim) + 1 for aim in aims)
    yield from sorted({at for at in found if at > start})


def each(work: Callable[[Part], T], parts: Sequence[Part]) -> list[T | None]:
    """What `work` makes of each part, in their order: the first here, the others beside it.

    None stands for a part whose process was lost.
    """
    from multiprocessing import get_context

    context = get_context("fork")
    others: list[Connection] = []
    for part in parts[1:]:
        ours, theirs = context.Pipe(duplex=False)
        context.Process(target=_send, args=(work, part, theirs), daemon=True).start()
        theirs.close()
        others.append(ours)
    return [work(parts[0]), *map(_received, others)]


def _send(work: Callable[[Part], T], part: Part, out: Connection) -> None:
    out.send(work(part))


def _received(connection: Connection) -> T | None:
    try:
        result: T | None = connection.recv()
    except (EOFError, OSError):
        return None
    return result

"""A long inventory cut into parts, each read by a process of its own.

An item of the list of suppliers begins on a line of its own, so the text can be cut there and each
part read as a list. Whether a cut was sound is for the reader to see: a quote, an anchor or another
list that reaches over it leaves a part that cannot be read, and then the text is read as a whole.
"""

from __future__ import annotations

import itertools
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, NoReturn, TypeVar

from imvo_scan.documents.strict_yaml import line_breaks

MOST_PARTS = 4
LEAST_SIZE = 500_000
_LIST = b"suppliers:\n"
_FIRST_ITEM = re.compile(
    rb"^suppliers:[ \t]*(?:#[^\r\n]*)?\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*( *- )", re.MULTILINE
)
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP) if sys.platform == "linux" else ()

T = TypeVar("T")


class Part(NamedTuple):
    """Text that can be read on its own, and the lines of the file before what it holds of it."""

    text: bytes
    lines_before: int


def processors() -> int:
    """How many processes are of use here; 1 where processes cannot be forked safely."""
    alone = sys.platform == "linux" and not _is_worker() and _has_one_thread()
    return len(os.sched_getaffinity(0)) if alone else 1


def _has_one_thread() -> bool:
    """Whether no library started a thread either: a fork would leave its locks closed for good."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _is_worker() -> bool:
    """Whether this is a worker of a pool of processes: the processors are in use already."""
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
    parts, lines = [Part(texts[0], 0)], line_breaks(texts[0])
    for text in texts[1:]:
        parts.append(Part(_LIST + text, lines - line_breaks(_LIST)))
        lines += line_breaks(text)
    return parts


def _cuts(raw: bytes, first: re.Match[bytes], number: int) -> Iterator[int]:
    """Where lines begin that look like items of the list, about equally far apart."""
    start, item = first.start(1), b"\n" + first[1]
    aims = (start + (len(raw) - start) * step // number for step in range(1, number))
    starts = (raw.find(item, aim) + 1 for aim in aims)
    yield from sorted({at for at in starts if at > start})


class _Worker(NamedTuple):
    """A process that reads one part. It ends when `lifeline` closes, whatever closes it."""

    process: int
    result: BinaryIO
    lifeline: BinaryIO

    def read(self) -> object:
        """What it made of its part; None where it was lost."""
        import pickle

        with suppress(EOFError, OSError, pickle.UnpicklingError):
            return pickle.load(self.result)  # noqa: S301 - written by a copy of this process
        return None

    def end(self) -> None:
        """Make it end and wait until it has."""
        self.lifeline.close()
        self.result.close()
        with suppress(ChildProcessError):  # whoever embeds Python may not keep ended processes
            os.waitpid(self.process, 0)


def each(work: Callable[[Part], T], parts: Sequence[Part]) -> list[T | None]:
    """What `work` makes of each part, in their order: the first here, the others beside it.

    None stands for a part whose process was lost; all are None where one could not be started.
    """
    workers: list[_Worker] = []
    try:
        for part in parts[1:]:
            workers.append(_started(work, part, workers))
        return [work(parts[0]), *(worker.read() for worker in workers)]  # type: ignore[list-item]
    except OSError:  # no process, no pipe or no memory to be had here
        return [None] * len(parts)
    finally:
        for worker in workers:
            worker.end()


def _started(work: Callable[[Part], T], part: Part, others: Sequence[_Worker]) -> _Worker:
    """A process that reads a part. Raises `OSError` where none can be started."""
    with ExitStack() as opened:
        result, from_worker = map(opened.enter_context, _pipe())
        lifeline, to_worker = map(opened.enter_context, _pipe())
        with _signals_held():
            process = os.fork()
            if process == 0:
                theirs = (result, to_worker, *(end for one in others for end in one[1:]))
                _read_and_end(partial(work, part), from_worker, lifeline, theirs)
        opened.pop_all()
    from_worker.close()
    lifeline.close()
    return _Worker(process, result, to_worker)


def _pipe() -> tuple[BinaryIO, BinaryIO]:
    """The end to read from and the end to write to; each closes when nobody holds it."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextmanager
def _signals_held() -> Iterator[None]:
    """No signal is answered in the block, so that a new process is never taken for its parent."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _read_and_end(
    work: Callable[[], object], out: BinaryIO, lifeline: BinaryIO, theirs: Iterable[BinaryIO]
) -> NoReturn:
    """The life of a worker: it says nothing, holds nothing open, and ends with its parent."""
    try:
        import pickle
        import threading

        for number in _STOPPING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in {0, 1, 2} - {out.fileno(), lifeline.fileno()}:
            os.dup2(nowhere, stream)
        for end in theirs:
            os.close(end.fileno())
        threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
        pickle.dump(work(), out)
        out.flush()
    finally:
        os._exit(0)  # what it could not read is read, and said, by its parent


def _end_with(lifeline: BinaryIO) -> None:
    lifeline.read()
    os._exit(0)

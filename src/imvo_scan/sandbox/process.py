"""A file opened in a process of its own: started, asked, and ended whatever happens to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from datetime import time as day_time
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from imvo_scan.sandbox import limits
from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.unreadable import Reason, UnreadableError, reason, reason_from_json

_PACKAGES = {"workbook": ("python_calamine",), "parquet": ("pyarrow", "numpy")}
_CHILD = "import sys; sys.path += sys.argv[1:]; from imvo_scan.sandbox.child import main; main()"
_TYPES: dict[str, type[datetime | date | day_time]] = {
    "datetime": datetime,
    "date": date,
    "time": day_time,
}
_ABORTED_ON_WINDOWS = (3, 0xC0000409)
_OF_MEMORY = {limits.TOO_MUCH_MEMORY, -signal.SIGABRT, -9, *_ABORTED_ON_WINDOWS}  # 9: the system
_OF_TIME = {-getattr(signal, "SIGXCPU", 0)} - {0}
_HINT = reason("sandbox.open-and-save-as-csv")
_DAMAGED = UnreadableError(reason("sandbox.file-damaged"), _HINT)
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@contextmanager
def opened(kind: str, raw: bytes) -> Iterator[OpenFile]:
    """A file of a kind (`workbook` or `parquet`), open in another process until the block ends.

    Raises `UnreadableError` where it cannot be read, for whatever reason.
    """
    try:
        process = subprocess.Popen(  # noqa: S603 - this Python, and our own code
            _command(kind),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},
            creationflags=_NO_WINDOW,
        )
    except OSError as error:
        raise _not_started(error.strerror or str(error)) from None
    file = OpenFile(process)
    try:
        file.open(kind, raw)
        yield file
    finally:
        file.close()


def _command(kind: str) -> list[str]:
    """A Python that sees the standard library, this package and one reader, and no setting."""
    specs = [find_spec(package) for package in ("imvo_scan", *_PACKAGES[kind])]
    files = [Path(spec.origin).absolute() for spec in specs if spec and spec.origin]
    folders = dict.fromkeys(str(file.parent.parent) for file in files)
    return [sys.executable or "", "-I", "-S", "-c", _CHILD, *folders]


def _not_started(why: str) -> UnreadableError:
    return UnreadableError(reason("sandbox.not-started", why=why), _HINT)


class OpenFile:
    """A file that another process holds open. Every question may raise `UnreadableError`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.seconds = limits.SECONDS
        self.late = False
        self.pages: list[Page] = []

    def open(self, kind: str, raw: bytes) -> None:
        """Hand the file over, and learn which sheets are in it."""
        about = {"kind": kind, "size": len(raw), "memory": limits.MEMORY, "seconds": self.seconds}
        try:
            named = [
                (str(name), bool(hidden), total) for name, hidden, total in self._ask(about, raw)
            ]
        except (TypeError, ValueError):
            raise _DAMAGED from None
        for number, (name, hidden, total) in enumerate(named):
            self.pages.append(Page(name, partial(self.rows, number), hidden=hidden, total=total))

    def rows(self, page: int) -> Iterator[list[Any]]:
        """The rows of a sheet, in order and from the start, as they are asked for."""
        number = 0
        while rows := self._ask([page, number]):
            if not all(isinstance(row, list) for row in rows):
                raise _DAMAGED
            yield from rows
            number += len(rows)

    def _ask(self, question: Any, raw: bytes = b"") -> list[Any]:
        """The answer to a question. Raises `UnreadableError` where there is none."""
        started = time.monotonic()
        watch = threading.Timer(self.seconds, self._give_up)
        try:
            watch.start()
        except RuntimeError as error:
            raise _not_started(str(error)) from None
        try:
            line = self._exchange(json.dumps(question).encode() + b"\n" + raw)
        finally:
            watch.cancel()
            watch.join()
        self.seconds -= time.monotonic() - started
        return self._answer(line)

    def _exchange(self, question: bytes) -> bytes:
        asked, answered = self._pipes()
        with suppress(OSError):  # it has ended: what it said last may say why
            asked.write(question)
            asked.flush()
        return answered.readline(limits.ANSWER + 2)  # with the end of the line

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where questions go and answers come from."""
        if self.process.stdin is None or self.process.stdout is None:
            raise _DAMAGED
        return self.process.stdin, self.process.stdout

    def _answer(self, line: bytes) -> list[Any]:
        if not line.endswith(b"\n") and len(line) <= limits.ANSWER:
            raise UnreadableError(reason("sandbox.file-not-read", why=self._why()), _HINT)
        try:
            answer = json.loads(line, object_hook=_typed)
        except (ValueError, TypeError, RecursionError):
            answer = None
        if isinstance(answer, UnreadableError):
            raise answer
        if not isinstance(answer, list):
            raise _DAMAGED
        return answer

    def _why(self) -> Reason:
        """Why there is no answer, by how the process ended."""
        self.process.kill()
        code = self.process.wait()
        if self.late or code in _OF_TIME:
            return reason("sandbox.takes-time", seconds=int(limits.SECONDS))
        if code in _OF_MEMORY:
            return reason("sandbox.takes-memory", gigabytes=limits.MEMORY >> 30)
        return reason("sandbox.is-damaged")

    def _give_up(self) -> None:
        self.late = True
        self.process.kill()

    def close(self) -> None:
        """End the process at once, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in self._pipes():
            with suppress(OSError):  # what was not written yet is of no use any more
                pipe.close()


def _typed(answer: dict[str, Any]) -> Any:
    """A value that JSON does not know, or what is wrong. Raises `ValueError` for anything else."""
    if answer.keys() == {"what", "hint"}:
        hint = answer["hint"]
        return UnreadableError(
            reason_from_json(answer["what"]), None if hint is None else reason_from_json(hint)
        )
    for name, value in answer.items():
        if name in _TYPES:
            return _TYPES[name].fromisoformat(value)
    raise ValueError(answer)

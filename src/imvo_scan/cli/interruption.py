"""Stopped by Ctrl-C, a closed terminal or `kill`: nothing unfinished is left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import NoReturn

_STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # those that a system has
_BY_SIGNAL = 128  # a shell says so of a program that was stopped by signal n: 128 + n
_unfinished: set[Path] = set()
_stopped: list[int] = []


class InterruptionError(KeyboardInterrupt):
    """The run is to stop. Passes through everything that lets Ctrl-C pass."""


def watch() -> None:
    """Let every signal that stops a run end it in order. What is ignored stays so, as by nohup."""
    for name in _STOPPING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(ValueError):  # whoever runs this in a thread answers signals itself
                signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    """The first signal unwinds the run; a second one, where that takes long, ends it at once."""
    _stopped.append(number)
    for name in _STOPPING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    raise InterruptionError


def _end(number: int, _: FrameType | None = None) -> NoReturn:
    for part in tuple(_unfinished):
        with suppress(OSError):
            part.unlink()
    os._exit(_BY_SIGNAL + number)


def end_if_stopped() -> None:
    """End the run with the code of the signal that stopped it, whatever was made of that since."""
    if _stopped:
        _end(_stopped[0])


@contextmanager
def unfinished(part: Path) -> Iterator[None]:
    """A file that is written in the block, and is gone after it unless it got another name."""
    _unfinished.add(part)
    try:
        yield
    finally:
        part.unlink(missing_ok=True)
        _unfinished.discard(part)

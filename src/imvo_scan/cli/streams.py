"""The three standard streams where somebody closed them, stopped reading, or has a full disk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STANDARD = range(3)


def open_closed_streams() -> None:
    """Let nothing else become a standard stream that was closed.

    The next file to be opened would else get its number, and be written to by whoever prints. A
    closed output is one that nobody reads; a closed input stays none, for a read to refuse.
    """
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """A reader that stops reading (`| head`) is no failure of ours, and changes no exit code."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def drop_output() -> None:
    """Let nothing be written to standard output again, nor at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


def flushed() -> OSError | None:
    """Write what is still held back; the reason why standard output could not be written."""
    reason = None
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
    except OSError as error:
        drop_output()
        reason = error
    with suppress(OSError):
        sys.stderr.flush()
    return reason

"""Where output goes: standard output, or a file that appears only when it is complete."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from imvo_scan.cli.interruption import unfinished
from imvo_scan.core.errors import UsageError
from imvo_scan.core.message import message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.core.sanitise import CommandlessStream

STANDARD_STREAM = "-"
_SHOWN = 40  # letters of its name in that of the unfinished file: the whole may be too long


def standard_output(*, commands: bool = False) -> TextIO:
    """Standard output as UTF-8 with LF, whatever the locale says.

    What is printed there is no command to a workflow runner, unless the format is one of commands.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    return sys.stdout if commands else cast("TextIO", CommandlessStream(sys.stdout))


@contextmanager
def complete_file(path: Path) -> Iterator[TextIO]:
    """A text file that appears under its name only when it is complete.

    Raises `UsageError` where it cannot be written; what stood there before is then untouched. `-`
    is standard output everywhere, so it is never the name of a file.
    """
    if str(path) == STANDARD_STREAM:
        raise UsageError.of(message("cli.dash-is-no-file"), message("cli.give-it-a-name"))
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # links in a circle lead nowhere
        raise UsageError.of(message("cli.circular-links", file=str(path)))
    if target.exists() and not target.is_file():
        with _open_device(path) as file:
            yield file
        return
    part = target.with_name(f".{target.name[:_SHOWN]}.{os.urandom(8).hex()}.tmp")
    with unfinished(part):
        try:
            with _private(part) as file:
                yield file
            part.chmod(_usual_mode(target))
            part.replace(target)
        except OSError as error:
            raise _unwritable(path, error) from None


def _private(part: Path) -> TextIO:
    """A new file that nobody else can read while it is written."""
    return open(
        part,
        "x",
        encoding="utf-8",
        newline="\n",
        opener=lambda name, flags: os.open(name, flags, 0o600),
    )


@contextmanager
def _open_device(path: Path) -> Iterator[TextIO]:
    """A device or a pipe, such as /dev/null: written to as it is, and never replaced."""
    try:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except BrokenPipeError:
        return  # a reader that leaves early is no failure of ours
    except OSError as error:
        raise _unwritable(path, error) from None


def _usual_mode(target: Path) -> int:
    """The permissions the file has already, or those a new file would get."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError.of(message("cli.unwritable", file=str(path), why=reason_of(error)))

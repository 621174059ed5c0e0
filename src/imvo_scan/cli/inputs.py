"""Which files a command was given: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from imvo_scan.cli.destinations import STANDARD_STREAM
from imvo_scan.core.errors import InventoryError, Problem, UsageError
from imvo_scan.core.file_bytes import file_bytes, stream_bytes
from imvo_scan.core.message import Text, message
from imvo_scan.core.os_reason import reason_of


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that are meant, each once and in order, and what could not be looked into."""

    files: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def inventory_files(given: Sequence[str]) -> Inputs:
    """The files meant; `-` stays as it is, and a folder stands for every inventory below it.

    Raises `UsageError` for a path that does not exist and for a folder without inventories.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    missing: list[Problem] = []
    for name in given:
        path = Path(name)
        if name == STANDARD_STREAM:
            files.setdefault(name, name)
        elif path.is_dir():
            from imvo_scan.cli.folders import inventories_in

            inside = inventories_in(path)
            problems += inside.problems
            if not inside.files and not inside.problems:
                hint = message("cli.what-an-inventory-is")
                missing.append(Problem(name, 0, 0, message("cli.empty-folder"), hint=hint))
            for file in inside.files:
                files.setdefault(os.path.realpath(file), file)
        elif path.exists():
            files.setdefault(os.path.realpath(path), name)
        else:
            missing.append(Problem(name, 0, 0, message("cli.no-such-file")))
    if missing:
        raise UsageError([*missing, *problems])
    return Inputs(tuple(files.values()), tuple(problems))


def read_raw(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises `InventoryError`."""
    try:
        if name == STANDARD_STREAM:
            return _standard_input()
        return file_bytes(name)
    except OSError as error:
        raise _unreadable(name, reason_of(error)) from None


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise _unreadable(STANDARD_STREAM, message("cli.input-is-closed"))
    return stream_bytes(sys.stdin.buffer)


def _unreadable(name: str, why: Text) -> InventoryError:
    from imvo_scan.core.file_names import source_of

    what = message("cli.unreadable", why=why)
    return InventoryError([Problem(source_of(name), 0, 0, what)])


def parse_day(text: str | None) -> date | None:
    """A day as written on the command line; None stays None. Raises `UsageError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError.of(message("cli.no-day", text=text), message("cli.write-a-day")) from None

"""Every file that a run reads or writes, known in one place, so that none takes another's."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TextIO, TypeAlias

from imvo_scan.cli.destinations import STANDARD_STREAM
from imvo_scan.core.errors import UsageError
from imvo_scan.core.message import Text, message

_Key: TypeAlias = tuple[int, int] | str


class RunFiles:
    """What is read and what will be written; told before any work begins.

    A file is known by what it is on the disk, so another name for it, a link of either kind or
    another spelling of its path, is the same file.
    """

    def __init__(self) -> None:
        self._read: dict[_Key, Text] = {}
        self._folders: dict[str, Text] = {}
        self._written: dict[_Key, Text] = {}

    def reads(self, path: str | Path | None, what: Text) -> None:
        """Tell of a file that is read, or of a folder of which every file is.

        Raises `UsageError` where it is one that an option writes.
        """
        if path is None:
            return
        if str(path) == STANDARD_STREAM:
            self._take(_of_stream(sys.stdin), what)
        elif os.path.isdir(path):  # noqa: PTH112 - it may be text
            self._folders.setdefault(os.path.realpath(path), what)
        elif not _is_device(path):
            self._take(_key(path), what)

    def _take(self, key: _Key, what: Text) -> None:
        if key == STANDARD_STREAM:  # a screen or a pipe, which nothing can overwrite
            return
        self._read.setdefault(key, what)
        if key in self._written:
            raise _would_overwrite(self._written[key], what)

    def writes(self, path: str | Path | None, option: str, *, own: Path | None = None) -> None:
        """Tell of a file that will be written; None is standard output.

        `own` is a file that is read and may be written anew. Raises `UsageError` where the file is
        one that is read, or that another option writes, and for `-`, which is no file.
        """
        if str(path) == STANDARD_STREAM:
            what = message("cli.option-without-file", option=option)
            raise UsageError.of(what, message("cli.give-it-a-name"))
        if path is None:
            self._claim(_of_stream(sys.stdout), message("cli.to-standard-output", option=option))
        elif os.path.realpath(path) != os.path.realpath(os.devnull):
            renewed = own is not None and _key(path) == _key(own)
            self._claim(_key(path), f"{option} {path}", renewed=renewed)
            self._refuse_folders(path, f"{option} {path}")

    def _claim(self, key: _Key, named: Text, *, renewed: bool = False) -> None:
        if key in self._read and not renewed:
            raise _would_overwrite(named, self._read[key])
        if key in self._written:
            what = message("cli.same-place", one=self._written[key], other=named)
            raise UsageError.of(what, message("cli.own-files"))
        self._written[key] = named

    def _refuse_folders(self, path: str | Path, named: Text) -> None:
        for folder, what in self._folders.items():
            if Path(os.path.realpath(path)).is_relative_to(folder):
                raise _would_overwrite(named, what)


def _would_overwrite(named: Text, what: Text) -> UsageError:
    told = message("cli.would-overwrite", output=named, what=what)
    return UsageError.of(told, message("cli.another-name"))


def refuse_existing(path: Path | None, *, force: bool) -> None:
    """Refuse to replace a file that is there, unless told to. Raises `UsageError`."""
    if path is None or force or str(path) == STANDARD_STREAM or _is_device(path):
        return
    if os.path.lexists(path):
        what = message("cli.may-be-mended", file=str(path))
        raise UsageError.of(what, message("cli.another-name-or-force"))


def _key(path: str | Path) -> _Key:
    """What tells a file from all others: its place on the disk, or the path it will have."""
    try:
        status = os.stat(path)  # noqa: PTH116 - it may be text
    except OSError:
        return os.path.normcase(os.path.realpath(path))
    return (status.st_dev, status.st_ino)


def _is_device(path: str | Path) -> bool:
    """Whether a path is a device or a pipe, which can be read and written at once."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - it may be text
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _of_stream(stream: TextIO | None) -> _Key:
    """The file that a standard stream comes from or goes to, where it is no screen or pipe."""
    try:
        status = os.fstat(stream.fileno()) if stream is not None else None
    except (OSError, ValueError):
        return STANDARD_STREAM
    if status is None or not stat.S_ISREG(status.st_mode):
        return STANDARD_STREAM
    return (status.st_dev, status.st_ino)

"""What a file is called: on the screen, in a file beside it, and for programs that remember it.

Ids are unique within a file only, so whatever tells findings apart names the file as well. The same
file has one name however it was reached: by another folder, twice, or through a link.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

STANDARD_INPUT = "<stdin>"
_STREAMS = frozenset({"-", STANDARD_INPUT})


def source_of(name: str) -> str:
    """What an inventory is said to be from, by what was given: `-` is `<stdin>`, no file is."""
    if name == "-":
        return STANDARD_INPUT
    return _apart(name)


def shown(source: str) -> str:
    """The name for people: from here where it lies below, else as it was given."""
    if source in _STREAMS:
        return STANDARD_INPUT
    path = Path(source)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return _apart(path.as_posix())


def relative(source: str, folder: Path) -> str:
    """The name from a folder, with POSIX slashes: the same from every working directory."""
    if source in _STREAMS:
        return STANDARD_INPUT
    path, start = os.path.realpath(source), os.path.realpath(folder)
    try:
        name = os.path.relpath(path, start)
    except ValueError:  # on Windows another drive has no way from here
        name = path
    return _apart(_plain(Path(name).as_posix()))


def stable(source: str) -> str:
    """The name from the root of its repository, or from here outside one."""
    return relative(source, _root_of(Path(os.path.realpath(source)).parent))


def absolute(source: str, folder: Path | None = None) -> str:
    """The whole path of a file, or of a pattern of files that is written in a folder."""
    if source in _STREAMS:
        return STANDARD_INPUT
    if folder is None:
        return _plain(Path(os.path.realpath(source)).as_posix())
    written = os.path.normpath(Path(os.path.realpath(folder)) / source)
    return _plain(Path(written).as_posix())


def _apart(name: str) -> str:
    """The name of a file, which is never that of standard input."""
    return f"./{name}" if name == STANDARD_INPUT else name


def _root_of(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), Path.cwd())


def _plain(name: str) -> str:
    """A name that UTF-8 can hold, in one form whatever the file system keeps."""
    readable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", readable)

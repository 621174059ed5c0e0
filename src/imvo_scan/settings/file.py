"""The file with settings: imvo-scan.yaml, or [tool.imvo-scan] in pyproject.toml, and finding it.

Looked for from each input upward, to the root of the repository it lies in. Outside a repository
nobody answers for what lies further up (a shared /tmp, the root of the disk), so there it is the
input's own folder or, for what lies below it, the working directory, where the user stands.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import Message, message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.documents.strict_yaml import Document, load_bytes

if TYPE_CHECKING:
    from pydantic import BaseModel

FILE_NAME = "imvo-scan.yaml"
_NEARLY = "imvo-scan.yml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "imvo-scan")
STANDARD_INPUT = "-"


def find_settings(inputs: Sequence[str]) -> Path | None:
    """The one file with settings for all inputs; None where there is none.

    Without inputs it is that of the working directory. Raises `UsageError` where inputs have
    different settings, and for a file with another ending, which nobody would read.
    """
    folders: dict[Path, str] = {}
    for name in inputs or (STANDARD_INPUT,):
        folders.setdefault(_folder_of(name), name)
    files = {name: _nearest(folder) for folder, name in folders.items()}
    first, *others = files
    for other in others:
        if files[other] != files[first]:
            raise _two_settings((first, files[first]), (other, files[other]))
    return files[first]


def _folder_of(name: str) -> Path:
    if name == STANDARD_INPUT:
        return Path.cwd()
    path = Path(name).absolute()
    return Path(os.path.realpath(path if path.is_dir() else path.parent))


def _two_settings(*both: tuple[str, Path | None]) -> UsageError:
    first, second = (_under(name, path) for name, path in both)
    what = message("settings.differ", first=first, second=second)
    return UsageError.of(what, message("settings.scan-one-by-one"))


def _under(name: str, path: Path | None) -> Message:
    if path is None:
        return message("settings.under-none", name=name)
    return message("settings.under", name=name, path=str(path))


def _nearest(start: Path) -> Path | None:
    for folder in _looked_in(start):
        if os.path.lexists(folder / FILE_NAME):  # a broken link is a gate that nobody could read
            return folder / FILE_NAME
        if os.path.lexists(folder / _NEARLY):
            what = message("settings.another-ending", right=FILE_NAME, wrong=_NEARLY)
            hint = message("settings.rename")
            raise UsageError([Problem(str(folder / _NEARLY), 0, 0, what, hint=hint)])
        if _has_table(folder / PYPROJECT):
            return folder / PYPROJECT
    return None


def _looked_in(folder: Path) -> Sequence[Path]:
    """Where settings for a folder may stand, the nearest first."""
    above = (folder, *folder.parents)
    for number, one in enumerate(above, start=1):
        if os.path.lexists(one / ".git"):
            return above[:number]
    here = Path.cwd()
    return (folder, here) if here in above[1:] else (folder,)


def _has_table(path: Path) -> bool:
    try:
        raw = file_bytes(path)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error) from None
    return TABLE[-1].encode() in raw and _table(raw, path) is not None


def _table(raw: bytes, path: Path) -> Document | None:
    from imvo_scan.documents.toml_table import load_table

    return load_table(raw, str(path), TABLE)


class WrittenSettings(NamedTuple):
    """Settings as a file states them, and the file, which knows where each of them stands."""

    values: BaseModel
    document: Document


def read_settings(path: Path) -> WrittenSettings:
    """The settings of a file. Raises `UsageError` or `YamlError` with every problem."""
    from imvo_scan.documents.validation import validated
    from imvo_scan.settings.schema import written_model

    try:
        raw = file_bytes(path)
    except OSError as error:
        raise _unreadable(path, error) from None
    if path.suffix == ".toml":
        document = _table(raw, path) or Document(str(path), None, b"")
    else:
        document = load_bytes(raw, str(path))
    return WrittenSettings(validated(document, written_model()), document)


def _unreadable(path: Path, error: OSError) -> UsageError:
    what = message("settings.unreadable", reason=reason_of(error))
    return UsageError([Problem(str(path), 0, 0, what)])

"""Where the tables are, and their bytes: each file is read once, so that the stamp covers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from imvo_scan.core.errors import UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import message


class TextFile(Protocol):
    """A file of tables: its bytes, and its name as text. A `Path` is one."""

    def read_bytes(self) -> bytes:
        """The whole file. Raises `OSError`."""
        ...


class Folder(Protocol):
    """A folder of tables, from which files are taken by `/`. A `Path` is one."""

    def __truediv__(self, name: str, /) -> TextFile:
        """One of its files."""
        ...


@dataclass(frozen=True)
class FileReadOnce:
    """A file whose bytes stay as they were when they were first asked for.

    `trusted` where it comes with the program, so that its tests have checked it.
    """

    path: Path
    trusted: bool = False

    def __str__(self) -> str:
        return str(self.path)

    @cached_property
    def _raw(self) -> bytes:
        return file_bytes(self.path)

    def read_bytes(self) -> bytes:
        """The whole file. Raises `OSError`."""
        return self._raw


class FolderReadOnce:
    """A folder each of whose files is read once, whoever asks for it and however often."""

    def __init__(self, path: Path, *, trusted: bool = False) -> None:
        self.path = path
        self.trusted = trusted
        self._files: dict[str, FileReadOnce] = {}

    def __truediv__(self, name: str) -> FileReadOnce:
        return self._files.setdefault(name, FileReadOnce(self.path / name, self.trusted))

    def __contains__(self, name: str) -> bool:
        return (self.path / name).is_file()


def is_trusted(file: TextFile) -> bool:
    """Whether a file comes with the program; any other is checked."""
    return isinstance(file, FileReadOnce) and file.trusted


def hash_of(files: Iterable[tuple[str, TextFile]]) -> str:
    """One SHA-256 over files by name: another byte, name or number of files gives another."""
    digest = sha256()
    for name, file in files:
        raw = file.read_bytes()
        digest.update(f"{name}\0{len(raw)}\0".encode() + raw)
    return digest.hexdigest()


def data_directory() -> Path:
    """The folder with the tables. Raises `UsageError` where the installation is incomplete."""
    here = Path(__file__).resolve().parent.parent
    for folder in (here / "data", here.parent.parent / "data"):
        if (folder / "country_risks.yaml").is_file():
            return folder
    raise UsageError.of(message("core.no-tables"), message("core.install-again"))

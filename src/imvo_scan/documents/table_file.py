"""One table in `data/` while it is read: typed access to its values, every fault with its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from imvo_scan.core.data_dir import TextFile
from imvo_scan.core.errors import EvidenceError, Problem
from imvo_scan.core.language import Language
from imvo_scan.documents import strict_yaml

Place: TypeAlias = tuple[str | int, ...]

_LEVELS = {str(level): level for level in range(1, 6)}


class TableFile:
    """Reads a YAML table whose root is a mapping; `check` raises what was wrong, all at once."""

    def __init__(self, file: TextFile) -> None:
        self.document = strict_yaml.load_bytes(file.read_bytes(), str(file))
        self.problems: list[Problem] = []
        self.root = self.group((), self.document.data)

    def fail(self, place: Place, what: str, hint: str = "") -> None:
        """Keep a fault at a place in the table."""
        line, column = self.document.position(place)
        where = " > ".join(str(part) for part in place)
        self.problems.append(Problem(self.document.name, line, column, what, where, hint))

    def check(self) -> None:
        """Raise `EvidenceError` if anything was wrong, in the order of the file."""
        if self.problems:
            raise EvidenceError(sorted(self.problems, key=lambda p: (p.line, p.column)))

    def group(self, place: Place, value: Any) -> Mapping[str, Any]:
        """`value` as a mapping; nothing is an empty one, and anything else is a fault."""
        if isinstance(value, dict):
            return value
        if value is not None:
            self.fail(place, "a group of keys is wanted here")
        return {}

    def groups(self, place: Place, value: Any) -> Mapping[str, Mapping[str, Any]]:
        """`value` as a mapping of mappings; an entry that is none is a fault and empty."""
        return {
            key: self.group((*place, key), one) for key, one in self.group(place, value).items()
        }

    def texts(self, place: Place, value: Any) -> tuple[str, ...]:
        """`value` as a list of texts; nothing is an empty one, and anything else is a fault."""
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fail(place, "a list of words is wanted here")
        return ()

    def level(self, place: Place, value: Any) -> int | None:
        """A level from 1 to 5; anything else is a fault and gives None."""
        level = _LEVELS.get(value) if isinstance(value, str) else None
        if level is None:
            self.fail(place, f"{value!r} is not a level", "Write a whole number from 1 to 5.")
        return level

    def both(self, place: Place, value: Any) -> dict[Language, str]:
        """The English and the Dutch text of an entry; a missing one is a fault."""
        entry = self.group(place, value)
        for language in Language:
            if not isinstance(entry.get(language.value), str):
                self.fail(place, f"the text {language.value!r} is missing")
        return {language: str(entry.get(language.value, "?")) for language in Language}

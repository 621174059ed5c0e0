"""The languages that a person may be spoken to in: those with a catalogue of messages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ENGLISH = "en"
OF_TABLES = (ENGLISH, "nl")
"""In these languages every text of the tables stands; in others it may."""
CATALOGUES = Path(__file__).parent.parent / "messages" / "catalogues"


@cache
def languages(folder: Path = CATALOGUES) -> tuple[str, ...]:
    """The languages with a complete catalogue, English first."""
    return tuple(
        sorted((path.stem for path in folder.glob("*.mo")), key=lambda one: (one != ENGLISH, one))
    )


def in_language(names: Mapping[Any, str], language: str) -> str:
    """The name in a language; where the tables have none, the English one."""
    return names.get(language) or names[ENGLISH]


def inside_sentence(name: str) -> str:
    """A name as it stands inside a sentence: `cotton`, but `PVC` and `T-shirts`; Dutch `ijzer`."""
    if name.startswith("IJ") and name[2:3].islower():  # one letter in Dutch, so both are capitals
        return "ij" + name[2:]
    return name[:1].lower() + name[1:] if name[1:2].islower() else name

"""The languages that a person may be spoken to in."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The languages of the vocabulary and the headers."""

    ENGLISH = "en"
    DUTCH = "nl"

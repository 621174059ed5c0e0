"""How names are compared, and what was probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_SEPARATORS = re.compile(r"[\W_]+")


class NotFound(NamedTuple):
    """Why a text stands for nothing, and what would."""

    what: str
    hint: str = ""


def normal(text: str) -> str:
    """The form in which names are compared: no case, accents, punctuation or leading "the"."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _SEPARATORS.sub(" ", plain).strip()
    return plain.removeprefix("the ").removeprefix("de ")


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """The choice most like `text`, or None where nothing is near enough to suggest."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(text, list(choices), scorer=fuzz.WRatio, score_cutoff=72)
    return best[0] if best else None


def did_you_mean(text: str, choices: Iterable[str]) -> str:
    """`Did you mean "x"?`, or nothing where no choice is near."""
    match = nearest(text, choices)
    return f'Did you mean "{match}"?' if match else ""

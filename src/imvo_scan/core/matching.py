"""How names are compared, and what was probably meant where that is sure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from imvo_scan.core.message import Message, Text, message

_SEPARATORS = re.compile(r"[\W_]+")
_NORMAL = re.compile(r"(?!the |de )[a-z0-9]+(?: [a-z0-9]+)*+")
_SHORTEST = 3  # of two letters, any two words are one slip apart
_LONG = 8  # letters from which two slips still leave most of a word
_NAMED_AT_MOST = 3  # more that are equally near say that none of them is


class NotFound(NamedTuple):
    """Why a text stands for nothing, what would, and the keys it may stand for if for several."""

    what: Text
    hint: Text = ""
    candidates: tuple[str, ...] = ()


def normal(text: str) -> str:
    """The form in which names are compared: no case, accents, punctuation or leading "the"."""
    small = text.lower()
    if _NORMAL.fullmatch(small):  # so is most of what tables hold, but for its capitals
        return small
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _SEPARATORS.sub(" ", plain).strip()
    return plain.removeprefix("the ").removeprefix("de ")


def nearest(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    """The choices that `nearest_form` finds, whatever their case."""
    return nearest_form(text.casefold(), {choice: choice.casefold() for choice in choices})


def nearest_form(
    form: str, choices: Mapping[str, str], shortest: int = _SHORTEST
) -> tuple[str, ...]:
    """The choices that are a slip of the pen away, and equally near; none where that is not sure.

    A slip is a letter too many, too few, another one, or two that changed places; from eight
    letters on there may be two. That is at most a third of a word, and less than what tells two
    names apart: a guess further off misleads more often than it helps. Texts under `shortest`
    letters are near to too much; among many choices that takes more letters than among few.
    `choices` holds the form in which each is compared.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    letters = len(form.strip("-"))
    if letters < shortest:
        return ()
    slips = 1 if letters < _LONG else 2
    near = process.extract(form, choices, scorer=OSA.distance, score_cutoff=slips, limit=None)
    least = min((distance for _, distance, _ in near), default=0)
    return tuple(choice for _, distance, choice in near if distance == least)


def did_you_mean(text: str, choices: Iterable[str]) -> Text:
    """`Did you mean "x"?`, with both where two are equally near; nothing where none is sure."""
    return meant(f'"{choice}"' for choice in nearest(text, choices))


def meant(names: Iterable[Text]) -> Text:
    """The question whether one of a few names was meant; nothing for none and for many."""
    different = list(dict.fromkeys(names))
    if not different or len(different) > _NAMED_AT_MOST:
        return ""
    return message("hint.did-you-mean", names=either(different))


def either(names: Iterable[Text]) -> Text:
    """Names between which to choose: `a`, `a or b`, `a, b or c`."""
    *first, last = names
    return message("list.or", first=tuple(first), last=last) if first else last


def all_of(names: Iterable[Text]) -> Text:
    """Names that hold together: `a`, `a and b`, `a, b and c`."""
    *first, last = names
    return message("list.and", first=tuple(first), last=last) if first else last


def known(choices: Iterable[str]) -> Message:
    """All that is known, where nothing is sure to be meant."""
    return message("hint.known", choices=tuple(choices))


def sentences(first: Text, then: Text) -> Text:
    """Two sentences after one another; either may be empty."""
    return message("list.sentences", first=first, then=then) if first and then else first or then

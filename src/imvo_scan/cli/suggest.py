"""The word that was meant, where that is sure; a wrong guess is worse than none."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 3  # of two letters, any two words are one slip apart
_LONG = 8  # letters from which two slips still leave most of a word


def sure_match(text: str, choices: Iterable[str]) -> str | None:
    """The one choice that is a slip of the pen away; None where it is none, or two.

    A slip is a letter too many, too few, another one, or two that changed places; in a long word
    there may be two.
    """
    from rapidfuzz.distance import OSA

    wanted = text.casefold()
    if len(wanted.strip("-")) < _SHORTEST:
        return None
    slips = 1 if len(wanted.strip("-")) < _LONG else 2
    far = sorted((OSA.distance(wanted, one.casefold()), one) for one in set(choices))
    if not far or far[0][0] > slips:
        return None
    return far[0][1] if len(far) == 1 or far[1][0] > far[0][0] else None


def did_you_mean(text: str, choices: Iterable[str]) -> str:
    """`Did you mean "x"?` where that is sure, else all that is known."""
    known = list(choices)
    match = sure_match(text, known)
    return f'Did you mean "{match}"?' if match else f"Known: {', '.join(known)}."

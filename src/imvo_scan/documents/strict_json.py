"""JSON that others hand over: read whole, or refused in one plain sentence."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

_SHOWN = 20  # signs of a number that is quoted


class JsonError(ValueError):
    """The bytes are no JSON that can be read; the message says why, as `this is ...`."""


def loads(raw: bytes) -> Any:
    """What some JSON says, each key of an object once and each number within reach.

    Raises `JsonError`, also for nesting past what Python can follow.
    """
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_float=_finite,
            parse_constant=_refused,
        )
    except UnicodeDecodeError as error:
        raise JsonError(f"this is not UTF-8 text (byte {error.start + 1})") from None
    except RecursionError:
        raise JsonError("this is JSON nested too deeply to be read") from None
    except ValueError as error:
        raise JsonError(f"this is not JSON: {error}") from None


def _finite(text: str) -> float:
    """A number as a float. Raises `ValueError` where it is larger than any of them."""
    number = float(text)
    if not isfinite(number):
        raise ValueError(f"{text[:_SHOWN]} is larger than any number that can be read")
    return number


def _refused(text: str) -> NoReturn:
    """`NaN` and the infinite, which Python's own reader would take."""
    raise ValueError(f"{text} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each key stands once. Raises `ValueError`."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"{key!r} stands in it twice")
        members[key] = value
    return members

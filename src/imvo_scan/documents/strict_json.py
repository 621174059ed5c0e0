"""JSON that others hand over: read whole, or refused in one plain sentence."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any, NoReturn

from imvo_scan.core.message import Message, message

_SHOWN = 20  # signs of a number that is quoted


class JsonError(ValueError):
    """The bytes are no JSON that can be read; `reason` says why, as `this is ...`."""

    def __init__(self, reason: Message) -> None:
        """Keep the reason; as a string it is English."""
        self.reason = reason
        super().__init__(reason)


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
        raise JsonError(message("documents.json-not-utf-8", byte=error.start + 1)) from None
    except RecursionError:
        raise JsonError(message("documents.json-too-deep")) from None
    except json.JSONDecodeError as error:
        line, column = str(error.lineno), str(error.colno)
        raise JsonError(message("documents.json-invalid", line=line, column=column)) from None


def _finite(text: str) -> float:
    """A number as a float. Raises `JsonError` where it is larger than any of them."""
    number = float(text)
    if not isfinite(number):
        raise JsonError(message("documents.json-too-large", number=text[:_SHOWN]))
    return number


def _refused(text: str) -> NoReturn:
    """`NaN` and the infinite, which Python's own reader would take."""
    raise JsonError(message("documents.json-no-number", text=text))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each key stands once. Raises `JsonError`."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise JsonError(message("documents.json-twice", key=repr(key)))
        members[key] = value
    return members

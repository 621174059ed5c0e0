"""JSON that others hand over: read whole, or refused in one plain sentence."""

from __future__ import annotations

import json
from typing import Any


class JsonError(ValueError):
    """The bytes are no JSON that can be read; the message says why, as `this is ...`."""


def loads(raw: bytes) -> Any:
    """What some JSON says, each key of an object once.

    Raises `JsonError`, also for nesting past what Python can follow.
    """
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise JsonError(f"this is not UTF-8 text (byte {error.start + 1})") from None
    except RecursionError:
        raise JsonError("this is JSON nested too deeply to be read") from None
    except ValueError as error:
        raise JsonError(f"this is not JSON: {error}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each key stands once. Raises `ValueError`."""
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"{key!r} stands in it twice")
        members[key] = value
    return members

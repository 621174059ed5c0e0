"""Why a file cannot be read: a code with plain values, so that one process can tell another.

It is what `core.message` is to the rest of the package, which the process that reads does not know.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

Plain: TypeAlias = "str | int | float | Reason"


class Reason(NamedTuple):
    """A code such as `sandbox.is-damaged` and its values by name; a value may be a reason, too."""

    code: str
    values: tuple[tuple[str, Plain], ...] = ()


def reason(code: str, /, **values: Plain) -> Reason:
    """A reason, its values in the order in which they are given."""
    return Reason(code, tuple(values.items()))


def reason_from_json(answer: Any) -> Reason:
    """A reason out of JSON, in which it is a list. Raises `TypeError` or `ValueError`."""
    code, values = answer
    if not isinstance(code, str):
        raise TypeError(code)
    return Reason(code, tuple((str(name), _plain(value)) for name, value in values))


def _plain(value: Any) -> Plain:
    return value if isinstance(value, str | int | float) else reason_from_json(value)


class UnreadableError(Exception):
    """A file that cannot be read as a table: what is wrong, and what to do about it."""

    def __init__(self, what: Reason, hint: Reason | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

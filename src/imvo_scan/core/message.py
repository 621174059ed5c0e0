"""A thing to say to a person, as a code with values; `messages` holds the sentence behind the code.

Everything below `messages` says what it has to say in this form, so that no sentence stands there
and every language says the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = "str | int | Decimal | date | Day | Message | ByLanguage | tuple[Value, ...]"


@dataclass(frozen=True, slots=True)
class ByLanguage:
    """A name as the tables hold it: each language with its text."""

    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year as it is written in a file: `2026-03-01`, `2026-03` or `2026`."""

    iso: str


@dataclass(frozen=True, slots=True)
class Message:
    """A code such as `inventory.id-twice` and its values by name.

    A text is said as it is, whole and decimal numbers and days by the language, a name of the
    tables in it, another message in its place, and a tuple as a list. The value `n`
    chooses the plural. As a string it is the English sentence.
    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return _in_english(self)


Text: TypeAlias = Message | str


def message(code: str, /, **values: Value) -> Message:
    """A message, its values in the order in which they are given."""
    return Message(code, tuple(values.items()))


def speak_with(in_english: Callable[[Message], str]) -> None:
    """Set what makes an English sentence of a message, for those who catch our errors in Python.

    The sentences stand in a room above this one, so the package as a whole brings the two together.
    """
    global _in_english  # noqa: PLW0603 - set once, when the package is imported
    _in_english = in_english


def _code_alone(told: Message) -> str:
    return told.code


_in_english: Callable[[Message], str] = _code_alone

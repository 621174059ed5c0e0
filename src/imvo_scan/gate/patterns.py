"""Texts in which `*` stands for any text, looked up instead of tried one by one.

No other sign has a meaning, so a file called `chain[2026].yaml` is named as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

ANY = "*"
T = TypeVar("T")


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text is as the pattern says; the time is that of reading both."""
    first, star, rest = pattern.partition(ANY)
    if not star:
        return first == text
    *middle, last = rest.split(ANY)
    if not text.startswith(first):
        return False
    place = len(first)
    for part in middle:  # the first place that fits leaves most for what follows
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(text) - len(last) >= place and text.endswith(last)


class Patterns(Generic[T]):
    """Values by pattern, found by a text.

    Patterns without a star are a dictionary. The others are tried only on texts that begin, or else
    end, as they do: thousands of them cost a look into a dictionary for each length there is.
    """

    def __init__(self, values: Mapping[str, T]) -> None:
        self._exact: dict[str, T] = {}
        self._by_start: dict[str, list[tuple[str, T]]] = {}
        self._by_end: dict[str, list[tuple[str, T]]] = {}
        for pattern, value in values.items():
            start, star, _ = pattern.partition(ANY)
            if not star:
                self._exact[pattern] = value
            elif start:
                self._by_start.setdefault(start, []).append((pattern, value))
            else:
                end = pattern.rpartition(ANY)[2]
                self._by_end.setdefault(end, []).append((pattern, value))
        self._starts = sorted({len(start) for start in self._by_start})
        self._ends = sorted({len(end) for end in self._by_end})

    def of(self, text: str) -> Iterator[T]:
        """The values of all patterns that a text is like."""
        if text in self._exact:
            yield self._exact[text]
        for pattern, value in self._near(text):
            if matches(pattern, text):
                yield value

    def _near(self, text: str) -> Iterator[tuple[str, T]]:
        for length in self._starts:
            if length <= len(text):
                yield from self._by_start.get(text[:length], ())
        for length in self._ends:
            if length <= len(text):
                yield from self._by_end.get(text[len(text) - length :], ())

"""One way to find what a name stands for, whether of a country, a sector or a good."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property

from imvo_scan.core.matching import NotFound, meant, nearest_form, normal
from imvo_scan.core.message import Text, Value, message

_SHORTEST_NAME = 4  # letters; codes and abbreviations are one slip from one another
_LONGEST_NAME = 100  # letters; no table has a longer one that is a name and no title
_CHOICES_AT_MOST = 6


class NameTable(ABC):
    """The names of one kind of thing, and what each stands for.

    `key` and `find` are the only way from a text to a key, for inventories, lists, options and
    commands alike, so that a text means the same everywhere.
    Tables are never compared or printed; dataclasses without that take less time to import.
    """

    kind: str
    advice: Text = ""

    def key(self, text: str) -> str | None:
        """The one key that a text stands for; None where it is none, or may be several."""
        keys = self.meanings(text)
        return keys[0] if len(keys) == 1 else None

    def find(self, text: str) -> str | NotFound:
        """The key that a text stands for, or why there is none and what would be right."""
        keys = self.meanings(text)
        return keys[0] if len(keys) == 1 else self.refusal(text, keys)

    @abstractmethod
    def meanings(self, text: str) -> tuple[str, ...]:
        """Every key that a text may stand for: none, the one that it means, or several."""

    @abstractmethod
    def label(self, key: str) -> Text:
        """What a key is called where a person is to choose."""

    def quoted(self, key: str) -> Text:
        """The label inside a question."""
        return message("taxonomy.quoted", name=self.label(key))

    @abstractmethod
    def spellings(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every name that may have been misspelt, with the keys that it stands for."""

    def refusal(self, text: str, keys: tuple[str, ...]) -> NotFound:
        """Why a text that has no meaning, or these, stands for nothing."""
        if keys:
            what = message(f"taxonomy.{self.kind}-several", text=repr(text))
            one_of = message("hint.write-one-of", choices=choices(map(self.label, keys)))
            return NotFound(what, one_of, keys)
        hint = meant(map(self.quoted, self.suggestions(text)))
        what = message(f"taxonomy.{self.kind}-unknown", text=repr(text))
        return NotFound(what, hint or self.advice)

    def suggestions(self, text: str) -> tuple[str, ...]:
        """The keys of the names that a text is a slip away from; none where that is not sure."""
        form = normal(text[:_LONGEST_NAME])
        near = nearest_form(form, self._spelt, _SHORTEST_NAME)
        return tuple(key for name in near for key in self._keys_by_name[name])

    @cached_property
    def _keys_by_name(self) -> dict[str, tuple[str, ...]]:
        """The names long enough to be misspelt; kept, as a list may hold thousands of slips."""
        return {name: keys for name, keys in self.spellings() if len(name) >= _SHORTEST_NAME}

    @cached_property
    def _spelt(self) -> dict[str, str]:
        return {name: name for name in self._keys_by_name}


def choices(names: Iterable[Value]) -> Text:
    """Names for people to choose from, cut where they grow many; nothing for none."""
    different = list(dict.fromkeys(names))
    if not different:
        return ""
    more = len(different) - _CHOICES_AT_MOST
    first = message("list.all", names=tuple(different[:_CHOICES_AT_MOST]))
    return message("list.and-more", first=first, n=more) if more > 0 else first

"""Goods, what they are made from, and the names and codes by which they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imvo_scan.core.matching import normal
from imvo_scan.core.message import ByLanguage, Message, message
from imvo_scan.taxonomy.list_names import ListNames
from imvo_scan.taxonomy.name_table import NameTable

if TYPE_CHECKING:
    from imvo_scan.taxonomy.rows import Good

_SHORTEST_WORD = 3
_LONGEST_WORD = 80


@dataclass(frozen=True, eq=False, repr=False)
class Goods(NameTable):
    """Goods by id; `index` holds their names as compared, `codes` their prefixes of HS codes."""

    goods: Mapping[str, Good]
    index: Mapping[str, str]
    codes: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    qualifiers: frozenset[str]
    list_names: ListNames

    kind = "good"

    def meanings(self, text: str) -> tuple[str, ...]:
        """The ids of the goods that a name means, or a code such as hs:0905 or 6109.10.

        A plural or singular, and words such as "organic" before a good, are seen through.
        """
        if digits := _hs_digits(text):
            return self._of_code(digits)
        forms = list(self._forms(normal(text[:_LONGEST_WORD])))
        if tabled := self._in_table(forms):
            return tabled
        word = next(filter(None, map(self.list_names.goods.get, forms)), None)
        return () if word is None else (self.index[normal(word)],)

    def in_table(self, text: str) -> tuple[str, ...]:
        """The meanings of a name by the table of goods alone, without the words of lists."""
        return self._in_table(self._forms(normal(text[:_LONGEST_WORD])))

    def _in_table(self, forms: Iterable[str]) -> tuple[str, ...]:
        for form in forms:
            if form in self.index:
                return (self.index[form],)
            if form in self.ambiguous:
                return self.ambiguous[form]
        return ()

    def label(self, key: str) -> Message:
        """The name, in the language of who reads it."""
        names = ByLanguage(tuple(self.goods[key].names.items()))
        return message("taxonomy.good-label", name=names)

    def spellings(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The names of goods, and those that more than one good has."""
        yield from ((name, (key,)) for name, key in self.index.items())
        yield from self.ambiguous.items()

    def suggestions(self, text: str) -> tuple[str, ...]:
        """The goods named by the longest part of a text, else those that it may be misspelt for."""
        if _hs_digits(text):
            return ()
        form = normal(text[:_LONGEST_WORD])
        return self._within(form) or super().suggestions(text)

    def _within(self, form: str) -> tuple[str, ...]:
        """The goods that the longest parts of a text name: tin, of tin solder."""
        parts = form.split()
        for length in range(len(parts) - 1, 0, -1):
            windows = [parts[at : at + length] for at in range(len(parts) - length + 1)]
            forms = (form for window in windows for form in numbers(" ".join(window)))
            keys = dict.fromkeys(self.index[form] for form in forms if form in self.index)
            if keys:
                return tuple(keys)
        return ()

    def _forms(self, form: str) -> Iterator[str]:
        yield from numbers(form)
        parts = form.split()
        while len(parts) > 1 and parts[0] in self.qualifiers:
            del parts[0]
            yield from numbers(" ".join(parts))

    def _of_code(self, digits: str) -> tuple[str, ...]:
        for length in range(len(digits), 1, -1):
            if digits[:length] in self.codes:
                return (self.codes[digits[:length]],)
        return tuple(sorted({key for code, key in self.codes.items() if code.startswith(digits)}))


def _hs_digits(text: str) -> str | None:
    """The digits of an HS code; None where the text is none."""
    if not any(map(str.isdigit, text)):
        return None  # most goods are words, and need no patterns
    from imvo_scan.taxonomy.codes import hs_digits

    return hs_digits(text)


def numbers(form: str) -> Iterator[str]:
    """A form, then its plurals and singulars by the plain rules of English and Dutch."""
    yield form
    if len(form) < _SHORTEST_WORD:
        return
    yield from (form + "s", form + "es", form + "en")
    if form.endswith("y"):
        yield form[:-1] + "ies"
    for ending, other in (("ies", "y"), ("es", ""), ("s", ""), ("en", "")):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            yield form[: -len(ending)] + other

"""Sectors, and the names, titles, products and codes by which they are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imvo_scan.core.matching import NotFound, normal
from imvo_scan.core.message import message
from imvo_scan.taxonomy.goods import Goods
from imvo_scan.taxonomy.list_names import ListNames
from imvo_scan.taxonomy.name_table import NameTable

if TYPE_CHECKING:
    from imvo_scan.documents.row_types import Texts

_WORDS = re.compile(r"\D*[^\W\d]{3}")
_SHORTEST_PRODUCT = 3


@dataclass(frozen=True, eq=False, repr=False)
class Sectors(NameTable):
    """Sectors by key; `index` holds their names as compared, `codes` the prefixes of each list."""

    names: Mapping[str, Texts]
    index: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    list_names: ListNames
    goods: Callable[[], Goods]

    kind = "sector"
    advice = message("taxonomy.sector-advice")

    def meanings(self, text: str) -> tuple[str, ...]:
        """The sectors that a name, a title of NACE, a code with its list or a product means."""
        if key := self.index.get(normal(text)):
            return (key,)
        coded = self._coded(text)
        if coded is not None:
            return (coded,) if isinstance(coded, str) else ()
        if key := self.titled(text):
            return (key,)
        return self._of_product(normal(text))

    def refusal(self, text: str, keys: tuple[str, ...]) -> NotFound:
        """Why a text stands for no sector; a code says what is wrong with it."""
        coded = self._coded(text)
        return coded if isinstance(coded, NotFound) else super().refusal(text, keys)

    def label(self, key: str) -> str:
        """The key, which is also what to write."""
        return key

    def spellings(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Names in every language."""
        for index in (self.list_names.sectors.names, self.index):
            yield from ((name, (key,)) for name, key in index.items())

    def titled(self, text: str) -> str | None:
        """The sector with this very name or title; None where only a part of it names one."""
        spelt = (normal(text), *_with_and(text))
        return next(filter(None, map(self._named, spelt)), None) or self._by_beginning(spelt[0])

    def _named(self, form: str) -> str | None:
        more = self.list_names.sectors
        known = self.index.get(form) or more.names.get(form)
        return known or self._of_division(more.titles.get(form))

    def _by_beginning(self, form: str) -> str | None:
        """The sector of a title such as "growing of rice", by how it begins."""
        beginnings = self.list_names.sectors.beginnings
        starts = [start for start in beginnings if form.startswith(start)]
        return self._of_division(beginnings[max(starts, key=len)]) if starts else None

    def _of_division(self, division: str | None) -> str | None:
        sector = None if division is None else self.of_code("nace", division)
        return sector if isinstance(sector, str) else None

    def _of_product(self, form: str) -> tuple[str, ...]:
        """The sectors that make what a text names: several where it can be different goods."""
        if len(form) < _SHORTEST_PRODUCT:
            return ()
        goods = self.goods()
        keys = goods.meanings(form)
        made = tuple(dict.fromkeys(goods.goods[key].sector for key in keys))
        return made if len(keys) == 1 else self.list_names.sectors.products.get(form, made)

    def _coded(self, text: str) -> str | NotFound | None:
        """The sector of a code, or why it stands for none; None for a text that is no code."""
        from imvo_scan.taxonomy import codes  # most sectors are names, and need no patterns

        coded = codes.with_scheme(text)
        return self.of_code(*coded) if coded else codes.without_scheme(text)

    def of_code(self, scheme: str, text: str) -> str | NotFound:
        """The sector of a code in a list such as nace, cpv or hs; the longest prefix decides."""
        from imvo_scan.taxonomy import codes

        text = text.strip()
        if coded := codes.with_scheme(text):
            scheme, text = coded
        digits = codes.digits_in(scheme, text)
        if isinstance(digits, NotFound):
            return digits
        if digits is None:
            return self._of_words(scheme, text)
        table = self.codes.get(codes.table_of(scheme), {})
        for length in range(min(len(digits), codes.LONGEST_CODE), 1, -1):
            if digits[:length] in table:
                return table[digits[:length]]
        what = message("taxonomy.code-in-no-sector", scheme=scheme, text=text)
        return NotFound(what, message("taxonomy.name-the-sector"))

    def _of_words(self, scheme: str, text: str) -> str | NotFound:
        """The sector that words stand for where a code is wanted."""
        if _WORDS.match(text):
            return self.find(text)
        what = message("taxonomy.no-code-of", text=repr(text), scheme=scheme)
        return NotFound(what, message("taxonomy.write-digits"))


def _with_and(text: str) -> Iterator[str]:
    """A text with its `&` as a word."""
    if "&" in text:
        yield from (normal(text.replace("&", f" {word} ")) for word in ("and", "en", "und", "et"))

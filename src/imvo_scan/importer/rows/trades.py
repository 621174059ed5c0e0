"""What a cell says of a sector or good beyond its name: by its last words, by processes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from imvo_scan.core.matching import NotFound, normal, sentences
from imvo_scan.core.message import Text, message
from imvo_scan.taxonomy.codes import hs_digits, nace_shaped
from imvo_scan.taxonomy.goods import Goods
from imvo_scan.taxonomy.list_names import index_of
from imvo_scan.taxonomy.sectors import Sectors

_BEFORE_WORDS = re.compile(r"^[\W\d_]+|^[A-V]\s?\d+[\s:.\-]+")
_WORDS = re.compile(r"[^\W\d]{3}")
_LONGEST_ENDING = 3
_LONGEST_TITLE = 300  # letters; what is longer is no name, and may be made to cost time
T = TypeVar("T")


@dataclass(frozen=True)
class Trades:
    """What only lists write of sectors and goods. Built by `load_trades`.

    What a text means as a whole, `taxonomy` says; here is what a part of a cell says of the rest.
    """

    sectors: Sectors
    goods: Goods
    processes: Mapping[str, str]
    vague: frozenset[str]
    cache: dict[tuple[str, str], object] = field(default_factory=dict, compare=False, repr=False)

    # -- sectors -------------------------------------------------------------------------------

    def sector(self, text: str) -> str | None:
        """The sector that a cell of a sector column means."""
        return self._once("sector", text, self._sector)

    def of_code(self, scheme: str, text: str) -> str | NotFound:
        """The sector of a code in a list such as nace, cpv or hs, or of the words in its place."""
        return self._once(scheme, text, lambda cell: self._of_code(scheme, cell))

    def of_process(self, text: str) -> str | None:
        """The sector that what is done at a site points to; None where it names none."""
        return _by_ending(self.processes, normal(text))

    def _once(self, kind: str, text: str, find: Callable[[str], T]) -> T:
        key = (kind, text)
        if key not in self.cache:
            self.cache[key] = find(text)
        return self.cache[key]  # type: ignore[return-value]

    def _sector(self, text: str) -> str | None:
        text = text[:_LONGEST_TITLE]
        sectors = self._sectors(text)
        while sectors is None and (bare := _BEFORE_WORDS.sub("", text).strip()) != text:
            text = bare  # the words after a code or a number
            sectors = self._sectors(text)
        if sectors is None:
            return self._by_last_words(normal(text))
        return sectors[0] if len(sectors) == 1 else None

    def _sectors(self, text: str) -> tuple[str, ...] | None:
        """The sectors that a text or its ending means; None where it may hold something else."""
        if meanings := self.sectors.meanings(text):
            return meanings
        if nace_shaped(text):
            sector = self.of_code("nace", text)
            return (sector,) if isinstance(sector, str) else ()
        return _by_ending(self.sectors.list_names.sectors.products, normal(text))

    def _by_last_words(self, form: str) -> str | None:
        parts = form.split()
        endings = (" ".join(parts[-count:]) for count in (3, 2) if len(parts) > count)
        return next(filter(None, map(self.sectors.titled, endings)), None)

    def _of_code(self, scheme: str, text: str) -> str | NotFound:
        sector = self.sectors.of_code(scheme, text)
        if isinstance(sector, NotFound) and _WORDS.search(text):
            return self.sector(text) or sector
        return sector

    def names_sector(self, text: str) -> bool:
        """Whether a text as a whole, not by its last words, names a sector."""
        return bool(self._once("names a sector", text, self.sectors.titled))

    def suggestion(self, text: str, hint: Text = "") -> Text:
        """What a text that means no sector may have been meant as."""
        hint = hint or self.sectors.refusal(text, self.sectors.meanings(text)).hint
        or_say = message("suggestion.say-sector") if hint == Sectors.advice else ""
        return sentences(hint, or_say)

    # -- goods ---------------------------------------------------------------------------------

    def good(self, text: str) -> tuple[str | None, str | None]:
        """What a product text means: words the goods table knows, and its sector; None where not.

        A code in the shape of the Harmonized System is read as one.
        """
        return self._once("good", text, self._good)

    def names(self, text: str) -> bool:
        """Whether a text as a whole, not by its last words, names something that is made."""
        return bool(self._once("names", text, self._names))

    def _names(self, text: str) -> bool:
        products = self.sectors.list_names.sectors.products
        known = self.goods.key(text) or self.sectors.titled(text)
        return bool(known) or normal(text) in products

    def hs_good(self, text: str) -> str | None:
        """The code as the goods table knows it; None where it names no good there."""
        digits = hs_digits(f"hs:{text}")
        return f"hs:{digits}" if digits and self.goods.key(f"hs:{digits}") else None

    def _good(self, text: str) -> tuple[str | None, str | None]:
        if digits := hs_digits(text):
            sector = self.sectors.of_code("hs", digits)
            return self.hs_good(digits), sector if isinstance(sector, str) else None
        meanings = self.goods.in_table(text)
        if len(meanings) == 1:
            return text, self._made_by(text)
        if meanings:
            return text, self.sector(text)
        word = _by_ending(self.goods.list_names.goods, normal(text))
        return word, self._made_by(word) if word else self.sector(text)

    def _made_by(self, text: str) -> str | None:
        key = self.goods.key(text)
        return None if key is None else self.goods.goods[key].sector

    def good_suggestion(self, text: str) -> Text:
        """What a text that means no good may have been meant as."""
        if text.isdigit():
            return message("suggestion.number-of-article")
        return self.goods.refusal(text, ()).hint or message("suggestion.on-no-list")


def _by_ending(table: Mapping[str, T], form: str) -> T | None:
    """The entry for a text, or for its last three, two or one words."""
    return next((table[text] for text in _endings(form) if text in table), None)


def _endings(form: str) -> Iterator[str]:
    yield form
    parts = form.split()
    for count in range(min(len(parts), _LONGEST_ENDING), 0, -1):
        yield " ".join(parts[-count:])


def load_trades(sectors: Sectors) -> Trades:
    """What the table of trades says besides the names of sectors and goods."""
    table = sectors.list_names.trades
    processes = index_of(table.processes.items())
    return Trades(sectors, sectors.goods(), processes, table.vague)

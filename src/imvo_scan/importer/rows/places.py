"""Which country a cell of a list means beyond its name alone, and where an address ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from imvo_scan.core.matching import NotFound, normal
from imvo_scan.core.message import Text, message
from imvo_scan.taxonomy.countries import Countries

_OS_ID = re.compile(r"(?:osid:\s*)?([A-Z]{2})(?:19|20)\d\d[0-3]\d\d[A-Z0-9]{6}", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]]")
_JOINED = re.compile(r"[,/|:;\n]|\s[-\u2013]\s")
_CODE_LETTERS = 3
_CODES_IN_ADDRESSES = frozenset(
    {"usa", "uae", "prc", "u s a", "p r c", "u a e", "r o c", "drc", "roc", "uk", "u k"}
)
_POSTCODE = re.compile(r"\b(?:[a-z]{0,2}[\d-]{3,}|[a-z]{1,2}\d{1,2}[a-z]? ?\d[a-z]{2})\b")
_BRITISH = re.compile(r"\b([A-Z]{1,2})\d[A-Z\d]? \d[A-Z]{2}[\s.,;]*$", re.IGNORECASE)
_ISLANDS = {"JE": "JE", "GY": "GG", "IM": "IM"}
_MOST_WORDS = 7


@dataclass(frozen=True)
class Places:
    """What only lists write of countries: places in them, addresses. Built by `load_places`."""

    countries: Countries
    inside: Mapping[str, str]
    not_alone: frozenset[str]
    part_of: Mapping[str, str]
    streets: Mapping[str, frozenset[str]]
    cache: dict[str, str | NotFound] = field(default_factory=dict, compare=False, repr=False)

    def country(self, text: str) -> str | NotFound:
        """The ISO 3166-1 alpha-2 code that a cell means, or why it means none."""
        if text not in self.cache:
            self.cache[text] = self._known(text) or self._of_parts(text)
        return self.cache[text]

    def is_country(self, text: str) -> bool:
        """Whether a whole cell is the name or the code of a country, or a part of one."""
        return self._known(text) is not None

    def _of_parts(self, text: str) -> str | NotFound:
        """The country of a cell that names it twice, or a place and its country."""
        candidates = self.countries.meanings(text)
        if candidates:
            return self.countries.refusal(text, candidates)
        parts = [part for part in self._parts(text) if part]
        meant = {code for part in parts if (code := self._known(part))}
        meant -= {self.part_of[code] for code in meant if code in self.part_of}
        if len(meant) == 1:
            return meant.pop()
        if len(parts) > 1 and (last := self._known(parts[-1])) and self._looser(parts[0]):
            return last
        if len(meant) > 1:
            what = message("importer.several-countries", text=text, codes=tuple(sorted(meant)))
            return NotFound(what, message("importer.write-one-of-them"))
        return NotFound(message("taxonomy.country-unknown", text=repr(text)))

    def suggestion(self, text: str) -> Text:
        """What a text that means no country may have been meant as."""
        code = self.country(text)
        hint = code.hint if isinstance(code, NotFound) else ""
        return hint or self.countries.refusal(text, ()).hint

    def _looser(self, text: str) -> bool:
        """Whether a text is also a state or city, as Georgia is, so that what follows decides."""
        return normal(text) in self.not_alone

    def _known(self, text: str) -> str | None:
        return self.countries.key(text) or self.inside.get(normal(text))

    def _parts(self, text: str) -> list[str]:
        """The parts of a cell that may each name a country: `Georgia (United States)`."""
        between = _BRACKETS if any(sign in text for sign in "()[]") else _JOINED
        return [part.strip() for part in between.split(text)]

    def of_os_id(self, text: str) -> str | None:
        """The country that an id of Open Supply Hub begins with; None where it is no such id."""
        match = _OS_ID.fullmatch(text.strip())
        code = match[1].upper() if match else ""
        return code if code in self.countries.names else None

    # -- addresses -----------------------------------------------------------------------------

    def of_address(self, address: str) -> str | None:
        """The country an address ends in, where it is certain; None where it names none."""
        for part in self._ends(address):
            terms = normal(part).split()
            for count in range(min(len(terms), _MOST_WORDS), 0, -1):
                form = " ".join(terms[-count:])
                code = self._in_address(form)
                if code is not None and form not in self.not_alone:
                    return None if self._is_named_after(terms[:-count]) else code
        return self._of_british_postcode(address)

    def _is_named_after(self, before: Sequence[str]) -> bool:
        """Whether words before a country make it the name of a street."""
        bare = [*before]
        while bare and bare[-1] in self.streets["of"]:
            bare.pop()
        last = bare[-1] if bare else ""
        named_of = len(bare) < len(before) and last in self.streets["before_of"]
        return named_of or last in self.streets["before_a_name"]

    @staticmethod
    def _of_british_postcode(address: str) -> str | None:
        """The United Kingdom or an island beside it: no other country writes codes that way."""
        match = _BRITISH.search(address)
        return _ISLANDS.get(match[1].upper(), "GB") if match else None

    def _in_address(self, form: str) -> str | None:
        if form in self.inside:
            return self.inside[form]
        if len(form) <= _CODE_LETTERS and form not in _CODES_IN_ADDRESSES:
            return None
        if form != normal(form):  # the article before a name may be that of a street
            return None
        return self.countries.key(form)

    def _ends(self, address: str) -> Iterator[str]:
        """The last part of an address, and the one before where the last is only a postcode."""
        parts = [part for part in re.split(r"[,;\n]", address) if normal(part)]
        for part in reversed(parts[-2:]):
            plain = _POSTCODE.sub(" ", normal(part)).strip()
            if plain:
                yield plain
                return


def is_os_id(text: str) -> bool:
    """Whether a text is an id of Open Supply Hub, such as VN20200292ECB60."""
    return bool(_OS_ID.fullmatch(text.strip()))


def load_places(countries: Countries) -> Places:
    """What the table of places says besides the names of countries."""
    table = countries.list_names.places
    return Places(
        countries,
        inside=countries.list_names.parts_of_countries,
        not_alone=table.not_alone,
        part_of=table.part_of,
        streets=table.streets,
    )

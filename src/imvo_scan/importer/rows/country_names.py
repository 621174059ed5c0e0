"""Which country a text means, in the spellings of supplier lists, and where an address ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import NotFound, normal
from imvo_scan.documents.table_file import TableFile
from imvo_scan.taxonomy.taxonomy import Taxonomy

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
    """Countries by every name that lists use. Built by `load_places`."""

    taxonomy: Taxonomy
    more: Mapping[str, str]
    numeric: Mapping[str, str]
    inside: Mapping[str, str]
    not_alone: frozenset[str]
    part_of: Mapping[str, str]
    streets: Mapping[str, frozenset[str]]
    cache: dict[str, str | NotFound] = field(default_factory=dict, compare=False, repr=False)

    def country(self, text: str) -> str | NotFound:
        """The ISO 3166-1 alpha-2 code that a cell means, or why it means none."""
        found = self.cache.get(text)
        if found is None:
            found = self.cache[text] = self._country(text)
        return found

    def is_country(self, text: str) -> bool:
        """Whether a whole cell is the name or the code of a country."""
        return self._known(text) is not None or text.strip() in self.numeric

    def _country(self, text: str) -> str | NotFound:
        known = self._known(text) or self.numeric.get(text.strip())
        if known is not None:
            return known
        if normal(text) in self.taxonomy.ambiguous_countries:
            return self.taxonomy.country(text)
        return self._of_parts(text)

    def _of_parts(self, text: str) -> str | NotFound:
        """The country of a cell that names it twice, or a place and its country."""
        parts = [part for part in self._parts(text) if part]
        meant = {code for part in parts if (code := self._known(part))}
        meant -= {self.part_of[code] for code in meant if code in self.part_of}
        if len(meant) == 1:
            return meant.pop()
        if len(parts) > 1 and (last := self._known(parts[-1])) and self._looser(parts[0]):
            return last
        if len(meant) > 1:
            codes = ", ".join(sorted(meant))
            return NotFound(f"{text!r} names more than one country ({codes})", "Write one of them.")
        return NotFound(f"{text!r} is not a country that this list knows")

    def suggestion(self, text: str) -> str:
        """What a text that means no country may have been meant as."""
        found = self.country(text)
        hint = found.hint if isinstance(found, NotFound) else ""
        if len(text) < _CODE_LETTERS:
            return hint or "Write a name or an ISO code such as BD."
        again = self.taxonomy.country(text)
        return hint or (again.hint if isinstance(again, NotFound) else "")

    def _looser(self, text: str) -> bool:
        """Whether a text is also a state or city, as Georgia is, so that what follows decides."""
        return normal(text) in self.not_alone

    def _known(self, text: str) -> str | None:
        form = normal(text)
        return self.taxonomy.country_names.get(form) or self.more.get(form) or self.inside.get(form)

    def _parts(self, text: str) -> list[str]:
        """The parts of a cell that may each name a country: `Georgia (United States)`."""
        between = _BRACKETS if any(sign in text for sign in "()[]") else _JOINED
        return [part.strip() for part in between.split(text)]

    def of_os_id(self, text: str) -> str | None:
        """The country that an id of Open Supply Hub begins with; None where it is no such id."""
        found = _OS_ID.fullmatch(text.strip())
        code = found[1].upper() if found else ""
        return code if code in self.taxonomy.countries else None

    # -- addresses -----------------------------------------------------------------------------

    def of_address(self, address: str) -> str | None:
        """The country an address ends in, where it is certain; None where it names none."""
        for part in self._ends(address):
            words = normal(part).split()
            for count in range(min(len(words), _MOST_WORDS), 0, -1):
                form = " ".join(words[-count:])
                code = self._in_address(form)
                if code is not None and form not in self.not_alone:
                    return None if self._is_named_after(words[:-count]) else code
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
        found = _BRITISH.search(address)
        return _ISLANDS.get(found[1].upper(), "GB") if found else None

    def _in_address(self, form: str) -> str | None:
        if form in self.inside:
            return self.inside[form]
        if len(form) <= _CODE_LETTERS and form not in _CODES_IN_ADDRESSES:
            return None
        return self.taxonomy.country_names.get(form) or self.more.get(form)

    def _ends(self, address: str) -> Iterator[str]:
        """The last part of an address, and the one before where the last is only a postcode."""
        parts = [part for part in re.split(r"[,;\n]", address) if normal(part)]
        for part in reversed(parts[-2:]):
            plain = _POSTCODE.sub(" ", normal(part)).strip()
            if plain:
                yield plain
                return

    def name(self, code: str) -> str:
        """The English name of a country with its code."""
        return f"{self.taxonomy.country_name(code)} ({code})"


def is_os_id(text: str) -> bool:
    """Whether a text is an id of Open Supply Hub, such as VN20200292ECB60."""
    return bool(_OS_ID.fullmatch(text.strip()))


def load_places(directory: Folder, taxonomy: Taxonomy) -> Places:
    """Read the names from the folder of spreadsheet tables."""
    more: dict[str, str] = {}
    numeric: dict[str, str] = {}
    for code, entry in TableFile(directory / "country_names.yaml").root.items():
        if entry.get("numeric"):
            numeric[entry["numeric"]] = code
        more.update((normal(name), code) for name in entry.get("names") or ())
    table = TableFile(directory / "places.yaml").root
    more.update((normal(name), code) for code, names in table["names"].items() for name in names)
    streets = {kind: frozenset(words_) for kind, words_ in table["streets"].items()}
    inside = {normal(name): code for code, names in table["inside"].items() for name in names}
    return Places(
        taxonomy,
        more,
        numeric,
        inside,
        frozenset(table["not_alone"]),
        table["part_of"],
        streets,
    )

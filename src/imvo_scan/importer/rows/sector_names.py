"""Which sector and which goods a cell means: words, codes and product types of supplier lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import NotFound, normal
from imvo_scan.documents.table_file import TableFile
from imvo_scan.evidence.goods import Ambiguous, Good, GoodsTable
from imvo_scan.taxonomy.taxonomy import Taxonomy

CODE_FIELDS = ("nace2.1", "nace", "sbi", "isic", "naics", "cpv", "hs", "unspsc")
_LETTER = re.compile(r"(?:section|sectie|abschnitt)?\s*[A-V]", re.IGNORECASE)
_LETTERED = re.compile(r"[A-V]\s?[-.]?\s?(?=\d)", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d.\s]*\d|\d")
_SCHEME = re.compile(
    r"(nace2\.1|nace|isic|sbi|cpv|hs|cn|gn|naics|unspsc)"
    r"(?:\s*+(?:rev\.?\s*+)?(?:2\.1|2(?=[\s:])|4(?=[\s:])))?"
    r"(?:\s++:?+|:)\s*+([A-V]?\s?\d++(?!\w)(?:[.\s\-]++\d++(?!\w))*+)(?:\W.*)?",
    re.IGNORECASE,
)
_NACE_SHAPED = re.compile(r"[A-U]\s?\d{2}(?:\.\d{1,2})*|\d{2}\.\d{1,2}(?:\.\d{1,2})?")
_BARE_CODE = re.compile(r"[A-V]?\d{2,8}(?:[.\-]\d+)*", re.IGNORECASE)
_HS_SHAPED = re.compile(r"\d{4}\.\d{2}(?:[.\s]?\d{2})*|\d{4}(?:\s\d{2})+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FULL_LENGTH = {"cpv": (8,), "hs": (4, 6, 8, 10), "unspsc": (8,)}
_SAME_LIST = {"cn": "hs", "gn": "hs", "sbi": "nace"}
_LONGEST_ENDING = 3
T = TypeVar("T")


@dataclass(frozen=True)
class Trades:
    """Sectors and goods by the words and codes of lists. Built by `load_trades`."""

    taxonomy: Taxonomy
    goods: GoodsTable
    sectors: Mapping[str, str]
    made: Mapping[str, str]
    goods_words: Mapping[str, str]
    processes: Mapping[str, str]
    beginnings: Mapping[str, str]
    vague: frozenset[str]
    cache: dict[tuple[str, str], object] = field(default_factory=dict, compare=False, repr=False)

    # -- sectors -------------------------------------------------------------------------------

    def sector(self, text: str) -> str | NotFound:
        """The sector that a cell of a sector column means."""
        return self._once("sector", text, self._sector)

    def of_code(self, scheme: str, text: str) -> str | NotFound:
        """The sector of a code in a list such as nace, cpv or hs; the longest prefix decides."""
        return self._once(scheme, text, lambda cell: self._of_code(scheme, cell))

    def of_process(self, text: str) -> str | None:
        """The sector that what is done at a site points to; None where it names none."""
        return self._ending(self.processes, normal(text))

    def _once(self, kind: str, text: str, find: Callable[[str], T]) -> T:
        key = (kind, text)
        if key not in self.cache:
            self.cache[key] = find(text)
        return self.cache[key]  # type: ignore[return-value]

    def _sector(self, text: str) -> str | NotFound:
        if _LETTER.fullmatch(text.strip()):
            return _section_letter(text)
        if coded := _SCHEME.fullmatch(text.strip()):
            return self.of_code(_edition(coded[1], text), coded[2])
        form = normal(text)
        if known := self._named(text):
            return known
        if made := self._made(form):
            return made
        return self._of_a_bare_code(text) or self._of_the_rest(text, form)

    def _named(self, text: str) -> str | None:
        """The sector with this very name or title; None where only a part of it names one."""
        spelt = (normal(text), *_with_and(text))
        known = next(
            (k for t in spelt if (k := self.taxonomy.sector_names.get(t) or self.sectors.get(t))),
            None,
        )
        return known or self._by_beginning(spelt[0])

    def _by_beginning(self, form: str) -> str | None:
        """The sector of a title such as "growing of rice", by how it begins."""
        found = [start for start in self.beginnings if form.startswith(start)]
        return self.beginnings[max(found, key=len)] if found else None

    def names_sector(self, text: str) -> bool:
        """Whether a text as a whole, not by its last words, names a sector."""
        return bool(self._once("names a sector", text, self._named))

    def _of_a_bare_code(self, text: str) -> str | NotFound | None:
        if nace_shaped(text):
            return self.of_code("nace", text)
        if _BARE_CODE.fullmatch(text.strip()):
            what = f"{text!r} is a code, and the column does not say of which list"
            return NotFound(
                what, "Say which: --map nace=HEADER, or isic, sbi, naics, cpv, hs, unspsc."
            )
        return None

    def _of_the_rest(self, text: str, form: str) -> str | NotFound:
        """A sector by the words after a code, or by the last words."""
        bare = re.sub(r"^[\W\d_]+|^[A-V]\s?\d+[\s:.\-]+", "", text).strip()
        if bare and bare != text:
            return self._sector(bare)
        return self._by_last_words(form) or NotFound(f"{text!r} is not a sector")

    def _by_last_words(self, form: str) -> str | None:
        words = form.split()
        endings = (" ".join(words[-count:]) for count in (3, 2) if len(words) > count)
        return next((self.sectors[text] for text in endings if text in self.sectors), None)

    def suggestion(self, text: str, hint: str = "") -> str:
        """What a text that means no sector may have been meant as."""
        from rapidfuzz import fuzz, process

        choices = [*self.taxonomy.sector_names, *self.sectors]
        best = process.extractOne(normal(text), choices, scorer=fuzz.ratio, score_cutoff=80)
        if hint or best is None:
            return (
                hint or "Give its sector or code in the list, or say --sector for the whole file."
            )
        key = self.taxonomy.sector_names.get(best[0]) or self.sectors[best[0]]
        return f'Did you mean "{best[0]}" ({key})?'

    def good_suggestion(self, text: str) -> str:
        """What a text that means no good may have been meant as."""
        if text.isdigit():
            return "A number of an article? Where it is an HS code, say --map hs=HEADER."
        found = self.goods.find(text)
        near = getattr(found, "suggestion", "")
        return f'Did you mean "{near}"?' if near else "It is on no list of goods at risk."

    def _of_code(self, scheme: str, text: str) -> str | NotFound:
        text = text.strip()
        if _LETTER.fullmatch(text):
            return _section_letter(text)
        if coded := _SCHEME.fullmatch(text):
            scheme, text = _edition(coded[1], text), coded[2].strip()
        if _DATE.match(text):
            return NotFound(f"{text!r} is a date", "Format the column as text: 14.13 became a day.")
        found = _DIGITS.match(_LETTERED.sub("", text, count=1))
        if found is None:
            known = self.sector(text) if re.search(r"[^\W\d]{3}", text) else None
            return known or NotFound(f"{text!r} is no code of {scheme}", "Write its digits.")
        return self.taxonomy.sector(f"{_SAME_LIST.get(scheme, scheme)}:{_whole(scheme, found[0])}")

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
        form = normal(text)
        known = form in self.goods_words or form in self.made or form in self.sectors
        return (
            known or form in self.taxonomy.sector_names or isinstance(self.goods.find(text), Good)
        )

    def hs_good(self, text: str) -> str | None:
        """The code as the goods table knows it; None where it names no good there."""
        digits = _whole("hs", text)
        return f"hs:{digits}" if isinstance(self.goods.find(f"hs:{digits}"), Good) else None

    def _good(self, text: str) -> tuple[str | None, str | None]:
        if _HS_SHAPED.fullmatch(text) or text.casefold().startswith(("hs:", "hs ", "cn ")):
            digits = _whole("hs", re.sub(r"[^\d.]", "", text))
            sector = self.taxonomy.sector(f"hs:{digits}")
            return self.hs_good(digits), sector if isinstance(sector, str) else None
        known = self.goods.find(text)
        if isinstance(known, Good):
            return text, known.sector
        form = normal(text)
        if isinstance(known, Ambiguous):
            sector = self.sector(text)
            return text, sector if isinstance(sector, str) else None
        word = self._ending(self.goods_words, form)
        if word is not None:
            return word, self._sector_of_good(word)
        sector = self.sector(text)
        return None, sector if isinstance(sector, str) else None

    def _sector_of_good(self, word: str) -> str | None:
        known = self.goods.find(word)
        return known.sector if isinstance(known, Good) else None

    def _made(self, form: str) -> str | None:
        good = self.goods.find(form) if len(form) > 2 else None  # noqa: PLR2004 - a word
        return good.sector if isinstance(good, Good) else self._ending(self.made, form)

    @staticmethod
    def _ending(table: Mapping[str, str], form: str) -> str | None:
        """The entry for a text, or for its last three, two or one words."""
        words = form.split()
        endings = (
            " ".join(words[-count:]) for count in range(min(len(words), _LONGEST_ENDING), 0, -1)
        )
        return next((table[text] for text in (form, *endings) if text in table), None)


def _with_and(text: str) -> Iterator[str]:
    """A text with its `&` as a word."""
    if "&" in text:
        yield from (normal(text.replace("&", f" {word} ")) for word in ("and", "en", "und", "et"))


def _section_letter(text: str) -> NotFound:
    what = f"{text!r} is a section letter, and those moved between editions"
    return NotFound(what, "Give at least the two-digit division, such as nace:14.")


def _edition(scheme: str, text: str) -> str:
    return "nace2.1" if scheme.casefold() == "nace" and "2.1" in text[:14] else scheme.casefold()


def _whole(scheme: str, code: str) -> str:
    """A code with the zero that a spreadsheet took off its front put back."""
    if scheme in {"nace", "nace2.1", "sbi", "isic"} and re.match(r"\d\.\d", code):
        return f"0{code}"
    digits = re.sub(r"\D", "", code)
    if scheme == "hs" and len(digits) % 2:
        return f"0{digits}"
    lengths = _FULL_LENGTH.get(scheme, ())
    if lengths and "." not in code and len(digits) + 1 in lengths and len(digits) not in lengths:
        return f"0{digits}"
    return digits


def load_trades(directory: Folder, taxonomy: Taxonomy, goods: GoodsTable) -> Trades:
    """Read the words from the folder of spreadsheet tables."""
    table = TableFile(directory / "trade_words.yaml").root
    titles = TableFile(directory / "titles.yaml").root
    divisions = _sectors_of(
        ((code, [title]) for code, title in titles["divisions"].items()), taxonomy
    )
    return Trades(
        taxonomy=taxonomy,
        goods=goods,
        sectors={**divisions, **_index(table["sectors"])},
        beginnings=_sectors_of(titles["beginnings"].items(), taxonomy),
        vague=frozenset(table["vague"]),
        made=_index(table["products"]),
        goods_words=_index(table["goods"]),
        processes=_index(table["processes"]),
    )


def _sectors_of(groups: Iterable[tuple[str, Iterable[str]]], taxonomy: Taxonomy) -> dict[str, str]:
    """Text -> sector, for texts that belong to a code of NACE."""
    found = {
        normal(text): taxonomy.sector(f"nace:{code}") for code, texts in groups for text in texts
    }
    return {text: sector for text, sector in found.items() if isinstance(sector, str)}


def _index(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for key, texts in groups.items():
        for text in texts:
            index.setdefault(normal(text), key)
    return index


def nace_shaped(text: str) -> bool:
    """Whether a text has the shape of a NACE code: `14.13`, `C14`."""
    return bool(_NACE_SHAPED.fullmatch(text.strip()))

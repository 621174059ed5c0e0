"""Goods that are listed for a risk where they come from, and the words they are known by.

A listing says that a risk is widespread for a good in a country (METHOD 3). It says nothing of one
supplier, and a good that is on no list is not therefore safe: nothing here ever lowers a level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from imvo_scan.table_file import Place, TableFile
from imvo_scan.vocabulary import Language, Risk
from imvo_scan.words import normal

GOODS_FILE = "goods.yaml"
GOODS_RISKS_FILE = "goods_risks.yaml"

EVERY_REGION = "every region"

_PLAIN = re.compile(r"(?!the |de )[a-z0-9]+(?: [a-z0-9]+)*")
_HS = re.compile(r"\s*hs\s*:\s*([\d.\s]*)", re.IGNORECASE)
_ENTRY = re.compile(r"([a-z-]+)(?: \(([^()]*)\))?")
_DETAIL = re.compile(r"(removed) (\d{4})|(via) ([a-z0-9-]+) ([A-Z]{2})|([a-z0-9-]+)")
_REGION_WORDS = re.compile(
    r"\b(?:autonomous|province|provincie|state|region|regio|department|departement|oblast|district"
    r"|and|en|of)\b"
)
_RISKS = {risk.value: risk for risk in Risk}
_PLURALS = ("cattle", "sheep", "cereal grains")
_SHORTEST_WORD = 3
_LONGEST_WORD = 80
_HS_CHAPTER = 2
_ALIKE_ENOUGH = 80  # percent; lower, and paper would be poppies
_NAMED_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class Listing:
    """A good listed for a risk in a country.

    `good` and `country` are keys of the tables. `via` names the input that the listing comes from
    ("cobalt-ore from CD"), `region` the part of the country it is about, `removed` the edition that
    dropped it; a removed listing is shown and never counts.
    """

    good: str
    country: str
    risk: Risk
    edition: str
    source: str
    aggravators: tuple[str, ...] = ()
    via: str = ""
    region: str = ""
    removed: str = ""
    note: str = ""
    names: tuple[str, str] = ("", "")
    sentence: str = ""

    @property
    def said(self) -> str:
        """One plain sentence in English, and what to know about it."""
        first = self.sentence or f"{self.good} from {self.country} is listed for {self.risk}."
        return f"{first} {self.note}".strip()

    def label(self, language: Language) -> str:
        """The name of the good, short."""
        return _lower(self.names[language is Language.DUTCH]) or self.good


@dataclass(frozen=True, slots=True)
class GoodsAnswer:
    """What the tables say of the goods of a site: listings that count, and remarks."""

    listings: tuple[Listing, ...] = ()
    notices: tuple[str, ...] = ()


NO_GOODS = GoodsAnswer()


@dataclass(frozen=True, slots=True)
class Good:
    """A good, what wider goods it is one of, and what it is usually made from (all by id)."""

    id: str
    names: Mapping[Language, str]
    sector: str
    listed_as: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    kind_of: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The English name."""
        return self.names[Language.ENGLISH]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text that can be more than one good; `candidates` are their ids."""

    text: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A text that is no good of the table; `suggestion` is the nearest name, or empty."""

    text: str
    suggestion: str = ""


Found: TypeAlias = Good | Ambiguous | Unknown


@dataclass(frozen=True, slots=True)
class SourceList:
    """What a list is called in a sentence, and its edition."""

    id: str
    name: str
    edition: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One risk of one good x country row of a list, as it stands in the table."""

    source: SourceList
    risk: Risk
    aggravators: tuple[str, ...] = ()
    removed: str = ""
    via: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Areas:
    """A list of areas: the goods it is about, and per country the listed regions.

    A region is its ISO 3166-2 code and its names; a country without regions is listed as a whole.
    """

    source: SourceList
    risk: Risk
    goods: frozenset[str]
    countries: Mapping[str, tuple[tuple[str, ...], ...]]
    judgement: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True)
class GoodsTable:
    """Goods by name and code, and where they are listed. Built by `load_goods`."""

    goods: Mapping[str, Good]
    names: Mapping[str, str]
    codes: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    qualifiers: frozenset[str]
    entries: Mapping[str, Mapping[str, Sequence[Entry]]]
    areas: tuple[Areas, ...]
    countries: Mapping[str, str]
    unplaced: Mapping[str, SourceList] = field(default_factory=dict)

    # -- finding a good ------------------------------------------------------------------------

    def find(self, text: str) -> Found:
        """The good a text means: a name or alias in English or Dutch, or a code such as hs:0905.

        A plural or singular, and words such as "organic" before a good, are seen through. A text
        that means more than one good is `Ambiguous`; one that means none is `Unknown`.
        """
        code = _HS.fullmatch(text)
        if code:
            return self._by_code(text, re.sub(r"\D", "", code[1]))
        form = normal(text[:_LONGEST_WORD])
        for candidate in self._forms(form):
            key = self.names.get(candidate)
            if key is not None:
                return self.goods[key]
            if candidate in self.ambiguous:
                return Ambiguous(text, self.ambiguous[candidate])
        return Unknown(text, self._suggest(form))

    def _forms(self, form: str) -> Iterator[str]:
        yield from _numbers(form)
        words = form.split()
        while len(words) > 1 and self._qualifies(words):
            yield from _numbers(" ".join(words))

    def _qualifies(self, words: list[str]) -> bool:
        """Take a word such as "organic" off the front; False where there is none."""
        if words[0] not in self.qualifiers:
            return False
        del words[0]
        return True

    def _by_code(self, text: str, digits: str) -> Found:
        for length in range(len(digits), _HS_CHAPTER - 1, -1):
            key = self.codes.get(digits[:length])
            if key is not None:
                return self.goods[key]
        if len(digits) < _HS_CHAPTER:
            return Unknown(text)
        below = {key for code, key in self.codes.items() if code.startswith(digits)}
        return Ambiguous(text, tuple(sorted(below))) if below else Unknown(text)

    def _suggest(self, form: str) -> str:
        key = self._near(form) if len(form) >= _SHORTEST_WORD else None
        return "" if key is None else self.goods[key].name

    @cached_property
    def _near(self) -> Callable[[str], str | None]:
        """The good nearest to a text; kept, because lists repeat the words that they get wrong."""
        return lru_cache(maxsize=2048)(self._nearest)

    def _nearest(self, form: str) -> str | None:
        words = form.split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length, -1, -1):
                part = " ".join(words[start : start + length])
                keys = (self.names.get(one) for one in _numbers(part))
                key = next(filter(None, keys), None)
                if key is not None:
                    return key
        return self._misspelt(form)

    def _misspelt(self, form: str) -> str | None:
        from rapidfuzz import fuzz, process

        best = process.extractOne(
            form, self.names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE_ENOUGH
        )
        return None if best is None else self.names[best[0]]

    # -- what is listed ------------------------------------------------------------------------

    def listings(self, good: str, country: str | None = None) -> tuple[Listing, ...]:
        """All that the lists say of a good by id, removed listings too; areas as a whole."""
        rows = self.entries.get(good, {})
        chosen = rows if country is None else [country] if country in rows else ()
        own = [self.listing_of(good, code, entry) for code in chosen for entry in rows[code]]
        for areas in self.areas:
            if good in areas.goods:
                codes = areas.countries if country is None else (country,)
                own += [
                    self.area_listing(areas, good, code, areas.countries[code])
                    for code in codes
                    if code in areas.countries
                ]
        return tuple(own)

    def listed_in(self, good: str) -> tuple[str, ...]:
        """The countries where a good is listed and the listing counts, in order of code."""
        rows = self.entries.get(good, {})
        counting = {c for c, entries in rows.items() if any(not e.removed for e in entries)}
        for areas in self.areas:
            counting |= set(areas.countries) if good in areas.goods else set()
        return tuple(sorted(counting))

    def assess(
        self,
        goods: tuple[str, ...],
        country: str | None,
        region: str | None = None,
        made_with: tuple[tuple[str, str | None], ...] = (),
    ) -> GoodsAnswer:
        """What counts for a site that makes or sells `goods` in a country (METHOD 3).

        `made_with` holds inputs with the code of their country, None where not known. Whatever
        could not be matched is a notice; nothing passes in silence.
        """
        visit = _Visit(self, country, region)
        visit.inputs(made_with)
        for text in goods:
            visit.good(text)
        return GoodsAnswer(tuple(visit.listings.values()), tuple(dict.fromkeys(visit.notices)))

    def wider(self, good: Good) -> tuple[Good, ...]:
        """The good itself, then every good that it is a kind of."""
        out = {good.id: good}
        todo = list(good.kind_of)
        while todo:
            one = self.goods[todo.pop(0)]
            out.setdefault(one.id, one)
            todo += one.kind_of
        return tuple(out.values())

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """The goods that are a kind of each good, through all steps."""
        out: dict[str, tuple[str, ...]] = {}
        for good in self.goods.values():
            for one in self.wider(good)[1:]:
                out[one.id] = (*out.get(one.id, ()), good.id)
        return out

    def ingredients(self, good: Good) -> tuple[Good, ...]:
        """What a good is usually made from, through all steps, as far as it is listed anywhere."""
        seen: dict[str, None] = {}
        todo = [key for one in self.wider(good) for key in one.made_from]
        while todo:
            key = todo.pop(0)
            if key not in seen:
                seen[key] = None
                todo += [deep for one in self.wider(self.goods[key]) for deep in one.made_from]
        return tuple(self.goods[key] for key in seen if self.listed_in(key))

    def country_name(self, code: str) -> str:
        """The English name of a country that is on a list; the code for any other."""
        return self.countries.get(code, code)

    # -- making listings -----------------------------------------------------------------------

    def listing_of(self, good: str, country: str, entry: Entry) -> Listing:
        """One row of a list as a listing."""
        names = self.goods[good].names
        name = names[Language.ENGLISH]
        return Listing(
            good=good,
            country=country,
            risk=entry.risk,
            edition=entry.source.edition,
            source=entry.source.id,
            aggravators=entry.aggravators,
            via=f"{entry.via[0]} from {entry.via[1]}" if entry.via else "",
            removed=entry.removed,
            note=f"The reason is {self.name_from(*entry.via)}." if entry.via else "",
            names=(name, names[Language.DUTCH]),
            sentence=f"{name} from {self.country_name(country)} {_on_list(name, entry)}.",
        )

    def area_listing(
        self, areas: Areas, good: str, country: str, regions: Sequence[tuple[str, ...]]
    ) -> Listing:
        """The listing of a good in a listed area; without regions, in the whole country."""
        where = _some(region[1] for region in regions)
        note = f"Only for {where}." if where else ""
        note = " ".join(filter(None, (note, areas.judgement.get(good), areas.note)))
        listing = self.listing_of(good, country, Entry(areas.source, areas.risk))
        return replace(listing, region=where, note=note)

    def name_from(self, good: str, country: str) -> str:
        """Such as "cocoa from Ghana", for inside a sentence."""
        return f"{_lower(self.goods[good].name)} from {self.country_name(country)}"


class _Visit:
    """One site while its goods are looked up: the listings that count so far, and the remarks."""

    def __init__(self, table: GoodsTable, country: str | None, region: str | None) -> None:
        self.table = table
        self.country = country
        self.region = region
        self.listings: dict[tuple[str, Risk, str, str], Listing] = {}
        self.told: set[tuple[str, Risk, str, str]] = set()
        self.notices: list[str] = []
        self.known_inputs: set[str] = set()

    def add(self, listing: Listing, kind: str, via: str = "", note: str = "") -> None:
        """Keep a listing that counts: the most precise for each list and risk, and each once."""
        key = (listing.source, listing.risk, kind, via or listing.via)
        told = (listing.source, listing.risk, listing.good, via or listing.via)
        if key not in self.listings and told not in self.told:
            self.told.add(told)
            self.listings[key] = _with(listing, via, note) if via or note else listing

    def resolve(self, text: str) -> Good | None:
        """The good a text means; a remark where it means none, or more than one."""
        found = self.table.find(text)
        if isinstance(found, Good):
            return found
        self.notices.append(self._not_found(found))
        return None

    def _not_found(self, found: Ambiguous | Unknown) -> str:
        if isinstance(found, Ambiguous):
            choices = _some(self.table.goods[key].name for key in found.candidates)
            return f"{found.text!r} can be more than one good. Write one of: {choices}."
        hint = f' Did you mean "{found.suggestion}"?' if found.suggestion else ""
        return f"{found.text!r} is not a good that this list knows: no listing was looked up.{hint}"

    # -- inputs --------------------------------------------------------------------------------

    def inputs(self, made_with: Iterable[tuple[str, str | None]]) -> None:
        """Count the listings of what the goods are made with."""
        for text, country in made_with:
            good = self.resolve(text)
            if good is None:
                continue
            if country is None:
                self._no_origin(good)
                continue
            self.known_inputs |= {one.id for one in self.table.wider(good)}
            via = f"{good.id} from {country}"
            note = f"The goods of this site are made with {self.table.name_from(good.id, country)}."
            for listing, _ in self._matches(good, country, None):
                self.add(listing, good.id, via=via, note=note)

    def _no_origin(self, good: Good) -> None:
        listed = {code for one in self.table.wider(good) for code in self.table.listed_in(one.id)}
        if listed:
            self.notices.append(
                f"{good.name} is listed in {_countries(len(listed))}, and no country is given for"
                " it: the listing cannot be matched."
            )

    # -- goods ---------------------------------------------------------------------------------

    def good(self, text: str) -> None:
        """Count the listings of one good of the site."""
        good = self.resolve(text)
        if good is None:
            return
        if self.country is None:
            self._no_origin(good)
        else:
            for listing, note in self._matches(good, self.country, self.region):
                self.add(listing, good.id, note=note)
            self._removed(good, self.country)
            self._narrower(good, self.country)
        self._added(good)
        self._ingredients(good)

    def _matches(
        self, good: Good, country: str, region: str | None
    ) -> Iterator[tuple[Listing, str]]:
        """The listings that count for a good and the wider goods that it is one of."""
        for one in self.table.wider(good):
            note = "" if one is good else f"{good.name} {_counts(good.name)} as {_lower(one.name)}."
            for entry in self.table.entries.get(one.id, {}).get(country, ()):
                if not entry.removed:
                    yield self.table.listing_of(one.id, country, entry), note
            for areas in self.table.areas:
                listing = self._in_area(areas, one.id, country, region)
                if listing is not None:
                    yield listing, note

    def _in_area(self, areas: Areas, good: str, country: str, region: str | None) -> Listing | None:
        """The listing of an area; None, with a remark, for a region that is not in the list."""
        regions = areas.countries.get(country)
        if regions is None or good not in areas.goods:
            return None
        if not regions or region is None:
            listing = self.table.area_listing(areas, good, country, regions)
            ask = "The region of the site is not given, so it counts; give the region."
            return _with(listing, "", ask) if regions else listing
        matching = [one for one in regions if _same_region(region, one)]
        if matching:
            return self.table.area_listing(areas, good, country, matching)
        where = _some(one[1] for one in regions)
        self.notices.append(
            f"{areas.source.name[:1].upper()}{areas.source.name[1:]} covers"
            f" {self.table.name_from(good, country)} only in {where}: {region!r} is not counted."
        )
        return None

    def _removed(self, good: Good, country: str) -> None:
        for entry in self.table.entries.get(good.id, {}).get(country, ()):
            if entry.removed:
                said = self.table.listing_of(good.id, country, entry).said
                self.notices.append(f"{said} It no longer counts.")

    def _narrower(self, good: Good, country: str) -> None:
        """Say where only a narrower good is listed, so that the site can be made precise."""
        own = {listing.risk for listing, _ in self._quiet(good, country)}
        only = [
            _lower(self.table.goods[key].name)
            for key in self.table.narrower.get(good.id, ())
            for entry in self.table.entries.get(key, {}).get(country, ())
            if not entry.removed and entry.risk not in own
        ]
        if only:
            self.notices.append(
                f"{good.name}: from {self.table.country_name(country)} the lists name"
                f" {_some(only)}. If that is what is made here, write it."
            )

    def _quiet(self, good: Good, country: str) -> list[tuple[Listing, str]]:
        """The matches once more, without their remarks."""
        kept = len(self.notices)
        found = list(self._matches(good, country, self.region))
        del self.notices[kept:]
        return found

    def _added(self, good: Good) -> None:
        source = self.table.unplaced.get(good.id)
        if source is not None:
            self.notices.append(
                f"{good.name} came onto {source.name} in the {source.edition} edition; for which"
                " country is not known here."
            )

    def _ingredients(self, good: Good) -> None:
        """Name the inputs whose origin is not known (METHOD 3: unknown is never low)."""
        told = self.known_inputs | {
            listing.via.split()[0] for listing in self.listings.values() if listing.via
        }
        open_ = [one for one in self.table.ingredients(good) if one.id not in told]
        if open_:
            inputs = _some(self._how_widely(one) for one in open_)
            self.notices.append(
                f"{good.name} can be made from goods that are listed: {inputs}. Say where they"
                " come from with made_with."
            )

    def _how_widely(self, good: Good) -> str:
        listed = self.table.listed_in(good.id)
        here = (
            f", {self.table.country_name(str(self.country))} too" if self.country in listed else ""
        )
        return f"{_lower(good.name)} ({_countries(len(listed))}{here})"


# -- small words ----------------------------------------------------------------------------------


def _numbers(form: str) -> Iterator[str]:
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


def _plural(name: str) -> bool:
    last = name.lower()
    return last in _PLURALS or (last.endswith("s") and not last.endswith("ss"))


def _on_list(name: str, entry: Entry) -> str:
    """What follows a good and its country: on which list, for what, in which edition."""
    source, many = entry.source, _plural(name)
    risk = f" for {entry.risk.value.replace('-', ' ')}"
    if entry.risk is Risk.HUMAN_RIGHTS:
        risk = ", which counts for human rights"
    if entry.removed:
        until = f"until the {entry.removed} edition"
        return f"{'were' if many else 'was'} on {source.name}{risk} {until}"
    return f"{'are' if many else 'is'} on {source.name}{risk} ({source.edition} edition)"


def _counts(name: str) -> str:
    return "count" if _plural(name) else "counts"


def _lower(name: str) -> str:
    """A name inside a sentence: PVC and T-shirts stay as they are."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _countries(count: int) -> str:
    return "1 country" if count == 1 else f"{count} countries"


def _some(names: Iterable[str]) -> str:
    """A list for people, cut where it grows long."""
    all_ = list(dict.fromkeys(names))
    more = len(all_) - _NAMED_AT_MOST
    return ", ".join(all_[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _with(listing: Listing, via: str, note: str) -> Listing:
    return replace(listing, via=via or listing.via, note=f"{listing.note} {note}".strip())


def _same_region(text: str, region: tuple[str, ...]) -> bool:
    """Whether a region as written is one of the names, or the code, of a listed region."""
    wanted = {_region_form(name) for name in region}
    return any(_region_form(part) in wanted for part in (text, *text.split(",")))


@lru_cache(maxsize=1024)
def _region_form(text: str) -> str:
    return " ".join(_REGION_WORDS.sub(" ", normal(text)).split())


# -- reading the tables ---------------------------------------------------------------------------


def load_goods(directory: Path) -> GoodsTable:
    """Read the goods and their listings. Raises `EvidenceError` or `YamlError` with lines."""
    table = TableFile(directory / GOODS_FILE)
    goods, names, codes = _goods(table)
    ambiguous = _ambiguous(table, goods, names)
    qualifiers = frozenset(table.texts(("qualifiers",), table.root.get("qualifiers")))
    table.check()
    risks = _RisksFile(TableFile(directory / GOODS_RISKS_FILE), goods)
    entries, areas, unplaced = risks.entries(), risks.areas(), risks.unplaced()
    risks.table.check()
    return GoodsTable(
        goods=goods,
        names=names,
        codes=codes,
        ambiguous=ambiguous,
        qualifiers=qualifiers,
        entries=entries,
        areas=areas,
        countries=risks.countries,
        unplaced=unplaced,
    )


def _form(text: str) -> str:
    """The normal form; most texts in the table have it but for their capitals."""
    small = text.lower()
    return small if _PLAIN.fullmatch(small) else normal(text)


def _goods(table: TableFile) -> tuple[dict[str, Good], dict[str, str], dict[str, str]]:
    goods: dict[str, Good] = {}
    names: dict[str, str] = {}
    codes: dict[str, str] = {}
    for key, value in table.group(("goods",), table.root.get("goods")).items():
        place: Place = ("goods", key)
        entry = table.group(place, value)
        good = goods[key] = _good(table, place, key, entry)
        aliases = table.texts(place, entry.get("aliases"))
        for text in (key, *good.names.values(), *good.listed_as, *aliases):
            _claim(table, place, names, _form(text), key)
        for code in good.hs:
            _claim(table, place, codes, code, key)
    for key, good in goods.items():
        for other in (*good.kind_of, *good.made_from):
            if other not in goods:
                table.fail(("goods", key), f"{other!r} is not a good of this table")
    if not table.problems:
        _refuse_circles(table, goods)
    return goods, names, codes


def _good(table: TableFile, place: Place, key: str, entry: Mapping[str, Any]) -> Good:
    sector = entry.get("sector")
    if not isinstance(sector, str):
        table.fail(place, "`sector` is missing")
    return Good(
        id=key,
        names=_names(table, place, entry),
        sector=str(sector),
        listed_as=table.texts(place, entry.get("listed_as")),
        hs=table.texts(place, entry.get("hs")),
        kind_of=table.texts(place, entry.get("kind_of")),
        made_from=table.texts(place, entry.get("made_from")),
    )


def _names(table: TableFile, place: Place, entry: Mapping[str, Any]) -> Mapping[Language, str]:
    english, dutch = entry.get("en"), entry.get("nl")
    if isinstance(english, str) and isinstance(dutch, str):
        return {Language.ENGLISH: english, Language.DUTCH: dutch}
    return table.both(place, entry)


def _claim(table: TableFile, place: Place, index: dict[str, str], text: str, key: str) -> None:
    other = index.setdefault(text, key)
    if other != key:
        table.fail(place, f"{text!r} already means {other}")


def _refuse_circles(table: TableFile, goods: Mapping[str, Good]) -> None:
    """A good that is a kind of itself would be climbed for ever."""
    for key in goods:
        seen, todo = {key}, list(goods[key].kind_of)
        while todo:
            one = todo.pop()
            if one == key:
                table.fail(("goods", key), f"{key} is a kind of itself")
            if one not in seen:
                seen.add(one)
                todo += goods[one].kind_of


def _ambiguous(
    table: TableFile, goods: Mapping[str, Good], names: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for word, value in table.group(("ambiguous",), table.root.get("ambiguous")).items():
        place: Place = ("ambiguous", word)
        keys = out[_form(word)] = table.texts(place, value)
        if _form(word) in names:
            table.fail(place, f"{word!r} already means {names[_form(word)]}")
        for key in keys:
            if key not in goods:
                table.fail(place, f"{key!r} is not a good of this table")
    return out


class _RisksFile:
    """Reads `goods_risks.yaml`: lists, listings, areas."""

    def __init__(self, table: TableFile, goods: Mapping[str, Good]) -> None:
        self.table = table
        self.goods = goods
        self.countries: dict[str, str] = {
            code: str(name) for code, name in self._group("countries").items()
        }
        self.sources = {
            key: self._source(key, value) for key, value in self._group("lists").items()
        }

    def _group(self, key: str) -> Mapping[str, Any]:
        return self.table.group((key,), self.table.root.get(key))

    def _source(self, key: str, value: Any) -> SourceList:
        place: Place = ("lists", key)
        entry = self.table.group(place, value)
        for name in ("name", "edition"):
            if not isinstance(entry.get(name), str):
                self.table.fail(place, f"`{name}` is missing")
        return SourceList(key, str(entry.get("name")), str(entry.get("edition")))

    def _of(self, place: Place, key: str) -> SourceList:
        if key not in self.sources:
            self.table.fail(place, f"{key!r} is not one of the lists above")
        return self.sources.get(key, SourceList(key, key, "?"))

    def _known_good(self, place: Place, key: str) -> None:
        if key not in self.goods:
            self.table.fail(place, f"{key!r} is not a good of {GOODS_FILE}")

    def _known_country(self, place: Place, code: str) -> None:
        if code not in self.countries:
            self.table.fail(place, f"{code!r} is not one of the countries above")

    # -- listings ------------------------------------------------------------------------------

    def entries(self) -> dict[str, dict[str, list[Entry]]]:
        """The listings by good and country, in the order of the table."""
        out: dict[str, dict[str, list[Entry]]] = {}
        for key, rows in self._group("listings").items():
            source = self._of(("listings", key), key)
            for row, text in self.table.group(("listings", key), rows).items():
                place: Place = ("listings", key, row)
                good, _, country = row.partition(" ")
                self._known_good(place, good)
                self._known_country(place, country)
                kept = out.setdefault(good, {}).setdefault(country, [])
                kept += self._row(place, source, text)
        return out

    def _row(self, place: Place, source: SourceList, text: Any) -> Iterator[Entry]:
        for part in text.split(", ") if isinstance(text, str) else ("",):
            match = _ENTRY.fullmatch(part)
            risk = _RISKS.get(match[1]) if match else None
            if match is None or risk is None:
                hint = "Write it as `child-labour (worst-form), forced-labour`."
                self.table.fail(place, f"{part!r} is not a risk, with details between ()", hint)
            elif match[2] is None:
                yield Entry(source, risk)
            else:
                yield self._detailed(place, source, risk, match[2])

    def _detailed(self, place: Place, source: SourceList, risk: Risk, text: str) -> Entry:
        aggravators: list[str] = []
        removed, via = "", None
        for part in text.split("; "):
            match = _DETAIL.fullmatch(part)
            if match is None:
                hint = "Write an aggravator, `removed 2024` or `via cobalt-ore CD`."
                self.table.fail(place, f"{part!r} is not a detail of a listing", hint)
            elif match[1]:
                removed = match[2]
            elif match[3]:
                via = (match[4], match[5])
                self._known_good(place, via[0])
                self._known_country(place, via[1])
            else:
                aggravators.append(match[6])
        return Entry(source, risk, tuple(aggravators), removed, via)

    # -- areas ---------------------------------------------------------------------------------

    def areas(self) -> tuple[Areas, ...]:
        """The lists of areas."""
        return tuple(self._area(key, value) for key, value in self._group("areas").items())

    def _area(self, key: str, value: Any) -> Areas:
        place: Place = ("areas", key)
        entry = self.table.group(place, value)
        risk = _RISKS.get(str(entry.get("risk")))
        if risk is None:
            self.table.fail(place, f"{entry.get('risk')!r} is not a risk")
        goods = self.table.texts((*place, "goods"), entry.get("goods"))
        for good in goods:
            self._known_good((*place, "goods"), good)
        judgement = self.table.group((*place, "judgement"), entry.get("judgement"))
        return Areas(
            source=self._of(place, key),
            risk=risk or Risk.HUMAN_RIGHTS,
            goods=frozenset(goods),
            countries=self._regions((*place, "countries"), entry.get("countries")),
            judgement={good: str(reason) for good, reason in judgement.items()},
            note=str(entry.get("note") or ""),
        )

    def _regions(self, place: Place, value: Any) -> dict[str, tuple[tuple[str, ...], ...]]:
        out: dict[str, tuple[tuple[str, ...], ...]] = {}
        for code, regions in self.table.group(place, value).items():
            self._known_country((*place, code), code)
            if regions == EVERY_REGION:
                out[code] = ()
                continue
            named = self.table.texts((*place, code), regions)
            out[code] = tuple(self._region((*place, code), text) for text in named)
            if not named:
                self.table.fail((*place, code), f"name regions, or write `{EVERY_REGION}`")
        return out

    def _region(self, place: Place, text: str) -> tuple[str, ...]:
        code, _, names = text.partition(" ")
        if not names:
            self.table.fail(place, f"{text!r} is not a code and a name")
        return (code, *(name.strip() for name in names.split("/")))

    def unplaced(self) -> dict[str, SourceList]:
        """Goods that a later edition added for a country that is not known here."""
        entry = self._group("added_without_country")
        if not entry:
            return {}
        place: Place = ("added_without_country",)
        source = self._of(place, str(entry.get("source")))
        later = SourceList(source.id, source.name, str(entry.get("edition")))
        goods = self.table.texts((*place, "goods"), entry.get("goods"))
        for good in goods:
            self._known_good((*place, "goods"), good)
        return dict.fromkeys(goods, later)

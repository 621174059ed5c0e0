"""Goods that are listed for a risk where they come from, and the words they are known by.

A listing says that a risk is widespread for a good in a country (METHOD 3). It says nothing of one
supplier, and a good that is on no list is not therefore safe: nothing here ever lowers a level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from imvo_scan.core.language import in_language, inside_sentence
from imvo_scan.core.matching import NotFound, normal, sentences
from imvo_scan.core.message import ByLanguage, Message, Text, Value, message
from imvo_scan.core.risks import Risk
from imvo_scan.taxonomy.name_table import choices

if TYPE_CHECKING:
    from imvo_scan.documents.row_types import Texts
    from imvo_scan.evidence.rows import SourceList
    from imvo_scan.taxonomy.rows import Good
    from imvo_scan.taxonomy.taxonomy import Taxonomy

EVERY_REGION = "every region"

_REGION_WORDS = re.compile(
    r"\b(?:autonomous|province|provincie|state|region|regio|department|departement|oblast|district"
    r"|and|en|of)\b"
)
_PLURALS = ("cattle", "sheep", "cereal grains")
_ON_LIST = {  # by whether it was removed, and whether it is on the list for one risk of the nine
    (False, True): "evidence.listed",
    (False, False): "evidence.listed-for-rights",
    (True, True): "evidence.listed-until",
    (True, False): "evidence.listed-for-rights-until",
}


class Listing(NamedTuple):
    """A good listed for a risk in a country.

    `good` and `country` are keys of the tables. `via` names the input that the listing comes from
    ("cobalt-ore from CD"), `regions` the parts of the country it is about, `removed` the edition
    that dropped it; a removed listing is shown and never counts. `names` are those of the good
    inside a sentence, `notes` what to know about the listing.
    """

    good: str
    country: str
    risk: Risk
    source: str
    names: ByLanguage
    sentence: Message
    aggravators: tuple[str, ...] = ()
    via: str = ""
    regions: tuple[str, ...] = ()
    removed: str = ""
    notes: tuple[Text, ...] = ()

    def __hash__(self) -> int:
        """By what tells listings apart: the texts follow from it, and are long to go through."""
        return hash((self.good, self.country, self.risk, self.source))

    @property
    def statement(self) -> Text:
        """One plain sentence, and what to know about it."""
        return reduce(sentences, (self.sentence, *self.notes))

    def label(self, language: str) -> str:
        """The name of the good, short."""
        return in_language(dict(self.names.texts), language)


class GoodsAnswer(NamedTuple):
    """What the tables say of the goods of a site: listings that count, and remarks."""

    listings: tuple[Listing, ...] = ()
    notices: tuple[Text, ...] = ()


NO_GOODS = GoodsAnswer()


class Entry(NamedTuple):
    """One risk of one good x country row of a list, as it stands in the table."""

    source: SourceList
    risk: Risk
    aggravators: tuple[str, ...] = ()
    removed: str = ""
    via: tuple[str, str] | None = None


class Areas(NamedTuple):
    """A list of areas: the goods it is about, and per country the listed regions.

    A region is its ISO 3166-2 code and its names; a country without regions is listed as a whole.
    """

    source: SourceList
    risk: Risk
    goods: frozenset[str]
    countries: Mapping[str, tuple[tuple[str, ...], ...]]
    judgement: Mapping[str, Texts]
    note: Texts


Asked: TypeAlias = tuple[
    tuple[str, ...], str | None, str | None, tuple[tuple[str, str | None], ...]
]


@dataclass(frozen=True)
class GoodsTable:
    """Where goods are listed. Built by `load_listings`."""

    taxonomy: Taxonomy
    entries: Mapping[str, Mapping[str, Sequence[Entry]]]
    areas: tuple[Areas, ...]
    unplaced: Mapping[str, SourceList] = field(default_factory=dict)
    answers: dict[Asked, GoodsAnswer] = field(default_factory=dict, compare=False, repr=False)

    @property
    def goods(self) -> Mapping[str, Good]:
        """The goods by id."""
        return self.taxonomy.goods.goods

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
        could not be matched is a notice; nothing passes in silence. Sites ask the same again and
        again, so answers are kept.
        """
        asked = (goods, country, region, made_with)
        if asked not in self.answers:
            self.answers[asked] = self._answer(*asked)
        return self.answers[asked]

    def _answer(
        self,
        goods: tuple[str, ...],
        country: str | None,
        region: str | None,
        made_with: tuple[tuple[str, str | None], ...],
    ) -> GoodsAnswer:
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

    # -- names ---------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Mapping[str, ByLanguage]:
        """What each good is called inside a sentence."""
        return {good.id: _texts(good.names, inside_sentence) for good in self.goods.values()}

    def country_name(self, code: str) -> Value:
        """The name of a country; the code for one that the tables do not name."""
        names = self.taxonomy.countries.names.get(code)
        return code if names is None else _texts(names)

    def name_from(self, good: str, country: str) -> Message:
        """Such as "cocoa from Ghana", for inside a sentence."""
        return message(
            "evidence.good-from", good=self.names[good], country=self.country_name(country)
        )

    # -- making listings -----------------------------------------------------------------------

    def listing_of(self, good: str, country: str, entry: Entry) -> Listing:
        """One row of a list as a listing."""
        why = entry.via and message("evidence.listed-for-input", input=self.name_from(*entry.via))
        return Listing(
            good=good,
            country=country,
            risk=entry.risk,
            source=entry.source.id,
            names=self.names[good],
            sentence=self._sentence(self.goods[good], country, entry),
            aggravators=entry.aggravators,
            via=" from ".join(entry.via or ()),
            removed=entry.removed,
            notes=(why,) if why else (),
        )

    def _sentence(self, good: Good, country: str, entry: Entry) -> Message:
        """On which list a good from a country is, for what, in which edition."""
        of_one_risk = entry.risk is not Risk.HUMAN_RIGHTS
        short = self.taxonomy.risks[entry.risk].short
        risk = {"risk": _texts(short, inside_sentence)} if of_one_risk else {}
        return message(
            _ON_LIST[bool(entry.removed), of_one_risk],
            n=_number(good),
            good=_texts(good.names),
            country=self.country_name(country),
            list=_texts(entry.source.name),
            edition=entry.removed or _texts(entry.source.edition),
            **risk,
        )

    def area_listing(
        self, areas: Areas, good: str, country: str, regions: Sequence[tuple[str, ...]]
    ) -> Listing:
        """The listing of a good in a listed area; without regions, in the whole country."""
        names = tuple(region[1] for region in regions)
        only = message("evidence.only-regions", regions=choices(names)) if names else ""
        known = filter(None, (areas.judgement.get(good), areas.note))
        notes = (only, *(message("evidence.note", note=_texts(one)) for one in known))
        listing = self.listing_of(good, country, Entry(areas.source, areas.risk))
        return listing._replace(regions=names, notes=tuple(filter(None, notes)))


class _Visit:
    """One site while its goods are looked up: the listings that count so far, and the remarks."""

    def __init__(self, table: GoodsTable, country: str | None, region: str | None) -> None:
        self.table = table
        self.country = country
        self.region = region
        self.listings: dict[tuple[str, Risk, str, str], Listing] = {}
        self.told: set[tuple[str, Risk, str, str]] = set()
        self.notices: list[Text] = []
        self.known_inputs: set[str] = set()

    def add(self, listing: Listing, kind: str, via: str = "", note: Text = "") -> None:
        """Keep a listing that counts: the most precise for each list and risk, and each once.

        What makes it worse for a wider good makes it worse here too.
        """
        key = (listing.source, listing.risk, kind, via or listing.via)
        told = (listing.source, listing.risk, listing.good, via or listing.via)
        if key in self.listings:
            self.listings[key] = _worsened(self.listings[key], listing, note)
        elif told not in self.told:
            self.told.add(told)
            self.listings[key] = _with(listing, via, note) if via or note else listing

    def resolve(self, text: str) -> Good | None:
        """The good a text means; a remark where it means none, or more than one."""
        key = self.table.taxonomy.goods.find(text)
        if isinstance(key, str):
            return self.table.goods[key]
        self.notices.append(_refused(key))
        return None

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
            origin = self.table.name_from(good.id, country)
            note = message("evidence.made-with", input=origin)
            for listing, _ in self._matches(good, country, None):
                self.add(listing, good.id, via=via, note=note)

    def _no_origin(self, good: Good) -> None:
        listed = {code for one in self.table.wider(good) for code in self.table.listed_in(one.id)}
        if listed:
            notice = message("evidence.no-country", n=len(listed), good=_texts(good.names))
            self.notices.append(notice)

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
    ) -> Iterator[tuple[Listing, Text]]:
        """The listings that count for a good and the wider goods that it is one of."""
        for one in self.table.wider(good):
            note = "" if one is good else self._counts_as(good, one)
            for entry in self.table.entries.get(one.id, {}).get(country, ()):
                if not entry.removed:
                    yield self.table.listing_of(one.id, country, entry), note
            for areas in self.table.areas:
                listing = self._in_area(areas, one.id, country, region)
                if listing is not None:
                    yield listing, note

    def _counts_as(self, good: Good, wider: Good) -> Message:
        names = self.table.names
        return message(
            "evidence.counts-as",
            n=_number(good),
            good=_texts(good.names),
            wider=names[wider.id],
        )

    def _in_area(self, areas: Areas, good: str, country: str, region: str | None) -> Listing | None:
        """The listing of an area; None, with a remark, for a region that is not in the list."""
        regions = areas.countries.get(country)
        if regions is None or good not in areas.goods:
            return None
        if not regions or region is None:
            listing = self.table.area_listing(areas, good, country, regions)
            return _with(listing, "", message("evidence.no-region")) if regions else listing
        matching = [one for one in regions if _same_region(region, one)]
        if matching:
            return self.table.area_listing(areas, good, country, matching)
        self.notices.append(
            message(
                "evidence.other-region",
                list=_texts(areas.source.name, _first),
                goods=self.table.name_from(good, country),
                regions=choices(one[1] for one in regions),
                region=repr(region),
            )
        )
        return None

    def _removed(self, good: Good, country: str) -> None:
        for entry in self.table.entries.get(good.id, {}).get(country, ()):
            if entry.removed:
                listing = self.table.listing_of(good.id, country, entry)
                self.notices.append(sentences(listing.statement, message("evidence.removed")))

    def _narrower(self, good: Good, country: str) -> None:
        """Say where only a narrower good is listed, so that the site can be made precise."""
        own = {listing.risk for listing, _ in self._quiet(good, country)}
        only = [
            self.table.names[key]
            for key in self.table.narrower.get(good.id, ())
            for entry in self.table.entries.get(key, {}).get(country, ())
            if not entry.removed and entry.risk not in own
        ]
        if only:
            where = self.table.country_name(country)
            notice = message(
                "evidence.narrower", good=_texts(good.names), country=where, narrower=choices(only)
            )
            self.notices.append(notice)

    def _quiet(self, good: Good, country: str) -> list[tuple[Listing, Text]]:
        """The matches once more, without their remarks."""
        remarks = len(self.notices)
        matches = list(self._matches(good, country, self.region))
        del self.notices[remarks:]
        return matches

    def _added(self, good: Good) -> None:
        source = self.table.unplaced.get(good.id)
        if source is not None:
            notice = message(
                "evidence.added",
                good=_texts(good.names),
                list=_texts(source.name),
                edition=_texts(source.edition),
            )
            self.notices.append(notice)

    def _ingredients(self, good: Good) -> None:
        """Name the inputs whose origin is not known (METHOD 3: unknown is never low)."""
        told = self.known_inputs | {
            listing.via.split()[0] for listing in self.listings.values() if listing.via
        }
        open_ = [one for one in self.table.ingredients(good) if one.id not in told]
        if open_:
            inputs = choices(map(self._how_widely, open_))
            self.notices.append(message("evidence.inputs", good=_texts(good.names), inputs=inputs))

    def _how_widely(self, good: Good) -> Message:
        name, listed = self.table.names[good.id], self.table.listed_in(good.id)
        if self.country is None or self.country not in listed:
            return message("evidence.input", n=len(listed), good=name)
        here = self.table.country_name(self.country)
        return message("evidence.input-here", n=len(listed), good=name, here=here)


# -- small words ----------------------------------------------------------------------------------


def _refused(refusal: NotFound) -> Text:
    """The remark on a good of a site that is not looked up."""
    if refusal.candidates:
        return message("evidence.good-several", what=refusal.what, hint=refusal.hint)
    return sentences(message("evidence.good-unknown", what=refusal.what), refusal.hint)


def _texts(texts: Texts, written: Callable[[str], str] = str) -> ByLanguage:
    """What a table holds in each language, as it is written where it stands in a sentence."""
    return ByLanguage(tuple((key, written(text)) for key, text in texts.items()))


def _first(name: str) -> str:
    """A name where a sentence begins."""
    return name[:1].upper() + name[1:]


def _number(good: Good) -> int:
    """One or many, by the English name; what other languages say of goods must fit both."""
    last = good.name.lower()
    return 1 + (last in _PLURALS or (last.endswith("s") and not last.endswith("ss")))


def _worsened(listing: Listing, wider: Listing, note: Text) -> Listing:
    """A listing with the aggravators of that of a wider good, and the remark that says so."""
    more = tuple(what for what in wider.aggravators if what not in listing.aggravators)
    if not more:
        return listing
    return _with(listing._replace(aggravators=(*listing.aggravators, *more)), "", note)


def _with(listing: Listing, via: str, note: Text) -> Listing:
    notes = (*listing.notes, note) if note else listing.notes
    return listing._replace(via=via or listing.via, notes=notes)


def _same_region(text: str, region: tuple[str, ...]) -> bool:
    """Whether a region as written is one of the names, or the code, of a listed region."""
    wanted = {_region_form(name) for name in region}
    return any(_region_form(part) in wanted for part in (text, *text.split(",")))


@lru_cache(maxsize=1024)
def _region_form(text: str) -> str:
    return " ".join(_REGION_WORDS.sub(" ", normal(text)).split())

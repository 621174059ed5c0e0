"""The names and codes that lists of suppliers use besides those in the tables that rate.

They are many and few inventories need them, so each file is read when a text is first met that the
tables do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal

if TYPE_CHECKING:
    from imvo_scan.taxonomy.rows import PlacesTable, TradeWordsTable

T = TypeVar("T")


class CountryNames(NamedTuple):
    """Names of countries in other languages, and the numeric codes of ISO 3166-1, by code."""

    names: Mapping[str, str]
    numeric: Mapping[str, str]


class SectorNames(NamedTuple):
    """Sectors by words and by what is made there; divisions of NACE by title and its beginning."""

    names: Mapping[str, str]
    products: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    beginnings: Mapping[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class ListNames:
    """The tables of the folder `spreadsheet`, each read on first use."""

    folder: Folder

    @cached_property
    def countries(self) -> CountryNames:
        """The names and numeric codes of countries."""
        from imvo_scan.taxonomy.rows import ListedCountry

        rows = self._table("country_names.yaml", dict[str, ListedCountry])
        numeric = {row.numeric: code for code, row in rows.items() if row.numeric}
        names = index_of((code, row.names) for code, row in rows.items())
        return CountryNames({**names, **index_of(self.places.names.items())}, numeric)

    @cached_property
    def places(self) -> PlacesTable:
        """What lists write for places: spellings, parts of countries, names of streets."""
        from imvo_scan.taxonomy.rows import PlacesTable

        return self._table("places.yaml", PlacesTable)

    @cached_property
    def parts_of_countries(self) -> Mapping[str, str]:
        """The country of a province or region; in a list it stands for the country."""
        return index_of(self.places.inside.items())

    @cached_property
    def trades(self) -> TradeWordsTable:
        """Words for sectors, products, goods and processes."""
        from imvo_scan.taxonomy.rows import TradeWordsTable

        return self._table("trade_words.yaml", TradeWordsTable)

    @cached_property
    def sectors(self) -> SectorNames:
        """The names of sectors, the products of each, and the titles of NACE."""
        from imvo_scan.taxonomy.rows import TitlesTable

        titles = self._table("titles.yaml", TitlesTable)
        return SectorNames(
            names=index_of(self.trades.sectors.items()),
            products=_products(self.trades.products),
            titles=index_of((code, [title]) for code, title in titles.divisions.items()),
            beginnings=index_of(titles.beginnings.items()),
        )

    @cached_property
    def goods(self) -> Mapping[str, str]:
        """The good, by a name in the goods table, that a word of lists stands for."""
        return index_of(self.trades.goods.items())

    def _table(self, name: str, shape: type[T]) -> T:
        from imvo_scan.documents import tables

        return tables.read(self.folder / name, shape)


def _products(groups: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Product -> the sectors that make it: two where the word means different things."""
    index: dict[str, tuple[str, ...]] = {}
    for sector, texts in groups.items():
        for form in dict.fromkeys(map(normal, texts)):
            index[form] = (*index.get(form, ()), sector)
    return index


def index_of(groups: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Name -> key, in the form in which names are compared; the first key that claims it has it."""
    index: dict[str, str] = {}
    for key, texts in groups:
        for text in texts:
            index.setdefault(normal(text), key)
    return index

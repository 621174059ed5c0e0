"""The rows of the tables that rate, as they stand there: each field of a row is a key of its entry.

`documents.tables` reads them. A row that can show a fault by itself says so in `fault`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from imvo_scan.core.levels import Basis, Unknown
from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import (
    Digits,
    Key,
    Level,
    Mark,
    Texts,
)
from imvo_scan.taxonomy.rows import unsourced

_NONE: Mapping[Any, Any] = MappingProxyType({})

# -- edition.yaml, sources.yaml -------------------------------------------------------------------


class EditionRow(NamedTuple):
    """The edition of the tables as a whole, and its date."""

    edition: str
    date: str


class Source(NamedTuple):
    """One source; `note` says how its figures reached us and what is wrong with them."""

    id: Key
    publisher: str
    title: str
    edition: str
    year: str
    licence: str
    url: str
    citation: str = ""
    note: str = ""

    @property
    def short(self) -> str:
        """Publisher, title and year on one line."""
        return f"{self.publisher}, {self.title}, {self.year}"


# -- country_risks.yaml, sector_risks.yaml --------------------------------------------------------

Aggravators: TypeAlias = Annotated[Mapping[Risk, tuple[str, ...]], Mark.SOME]


class CountryRisksTable(NamedTuple):
    """The rating of each country for each risk, in the order of `risks`; ~ is unknown."""

    risks: tuple[Risk, ...]
    countries: Mapping[str, tuple[Level | None, ...]]
    aggravated: Mapping[str, Aggravators] = _NONE
    version: str = ""
    date: str = ""


class SectorCell(NamedTuple):
    """One sector x risk: its rating, whether severity is aggravated, and what that rests on."""

    rating: Annotated[
        int | Unknown, Digits(1, 5, message("tables.a-level"))
    ]  # unknown only where none applies
    about: Literal["own", "chain", "both"]
    basis: Basis
    reason: str
    aggravators: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    aggravated: bool = False

    @property
    def in_the_chain(self) -> bool:
        """Whether the risk stands behind the sites of the sector, not at them."""
        return self.about == "chain"

    def fault(self) -> Fault | None:
        """A cell that is not ours names a source; what is aggravated says by what."""
        if self.aggravated != bool(self.aggravators):
            return Fault((), message("evidence.aggravated-contradicted"))
        return unsourced(message("evidence.cell"), self.basis, self.sources)


# -- goods_risks.yaml -----------------------------------------------------------------------------


class SourceList(NamedTuple):
    """What a list is called in a sentence, and its edition."""

    id: Key
    name: Texts
    edition: Texts


class AreaRow(NamedTuple):
    """A list of areas: the goods it is about; per country its regions, or `every region`."""

    risk: Risk
    goods: frozenset[str]
    countries: Mapping[str, Any]
    judgement: Mapping[str, Texts] = _NONE
    note: Texts = _NONE


class AddedGoods(NamedTuple):
    """Goods that a later edition of a list added for a country that is not known here."""

    edition: str
    source: str
    goods: tuple[str, ...]


class GoodsRisksTable(NamedTuple):
    """`goods_risks.yaml`: lists, and what each lists as `good country: risk (details)`."""

    lists: Mapping[str, SourceList]
    countries: Mapping[str, str] = _NONE
    listings: Mapping[str, Mapping[str, str]] = _NONE
    areas: Mapping[str, AreaRow] = _NONE
    added_without_country: AddedGoods | None = None

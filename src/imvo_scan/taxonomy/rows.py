"""The rows of the tables of names, codes and risks, as they stand there."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, NamedTuple, TypeAlias

from imvo_scan.core.language import ENGLISH
from imvo_scan.core.levels import Basis
from imvo_scan.core.message import Text, message
from imvo_scan.core.risks import Risk
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import Called, Digits, Key, Level, Mark, OwnTexts, Texts

Years: TypeAlias = Annotated[int, Digits(1, 99, message("taxonomy.an-age"))]
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def unsourced(what: Text, basis: Basis, sources: Sequence[str]) -> Fault | None:
    """What is wrong with an entry that rests on no source and does not say that it is ours."""
    if sources or basis is Basis.JUDGEMENT:
        return None
    return Fault((), message("taxonomy.no-source", what=what), message("taxonomy.name-a-source"))


class PartnerUnions(NamedTuple):
    """Countries where CNV Internationaal works with a union, or looks for one."""

    active: tuple[str, ...] = ()
    exploring: tuple[str, ...] = ()

    @property
    def states(self) -> dict[str, str]:
        """How far it is in each country that is named."""
        return {key: state for state, keys in self._asdict().items() for key in keys}


class CountryRow(NamedTuple):
    """A country: its names, its ISO 3166-1 alpha-3 code, and what else it is called."""

    names: OwnTexts
    alpha3: str | None = None
    aliases: tuple[str, ...] = ()


class CountriesTable(NamedTuple):
    """`countries.yaml`: countries by alpha-2 code, texts that ask, and partners of CNV."""

    countries: Mapping[str, CountryRow]
    ambiguous: Mapping[str, tuple[str, ...]] = _NONE
    partner_unions: PartnerUnions = PartnerUnions()


class SectorRow(NamedTuple):
    """A sector: its names, the scope class where workers are not known, and its codes by scheme."""

    names: OwnTexts
    default_scope: Level
    scope_basis: Basis | None = None
    scope_reason: str = ""
    high_risk: bool = False
    aliases: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = _NONE


class Good(NamedTuple):
    """A good, what wider goods it is one of, and what it is usually made from (all by id)."""

    id: Key
    names: OwnTexts
    sector: str
    listed_as: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()
    kind_of: tuple[str, ...] = ()
    made_from: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The English name."""
        return self.names[ENGLISH]


class GoodsNames(NamedTuple):
    """`goods.yaml`: goods, texts that can be more than one, and words that may stand before one."""

    goods: Mapping[str, Good]
    ambiguous: Mapping[str, tuple[str, ...]] = _NONE
    qualifiers: frozenset[str] = frozenset()


class SeverityLevels(NamedTuple):
    """A dimension of severity, 1-5: its level, and that where an aggravator is present."""

    base: Level
    aggravated: Level

    def fault(self) -> Fault | None:
        """Aggravated is never lower."""
        if self.aggravated < self.base:
            return Fault((), message("taxonomy.aggravated-below-base"))
        return None


class MinimumAges(NamedTuple):
    """The age below which work is child labour: 15, or 14 where C138 allows it (N2)."""

    general: Years
    exception: Years
    exception_in: frozenset[str] = frozenset()
    source: str = ""

    def of(self, country: str | None) -> int:
        """The minimum age in a country, in years; the general one where it is not known."""
        return self.exception if country in self.exception_in else self.general


class RiskDefinition(NamedTuple):
    """The names of one risk, with its severity priors (METHOD 1-2)."""

    risk: Annotated[Risk, Mark.KEY]
    names: OwnTexts
    short: Texts
    norms: tuple[str, ...]
    scale: SeverityLevels
    irremediability: SeverityLevels
    aggravators: Mapping[str, Texts]
    ask: Texts
    minimum_age: MinimumAges | None = None


class Bearing(NamedTuple):
    """A control, or a purchasing practice: its names, and the risks it bears on and why."""

    names: OwnTexts
    risks: frozenset[Risk]
    why: str
    basis: Basis
    sources: tuple[str, ...] = ()

    def fault(self) -> Fault | None:
        """What is not ours names a source."""
        return unsourced(message("taxonomy.entry"), self.basis, self.sources)


class ControlsTable(NamedTuple):
    """`controls.yaml`: what lowers a risk at a site, and practices of a buyer that drive one."""

    controls: Mapping[str, Bearing]
    practices: Annotated[Mapping[str, Bearing], Called("purchasing")]


# -- spreadsheet/, how lists are read --------------------------------------------------------------


class ListedCountry(NamedTuple):
    """`country_names.yaml`: names in other languages, and the numeric code of ISO 3166-1."""

    numeric: str = ""
    names: tuple[str, ...] = ()


class PlacesTable(NamedTuple):
    """`places.yaml`: spellings, parts of countries, and what makes a country a street's name."""

    names: Mapping[str, tuple[str, ...]]
    inside: Mapping[str, tuple[str, ...]]
    not_alone: frozenset[str]
    part_of: Mapping[str, str]
    streets: Mapping[str, frozenset[str]]


class TitlesTable(NamedTuple):
    """`titles.yaml`: the divisions of NACE by title, and how some titles begin."""

    divisions: Mapping[str, str]
    beginnings: Mapping[str, tuple[str, ...]]


class TradeWordsTable(NamedTuple):
    """`trade_words.yaml`: what lists write for sectors, goods, products and processes."""

    vague: frozenset[str]
    sectors: Mapping[str, tuple[str, ...]]
    goods: Mapping[str, tuple[str, ...]]
    products: Mapping[str, tuple[str, ...]]
    processes: Mapping[str, tuple[str, ...]]

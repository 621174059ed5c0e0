"""The rows of the tables that rate, as they stand there: each field of a row is a key of its entry.

`documents.tables` reads them. A row that can show a fault by itself says so in `fault`.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias

from imvo_scan.core.levels import Basis, Unknown
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Involvement, Role
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import (
    Called,
    Digits,
    Everything,
    Key,
    Level,
    Mark,
    OwnTexts,
)
from imvo_scan.taxonomy.rows import unsourced

_NONE: Mapping[str, Any] = MappingProxyType({})

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

    rating: Annotated[int | Unknown, Digits(1, 5, "a level")]  # unknown only where none applies
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
            return Fault((), "`aggravated` and `aggravators` contradict each other")
        return unsourced("cell", self.basis, self.sources)


# -- goods_risks.yaml -----------------------------------------------------------------------------


class SourceList(NamedTuple):
    """What a list is called in a sentence, and its edition."""

    id: Key
    name: str
    edition: str


class AreaRow(NamedTuple):
    """A list of areas: the goods it is about; per country its regions, or `every region`."""

    risk: Risk
    goods: frozenset[str]
    countries: Mapping[str, Any]
    judgement: Mapping[str, str] = _NONE
    note: str = ""


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


# -- labels.yaml ----------------------------------------------------------------------------------


class LabelKind(StrEnum):
    """What sort of thing a label is."""

    CERTIFICATE = "certificate"
    AUDIT_SCHEME = "audit-scheme"
    MEMBERSHIP = "membership"
    REPORTING_FRAME = "reporting-frame"
    GUIDANCE = "guidance"
    QUESTIONNAIRE = "questionnaire"


class Reach(StrEnum):
    """Which sites a label speaks of: the holder, also those behind it, or no site at all."""

    SITE = "site"
    CHAIN = "chain"
    COMPANY = "company"


class Reply(StrEnum):
    """An answer to one of the seven questions; only yes counts."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """The seven questions to ask of a label (L11)."""

    WHOLE_CHAIN = "whole-chain"
    WHICH_RIGHTS = "which-rights"
    OTHER_STAKEHOLDERS = "other-stakeholders"
    REMEDY = "remedy"
    HOW_OFTEN = "how-often"
    INDEPENDENT = "independent"
    AUDITOR_COMPETENCE = "auditor-competence"


class Answer(NamedTuple):
    """The answer to one question, with its reason and sources."""

    reply: Annotated[Reply, Called("answer")]
    why: str
    sources: tuple[str, ...] = ()

    def fault(self) -> Fault | None:
        """An answer that says more than `unknown` names its source."""
        if self.sources or self.reply is Reply.UNKNOWN:
            return None
        return Fault((), "this answer names no source", "Name one, or answer `unknown`.")


_AT_A_SITE = frozenset({LabelKind.CERTIFICATE, LabelKind.AUDIT_SCHEME})
ENOUGH_ANSWERS = 5


class Label(NamedTuple):
    """One label: what it is, which of the nine rights it covers, and how it answers."""

    key: Key
    name: str
    owner: str
    kind: Annotated[LabelKind, Called("type")]
    status: Literal["active", "ended"]
    reach: Reach
    answers: Annotated[Mapping[Question, Answer], Called("questions")]
    url: str
    covers: frozenset[Risk] = frozenset()
    aliases: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether it is still given out."""
        return self.status == "active"

    @property
    def of_a_site(self) -> bool:
        """Whether it looks at a site; others speak of a company, or of nothing that was seen."""
        return self.kind in _AT_A_SITE and self.reach is not Reach.COMPANY

    @property
    def of_its_chain(self) -> bool:
        """Whether it also speaks of the sites behind its holder."""
        return self.reach is Reach.CHAIN

    @property
    def yes(self) -> int:
        """How many of the seven questions it answers with yes."""
        return sum(answer.reply is Reply.YES for answer in self.answers.values())

    @property
    def answers_enough(self) -> bool:
        """Whether it answers with yes often enough to count (METHOD 5)."""
        return self.yes >= ENOUGH_ANSWERS

    @property
    def independent(self) -> bool:
        """Whether those who check are independent of those who are checked."""
        return self.answers[Question.INDEPENDENT].reply is Reply.YES


# -- measures.yaml --------------------------------------------------------------------------------

NEVER = "never"
LAST: Literal["disengagement"] = "disengagement"


class When(StrEnum):
    """A situation at a site that a measure is meant for."""

    UNION_BANNED = "union-banned"
    NO_UNION = "no-union"
    UNION_THERE = "union-there"
    NO_CHANNEL = "no-channel"
    ACTUAL = "actual"
    PARTNER_UNION = "partner-union"
    OTHER_BUYERS = "other-buyers"


class MeasureKind(StrEnum):
    """What sort of thing is done."""

    POLICY = "policy"
    PREVENTION = "prevention"
    PURCHASING = "purchasing"
    DIALOGUE = "dialogue"
    LEVERAGE = "leverage"
    REMEDY = "remedy"
    MONITORING = "monitoring"
    GOVERNMENT = "government"
    DISENGAGEMENT = "disengagement"


class Measure(NamedTuple):
    """One thing to do; an empty `sectors` is every sector.

    `when`: all of these must be so at the site.
    """

    key: Key
    texts: OwnTexts
    risks: Annotated[frozenset[Risk], Everything("all")]
    kind: MeasureKind
    owner: Role
    step: Annotated[int, Digits(1, 6, "one of the six steps")]
    basis: Basis
    why: str
    sectors: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    involvement: frozenset[Involvement] = frozenset(Involvement)
    needs: tuple[str, ...] = ()
    when: frozenset[When] = frozenset()
    sources: tuple[str, ...] = ()

    def fault(self) -> Fault | None:
        """What is not ours names a source."""
        return unsourced("measure", self.basis, self.sources)


class Guide(NamedTuple):
    """Guidance of others for a sector."""

    title: Annotated[str, Called("en")]
    publisher: str
    year: str
    source: str
    sectors: frozenset[str] = frozenset()


class Covenant(NamedTuple):
    """An agreement in a sector between companies, unions, government and others."""

    name: str
    status: Literal["active", "ended", "planned", "unknown"]
    sectors: frozenset[str] = frozenset()
    signed: str = "?"
    parties: tuple[Literal["government", "companies", "unions", "ngos"], ...] = ()
    source: str = ""
    why: str = ""


class Reference(NamedTuple):
    """A tool or a site of others; `checked` is the day on which its address was tried, or never."""

    name: str
    texts: OwnTexts
    url: str
    checked: str


class MeasuresTable(NamedTuple):
    """`measures.yaml`: measures, ladders from soft to hard, named groups, what others offer."""

    measures: Mapping[str, Measure]
    ladders: Mapping[str, tuple[str, ...]] = _NONE
    groups: Annotated[Mapping[str, tuple[str, ...]], Called("library")] = _NONE
    guides: tuple[Guide, ...] = ()
    covenants: tuple[Covenant, ...] = ()
    references: tuple[Reference, ...] = ()


# -- rating_rules.yaml ----------------------------------------------------------------------------

_CUTS = 4
_ENDS = 2


class FigureRole(StrEnum):
    """What a figure may do to a rating: count, fill a gap, raise it, or only hold others."""

    COUNTS = "counts"
    FILLS_IN = "fills-in"
    RAISES = "raises"
    HOLDS = "holds"


class Direction(StrEnum):
    """What a high value of an indicator means."""

    BETTER = "higher-is-better"
    WORSE = "higher-is-worse"


class AdjustmentKind(StrEnum):
    """What an adjustment does."""

    DROP = "drop"
    AT_LEAST = "at-least"


class Bound(NamedTuple):
    """How far an indicator's band may stray from the mean band of others; None is no limit."""

    to: tuple[str, ...]
    below: Level | None = None
    above: Level | None = None


class Indicator(NamedTuple):
    """One published series and how a risk uses it.

    `cuts` are the ends of bands 1 to 4; a value equal to a cut belongs to the better band.
    `range` is the least and the greatest value that the series can hold; `alone` is the best and
    the worst band it may give where no other figure counts.
    """

    id: Key
    title: str
    unit: str
    source: str
    role: FigureRole
    direction: Direction
    cuts: tuple[Decimal, ...]
    range: tuple[Decimal, ...]
    why: str
    blind: str
    bound: Bound | None = None
    alone: tuple[Level, ...] = (1, 5)

    def fault(self) -> Fault | None:
        """Four cuts that run from band 1 to band 5, and two ends of a range."""
        for key, numbers, count in (("cuts", self.cuts, _CUTS), ("range", self.range, _ENDS)):
            if len(numbers) != count:
                return Fault((key,), f"{count} numbers are wanted here")
        if list(self.cuts) != sorted(self.cuts, reverse=self.direction is Direction.BETTER):
            return Fault(("cuts",), "the cut points must run from band 1 to band 5")
        if len(self.alone) != _ENDS or list(self.alone) != sorted(self.alone):
            what = "the best and the worst band are wanted here"
            return Fault(("alone",), what, "Write `alone: [2, 4]`.")
        return None

    @property
    def low(self) -> Decimal:
        """The least value that the series can hold."""
        return self.range[0]

    @property
    def high(self) -> Decimal:
        """The greatest value that the series can hold."""
        return self.range[1]

    def band(self, value: Decimal) -> int:
        """The band 1-5 of a value: 1 plus the number of cuts it is worse than."""
        if self.direction is Direction.WORSE:
            return 1 + sum(value > cut for cut in self.cuts)
        return 1 + sum(value < cut for cut in self.cuts)


class RiskRule(NamedTuple):
    """The indicators that a risk uses."""

    indicators: Mapping[str, Indicator]


class Adjustment(NamedTuple):
    """A written exception for some countries, or for a group: what, why, and who says so."""

    kind: AdjustmentKind
    risk: Risk
    reason: str
    source: str
    countries: tuple[str, ...] = ()
    applies_to: Annotated[str, Called("group")] = ""
    indicator: str = ""
    level: Level = 0

    def fault(self) -> Fault | None:
        """To drop a figure it has to be named, and so has the level to raise to."""
        if self.kind is AdjustmentKind.DROP and not self.indicator:
            return Fault((), "the key 'indicator' is missing")
        if self.kind is AdjustmentKind.AT_LEAST and not self.level:
            return Fault((), "the key 'level' is missing")
        return None


class Aggravated(NamedTuple):
    """A circumstance that holds for a whole country and makes a risk more severe there."""

    country: str
    risk: Risk
    aggravator: str
    reason: str
    source: str


class RatingRulesTable(NamedTuple):
    """`rating_rules.yaml`: how published figures become ratings, and what is excepted."""

    version: str
    date: str
    risks: Mapping[Risk, RiskRule]
    adjustments: tuple[Adjustment, ...]
    aggravated: tuple[Aggravated, ...]
    groups: Mapping[str, tuple[str, ...]] = _NONE

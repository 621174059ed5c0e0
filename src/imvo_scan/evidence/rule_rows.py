"""The rows of rating_rules.yaml, apart from others because only explanations read them."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple

from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import Called, Key, Level

_NONE: Mapping[str, Any] = MappingProxyType({})

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
                return Fault((key,), message("evidence.numbers", n=count))
        if list(self.cuts) != sorted(self.cuts, reverse=self.direction is Direction.BETTER):
            return Fault(("cuts",), message("evidence.cuts-in-order"))
        if len(self.alone) != _ENDS or list(self.alone) != sorted(self.alone):
            what, hint = message("evidence.two-bands"), message("evidence.write-two-bands")
            return Fault(("alone",), what, hint)
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
            return Fault((), message("documents.key-missing", key=repr("indicator")))
        if self.kind is AdjustmentKind.AT_LEAST and not self.level:
            return Fault((), message("documents.key-missing", key=repr("level")))
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

"""The rows of measures.yaml, apart from others because only plans read them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple

from imvo_scan.core.levels import Basis
from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Involvement, Role
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import Called, Digits, Everything, Key, OwnTexts
from imvo_scan.taxonomy.rows import unsourced

_NONE: Mapping[str, Any] = MappingProxyType({})

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
    step: Annotated[int, Digits(1, 6, message("evidence.one-of-six-steps"))]
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
        return unsourced(message("evidence.measure"), self.basis, self.sources)


class Guide(NamedTuple):
    """Guidance of others for a sector."""

    title: Annotated[str, Called("en")]
    publisher: str
    year: str
    source: str
    sectors: frozenset[str] = frozenset()


class SectorAgreement(NamedTuple):
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
    covenants: tuple[SectorAgreement, ...] = ()
    references: tuple[Reference, ...] = ()

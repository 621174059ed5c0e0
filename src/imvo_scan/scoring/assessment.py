"""What scoring says of one risk at one profile: every number, and what it came from."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.levels import Confidence
from imvo_scan.core.message import Text
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Flag, Involvement
from imvo_scan.evidence.goods import Listing
from imvo_scan.evidence.ratings import Rating
from imvo_scan.scoring.site_facts import Observation

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Incident, Override


class Origin(StrEnum):
    """Where an aggravator comes from (METHOD 2)."""

    SECTOR = "sector"
    COUNTRY = "country"
    LISTING = "listing"
    SITE = "site"


class Aggravation(NamedTuple):
    """One aggravator and where it comes from; `reason` is the site's own, if it gave one."""

    what: str
    origin: Origin
    reason: Text = ""


class Scope(NamedTuple):
    """The scope C and how it came about.

    `base` is the class of the workers, or the sector's default where `assumed`;
    `widened` says why it is more than that.
    """

    level: int
    base: int
    assumed: bool
    widened: Text = ""


class Likelihood(NamedTuple):
    """The likelihood L and how it came about (METHOD 3).

    `base` is L before flags; `country_rating` and `sector_rating` are as in the tables, and
    unknown counts as 4 in `counted`. `in_the_chain`: the sector rating speaks of the chain behind
    the site, not of the site's own work.
    """

    level: int
    base: int
    country_rating: Rating
    sector_rating: Rating
    counted: tuple[int, int]
    in_the_chain: bool = False
    flags: tuple[Flag, ...] = ()
    raised_by_flags: int = 0
    listings: tuple[Listing, ...] = ()
    observed: tuple[Observation, ...] = ()
    incident: Incident | None = None

    @property
    def actual(self) -> bool:
        """Whether it has happened at the site, by an incident or by what was found there."""
        return self.incident is not None or bool(self.observed)


class Refusal(StrEnum):
    """Why a label or a control has no effect on a risk (METHOD 5)."""

    OTHER_RIGHT = "other-right"
    NOT_ITS_KIND = "not-its-kind"
    OTHER_TIER = "other-tier"
    NOT_OF_A_SITE = "not-of-a-site"
    UNKNOWN_LABEL = "unknown-label"
    ENDED = "ended"
    SELF_DECLARED = "self-declared"
    OWN_WORD = "own-word"
    NO_DATE = "no-date"
    EXPIRED = "expired"
    STALE = "stale"
    NOT_INDEPENDENT = "not-independent"
    TOO_FEW_ANSWERS = "too-few-answers"
    ACTUAL = "actual"
    LISTED = "listed"
    STATE_IMPOSED = "state-imposed"
    NO_ASSOCIATION = "no-association"
    FLOOR = "floor"
    ALREADY = "already"


class Credit(NamedTuple):
    """A label or a control at the site, and why it has no effect on this risk, if it has none.

    `name` is the name of a label, or the key of a control.
    """

    name: str
    is_label: bool
    refusal: Refusal | None


class Assessment(NamedTuple):
    """One risk at one profile. Levels are whole numbers: S, C, I 1-5 and L 0-5.

    `priority` is the inherent class, which ranks; `residual` the class after the credits, shown
    beside it (METHOD 5). `involved_by` says what makes the company cause or contribute;
    `stale` holds the dates of evidence from the site that is 12 months old or more.
    """

    risk: Risk
    priority: Priority
    scale: int
    scope: Scope
    irremediability: int
    severity: int
    likelihood: Likelihood
    confidence: Confidence
    aggravations: tuple[Aggravation, ...] = ()
    override: Override | None = None
    gaps: tuple[str, ...] = ()
    residual: Priority = Priority.NOT_INDICATED
    residual_likelihood: int = 0
    credits: tuple[Credit, ...] = ()
    involvement: Involvement = Involvement.LINKED
    involved_by: str = ""
    stale: tuple[str, ...] = ()

    @property
    def actual(self) -> bool:
        """Whether it has happened at the site, by an incident or by what was found there."""
        return self.likelihood.actual

    @property
    def vector(self) -> str:
        """All four levels in the manner of CVSS, `S:4/C:3?/I:5/L:4`; `?` marks an assumed scope."""
        mark = "?" if self.scope.assumed else ""
        return (
            f"S:{self.scale}/C:{self.scope.level}{mark}"
            f"/I:{self.irremediability}/L:{self.likelihood.level}"
        )

    @property
    def rank(self) -> tuple[int, int, int, int, int, int]:
        """The order of METHOD 4: priority, severity, I, L, S, C; a lower tuple comes first."""
        return (
            self.priority,
            -self.severity,
            -self.irremediability,
            -self.likelihood.level,
            -self.scale,
            -self.scope.level,
        )

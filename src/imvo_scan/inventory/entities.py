"""An inventory as the rest works with it: frozen values, countries and sectors as codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.site_terms import Flag

if TYPE_CHECKING:
    from imvo_scan.inventory.schema import (
        Action,
        Affected,
        Communication,
        Control,
        Covenant,
        DialogueStep,
        Grievance,
        HeldLabel,
        Hours,
        Incident,
        Integration,
        Involved,
        Monitoring,
        Override,
        Policy,
        Practice,
        SiteAggravator,
        SiteEvidence,
        SiteWaiver,
        Wages,
        Workforce,
    )


COMPANY = "company"


"""The id of the company itself, where a site says whom it supplies; no supplier may have it."""


OWN_TIER = 0


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What is known of one site beyond its profile; most sites have none of it.

    `made_with` holds inputs as written with the code of their country, None where not known.
    """

    aggravators: tuple[SiteAggravator, ...] = ()
    overrides: tuple[Override, ...] = ()
    affected: tuple[Affected, ...] = ()
    made_with: tuple[tuple[str, str | None], ...] = ()
    hours: Hours | None = None
    wages: Wages | None = None
    workforce: Workforce | None = None
    incidents: tuple[Incident, ...] = ()
    evidence: tuple[SiteEvidence, ...] = ()
    labels: tuple[HeldLabel, ...] = ()
    controls: tuple[Control, ...] = ()
    involvement: tuple[Involved, ...] = ()
    purchasing: tuple[Practice, ...] = ()

    @property
    def dates(self) -> tuple[str, ...]:
        """When somebody looked at the site: evidence, controls, incidents and numbers, as written.

        A label says nothing of when, and purchasing practices are the company's own.
        """
        numbers = (one for one in (self.hours, self.wages, self.workforce) if one is not None)
        seen = (*self.evidence, *self.controls, *self.incidents, *numbers)
        return tuple(one.date for one in seen)


NO_FACTS = SiteFacts()


@dataclass(frozen=True, slots=True)
class Relations:
    """Who else deals with a site, and how the talks stand; none of it changes a score."""

    address: str | None = None
    os_id: str | None = None
    other_buyers: tuple[str, ...] = ()
    dialogue: tuple[DialogueStep, ...] = ()
    waivers: tuple[SiteWaiver, ...] = ()


NO_RELATIONS = Relations()


class Supplier(NamedTuple):
    """One production site, in codes. A named tuple, because a list may hold a hundred thousand.

    `country` is ISO 3166-1 alpha-2 and `sector` a sector key; None where not known. `line` is
    where it stands in the file, counted from 1.
    """

    id: str
    name: str
    country: str | None
    sector: str | None
    goods_sector: str | None = None
    region: str | None = None
    tier: int | None = None
    supplies: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    workers: int | None = None
    spend: str | None = None
    flags: tuple[Flag, ...] = ()
    facts: SiteFacts = NO_FACTS
    line: int = 0
    derived_id: bool = False
    relations: Relations = NO_RELATIONS


@dataclass(frozen=True, slots=True)
class Steps:
    """What the company says of its own six steps; step 2 is the inventory itself."""

    policy: Policy | None = None
    integration: Integration | None = None
    monitoring: Monitoring | None = None
    grievance: Grievance | None = None
    communication: Communication | None = None
    covenants: tuple[Covenant, ...] = ()


NO_STEPS = Steps()


@dataclass(frozen=True, slots=True)
class Buyer:
    """The company at tier 0, its country and sectors as codes; None where not known."""

    name: str
    country: str | None
    sector: str | None
    workers: int | None = None
    goods_sector: str | None = None
    flags: tuple[Flag, ...] = ()
    steps: Steps = NO_STEPS
    line: int = 0

    @property
    def is_described(self) -> bool:
        """Whether its country and sector are both known, so that it is scanned as a site."""
        return self.country is not None and self.sector is not None


@dataclass(frozen=True, slots=True)
class Inventory:
    """A validated inventory. `notices` are remarks for the reader that stop nothing."""

    source: str
    company: Buyer
    suppliers: tuple[Supplier, ...]
    notices: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()

"""An inventory as the rest works with it: frozen values, countries and sectors as codes.

Each class is the one declaration of its fields. The keys of a file, its JSON Schema and page, the
columns of lists and of the CSV, and what the public is told follow from the annotations here, which
only `declaration` evaluates: to read them takes pydantic, and to scan does not. A field without a
default must be written; `marks` says what else an annotation can state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple

from imvo_scan.core.message import Message
from imvo_scan.core.site_terms import Flag
from imvo_scan.inventory.marks import NOT_WRITTEN, After, FindingColumn, ListColumn, Public, Written

if TYPE_CHECKING:
    from pydantic import Field

    from imvo_scan.inventory.facts import (
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
        MadeWith,
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
    from imvo_scan.inventory.field_types import (
        CountryName,
        Good,
        HeadCount,
        Money,
        Name,
        OsId,
        SectorName,
        SiteId,
        SiteIds,
        Text,
        Tier,
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
    made_with: Annotated[
        tuple[tuple[Good, CountryName | None], ...],
        Written(tuple[MadeWith, ...]),
        Field(description="Inputs of the goods."),
        After("note"),
    ] = ()
    hours: Hours | None = None
    wages: Wages | None = None
    workforce: Workforce | None = None
    incidents: tuple[Incident, ...] = ()
    evidence: tuple[SiteEvidence, ...] = ()
    labels: Annotated[tuple[HeldLabel, ...], Field(description="Certificates and the like.")] = ()
    controls: Annotated[tuple[Control, ...], Field(description="What lowers a risk here.")] = ()
    involvement: tuple[Involved, ...] = ()
    purchasing: Annotated[tuple[Practice, ...], Field(description="Your own practices.")] = ()

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

    address: Annotated[
        Text | None,
        Field(description="Street and town, as text."),
        Public.LEFT_OUT,
        ListColumn(after="region"),
    ] = None
    os_id: Annotated[
        OsId | None, Field(description="Open Supply Hub id of the site."), ListColumn()
    ] = None
    other_buyers: Annotated[
        tuple[Text, ...], Field(description="Who else buys here."), Public.LEFT_OUT
    ] = ()
    dialogue: Annotated[tuple[DialogueStep, ...], Field(description="Steps, oldest first.")] = ()
    waivers: Annotated[tuple[SiteWaiver, ...], Field(description="Accepted for a time.")] = ()
    note: Annotated[Text | None, Public.LEFT_OUT] = None


NO_RELATIONS = Relations()


class Supplier(NamedTuple):
    """One production site, in codes. A named tuple, because a list may hold a hundred thousand.

    `country` is ISO 3166-1 alpha-2 and `sector` a sector key; None where not known. `line` is
    where it stands in the file, counted from 1.
    """

    id: Annotated[
        SiteId,
        Written(SiteId | None),
        Field(description="Unique and stable; made from the name if absent."),
        ListColumn(),
        FindingColumn("site_id"),
    ]
    name: Annotated[
        Name,
        Field(description="The site, as you know it."),
        Public.WITHHELD,
        ListColumn(),
        FindingColumn("supplier"),
    ]
    country: Annotated[
        CountryName | None,
        Field(description="Where it is made: ISO code or name."),
        ListColumn(),
        FindingColumn("country"),
    ]
    sector: Annotated[
        SectorName | None,
        Field(description="Sector, or a code such as nace:14.13."),
        ListColumn(),
        FindingColumn("sector"),
    ]
    goods_sector: Annotated[
        SectorName | None, Field(description="For a trader: sector of the goods."), ListColumn()
    ] = None
    region: Annotated[
        Text | None,
        Field(description="Province or region, as text."),
        Public.LEFT_OUT,
        After("country"),
        ListColumn(after="country"),
    ] = None
    tier: Annotated[Tier | None, ListColumn()] = None
    supplies: Annotated[SiteIds, Field(description="Ids this site delivers to."), ListColumn()] = ()
    goods: Annotated[
        tuple[Good, ...], Field(description="What is made or sold here."), ListColumn()
    ] = ()
    workers: Annotated[HeadCount | None, ListColumn()] = None
    spend: Annotated[
        Money | None,
        Field(description="Printed back; never changes a ranking."),
        Public.LEFT_OUT,
        ListColumn(),
        FindingColumn("spend"),
    ] = None
    flags: Annotated[
        tuple[Flag, ...], Field(description="What adds likelihood."), ListColumn()
    ] = ()
    facts: SiteFacts = NO_FACTS
    line: Annotated[int, NOT_WRITTEN, Public.LEFT_OUT] = 0
    derived_id: Annotated[bool, NOT_WRITTEN] = False
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

    name: Annotated[Name, Public.TOLD]
    country: CountryName | None
    sector: SectorName | None
    workers: HeadCount | None = None
    goods_sector: Annotated[SectorName | None, After("sector")] = None
    flags: tuple[Flag, ...] = ()
    steps: Steps = NO_STEPS
    line: Annotated[int, NOT_WRITTEN, Public.LEFT_OUT] = 0

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
    notices: tuple[Message, ...] = ()
    actions: tuple[Action, ...] = ()

"""What an inventory may say: the shapes that pydantic checks.

The nested facts are pydantic models, frozen, and used as they are. A supplier itself is checked as
a plain mapping, because a list may hold a hundred thousand of them, and becomes a
`values.Supplier`. Importing this imports pydantic, so only what needs a model does it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Required, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic.json_schema import WithJsonSchema
from typing_extensions import TypedDict

from imvo_scan.inventory.values import first_day
from imvo_scan.vocabulary import Flag, Risk, SourceType

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:\-]*$"


def _dated(text: str) -> str:
    first_day(text)
    return text


Text: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
]
Name: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)
]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
Day: TypeAlias = Annotated[
    str,
    AfterValidator(_dated),
    Field(description="YYYY-MM-DD, YYYY-MM or YYYY, kept as written."),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Level: TypeAlias = Annotated[int, Field(ge=1, le=5)]
Money: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^\d{1,15}(\.\d{1,6})?$"),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0}),
]


Percent: TypeAlias = Annotated[int, Field(ge=0, le=100)]


class _Fact(BaseModel):
    """Base of the facts about a site: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Incident(_Fact):
    """Something that happened at the site: it makes the risk actual (METHOD 3)."""

    risk: Risk
    date: Day
    source_type: SourceType
    what: Text = Field(description="What happened, in one or two sentences.")


class SiteEvidence(_Fact):
    """Evidence from the site itself: it raises confidence and nothing else (METHOD 6)."""

    risks: tuple[Risk, ...] = Field(min_length=1)
    date: Day
    source_type: SourceType
    what: Text


class SiteAggravator(_Fact):
    """An aggravator seen at the site, one of those named for the risk (METHOD 2)."""

    risk: Risk
    what: str = Field(description="An aggravator of this risk, such as pesticides.")
    reason: Text
    source: Text | None = None


class Override(_Fact):
    """A severity level set by hand, with the reason (METHOD 2)."""

    risk: Risk
    scale: Level | None = None
    scope: Level | None = None
    irremediability: Level | None = None
    reason: Text


class Affected(_Fact):
    """Who is hit by a risk at this site, where that widens its scope (METHOD 2)."""

    risk: Risk
    who: Literal["half-of-workers", "vulnerable-group", "systemic"]
    reason: Text


class MadeWith(_Fact):
    """An input that goes into the goods made here, and where it comes from if that is known."""

    good: Text
    country: Text | None = None


class Hours(_Fact):
    """Working hours as found at the site, in the busiest usual week."""

    week: Annotated[int, Field(ge=0, le=168)] = Field(description="Hours, overtime included.")
    days: Annotated[int, Field(ge=1, le=7)] | None = Field(None, description="Days a week.")
    forced: bool = Field(default=False, description="Whether overtime may not be refused.")
    date: Day
    source_type: SourceType


class Wages(_Fact):
    """Wages as found at the site: all for one period and in one currency, without overtime pay."""

    paid: Money = Field(description="The lowest regular wage that is paid.")
    legal_minimum: Money | None = None
    living_wage: Money | None = None
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    period: Literal["hour", "day", "week", "month", "year"]
    date: Day
    source_type: SourceType


class Workforce(_Fact):
    """Who works at the site, in percent of all workers, and the age of the youngest."""

    women: Percent | None = None
    migrants: Percent | None = None
    agency: Percent | None = None
    temporary: Percent | None = None
    day_labour: Percent | None = None
    no_contract: Percent | None = None
    recruitment_fees: bool | None = Field(None, description="Whether workers pay to be hired.")
    youngest: Annotated[int, Field(ge=0, le=120)] | None = Field(None, description="Age in years.")
    date: Day
    source_type: SourceType


class CompanyEntry(TypedDict, total=False):
    """The company whose chain this is; tier 0."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="Company")  # type: ignore[misc]

    name: Required[Name]
    country: Text | None
    sector: Text | None
    workers: Annotated[int, Field(ge=0)] | None


class PlainSupplierEntry(TypedDict, total=False):
    """What most suppliers say of themselves: words and numbers, no facts from the site."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    id: Annotated[Id | None, Field(description="Unique and stable; made from the name if absent.")]
    name: Required[Annotated[Name, Field(description="The site, as you know it.")]]
    country: Annotated[Text | None, Field(description="Where it is made: ISO code or name.")]
    region: Annotated[Text | None, Field(description="Province or region, as text.")]
    sector: Annotated[Text | None, Field(description="Sector, or a code such as nace:14.13.")]
    goods_sector: Annotated[Text | None, Field(description="For a trader: sector of the goods.")]
    tier: Annotated[int, Field(ge=1, le=99)] | None
    supplies: Annotated[tuple[Id, ...] | None, Field(description="Ids this site delivers to.")]
    goods: Annotated[tuple[Text, ...] | None, Field(description="What is made or sold here.")]
    workers: Annotated[int, Field(ge=0)] | None
    spend: Annotated[Money | None, Field(description="Printed back; never changes a ranking.")]
    flags: Annotated[tuple[Flag, ...] | None, Field(description="What adds likelihood.")]
    note: Text | None


class SupplierEntry(PlainSupplierEntry, total=False):
    """One supplier as written: one production site in one country."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="Supplier")  # type: ignore[misc]

    made_with: Annotated[tuple[MadeWith, ...] | None, Field(description="Inputs of the goods.")]
    aggravators: tuple[SiteAggravator, ...] | None
    overrides: tuple[Override, ...] | None
    affected: tuple[Affected, ...] | None
    hours: Hours | None
    wages: Wages | None
    workforce: Workforce | None
    incidents: tuple[Incident, ...] | None
    evidence: tuple[SiteEvidence, ...] | None


class InventoryEntry(TypedDict):
    """An inventory: a company and its suppliers."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="imvo-scan inventory")  # type: ignore[misc]

    imvo: Annotated[int, Field(ge=1, le=1, description="Version of this format.")]
    company: CompanyEntry
    suppliers: tuple[SupplierEntry, ...]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an inventory file."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **TypeAdapter(InventoryEntry).json_schema()}

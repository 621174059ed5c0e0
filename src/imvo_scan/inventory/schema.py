"""What an inventory may say: the shapes that pydantic checks.

The nested facts are pydantic models, frozen, and used as they are. A supplier itself is checked as
a plain mapping, because a list may hold a hundred thousand of them, and becomes a
`values.Supplier`. Importing this imports pydantic, so only what needs a model does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Required, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic.json_schema import WithJsonSchema
from typing_extensions import TypedDict

from imvo_scan.core.dates import first_day
from imvo_scan.core.numbers import MOST_PEOPLE
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import (
    ActionStatus,
    DialogueState,
    Flag,
    Involvement,
    Proof,
    Role,
    SourceType,
)
from imvo_scan.documents.number_fields import Amount, Whole
from imvo_scan.inventory.os_hub_id import OS_ID_PATTERN

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._:\-]*$"


def _dated(text: str) -> str:
    first_day(text)
    return text


@dataclass(frozen=True, slots=True)
class Withheld:
    """Marks what a public report withholds (D8): free text (str), or a head count (int)."""

    kind: type


Word: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
]
"""What names something that is known to everyone, such as a covenant."""
Text: TypeAlias = Annotated[Word, Withheld(str)]
"""What people say in their own words."""
HeadCount: TypeAlias = Annotated[int, Whole(0, MOST_PEOPLE), Withheld(int)]
Name: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)
]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=100)]
Day: TypeAlias = Annotated[
    str,
    AfterValidator(_dated),
    Field(description="YYYY-MM-DD, YYYY-MM or YYYY, kept as written."),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ],
        }
    ),
]


def _expiry(text: str) -> str:
    if text != "never":
        try:
            date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{text} is no last day: write YYYY-MM-DD, or never") from None
    return text


Pattern: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300),
    Field(description="* stands for any text."),
]
Expires: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=r"^(never|\d{4}-\d{2}-\d{2})$"),
    AfterValidator(_expiry),
]
OsId: TypeAlias = Annotated[str, StringConstraints(pattern=OS_ID_PATTERN)]
Level: TypeAlias = Annotated[int, Whole(1, 5)]
Money: TypeAlias = Annotated[
    str,
    Amount(),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0}),
]


Percent: TypeAlias = Annotated[int, Whole(0, 100)]


class _Fact(BaseModel):
    """Base of the facts about a site: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Incident(_Fact):
    """Something that happened at the site: it makes the risk actual (METHOD 3)."""

    risk: Risk
    date: Day
    source_type: SourceType
    what: Text = Field(description="What happened, in one or two sentences.")
    since: Day | None = Field(None, description="Since when it went on.")
    prevention: Text | None = Field(None, description="What was done before to prevent it.")
    response: Text | None = Field(None, description="What was done when it came out.")
    lesson: Text | None = Field(None, description="What is done differently since.")
    owner: Role | None = Field(None, description="Who sees to remedy.")
    remedy: Text | None = Field(None, description="What the people hit receive.")
    due: Day | None = Field(None, description="By when they have it.")


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

    week: Annotated[int, Whole(0, 168)] = Field(description="Hours, overtime included.")
    days: Annotated[int, Whole(1, 7)] | None = Field(None, description="Days a week.")
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
    youngest: Annotated[int, Whole(0, 120)] | None = Field(None, description="Age in years.")
    date: Day
    source_type: SourceType


class HeldLabel(_Fact):
    """A label, certificate or membership that is said to cover this site."""

    label: Text = Field(description="Its name, such as SA8000; an unknown one has no effect.")
    proof: Proof = Field(description="What shows it.")
    valid_until: Day | None = Field(None, description="The last day of the certificate.")
    held_by: Id | None = Field(None, description="Id of the holder, where it is not this site.")


class Control(_Fact):
    """Something at the site that lowers a risk, with who says so (METHOD 5)."""

    kind: str = Field(description="A control that is known, such as independent-union.")
    risks: tuple[Risk, ...] = Field(min_length=1, description="The rights it is there for.")
    date: Day = Field(description="When it was last seen to work.")
    source_type: SourceType
    what: Text


class Involved(_Fact):
    """How the company is involved in a risk at this site; without it the company is linked."""

    risk: Risk
    how: Involvement
    reason: Text


class Practice(_Fact):
    """A purchasing practice of the company towards this site that drives risks (D5)."""

    practice: str = Field(description="A practice that is known, such as short-lead-times.")
    date: Day
    what: Text


class SiteWaiver(_Fact):
    """A waiver at a supplier: a risk that somebody accepts here for a time, and why."""

    risk: Pattern = Field(description="A risk; * stands for any text.")
    reason: Text
    approver: Text = Field(description="The role or name of who accepts it.")
    expires: Expires = Field(description="The last day, YYYY-MM-DD, or never.")


class DialogueStep(_Fact):
    """A step in the social dialogue at the site; steps follow the cycle (SD1)."""

    state: DialogueState
    date: Day
    parties: tuple[Literal["union", "workers", "employer", "government", "ngo"], ...] = ()
    what: Text | None = None


class Action(_Fact):
    """A step of the improvement plan, tied to the findings it is for (D17)."""

    findings: tuple[str, ...] = Field(min_length=1, description="Ids such as mill/forced-labour.")
    measure: str | None = Field(
        None, description="A measure of the library, such as violence-hotline."
    )
    what: Text | None = Field(None, description="What will be done, in your own words.")
    owner: Role
    start: Day
    due: Day | None = Field(None, description="For a step that ends: by when.")
    target_year: Annotated[int, Whole(2000, 2100)] | None = Field(
        None, description="For a goal: three to five years after the start."
    )
    review: Day | None = Field(None, description="The next review, within a year of the start.")
    status: ActionStatus
    remedy: Text | None = Field(None, description="What the people hit receive, if it is remedy.")
    monitor: Text | None = Field(None, description="Who watches, and how.")


class Policy(_Fact):
    """Step 1: what the company has promised."""

    adopted: Day
    by: Text = Field(description="Who adopted it, such as the board.")
    public: bool = Field(description="Whether anyone can read it.")
    expertise: tuple[Literal["internal", "external", "union", "ngo"], ...] = ()
    what: Text | None = None


class Integration(_Fact):
    """Step 3: how the company itself works by its policy."""

    date: Day
    responsible: Role | None = None
    management_system: Text | None = None
    purchasing: Text | None = Field(None, description="What buyers do differently.")
    rewards: Text | None = Field(None, description="How pay and praise support it.")


class Monitoring(_Fact):
    """Step 4: how the company follows what its measures do."""

    date: Day
    what: Text
    parties: tuple[Literal["union", "ngo", "government", "auditor", "company"], ...] = ()


class Grievance(_Fact):
    """Step 5: where people can go with a complaint, and how remedy is seen to."""

    date: Day
    channel: Text
    open_to: tuple[Literal["own-workers", "chain-workers", "unions", "communities"], ...] = ()
    remedy: Text | None = Field(None, description="How the company provides or helps to remedy.")


class Communication(_Fact):
    """Step 6: what the company tells, to whom."""

    date: Day
    what: Text
    public: bool
    audiences: tuple[Text, ...] = ()


class Covenant(_Fact):
    """An agreement with others that the company has signed."""

    name: Word
    signed: Day
    ended: Day | None = None


class PlainCompanyEntry(TypedDict, total=False):
    """What most companies say of themselves: words and numbers, nothing of the six steps."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    name: Required[Name]
    country: Text | None
    sector: Text | None
    goods_sector: Text | None
    workers: HeadCount | None
    flags: tuple[Flag, ...] | None


class CompanyEntry(PlainCompanyEntry, total=False):
    """The company whose chain this is; tier 0. It is scanned where it states country and sector.

    `policy` and the rest are what it evidences of the six steps of due diligence.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", title="Company")  # type: ignore[misc]

    policy: Policy | None
    integration: Integration | None
    monitoring: Monitoring | None
    grievance: Grievance | None
    communication: Communication | None
    covenants: tuple[Covenant, ...] | None


class PlainSupplierEntry(TypedDict, total=False):
    """What most suppliers say of themselves: words and numbers, no facts from the site."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    id: Annotated[Id | None, Field(description="Unique and stable; made from the name if absent.")]
    name: Required[Annotated[Name, Field(description="The site, as you know it.")]]
    country: Annotated[Text | None, Field(description="Where it is made: ISO code or name.")]
    region: Annotated[Text | None, Field(description="Province or region, as text.")]
    sector: Annotated[Text | None, Field(description="Sector, or a code such as nace:14.13.")]
    goods_sector: Annotated[Text | None, Field(description="For a trader: sector of the goods.")]
    tier: Annotated[int, Whole(1, 99)] | None
    supplies: Annotated[tuple[Id, ...] | None, Field(description="Ids this site delivers to.")]
    goods: Annotated[tuple[Text, ...] | None, Field(description="What is made or sold here.")]
    workers: HeadCount | None
    spend: Annotated[Money | None, Field(description="Printed back; never changes a ranking.")]
    flags: Annotated[tuple[Flag, ...] | None, Field(description="What adds likelihood.")]
    address: Annotated[Text | None, Field(description="Street and town, as text.")]
    os_id: Annotated[OsId | None, Field(description="Open Supply Hub id of the site.")]
    other_buyers: Annotated[tuple[Text, ...] | None, Field(description="Who else buys here.")]
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
    labels: Annotated[tuple[HeldLabel, ...] | None, Field(description="Certificates and the like.")]
    controls: Annotated[tuple[Control, ...] | None, Field(description="What lowers a risk here.")]
    involvement: tuple[Involved, ...] | None
    purchasing: Annotated[tuple[Practice, ...] | None, Field(description="Your own practices.")]
    dialogue: Annotated[tuple[DialogueStep, ...] | None, Field(description="Steps, oldest first.")]
    waivers: Annotated[tuple[SiteWaiver, ...] | None, Field(description="Accepted for a time.")]


class InventoryEntry(TypedDict, total=False):
    """An inventory: a company, its suppliers, and what is done about the findings."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="imvo-scan inventory")  # type: ignore[misc]

    imvo: Required[Annotated[int, Whole(1, 1), Field(description="Version of this format.")]]
    company: Required[CompanyEntry]
    suppliers: Required[tuple[SupplierEntry, ...]]
    actions: Annotated[tuple[Action, ...] | None, Field(description="The improvement plan.")]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an inventory file."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **TypeAdapter(InventoryEntry).json_schema()}

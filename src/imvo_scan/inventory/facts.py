"""What can be said of a site or of the company in groups of keys, as pydantic checks it.

The models are frozen and used as they are. Each is the one declaration of its fields: the schema,
the page of keys and what the public is told follow from it. Importing this imports pydantic, so
only what needs a model does it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import (
    ActionStatus,
    DialogueState,
    HarmStatus,
    Involvement,
    Proof,
    Role,
    SourceType,
)
from imvo_scan.documents.number_fields import Whole
from imvo_scan.inventory.field_types import (
    CountryName,
    Currency,
    Day,
    Expires,
    FindingName,
    Good,
    Granted,
    Label,
    Level,
    Percent,
    RiskPattern,
    SiteId,
    TableWord,
    Text,
    Wage,
    Word,
)
from imvo_scan.inventory.marks import Public


class Fact(BaseModel):
    """Base of all facts: no unknown keys, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Incident(Fact):
    """Something that happened at the site: it makes the risk actual (METHOD 3)."""

    risk: Risk
    date: Day
    source_type: SourceType
    what: Text = Field(description="What happened, in one or two sentences.")
    status: HarmStatus | None = Field(
        None, description="Unless stated: confirmed by audit or government, else alleged."
    )
    verified_by: SourceType | None = Field(
        None, description="Who verified the remedy, where the status is remedied."
    )
    since: Day | None = Field(None, description="Since when it went on.")
    prevention: Text | None = Field(None, description="What was done before to prevent it.")
    response: Text | None = Field(None, description="What was done when it came out.")
    lesson: Text | None = Field(None, description="What is done differently since.")
    owner: Role | None = Field(None, description="Who sees to remedy.")
    remedy: Text | None = Field(None, description="What the people hit receive.")
    due: Day | None = Field(None, description="By when they have it.")

    @model_validator(mode="after")
    def _says_who_verified(self) -> Incident:
        remedied = self.status is HarmStatus.REMEDIED
        if remedied and self.verified_by is None:
            raise ValueError(message("inventory.remedy-not-verified"))
        if self.verified_by is not None and not remedied:
            raise ValueError(message("inventory.verified-not-remedied"))
        return self


class SiteEvidence(Fact):
    """Evidence from the site itself: it raises confidence and nothing else (METHOD 6)."""

    risks: tuple[Risk, ...] = Field(min_length=1)
    date: Day
    source_type: SourceType
    what: Text


class SiteAggravator(Fact):
    """An aggravator seen at the site, one of those named for the risk (METHOD 2)."""

    risk: Risk
    what: TableWord = Field(description="An aggravator of this risk, such as pesticides.")
    reason: Text
    source: Text | None = None


class Override(Fact):
    """A severity level set by hand, with the reason (METHOD 2)."""

    risk: Risk
    scale: Level | None = None
    scope: Level | None = None
    irremediability: Level | None = None
    reason: Text


class Affected(Fact):
    """Who is hit by a risk at this site, where that widens its scope (METHOD 2)."""

    risk: Risk
    who: Literal["half-of-workers", "vulnerable-group", "systemic"]
    reason: Text


class MadeWith(Fact):
    """An input that goes into the goods made here, and where it comes from if that is known."""

    good: Good
    country: CountryName | None = None


class Hours(Fact):
    """Working hours as found at the site, in the busiest usual week."""

    week: Annotated[int, Whole(0, 168), Public.TOLD] = Field(
        description="Hours, overtime included."
    )
    days: Annotated[int, Whole(1, 7), Public.TOLD] | None = Field(None, description="Days a week.")
    forced: bool = Field(default=False, description="Whether overtime may not be refused.")
    date: Day
    source_type: SourceType


class Wages(Fact):
    """Wages as found at the site: all for one period and in one currency, without overtime pay."""

    paid: Wage = Field(description="The lowest regular wage that is paid.")
    legal_minimum: Wage | None = None
    living_wage: Wage | None = None
    currency: Currency
    period: Literal["hour", "day", "week", "month", "year"]
    date: Day
    source_type: SourceType


class Workforce(Fact):
    """Who works at the site, in percent of all workers, and the age of the youngest."""

    women: Percent | None = None
    migrants: Percent | None = None
    agency: Percent | None = None
    temporary: Percent | None = None
    day_labour: Percent | None = None
    no_contract: Percent | None = None
    recruitment_fees: bool | None = Field(None, description="Whether workers pay to be hired.")
    youngest: Annotated[int, Whole(0, 120), Public.TOLD] | None = Field(
        None, description="Age in years."
    )
    date: Day
    source_type: SourceType


class HeldLabel(Fact):
    """A label, certificate or membership that is said to cover this site."""

    label: Label = Field(description="Its name, such as SA8000; an unknown one has no effect.")
    proof: Proof = Field(description="What shows it.")
    valid_until: Day | None = Field(None, description="The last day of the certificate.")
    held_by: SiteId | None = Field(None, description="Id of the holder, where it is not this site.")


class Control(Fact):
    """Something at the site that lowers a risk, with who says so (METHOD 5)."""

    kind: TableWord = Field(description="A control that is known, such as independent-union.")
    risks: tuple[Risk, ...] = Field(min_length=1, description="The rights it is there for.")
    date: Day = Field(description="When it was last seen to work.")
    source_type: SourceType
    what: Text


class Involved(Fact):
    """How the company is involved in a risk at this site; without it the company is linked."""

    risk: Risk
    how: Involvement
    reason: Text


class Practice(Fact):
    """A purchasing practice of the company towards this site that drives risks (D5)."""

    practice: TableWord = Field(description="A practice that is known, such as short-lead-times.")
    date: Day
    what: Text


class SiteWaiver(Fact):
    """A waiver at a supplier: a risk that somebody accepts here for a time, and why."""

    risk: RiskPattern = Field(description="A risk; * stands for any text.")
    reason: Text
    approver: Text = Field(description="The role or name of who accepts it.")
    granted: Granted | None = None
    expires: Expires = Field(description="The last day, YYYY-MM-DD, or never.")


class DialogueStep(Fact):
    """A step in the social dialogue at the site; steps follow the cycle (SD1)."""

    state: DialogueState
    date: Day
    parties: tuple[Literal["union", "workers", "employer", "government", "ngo"], ...] = ()
    what: Text | None = None


class Action(Fact):
    """A step of the improvement plan, tied to the findings it is for (D17)."""

    findings: tuple[FindingName, ...] = Field(
        min_length=1, description="Ids such as mill/forced-labour."
    )
    measure: TableWord | None = Field(
        None, description="A measure of the library, such as violence-hotline."
    )
    what: Text | None = Field(None, description="What will be done, in your own words.")
    owner: Role
    start: Day
    due: Day | None = Field(None, description="For a step that ends: by when.")
    target_year: Annotated[int, Whole(2000, 2100), Public.TOLD] | None = Field(
        None, description="For a goal: three to five years after the start."
    )
    review: Day | None = Field(None, description="The next review, within a year of the start.")
    status: ActionStatus
    remedy: Text | None = Field(None, description="What the people hit receive, if it is remedy.")
    monitor: Text | None = Field(None, description="Who watches, and how.")


class Policy(Fact):
    """Step 1: what the company has promised."""

    adopted: Day
    by: Text = Field(description="Who adopted it, such as the board.")
    public: bool = Field(description="Whether anyone can read it.")
    expertise: tuple[Literal["internal", "external", "union", "ngo"], ...] = ()
    what: Text | None = None


class Integration(Fact):
    """Step 3: how the company itself works by its policy."""

    date: Day
    responsible: Role | None = None
    management_system: Text | None = None
    purchasing: Text | None = Field(None, description="What buyers do differently.")
    rewards: Text | None = Field(None, description="How pay and praise support it.")


class Monitoring(Fact):
    """Step 4: how the company follows what its measures do."""

    date: Day
    what: Text
    parties: tuple[Literal["union", "ngo", "government", "auditor", "company"], ...] = ()


class Grievance(Fact):
    """Step 5: where people can go with a complaint, and how remedy is seen to."""

    date: Day
    channel: Text
    open_to: tuple[Literal["own-workers", "chain-workers", "unions", "communities"], ...] = ()
    remedy: Text | None = Field(None, description="How the company provides or helps to remedy.")


class Communication(Fact):
    """Step 6: what the company tells, to whom."""

    date: Day
    what: Text
    public: bool
    audiences: tuple[Text, ...] = ()


class Covenant(Fact):
    """An agreement with others that the company has signed."""

    name: Annotated[Word, Public.TOLD]
    signed: Day
    ended: Day | None = None

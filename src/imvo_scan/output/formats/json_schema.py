"""The JSON Schema of the JSON report, version 1: a structure of its own that does not change."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

LabelOrNone = Literal["P1", "P2", "P3", "P4", "L0"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ToolPart(_Part):
    """The program."""

    name: Literal["imvo-scan"]
    version: str


class TablesPart(_Part):
    """The tables of ratings."""

    edition: str
    date: str
    sha256: str
    own_tables: bool


class InventoryPart(_Part):
    """One file that was scanned."""

    file: str
    company: str
    suppliers: int


class CountsPart(_Part):
    """The number of findings in each class."""

    P1: int
    P2: int
    P3: int
    P4: int


class WorstPart(_Part):
    """The worst finding of all, open or not, and the way to it."""

    id: str
    path: list[str]


class HarmPart(_Part):
    """The number of findings of which harm is reported, by status, and the worst of them."""

    reported: int
    confirmed: int
    alleged: int
    remedied: int
    worst: WorstPart | None


class SummaryPart(_Part):
    """What the findings add up to; `open` are those neither waived nor in the baseline."""

    sites: int
    findings: CountsPart
    residual: CountsPart
    open: CountsPart
    not_indicated: int
    waived: int
    baseline: int | None
    harm: HarmPart
    worst: WorstPart
    gaps: dict[str, int]
    blind_spots: list[str]


class SitePart(_Part):
    """One production site. `profile` is a hash of all that its scores depend on."""

    id: str
    name: str
    file: str
    line: int
    country: str | None
    sector: str | None
    goods_sector: str | None
    goods: list[str]
    tier: int | None
    path: list[str]
    workers: int | None
    spend: str | None
    joint_leverage: list[str]
    profile: str


class WaiverPart(_Part):
    """Who accepted a finding, why, from when and until when."""

    reason: str
    approver: str
    granted: str | None
    expires: str
    where: str


class FindingPart(_Part):
    """One site x one risk. `priority` is inherent and ranks; `residual` is what controls leave."""

    id: str
    fingerprint: str
    file: str
    site: str
    risk: str
    priority: LabelOrNone
    residual: LabelOrNone
    residual_reason: str | None
    vector: str
    severity: int = Field(ge=1, le=5)
    scale: int = Field(ge=1, le=5)
    scope: int = Field(ge=1, le=5)
    scope_assumed: bool
    irremediability: int = Field(ge=1, le=5)
    likelihood: int = Field(ge=0, le=5)
    residual_likelihood: int = Field(ge=0, le=5)
    country_rating: int | None
    sector_rating: int | None
    actual: bool
    harm: Literal["confirmed", "alleged", "remedied"] | None
    incidents: list[str]
    aggravated: bool
    involvement: Literal["cause", "contribute", "linked"]
    confidence: Literal["A", "B", "C", "D"]
    reason: str
    recommendation: str
    norms: list[str]
    status: Literal["open", "waived", "baseline"]
    waiver: WaiverPart | None


class ReportPart(_Part):
    """A whole report."""

    model_config = ConfigDict(extra="forbid", title="imvo-scan report")

    schema_version: Literal["1"]
    tool: ToolPart
    tables: TablesPart
    date: str
    inventories: list[InventoryPart]
    summary: SummaryPart
    sites: list[SitePart]
    findings: list[FindingPart]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a report."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **ReportPart.model_json_schema()}

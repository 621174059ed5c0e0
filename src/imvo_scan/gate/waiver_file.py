"""The format of a waiver file, as pydantic checks it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from imvo_scan.core.message import message
from imvo_scan.inventory.field_types import Expires, Granted, Pattern, Text


class WaiverEntry(BaseModel):
    """One waiver: what it is for, why, by whom, until when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    finding: Pattern | None = Field(None, description="A finding id such as mill/child-labour.")
    site: Pattern | None = Field(None, description="Or a site id; * stands for any text.")
    risk: Pattern | None = Field(None, description="And a risk, or both.")
    file: Pattern | None = Field(
        None, description="Only in this file, from the folder of the waiver file."
    )
    reason: Text
    approver: Text = Field(description="The role or name of who accepts it.")
    granted: Granted | None = None
    expires: Expires = Field(description="The last day, YYYY-MM-DD, or never.")

    @model_validator(mode="after")
    def _says_what_for(self) -> WaiverEntry:
        if self.finding is None and self.site is None and self.risk is None:
            raise ValueError(message("gate.waiver-for-nothing"))
        if self.finding is not None and (self.site is not None or self.risk is not None):
            raise ValueError(message("gate.waiver-for-two"))
        return self


class WaiverFile(BaseModel):
    """A list of waivers."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="imvo-scan waivers")

    waivers: tuple[WaiverEntry, ...]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a waiver file."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    schema = WaiverFile.model_json_schema()
    either = [{"required": ["finding"]}, {"required": ["site"]}, {"required": ["risk"]}]
    entry = schema["$defs"]["WaiverEntry"]
    entry["anyOf"] = either
    entry["not"] = {
        "required": ["finding"],
        "anyOf": [{"required": ["site"]}, {"required": ["risk"]}],
    }
    return {"$schema": dialect, **schema}

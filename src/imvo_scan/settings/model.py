"""The settings as pydantic checks them, wherever they were written."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from imvo_scan.settings.words import Audience, By, Class, When
from imvo_scan.vocabulary import Language


class Settings(BaseModel):
    """Everything that can be set; what is not set has the default of the command line."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="imvo-scan settings")

    output: tuple[str, ...] | None = Field(None, description="Formats, each with =FILE or not.")
    fail_on: Class | None = Field(None, description="Exit with 1 from this class on.")
    min_priority: Class | None = Field(None, description="Show only this class and worse.")
    top: Annotated[int, Field(ge=0)] | None = Field(None, description="Lines in the table.")
    everything: bool | None = Field(None, alias="all", description="Also what is not indicated.")
    by: By | None = Field(None, description="A line for each hot spot, or for each site.")
    lang: Language | None = Field(None, description="Language of names and headers.")
    audience: Audience | None = Field(None, description="public leaves out names and prices.")
    color: When | None = Field(None, description="Colour in the table.")
    require_remedy: bool | None = Field(None, description="Fail where harm lacks remedy.")
    waivers: str | None = Field(None, description="A waiver file, from the folder of this file.")
    baseline: str | None = Field(None, description="A baseline, from the folder of this file.")
    data: str | None = Field(None, description="Own tables, from the folder of this file.")
    max_data_age: Annotated[int, Field(ge=0)] | None = Field(None, description="In days.")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of imvo-scan.yaml."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **Settings.model_json_schema()}


NAMES: tuple[str, ...] = tuple(
    str(field.alias or name) for name, field in Settings.model_fields.items()
)
"""The settings by the name that is written."""

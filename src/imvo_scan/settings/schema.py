"""Settings as they are written in a file or a variable, checked by a model made from `Settings`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from imvo_scan.documents.number_fields import Whole
from imvo_scan.settings.settings import ABOUT, NAMES, About, Settings


class _Base(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, title="imvo-scan settings")


@cache
def written_model() -> type[BaseModel]:
    """A model with every setting by the name that people write; what is not set is None."""
    hints = get_type_hints(Settings)
    declared: dict[str, Any] = {
        attribute: (
            _written_type(hints[attribute], about),
            Field(None, alias=NAMES[attribute], description=about.description),
        )
        for attribute, about in ABOUT.items()
    }
    return create_model("Settings", __base__=_Base, **declared)


def _written_type(hint: Any, about: About) -> Any:
    """The type as text can state it: a path is text until the folder of the file is known."""
    if about.choices is not None:
        return Literal[about.choices()] | None
    kinds = get_args(hint) if type(None) in get_args(hint) else (hint,)
    written = {Path: str, int: Annotated[int, Whole(about.least or 0)]}
    stated = tuple(written.get(kind, kind) for kind in kinds if kind is not type(None))
    return Union[(*stated, None)]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of imvo-scan.yaml."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **written_model().model_json_schema()}

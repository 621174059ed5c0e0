"""Everything that can be set, each with its type, its default and what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from imvo_scan.core.language import ENGLISH, languages
from imvo_scan.settings.choices import Audience, By, Class, ColorChoice

_ABOUT = "about"


class About(NamedTuple):
    """What a setting is for, the name people write, the least it can be, or what it can be."""

    description: str
    name: str = ""
    least: int | None = None
    choices: Callable[[], tuple[str, ...]] | None = None


def _about(
    *,
    description: str,
    name: str = "",
    least: int | None = None,
    choices: Callable[[], tuple[str, ...]] | None = None,
) -> dict[str, About]:
    return {_ABOUT: About(description, name, least, choices)}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to go: the one value that every command obeys.

    An attribute, not a key: a misspelt setting is a type error and never a gate that is off.
    """

    output: tuple[str, ...] = field(
        default=("table",), metadata=_about(description="Formats, each with =FILE or not.")
    )
    fail_on: Class | None = field(
        default=None, metadata=_about(description="Exit with 1 from this class on.")
    )
    min_priority: Class | None = field(
        default=None, metadata=_about(description="Show only this class and worse.")
    )
    top: int | None = field(
        default=None, metadata=_about(description="Lines in the table.", least=0)
    )
    everything: bool = field(
        default=False, metadata=_about(description="Also what is not indicated.", name="all")
    )
    by: By = field(
        default=By.HOT_SPOT,
        metadata=_about(description="A line for each hot spot, or for each site."),
    )
    lang: str = field(
        default=ENGLISH,
        metadata=_about(description="Language of all that is read.", choices=languages),
    )
    audience: Audience = field(
        default=Audience.INTERNAL,
        metadata=_about(description="public leaves out names and prices."),
    )
    color: ColorChoice = field(
        default=ColorChoice.AUTO, metadata=_about(description="Colour in the table.")
    )
    require_remedy: bool = field(
        default=False, metadata=_about(description="Fail where harm lacks remedy.")
    )
    waivers: Path | None = field(
        default=None, metadata=_about(description="A waiver file, from the folder of this file.")
    )
    baseline: Path | None = field(
        default=None, metadata=_about(description="A baseline, from the folder of this file.")
    )
    data: Path | None = field(
        default=None, metadata=_about(description="Own tables, from the folder of this file.")
    )
    max_data_age: int | None = field(default=None, metadata=_about(description="In days.", least=0))


ABOUT: Mapping[str, About] = MappingProxyType(
    {one.name: one.metadata[_ABOUT] for one in fields(Settings)}
)
"""What each setting is for, by its attribute."""

NAMES: Mapping[str, str] = MappingProxyType(
    {attribute: about.name or attribute for attribute, about in ABOUT.items()}
)
"""The name that people write, by attribute."""


def defaults() -> dict[str, Any]:
    """The default of each setting, by its attribute."""
    return {one.name: one.default for one in fields(Settings)}

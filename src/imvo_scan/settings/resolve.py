"""Command line before environment before file before default, and where each value came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imvo_scan.settings.discover import find_settings, read_settings
from imvo_scan.vocabulary import Problem, UsageError

if TYPE_CHECKING:
    from imvo_scan.settings.model import Settings

PREFIX = "IMVO_SCAN_"
_NOT_SETTINGS = frozenset({"IMVO_SCAN_DEBUG", "IMVO_SCAN_CONFIG"})
_PATHS = ("waivers", "baseline", "data")
DEFAULTS: Mapping[str, Any] = {
    "output": ("table",),
    "all": False,
    "by": "hot-spot",
    "lang": "en",
    "audience": "internal",
    "color": "auto",
    "require_remedy": False,
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of every setting, and where it came from."""

    values: Mapping[str, Any]
    origins: Mapping[str, str]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)

    def lines(self) -> Iterator[str]:
        """Each setting with its value and origin, as `--show-config` prints them."""
        for name in sorted(self.values):
            value = self.values[name]
            said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
            yield f"{name}: {'-' if said is None else said}  ({self.origins[name]})"


def resolve(
    given: Mapping[str, Any],
    environment: Mapping[str, str],
    first_input: str,
    config: Path | None,
    *,
    no_config: bool,
) -> Resolved:
    """Every setting. `given` holds what the command line says, None where it says nothing.

    Raises `UsageError` where a file or a variable is wrong.
    """
    names = (*given, *(name for name in DEFAULTS if name not in given))
    values: dict[str, Any] = {name: DEFAULTS.get(name) for name in names}
    origins = dict.fromkeys(names, "default")
    for origin, layer in _layers(environment, first_input, config, no_config=no_config):
        values.update(layer)
        origins.update(dict.fromkeys(layer, origin))
    said = {name: value for name, value in given.items() if value is not None}
    values.update(said)
    origins.update(dict.fromkeys(said, "command line"))
    return Resolved(values, origins)


def _layers(
    environment: Mapping[str, str], first_input: str, config: Path | None, *, no_config: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    named = environment.get("IMVO_SCAN_CONFIG")
    path = config or (Path(named) if named else None)
    if path is None and not no_config:
        path = find_settings(first_input)
    if path is not None and not no_config:
        values = _values(read_settings(path), path.parent)
        values.update(_output_below(values, path))
        yield str(path), values
    variables = {
        name.removeprefix(PREFIX).lower(): text
        for name, text in environment.items()
        if name.startswith(PREFIX) and name not in _NOT_SETTINGS
    }
    for name, text in sorted(variables.items()):
        yield f"{PREFIX}{name.upper()}", _values(_of_variable(name, text), Path())


def _of_variable(name: str, text: str) -> Settings:
    """One setting from the environment. Raises `UsageError` for a wrong name or value."""
    from pydantic import ValidationError

    from imvo_scan.inventory.explain_errors import faults
    from imvo_scan.settings.model import Settings

    value: dict[str, Any] = {name: text.split() if name == "output" else text}
    try:
        return Settings.model_validate(value)
    except ValidationError as error:
        fault = next(iter(faults(error, value, Settings)))
        what = f"{PREFIX}{name.upper()}: {fault.what}"
        raise UsageError.of(what, fault.hint) from None


def _values(settings: Settings, folder: Path) -> dict[str, Any]:
    """What is set, by the name that is written; paths are from the folder of the file."""
    values = settings.model_dump(by_alias=True, exclude_none=True)
    for name in _PATHS:
        if name in values:
            values[name] = folder / values[name]
    if "output" in values:
        values["output"] = tuple(values["output"])
    return values


def _output_below(values: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    """The outputs of a file with their paths from its folder.

    Raises `UsageError` for one elsewhere: a repository that is not yours must not write where it
    likes.
    """
    if "output" not in values:
        return {}
    targets = []
    for text in values["output"]:
        name, _, file = text.partition("=")
        place = path.parent / file
        if not place.resolve().is_relative_to(path.parent.resolve()):
            what = f"output: {file} is outside the folder of these settings"
            raise UsageError([Problem(str(path), 0, 0, what, hint="Name it on the command line.")])
        targets.append(f"{name}={place}" if file else text)
    return {"output": tuple(targets)}

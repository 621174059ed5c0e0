"""Command line before environment before file before default, and where each value came from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.message import Message, Text, message
from imvo_scan.settings.file import find_settings, read_settings
from imvo_scan.settings.settings import NAMES, Settings, defaults

if TYPE_CHECKING:
    from pydantic import BaseModel

    from imvo_scan.documents.strict_yaml import Document

PREFIX = "IMVO_SCAN_"
CONFIG = "IMVO_SCAN_CONFIG"
STANDARD_OUTPUT = "-"
_NOT_SETTINGS = frozenset({CONFIG, "IMVO_SCAN_DEBUG"})
_PATHS = frozenset({"waivers", "baseline", "data"})
_DEFAULT, _COMMAND_LINE = message("settings.default"), message("settings.command-line")


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A file with settings, and whether it was discovered rather than named by the user."""

    path: Path
    discovered: bool


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings of a run, the file they were read from, and where each value came from."""

    settings: Settings
    origins: Mapping[str, Text]
    file: SettingsFile | None

    def lines(self) -> Iterator[Message]:
        """Each setting with its value and origin, as `--show-config` prints them."""
        for attribute, name in sorted(NAMES.items(), key=lambda pair: pair[1]):
            value = getattr(self.settings, attribute)
            shown = "-" if value is None else value if isinstance(value, tuple) else str(value)
            origin = self.origins[attribute]
            yield message("settings.line", name=name, value=shown, origin=origin)

    def used(self) -> Text:
        """The file in use and what it sets, on one line; empty where there is none."""
        if self.file is None:
            return ""
        path = str(self.file.path)
        names = sorted(NAMES[one] for one, origin in self.origins.items() if origin == path)
        if not names:
            return message("settings.used-for-nothing", path=path)
        return message("settings.used", path=path, names=tuple(names))

    @property
    def may_replace(self) -> bool:
        """Whether outputs may take the place of files that exist.

        Not where a file that was only found names them: whoever planted it could else have any file
        near it overwritten.
        """
        discovered = self.file is not None and self.file.discovered
        return not (discovered and self.file and self.origins["output"] == str(self.file.path))


def resolve(
    given: Mapping[str, Any],
    environment: Mapping[str, str],
    inputs: Sequence[str],
    config: Path | None,
    *,
    no_config: bool,
) -> Resolved:
    """Every setting. `given` holds by attribute what the command line says, None for nothing.

    `inputs` are the files that are scanned. Raises `UsageError` where a file or a variable is
    wrong, or where the inputs have different settings.
    """
    variables = {name: text for name, text in environment.items() if text.strip()}
    file = None if no_config else _file(config, variables.get(CONFIG), inputs)
    values = defaults()
    origins: dict[str, Text] = dict.fromkeys(values, _DEFAULT)
    stated = {name: value for name, value in given.items() if value is not None}
    for origin, layer in (*_layers(variables, file), (_COMMAND_LINE, stated)):
        values.update(layer)
        origins.update(dict.fromkeys(layer, origin))
    return Resolved(Settings(**values), origins, file)


def _file(config: Path | None, variable: str | None, inputs: Sequence[str]) -> SettingsFile | None:
    named = config or (Path(variable) if variable else None)
    if named is not None:
        return SettingsFile(named, discovered=False)
    path = find_settings(inputs)
    return None if path is None else SettingsFile(path, discovered=True)


def _layers(
    variables: Mapping[str, str], file: SettingsFile | None
) -> Iterator[tuple[Text, dict[str, Any]]]:
    if file is not None:
        written = read_settings(file.path)
        values = _values(written.values, file.path.parent)
        yield str(file.path), {**values, **_output_below(values, file.path, written.document)}
    for variable, text in sorted(variables.items()):
        if variable.startswith(PREFIX) and variable not in _NOT_SETTINGS:
            name = variable.removeprefix(PREFIX).lower()
            yield variable, _values(_of_variable(variable, name, text), Path())


def _of_variable(variable: str, name: str, text: str) -> BaseModel:
    """One setting from the environment. Raises `UsageError` for a wrong name or value."""
    from pydantic import ValidationError

    from imvo_scan.documents.explain_errors import faults
    from imvo_scan.settings.schema import written_model

    value: dict[str, Any] = {name: text.split() if name == "output" else text}
    try:
        return written_model().model_validate(value)
    except ValidationError as error:
        fault = next(iter(faults(error, value, written_model())))
        what = message("settings.of-variable", variable=variable, what=fault.what)
        raise UsageError.of(what, fault.hint) from None


def _values(written: BaseModel, folder: Path) -> dict[str, Any]:
    """What is set, by attribute; paths are from the folder of the file."""
    values = written.model_dump(exclude_none=True)
    return {name: folder / value if name in _PATHS else value for name, value in values.items()}


def _output_below(
    values: Mapping[str, Any], path: Path, document: Document
) -> dict[str, tuple[str, ...]]:
    """The outputs of a file with their paths from its folder.

    Raises `UsageError` for one elsewhere: a repository that is not yours must not write where it
    likes.
    """
    if "output" not in values:
        return {}
    targets = []
    for index, text in enumerate(values["output"]):
        name, _, file = text.partition("=")
        place = path.parent / file
        if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(path.parent)):
            what = message("settings.output-outside", file=file)
            hint = message("settings.name-it-yourself")
            at = document.position(("output", index))
            raise UsageError([Problem(str(path), *at, what, hint=hint)])
        targets.append(text if file in ("", STANDARD_OUTPUT) else f"{name}={place}")
    return {"output": tuple(targets)}

"""A command's parameters as typer is to see them.

A group of options is one parameter and a frozen value on our side, and its fields on typer's.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from imvo_scan.cli.completion import by_shell

T = TypeVar("T")


def with_groups(command: Callable[..., T]) -> Callable[..., T]:
    """The command as typer is to see it: each field of a group is an option of its own."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @functools.wraps(command)
    def run(**given: Any) -> T:
        for name, kind in groups.items():
            given[name] = kind(**{one.name: given.pop(one.name) for one in fields(kind)})
        return command(**given)

    shown = list(_shown(command, hints, groups))
    run.__annotations__ = {one.name: one.annotation for one in shown}
    run.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined] # what inspect reads
    return run


def _shown(
    command: Callable[..., object], hints: dict[str, Any], groups: dict[str, Any]
) -> Iterator[inspect.Parameter]:
    """The parameters, with the fields of a group in the place of the group."""
    for name, parameter in inspect.signature(command).parameters.items():
        if name not in groups:
            shown = _completed(hints[name])
            yield parameter.replace(annotation=shown, kind=inspect.Parameter.KEYWORD_ONLY)
            continue
        kinds = get_type_hints(groups[name], include_extras=True)
        for one in fields(groups[name]):
            yield inspect.Parameter(
                one.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=one.default,
                annotation=_completed(kinds[one.name]),
            )


def _completed(annotation: Any) -> Any:
    """An option that takes a path, completed by the shell: typer would offer what is typed."""
    kinds = getattr(annotation, "__origin__", None)
    if kinds is not Path and Path not in get_args(kinds):
        return annotation
    for about in annotation.__metadata__:
        about.autocompletion = by_shell
    return annotation

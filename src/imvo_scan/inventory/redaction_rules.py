"""How a value is told to others: each field of it by its mark, however deep it stands.

A field whose type can hold words or numbers and that bears no mark is refused: what nobody decided
on is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel

from imvo_scan.inventory.declaration import FieldDeclaration, fields_of, only
from imvo_scan.inventory.marks import Public

Tell: TypeAlias = Callable[[Public, Any], Any]
"""What is told of a value that bears a mark."""
Rule: TypeAlias = Callable[[Any, Tell], Any]


def told(value: Any, tell: Tell) -> Any:
    """A model, dataclass or named tuple, or a tuple of them, with `tell` put to each marked value.

    What does not change stays the same object.
    """
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(told(part, tell) for part in value)
    shape: Any = type(value)
    before = {name: getattr(value, name) for name, _ in rules_of(shape)}
    after = {name: rule(before[name], tell) for name, rule in rules_of(shape)}
    changed = {name: part for name, part in after.items() if part is not before[name]}
    return _with(value, changed) if changed else value


def _with(value: Any, changed: dict[str, Any]) -> Any:
    if isinstance(value, BaseModel):
        return value.model_copy(update=changed)
    if is_dataclass(value):
        return replace(value, **changed)  # type: ignore[type-var] # no class is told
    return value._replace(**changed)


@cache
def rules_of(shape: type) -> tuple[tuple[str, Rule], ...]:
    """The fields that are not told as they stand, with their rules.

    Raises `TypeError` for a field that bears no mark and needs one.
    """
    rules = ((field.name, _rule_of_field(field, shape)) for field in fields_of(shape))
    return tuple((name, rule) for name, rule in rules if rule is not None)


def _rule_of_field(field: FieldDeclaration, shape: type) -> Rule | None:
    if field.mark(Public) is Public.LEFT_OUT:
        if field.default is MISSING:
            raise TypeError(f"{shape.__name__}.{field.name} cannot be left out: it has no default")
        return lambda _, __: field.default
    return _rule(field.hint, f"{shape.__name__}.{field.name}")


def _rule(hint: Any, place: str) -> Rule | None:
    """The rule for values of a type; None where they are told as they stand."""
    marks = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Public)]
    if marks:
        return _marked(marks[-1])
    if get_origin(hint) is Annotated:
        return _rule(get_args(hint)[0], place)
    inner = only(hint)
    if inner is not hint:
        return _optional(_rule(inner, place))
    if get_origin(hint) is tuple:
        return _of_tuple(get_args(hint), place)
    return _of_plain(hint, place)


def _marked(mark: Public) -> Rule | None:
    if mark is Public.TOLD:
        return None
    return lambda value, tell: None if value is None else tell(mark, value)


def _optional(rule: Rule | None) -> Rule | None:
    if rule is None:
        return None
    return lambda value, tell: None if value is None else rule(value, tell)


def _of_tuple(members: tuple[Any, ...], place: str) -> Rule | None:
    """A tuple of any length, or one of so many values of which each has its own rule."""
    if members[-1] is Ellipsis:
        rule = _rule(members[0], place)
        return None if rule is None else lambda value, tell: tuple(rule(v, tell) for v in value)
    rules = [_rule(member, place) for member in members]
    if not any(rules):
        return None
    return lambda value, tell: tuple(
        part if rule is None else rule(part, tell) for part, rule in zip(value, rules, strict=True)
    )


def _of_plain(hint: Any, place: str) -> Rule | None:
    """Closed sets are told, groups of fields by their own marks; all else should bear a mark."""
    if get_origin(hint) is Literal or hint is bool or _is(hint, Enum):
        return None
    if _is(hint, BaseModel) or is_dataclass(hint):
        return told if rules_of(hint) else None
    raise TypeError(f"{place} has no mark of what the public is told: give it one of marks.Public")


def _is(hint: Any, kind: type) -> bool:
    return isinstance(hint, type) and issubclass(hint, kind)


def free_texts(value: object) -> Iterator[str]:
    """Every text in a value that is marked as free text, as the user wrote it."""
    texts: list[str] = []

    def note(mark: Public, part: Any) -> Any:
        if mark is Public.WITHHELD:
            texts.append(part)
        return part

    told(value, note)
    yield from texts

"""The declarations of the fields, as `entities` and `facts` state them, read for others to use.

This is where annotations are evaluated, so it imports pydantic. What a scan needs of it at its
start is kept ready-made in `plain_model.json`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from imvo_scan.inventory import entities, facts, field_types
from imvo_scan.inventory.marks import (
    NOT_WRITTEN,
    After,
    FindingColumn,
    ListColumn,
    Means,
    Written,
)

_NAMES = {**vars(field_types), **vars(facts)}
_M = TypeVar("_M")


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """One field: its type with every mark in it, and its default, `MISSING` where it has none."""

    name: str
    hint: Any
    default: Any

    @property
    def base(self) -> Any:
        """The type without the marks of the field itself."""
        return get_args(self.hint)[0] if get_origin(self.hint) is Annotated else self.hint

    @property
    def marks(self) -> tuple[Any, ...]:
        """All that is stated of the field as a whole, the nearest to the type first."""
        return tuple(getattr(self.hint, "__metadata__", ()))

    def mark(self, kind: type[_M]) -> _M | None:
        """What is stated last of this kind, inside an optional too; None where nothing is."""
        stated = [one for one in (*_marks(only(self.base)), *self.marks) if isinstance(one, kind)]
        return stated[-1] if stated else None

    @property
    def is_group(self) -> bool:
        """Whether it gathers fields that stand beside the others in a file."""
        return is_dataclass(self.base)


def _marks(hint: Any) -> tuple[Any, ...]:
    return tuple(getattr(hint, "__metadata__", ()))


def annotated(hint: Any, marks: Sequence[Any]) -> Any:
    """The type with marks around it."""
    return Annotated[(hint, *marks)] if marks else hint


def only(hint: Any) -> Any:
    """The type inside an optional; any other type as it is."""
    members = [one for one in get_args(hint) if one is not NoneType]
    is_union = get_origin(hint) in (Union, UnionType)
    return members[0] if is_union and len(members) == 1 else hint


@cache
def fields_of(shape: type) -> tuple[FieldDeclaration, ...]:
    """The fields of a model, a dataclass or a named tuple, in their order."""
    if issubclass(shape, BaseModel):
        return tuple(
            FieldDeclaration(
                name,
                annotated(one.annotation, one.metadata),
                MISSING if one.is_required() else one.default,
            )
            for name, one in shape.model_fields.items()
        )
    hints = get_type_hints(shape, localns=_NAMES, include_extras=True)
    defaults = _defaults(shape)
    return tuple(
        FieldDeclaration(name, hint, defaults.get(name, MISSING)) for name, hint in hints.items()
    )


def _defaults(shape: Any) -> Mapping[str, Any]:
    if is_dataclass(shape):
        return {one.name: one.default for one in fields(shape)}
    return shape._field_defaults  # type: ignore[no-any-return] # a named tuple


def keys_of(shape: type) -> tuple[FieldDeclaration, ...]:
    """The fields that are keys in a file, those of groups among them, plain ones first."""
    written = list(_written(shape))
    return _placed(sorted(written, key=_is_nested), After)


def _written(shape: type) -> Iterator[FieldDeclaration]:
    for field in fields_of(shape):
        if field.is_group:
            yield from _written(field.base)
        elif field.mark(Written) is not NOT_WRITTEN:
            yield field


def _is_nested(field: FieldDeclaration) -> bool:
    return any(holds_model(hint) for hint in (field.hint, shape_written(field)))


def holds_model(hint: Any) -> bool:
    """Whether a type is or holds a group of keys."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return True
    return any(map(holds_model, get_args(hint)))


def shape_written(field: FieldDeclaration) -> Any:
    """The type that a field has in a file, without what is said of the field as a whole."""
    other = field.mark(Written)
    return field.base if other is None else other.shape


def _placed(declared: Iterable[FieldDeclaration], kind: type[Any]) -> tuple[FieldDeclaration, ...]:
    """The fields in their order, but for those whose mark names the one they stand behind."""
    placed = list(declared)
    for field in tuple(placed):
        mark = field.mark(kind)
        behind = (mark.key if isinstance(mark, After) else mark.after) if mark else ""
        if behind:
            placed.remove(field)
            names = [one.name for one in placed]
            placed.insert(names.index(behind) + 1, field)
    return tuple(placed)


def list_columns() -> list[str]:
    """The columns of a list of sites, which are the names of their keys."""
    columns = [field for field in _written(entities.Supplier) if field.mark(ListColumn)]
    return [field.name for field in _placed(columns, ListColumn)]


def finding_columns() -> list[tuple[str, str]]:
    """The columns that the CSV of findings has of each site, each with the key that it shows."""
    marked = [(field, field.mark(FindingColumn)) for field in _written(entities.Supplier)]
    return [(mark.name, field.name) for field, mark in marked if mark]


def coded_keys(shape: type) -> list[tuple[str, str]]:
    """The keys that hold the name of a country or a sector, each with which of the two."""
    marked = [(field.name, field.mark(Means)) for field in _written(shape)]
    return [(name, means.value) for name, means in marked if means]

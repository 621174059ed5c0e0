"""Rows of our own tables as they are declared, and values made of what a table holds.

A row type is a `NamedTuple`: each field is a key of the entry, of the type that the value has once
it is read. A field with a default may be left out. A `Mapping` keyed by an enum holds every member
of it. Nothing is checked here: whoever trusts a table makes its values this way and no other, and
`row_models` checks the very same declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from imvo_scan.core.language import OF_TABLES, languages
from imvo_scan.core.message import Text, message

T = TypeVar("T")
Make: TypeAlias = Callable[[Any], Any]


class Mark(Enum):
    """What a field is, where that is more than the value under its own name."""

    KEY = "key"
    """The key under which the entry stands."""
    OF_ENTRY = "of-entry"
    """Texts that stand in the entry itself, one a language."""
    BY_LANGUAGE = "by-language"
    """Texts under the codes of their languages."""
    SOME = "some"
    """Members of the enum may be left out."""


class Called(NamedTuple):
    """The key of a field whose name would be a poor one in Python."""

    key: str


class Everything(NamedTuple):
    """One word that stands for every member of an enum, as `[all]`."""

    text: str


class Digits(NamedTuple):
    """A whole number from `least` to `most`; `what` is what it is called."""

    least: int
    most: int
    what: Text


Texts: TypeAlias = Annotated[Mapping[str, str], Mark.BY_LANGUAGE]
"""A text in the languages of the tables, and any other one, each under the code of the language."""
OwnTexts: TypeAlias = Annotated[Mapping[str, str], Mark.OF_ENTRY]
Key: TypeAlias = Annotated[str, Mark.KEY]
Level: TypeAlias = Annotated[int, Digits(1, 5, message("tables.a-level"))]


class Field(NamedTuple):
    """One field of a row type: the key it stands under, its type, and what is known beside it."""

    key: str
    shape: Any
    marks: tuple[Any, ...]
    required: bool
    default: Any


def is_row_type(shape: Any) -> bool:
    """Whether a type is that of a row."""
    return isinstance(shape, type) and issubclass(shape, tuple) and hasattr(shape, "_fields")


def fields_of(row: Any) -> Iterator[Field]:
    """The fields of a row type, in their order."""
    defaults = row._field_defaults
    for name, shape in get_type_hints(row, include_extras=True).items():
        marks = shape.__metadata__ if get_origin(shape) is Annotated else ()
        key = next((mark.key for mark in marks if isinstance(mark, Called)), name)
        yield Field(key, shape, marks, name not in defaults, defaults.get(name))


def made(shape: type[T], data: Any) -> T:
    """The values of a table that is trusted to have a shape.

    Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` where it has another.
    """
    maker: Callable[[Any], T] = _maker(shape)  # type: ignore[arg-type] # every type can be hashed
    return maker(data)


def as_it_stands(value: Any) -> Any:
    """A text, or whatever is looked into elsewhere."""
    return value


@cache
def _maker(shape: Any) -> Make:
    """A function that makes a value of a type from what stands in a table."""
    if is_row_type(shape):
        make = _row_maker(shape)
        return lambda entry: make(entry, "")
    if isinstance(shape, type) and issubclass(shape, Enum):
        return {member.value: member for member in shape}.__getitem__
    return _BY_ORIGIN.get(get_origin(shape), _simple)(shape)


def _simple(shape: Any) -> Make:
    simple: dict[Any, Make] = {
        int: int,
        bool: {"true": True, "false": False}.__getitem__,
        Decimal: Decimal,
    }
    return simple.get(shape, as_it_stands)


def _annotated(shape: Any) -> Make:
    inner, *marks = get_args(shape)
    for mark in marks:
        if isinstance(mark, Digits):
            return int
        if isinstance(mark, Everything):
            return _with_everything(inner, mark.text)
    return _maker(inner)


def _with_everything(shape: Any, text: str) -> Make:
    every, make = frozenset(get_args(shape)[0]), _maker(shape)
    return lambda value: every if text in value else make(value)


def _optional(shape: Any) -> Make:
    make = _maker(next(one for one in get_args(shape) if one is not type(None)))
    return lambda value: None if value is None else make(value)


def _collection(shape: Any) -> Make:
    kind, make = get_origin(shape), _maker(get_args(shape)[0])
    if make is as_it_stands:
        return kind  # type: ignore[no-any-return]
    return lambda value: kind(map(make, value))


def _mapping(shape: Any) -> Make:
    key_shape, value_shape = get_args(shape)
    key = _maker(key_shape)
    if is_row_type(value_shape):
        row = _row_maker(value_shape)
        return lambda value: {key(name): row(one, name) for name, one in value.items()}
    make = _maker(value_shape)
    if key is make is as_it_stands:
        return dict
    return lambda value: {key(name): make(one) for name, one in value.items()}


_SIMPLE: dict[Any, Make] = {
    int: int,
    bool: {"true": True, "false": False}.__getitem__,
    Decimal: Decimal,
}
_BY_ORIGIN: dict[Any, Callable[[Any], Make]] = {
    Annotated: _annotated,
    Literal: lambda _: as_it_stands,
    Mapping: _mapping,
    dict: _mapping,
    Union: _optional,
    UnionType: _optional,
    frozenset: _collection,
    tuple: _collection,
}


@cache
def _row_maker(row: Any) -> Callable[[Any, str], Any]:
    """A function that makes a row from an entry and the key under which it stands."""
    takers = [_taker(field) for field in fields_of(row)]
    make = row._make
    return lambda entry, key: make([take(entry, key) for take in takers])


def _taker(field: Field) -> Callable[[Mapping[str, Any], str], Any]:
    """A function that takes a field from an entry and its key."""
    make, name, default = _maker(field.shape), field.key, field.default
    if Mark.KEY in field.marks:
        return lambda _, key: make(key)
    if Mark.OF_ENTRY in field.marks:
        more = tuple(one for one in languages() if one not in OF_TABLES)
        return lambda entry, _: _own_texts(entry, more)
    if field.required:
        return lambda entry, _: make(entry[name])
    return lambda entry, _: default if entry.get(name) is None else make(entry[name])


def _own_texts(entry: Mapping[str, Any], more: tuple[str, ...]) -> Mapping[str, str]:
    """The texts of an entry in the languages of the tables, and in those of `more` it has."""
    texts = {one: entry[one] for one in OF_TABLES}
    return texts | {one: entry[one] for one in more if one in entry} if more else texts

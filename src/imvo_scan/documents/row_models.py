"""Row types as pydantic models: what a table is held against before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from imvo_scan.core.language import OF_TABLES, languages
from imvo_scan.core.matching import did_you_mean
from imvo_scan.core.message import Text, message
from imvo_scan.documents.explain_errors import (
    INVENTORY,
    OWN_CHECK,
    Explanation,
    Sentences,
    choices_of,
    faults,
    seen,
)
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import Digits, Everything, Mark, fields_of, is_row_type, made

_TEXT = Annotated[str, StringConstraints(min_length=1)]


def faults_of_shape(shape: Any, data: Any) -> Iterator[Fault]:
    """Everything that keeps some data from being a table of the given shape."""
    model = _checked(shape)
    try:
        TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        yield from faults(error, data, model, _TABLES)


@cache
def _checked(shape: Any) -> Any:
    """What pydantic is to check where a value of a declared type is to be made."""
    if is_row_type(shape):
        return _model(shape)
    origin = get_origin(shape)
    if origin is Annotated:
        return _annotated(shape)
    if origin in {Mapping, dict}:
        key, value = get_args(shape)
        return _by_member(key, value, ...) if _is_enum(key) else dict[str, _checked(value)]  # type: ignore[misc]
    if origin in {tuple, frozenset}:
        item = get_args(shape)[0]  # a text in a list may be empty: so are some headers and cells
        return tuple[str if item is str else _checked(item), ...]  # type: ignore[misc]
    if type(None) in get_args(shape):
        return _checked(get_args(shape)[0]) | None
    return _LEAVES.get(shape, shape)


def _is_enum(shape: Any) -> bool:
    return isinstance(shape, type) and issubclass(shape, Enum)


def _annotated(shape: Any) -> Any:
    inner, *marks = get_args(shape)
    for mark in marks:
        if isinstance(mark, Digits):
            return Annotated[Any, BeforeValidator(_in_digits(mark))]
        if isinstance(mark, Everything):
            texts = (*(member.value for member in get_args(inner)[0]), mark.text)
            return tuple[Literal.__getitem__(texts), ...]  # type: ignore[misc]
        if mark is Mark.BY_LANGUAGE:
            return _model_of("Texts", _languages(), {})
        if mark is Mark.SOME:
            key, value = get_args(inner)
            return _by_member(key, value, None)
    return _checked(inner)


def _by_member(key: type[Enum], value: Any, default: Any) -> Any:
    """A group with a key for each member of an enum."""
    fields = {member.value: (_checked(value), default) for member in key}
    return _model_of(key.__name__, fields, {})


def _languages() -> dict[str, Any]:
    """A text in each language of the tables, and in any other that is spoken."""
    others = dict.fromkeys(languages(), (_TEXT | None, None))
    return others | dict.fromkeys(OF_TABLES, (_TEXT, ...))


def _model(row: Any) -> Any:
    fields: dict[str, Any] = {}
    for field in fields_of(row):
        if Mark.OF_ENTRY in field.marks:
            fields.update(_languages())
        elif Mark.KEY not in field.marks:
            model = _checked(field.shape)
            # A key with nothing behind it says as little as a key that is left out.
            fields[field.key] = (model, ...) if field.required else (model | None, None)
    own_check = {"own_check": _own_check(row)} if hasattr(row, "fault") else {}
    return _model_of(row.__name__, fields, own_check)


def _model_of(name: str, fields: Mapping[str, Any], checks: Mapping[str, Any]) -> Any:
    """A model with these keys; its fields have names of their own, so that any key will do."""
    numbered: dict[str, Any] = {
        f"field_{number}": (model, Field(default, alias=key))
        for number, (key, (model, default)) in enumerate(fields.items())
    }
    return create_model(
        name, __config__=ConfigDict(extra="forbid"), __validators__=dict(checks), **numbered
    )


def _own_check(row: Any) -> Any:
    """What a row says of itself, asked once its fields are as declared."""

    def check(_: Any, data: Any, handler: Callable[[Any], Any]) -> Any:
        model = handler(data)
        fault = made(row, data).fault()
        if fault is not None:
            raise _error(*fault)
        return model

    return model_validator(mode="wrap")(classmethod(check))  # type: ignore[arg-type]


def _in_digits(digits: Digits) -> Callable[[Any], Any]:
    numbers = {str(number) for number in range(digits.least, digits.most + 1)}
    bounds = {"least": str(digits.least), "most": str(digits.most)}
    hint = message("documents.whole-number-between", **bounds)

    def check(value: Any) -> Any:
        if isinstance(value, str) and value in numbers:
            return value
        raise _error((), message("tables.stranger", key=repr(value), what=digits.what), hint)

    return check


def _number(value: Any) -> Any:
    try:
        finite = isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        finite = False
    if finite:
        return value
    raise _error((), message("documents.no-number", text=repr(value)))


def _error(
    path: tuple[str | int, ...], what: Text, hint: Text = "", *_: Any
) -> PydanticCustomError:
    return PydanticCustomError(OWN_CHECK, OWN_CHECK, {"path": path, "what": what, "hint": hint})


def _missing(key: str) -> Explanation:
    if key in OF_TABLES:
        return message("documents.text-missing", language=repr(key)), ""
    return message("documents.key-missing", key=repr(key)), ""


def _not_one_of(detail: ErrorDetails) -> Explanation:
    choices = choices_of(detail)
    what = message("documents.not-one-of", seen=seen(detail), choices=choices)
    return what, did_you_mean(str(detail["input"]), choices)


_LEAVES = {
    str: _TEXT,
    bool: Literal["true", "false"],
    Decimal: Annotated[Any, BeforeValidator(_number)],
}
_TABLES = Sentences(
    _missing, {**INVENTORY.kinds, "enum": _not_one_of, "literal_error": _not_one_of}
)

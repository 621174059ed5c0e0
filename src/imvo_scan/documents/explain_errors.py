"""What pydantic found wrong, in the words of a buyer, with what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from imvo_scan.core.matching import did_you_mean, sentences
from imvo_scan.core.matching import known as all_known
from imvo_scan.core.message import Text, message
from imvo_scan.core.numbers import readings
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.number_fields import AMOUNT, WHOLE_NUMBER
from imvo_scan.documents.strict_yaml import Path_

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


OWN_CHECK = "own_check"
"""The kind of error that says itself what is wrong: `path`, `what` and `hint` are its context."""


class Wording(NamedTuple):
    """How faults are put: that of a missing key, and that of each kind of error."""

    missing: Callable[[str], tuple[Text, Text]]
    kinds: Mapping[str, Callable[[ErrorDetails], tuple[Text, Text]]]


def faults(
    error: ValidationError, value: Any, shape: Any, wording: Wording | None = None
) -> Iterator[Fault]:
    """Every fault in `value`, which should have had the given shape."""
    details = error.errors(include_url=False)
    places = [detail["loc"] for detail in details]
    for detail in details:
        here = detail["loc"]
        inside = any(place[: len(here)] == here for place in places if len(place) > len(here))
        if not (inside and detail["type"] == "too_short"):  # its items are what is wrong
            yield _fault(detail, value, shape, wording or INVENTORY)


def _fault(detail: ErrorDetails, value: Any, shape: Any, wording: Wording) -> Fault:
    path = _real_path(detail["loc"], value)
    kind = detail["type"]
    if kind == OWN_CHECK:
        own = detail["ctx"]
        return Fault((*path, *own["path"]), own["what"], own["hint"])
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[:-1])
        hint = did_you_mean(str(path[-1]), known) or message(
            "hint.known-here", choices=tuple(known)
        )
        return Fault(path, f"the key {path[-1]!r} is not known", hint, about_key=True)
    if kind == "missing":
        return Fault(path[:-1], *wording.missing(str(path[-1])))
    explain = wording.kinds.get(kind)
    if explain is None:
        error = (detail.get("ctx") or {}).get("error")  # what our own checks raise says it itself
        return Fault(path, error.args[0] if isinstance(error, ValueError) else detail["msg"])
    return Fault(path, *explain(detail))


def _real_path(location: tuple[int | str, ...], value: Any) -> Path_:
    """The part of pydantic's location that exists in the document, plus one step at most."""
    path: list[int | str] = []
    for part in location:
        if isinstance(value, dict) and isinstance(part, str):
            path.append(part)
            if part not in value:
                break
            value = value[part]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            path.append(part)
            value = value[part]
    return tuple(path)


def _known_keys(shape: Any, path: Path_) -> list[str]:
    """The keys that are allowed at `path` inside `shape`."""
    for part in path:
        shape = _inside(_without_none(shape), part)
    return list(_keys_of(_member(shape)))


def _inside(shape: Any, part: str | int) -> Any:
    """The type of what stands under a key; that of an item is found in the type of its list."""
    if get_origin(shape) is dict:
        return get_args(shape)[1]
    return shape if isinstance(part, int) else _keys_of(_member(shape)).get(part, dict)


def _without_none(shape: Any) -> Any:
    choices = [one for one in get_args(shape) if one is not type(None)]
    return choices[0] if type(None) in get_args(shape) else shape


def _keys_of(shape: type) -> dict[str, Any]:
    if issubclass(shape, BaseModel):
        return {f.alias or name: f.annotation for name, f in shape.model_fields.items()}
    return get_type_hints(shape) if hasattr(shape, "__annotations__") else {}


def _member(annotation: Any) -> type:
    """The model inside an annotation such as `tuple[Incident, ...] | None`."""
    if hasattr(annotation, "model_fields") or hasattr(annotation, "__total__"):
        return annotation  # type: ignore[no-any-return]
    for inner in getattr(annotation, "__args__", ()):
        member = _member(inner)
        if member is not dict:
            return member
    return dict


def seen(detail: ErrorDetails) -> str:
    """What stands there, in a word or two."""
    value = detail["input"]
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of keys"
    return "a list" if isinstance(value, list | tuple) else repr(str(value)[:80])


def _kind(wanted: str, hint: str = "") -> Callable[[ErrorDetails], tuple[Text, Text]]:
    return lambda detail: (f"{wanted} is wanted here, but this is {seen(detail)}", hint)


def _number(wanted: str, hint: str, *, whole: bool) -> Callable[[ErrorDetails], tuple[Text, Text]]:
    """A number that is none, or that can be read in two ways: both are named."""

    def explain(detail: ErrorDetails) -> tuple[Text, Text]:
        value = detail["input"]
        found = readings(value) if isinstance(value, str) else ()
        if len(found) > 1:
            decimal, grouped = (one.plain for one in found)
            what = f"{seen(detail)} can be read as {decimal} or as {grouped}"
            only = whole and not found[0].is_whole
            return what, f"Write {grouped}." if only else f"Write {decimal}, or write {grouped}."
        meant = [one.plain for one in found if one.is_whole or not whole]
        what = f"{wanted} is wanted here, but this is {seen(detail)}"
        return what, f"Write {meant[0]}." if meant else hint

    return explain


def _choice(detail: ErrorDetails) -> tuple[Text, Text]:
    expected = str((detail.get("ctx") or {}).get("expected", ""))
    choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    hint = sentences(did_you_mean(str(detail["input"]), choices), all_known(choices))
    return f"{seen(detail)} is not a word that is known here", hint


def _bound(detail: ErrorDetails) -> tuple[Text, Text]:
    if detail["loc"] == ("imvo",):
        return f"this is format {detail['input']}, and this imvo-scan reads format 1", ""
    limits = detail.get("ctx") or {}
    words = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
    said = " and ".join(f"{words[key]} {limits[key]}" for key in words if key in limits)
    return f"{seen(detail)} is out of range", f"Write a number of {said}."


def _long(detail: ErrorDetails) -> tuple[Text, Text]:
    limit = (detail.get("ctx") or {}).get("max_length")
    return f"this text has more than {limit} characters", "Shorten it."


def _pattern(detail: ErrorDetails) -> tuple[Text, Text]:
    what = f"{seen(detail)} cannot be used here"
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    if key in _PATTERNS:
        return what, _PATTERNS[key]
    return what, "Use letters, digits, dots, colons, hyphens and underscores, without spaces."


_PATTERNS = {
    "expires": "Write the last day as YYYY-MM-DD, or never.",
    "os_id": "Copy it as Open Supply Hub shows it, such as BD2020052SV22HT, in capitals.",
    "currency": "Write its three capitals, such as EUR.",
}

_MISSING = {
    "name": "Every supplier needs a name.",
    "imvo": "Begin the file with `imvo: 1`.",
    "company": "Add `company: {name: ...}`.",
    "suppliers": "List the suppliers under `suppliers:`.",
    "reason": "Say why, in one sentence.",
    "what": "Say what it is, in one sentence.",
    "date": "Say when, as 2026-03-01 or 2026-03.",
    "source_type": "Name who says so, such as union or audit.",
    "proof": "Write certificate, register or self-declared.",
}

_EXPLAIN: dict[str, Callable[[ErrorDetails], tuple[Text, Text]]] = {
    "string_type": _kind("text"),
    "string_too_short": _kind("text", "Write something, or leave the key out."),
    "string_too_long": _long,
    "string_pattern_mismatch": _pattern,
    WHOLE_NUMBER: _number("a whole number", "Write digits only, such as 250.", whole=True),
    AMOUNT: _number(
        "an amount", "Write digits and a point only, such as 12500 or 12500.50.", whole=False
    ),
    "int_parsing_size": _kind("a whole number of a sensible size"),
    "tuple_type": _kind("a list", "Write [one, two], or one item a line after a hyphen."),
    "dict_type": _kind("a group of keys", "Write `key: value`."),
    "model_type": _kind("a group of keys", "Write `key: value`."),
    "model_attributes_type": _kind("a group of keys", "Write `key: value`."),
    "bool_type": _kind("true or false"),
    "bool_parsing": _kind("true or false"),
    "enum": _choice,
    "literal_error": _choice,
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "too_short": _kind("at least one item"),
}


def _missing(key: str) -> tuple[Text, Text]:
    return f"the key {key!r} is missing", _MISSING.get(key, "")


INVENTORY = Wording(_missing, _EXPLAIN)

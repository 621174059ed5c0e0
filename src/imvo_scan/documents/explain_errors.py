"""What pydantic found wrong, in the words of a buyer, with what would be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from imvo_scan.core import matching
from imvo_scan.core.message import Message, Text, message
from imvo_scan.core.number_readings import readings
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.number_fields import AMOUNT, WHOLE_NUMBER
from imvo_scan.documents.strict_yaml import Path_

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Explanation: TypeAlias = tuple[Text, Text]
"""What is wrong, and what would be right; the second may be empty."""

OWN_CHECK = "own_check"
"""The kind of error that says itself what is wrong: `path`, `what` and `hint` are its context."""


class Sentences(NamedTuple):
    """How faults are put: that of a missing key, and that of each kind of error."""

    missing: Callable[[str], Explanation]
    kinds: Mapping[str, Callable[[ErrorDetails], Explanation]]


def faults(
    error: ValidationError, value: Any, shape: Any, sentences: Sentences | None = None
) -> Iterator[Fault]:
    """Every fault in `value`, which should have had the given shape."""
    details = error.errors(include_url=False)
    places = [detail["loc"] for detail in details]
    for detail in details:
        here = detail["loc"]
        inside = any(place[: len(here)] == here for place in places if len(place) > len(here))
        if not (inside and detail["type"] == "too_short"):  # its items are what is wrong
            yield _fault(detail, value, shape, sentences or INVENTORY)


def _fault(detail: ErrorDetails, value: Any, shape: Any, sentences: Sentences) -> Fault:
    path = _real_path(detail["loc"], value)
    kind = detail["type"]
    if kind == OWN_CHECK:
        own = detail["ctx"]
        return Fault((*path, *own["path"]), own["what"], own["hint"])
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[:-1])
        hint = matching.did_you_mean(str(path[-1]), known) or message(
            "hint.known-here", choices=tuple(known)
        )
        what = message("documents.key-unknown", key=repr(path[-1]))
        return Fault(path, what, hint, about_key=True)
    if kind == "missing":
        return Fault(path[:-1], *sentences.missing(str(path[-1])))
    explain = sentences.kinds.get(kind, _unusable)
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


def seen(detail: ErrorDetails) -> Text:
    """What stands there, in a word or two."""
    value = detail["input"]
    if value is None:
        return message("documents.nothing")
    if isinstance(value, dict):
        return message("documents.group")
    if isinstance(value, list | tuple):
        return message("documents.list")
    return repr(str(value)[:80])


def _wanted(wanted: Message, hint: Text = "") -> Callable[[ErrorDetails], Explanation]:
    return lambda detail: (_is_wanted(wanted, detail), hint)


def _is_wanted(wanted: Message, detail: ErrorDetails) -> Message:
    return message("documents.wanted", wanted=wanted, seen=seen(detail))


def _number(
    wanted: Message, hint: Message, *, whole: bool
) -> Callable[[ErrorDetails], Explanation]:
    """A number that is none, or that can be read in two ways: both are named."""

    def explain(detail: ErrorDetails) -> Explanation:
        value = detail["input"]
        meanings = readings(value) if isinstance(value, str) else ()
        if len(meanings) > 1:
            first, second = (one.plain for one in meanings)
            what = message("documents.two-numbers", seen=seen(detail), first=first, second=second)
            if whole and not meanings[0].is_whole:
                return what, message("documents.write", text=second)
            return what, message("documents.write-either", first=first, second=second)
        meant = [one.plain for one in meanings if one.is_whole or not whole]
        right = message("documents.write", text=meant[0]) if meant else hint
        return _is_wanted(wanted, detail), right

    return explain


def choices_of(detail: ErrorDetails) -> tuple[str, ...]:
    """The words of which one was expected, out of pydantic's `'a', 'b' or 'c'`."""
    expected = str((detail.get("ctx") or {}).get("expected", ""))
    return tuple(word.strip("' ") for word in expected.replace(" or ", ", ").split(","))


def _choice(detail: ErrorDetails) -> Explanation:
    choices = choices_of(detail)
    meant = matching.did_you_mean(str(detail["input"]), choices)
    hint = matching.sentences(meant, matching.known(choices))
    return message("documents.word-unknown", seen=seen(detail)), hint


def _bound(detail: ErrorDetails) -> Explanation:
    if detail["loc"] == ("imvo",):
        return message("documents.other-format", version=str(detail["input"])), ""
    limits = detail["ctx"]
    what = message("documents.out-of-range", seen=seen(detail))
    if "ge" in limits:  # as text: what is to be written has no signs between its digits
        return what, message("documents.at-least", least=str(limits["ge"]))
    return what, message("documents.at-most", most=str(limits["le"]))


def _long(detail: ErrorDetails) -> Explanation:
    limit = detail["ctx"]["max_length"]
    return message("documents.too-long", limit=limit), message("documents.shorten")


def _unusable(detail: ErrorDetails) -> Explanation:
    return message("documents.unusable", seen=seen(detail)), ""


def _pattern(detail: ErrorDetails) -> Explanation:
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    return _unusable(detail)[0], _PATTERNS.get(key, message("documents.write-an-id"))


def _own_words(detail: ErrorDetails) -> Explanation:
    """A `ValueError` of a check of our own, made of what is wrong and, if any, a hint."""
    what, hint = (*detail["ctx"]["error"].args, "")[:2]
    return what, hint


_PATTERNS = {
    "expires": message("documents.write-expires"),
    "os_id": message("documents.write-os-id"),
    "currency": message("documents.write-currency"),
}

_MISSING = {
    "name": message("documents.missing-name"),
    "imvo": message("documents.missing-imvo"),
    "company": message("documents.missing-company"),
    "suppliers": message("documents.missing-suppliers"),
    "reason": message("documents.missing-reason"),
    "what": message("documents.missing-what"),
    "date": message("documents.missing-date"),
    "source_type": message("documents.missing-source-type"),
    "proof": message("documents.missing-proof"),
}

_GROUP = _wanted(message("documents.group"), message("documents.write-group"))
_TRUTH = _wanted(message("documents.true-or-false"))
_EXPLAIN: dict[str, Callable[[ErrorDetails], Explanation]] = {
    "string_type": _wanted(message("documents.text")),
    "string_too_short": _wanted(message("documents.text"), message("documents.write-text")),
    "string_too_long": _long,
    "string_pattern_mismatch": _pattern,
    WHOLE_NUMBER: _number(
        message("documents.whole-number"), message("documents.write-digits"), whole=True
    ),
    AMOUNT: _number(message("documents.amount"), message("documents.write-amount"), whole=False),
    "int_parsing_size": _wanted(message("documents.sensible-number")),
    "tuple_type": _wanted(message("documents.list"), message("documents.write-list")),
    "dict_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "enum": _choice,
    "literal_error": _choice,
    "greater_than_equal": _bound,
    "less_than_equal": _bound,
    "too_short": _wanted(message("documents.one-item")),
    "value_error": _own_words,
}


def _missing(key: str) -> Explanation:
    return message("documents.key-missing", key=repr(key)), _MISSING.get(key, "")


INVENTORY = Sentences(_missing, _EXPLAIN)

"""What is wrong with a supplier or an action that its shape alone cannot show.

Works on what was written, so that every fault has a place, also where the shape is wrong elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from imvo_scan.core.dates import first_day, last_day
from imvo_scan.core.matching import did_you_mean, sentences
from imvo_scan.core.message import message
from imvo_scan.core.risks import RISKS
from imvo_scan.core.site_terms import DialogueState
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.strict_yaml import Path_
from imvo_scan.inventory.os_hub_id import is_open_supply_id
from imvo_scan.taxonomy.taxonomy import Taxonomy

GOAL_YEARS = range(3, 6)

_ONCE_PER_RISK = ("overrides", "affected", "involvement")
_NEXT_STATE = {
    None: DialogueState.DISCUSS,
    DialogueState.DISCUSS: DialogueState.AGREEMENT,
    DialogueState.AGREEMENT: DialogueState.IMPLEMENT,
    DialogueState.IMPLEMENT: DialogueState.EVALUATE,
    DialogueState.EVALUATE: DialogueState.DISCUSS,
}


def entries(value: dict[str, Any], key: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """The groups in a list under `key`, as written, each with its place."""
    listed = value.get(key)
    for position, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield (key, position), entry


def facts_wrong(value: dict[str, Any], taxonomy: Taxonomy) -> Iterator[Fault]:
    """Words that the tables do not know, and one thing said twice."""
    aggravators = {risk.value: known.aggravators for risk, known in taxonomy.risks.items()}
    for place, entry in entries(value, "aggravators"):
        risk = str(entry.get("risk"))
        if risk in aggravators:
            yield from _unknown(place, entry, "what", aggravators[risk], f"an aggravator of {risk}")
    for place, entry in entries(value, "controls"):
        yield from _unknown(place, entry, "kind", taxonomy.controls, "a control that is known")
    for place, entry in entries(value, "purchasing"):
        yield from _unknown(
            place, entry, "practice", taxonomy.practices, "a purchasing practice that is known"
        )
    for key in _ONCE_PER_RISK:
        seen: set[str] = set()
        for place, entry in entries(value, key):
            risk = str(entry.get("risk"))
            if risk in seen:
                yield Fault(place, f"{risk!r} stands twice under {key}", "Keep one.")
            seen.add(risk)


def _unknown(
    place: Path_, entry: dict[str, Any], key: str, known: Collection[str], what: str
) -> Iterator[Fault]:
    word = entry.get(key)
    if isinstance(word, str) and word not in known:
        choices = message("hint.write-one-of", choices=tuple(known))
        hint = sentences(did_you_mean(word, known), choices)
        yield Fault((*place, key), f"{word!r} is not {what}", hint)


def relations_wrong(value: dict[str, Any]) -> Iterator[Fault]:
    """A false Open Supply Hub id, and steps of a dialogue that do not follow one another (SD1)."""
    os_id = value.get("os_id")
    if isinstance(os_id, str) and not is_open_supply_id(os_id):
        what = f"{os_id!r} is not an Open Supply Hub id: its form or its check digit is wrong"
        yield Fault(("os_id",), what, "Copy it again, such as CN2021250D1DTN7, or leave it out.")
    state, earliest = None, None
    for place, entry in entries(value, "dialogue"):
        if entry.get("state") not in [*DialogueState]:  # what was written may be a list
            return
        reached, wanted = DialogueState(entry["state"]), _NEXT_STATE[state]
        if reached is not wanted:
            after = f"after {state}" if state else "as the first step"
            what = f"{reached.value!r} cannot come {after}: the cycle goes on with {wanted.value!r}"
            yield Fault((*place, "state"), what, f"The cycle is {' > '.join(DialogueState)}.")
        span = _span(entry.get("date"))
        if earliest is not None and span is not None and span.last < earliest:
            yield Fault((*place, "date"), "this step is dated before the one above it")
        state = reached
        earliest = max(filter(None, (earliest, span and span.first)), default=None)


def actions_wrong(data: dict[str, Any], taxonomy: Taxonomy) -> Iterator[Fault]:
    """Actions without a finding, with an unknown measure, or with goals out of bounds (C2, D17)."""
    for place, entry in entries(data, "actions"):
        yield from _findings_wrong(place, entry)
        measure = entry.get("measure")
        if isinstance(measure, str) and measure not in taxonomy.measures:
            hint = did_you_mean(measure, taxonomy.measures)
            hint = hint or "imvo-scan plan proposes measures; or leave it out and write `what`."
            yield Fault((*place, "measure"), f"{measure!r} is not in the action library", hint)
        if measure is None and entry.get("what") is None:
            yield Fault(place, "this action does not say what is done", "Add `measure` or `what`.")
        yield from _times_wrong(place, entry)


def _findings_wrong(place: Path_, entry: dict[str, Any]) -> Iterator[Fault]:
    listed = entry.get("findings")
    for position, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, str) and name.partition("/")[2] not in set(RISKS):
            hint = "Write site/risk, such as mill/forced-labour."
            yield Fault((*place, "findings", position), f"{name!r} is not a finding", hint)


def _times_wrong(place: Path_, entry: dict[str, Any]) -> Iterator[Fault]:
    start, due, review = (_span(entry.get(key)) for key in ("start", "due", "review"))
    year = entry.get("target_year")
    if entry.get("due") is None and year is None:
        hint = "Add `due` for a step that ends, or `target_year` for a goal of 3 to 5 years."
        yield Fault(place, "this action does not say when it is done", hint)
    if start is None:
        return
    if due is not None and due.last < start.first:
        yield Fault((*place, "due"), "the end is before the start")
    if isinstance(year, str) and year.isdecimal():
        begun = start.first.year
        if int(year) - begun not in GOAL_YEARS:
            what = f"a goal is three to five years after its start, and {begun} is the start"
            yield Fault((*place, "target_year"), what, "For a shorter step, use `due` instead.")
        if entry.get("review") is None:
            yield Fault(place, "this goal has no `review`", "Goals are looked at every year.")
    if review is not None and review.last < start.first:
        yield Fault((*place, "review"), "the review is before the start")


class _Span(NamedTuple):
    """The days that a date as written can mean: `2026-03` is all of March."""

    first: date
    last: date


def _span(text: Any) -> _Span | None:
    """The span of a date; None where it is missing or no date, which the model says."""
    try:
        return _Span(first_day(text), last_day(text)) if isinstance(text, str) else None
    except ValueError:
        return None

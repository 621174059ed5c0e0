"""What is wrong with a supplier or an action that its shape alone cannot show.

Works on what was written, so that every fault has a place, also where the shape is wrong elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple

from imvo_scan.core.dates import first_day, last_day
from imvo_scan.core.matching import did_you_mean, sentences
from imvo_scan.core.message import Message, message
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
            wanted = message("inventory.an-aggravator", risk=risk)
            yield from _unknown(place, entry, "what", aggravators[risk], wanted)
    for place, entry in entries(value, "controls"):
        wanted = message("inventory.a-control")
        yield from _unknown(place, entry, "kind", taxonomy.controls, wanted)
    for place, entry in entries(value, "purchasing"):
        wanted = message("inventory.a-practice")
        yield from _unknown(place, entry, "practice", taxonomy.practices, wanted)
    for key in _ONCE_PER_RISK:
        seen: set[str] = set()
        for place, entry in entries(value, key):
            risk = str(entry.get("risk"))
            if risk in seen:
                what = message("inventory.risk-twice", risk=repr(risk), key=key)
                yield Fault(place, what, message("inventory.keep-one"))
            seen.add(risk)


def _unknown(
    place: Path_, entry: dict[str, Any], key: str, known: Collection[str], wanted: Message
) -> Iterator[Fault]:
    word = entry.get(key)
    if isinstance(word, str) and word not in known:
        choices = message("hint.write-one-of", choices=tuple(known))
        hint = sentences(did_you_mean(word, known), choices)
        what = message("inventory.is-not", word=repr(word), wanted=wanted)
        yield Fault((*place, key), what, hint)


def relations_wrong(value: dict[str, Any]) -> Iterator[Fault]:
    """A false Open Supply Hub id, and steps of a dialogue that do not follow one another (SD1)."""
    os_id = value.get("os_id")
    if isinstance(os_id, str) and not is_open_supply_id(os_id):
        what = message("inventory.no-os-id", text=repr(os_id))
        yield Fault(("os_id",), what, message("inventory.copy-os-id"))
    state, earliest = None, None
    for place, entry in entries(value, "dialogue"):
        if entry.get("state") not in [*DialogueState]:  # what was written may be a list
            return
        reached, wanted = DialogueState(entry["state"]), _NEXT_STATE[state]
        if reached is not wanted:
            hint = message("inventory.cycle", states=" > ".join(DialogueState))
            yield Fault((*place, "state"), _out_of_turn(reached, state, wanted), hint)
        span = _span(entry.get("date"))
        if earliest is not None and span is not None and span.last < earliest:
            yield Fault((*place, "date"), message("inventory.step-before-last"))
        state = reached
        earliest = max(filter(None, (earliest, span and span.first)), default=None)


def _out_of_turn(
    reached: DialogueState, last: DialogueState | None, wanted: DialogueState
) -> Message:
    step, following = repr(reached.value), repr(wanted.value)
    if last is None:
        return message("inventory.no-first-step", step=step, wanted=following)
    return message("inventory.no-next-step", step=step, last=last.value, wanted=following)


def actions_wrong(data: dict[str, Any], taxonomy: Taxonomy) -> Iterator[Fault]:
    """Actions without a finding, with an unknown measure, or with goals out of bounds (C2, D17)."""
    for place, entry in entries(data, "actions"):
        yield from _findings_wrong(place, entry)
        measure = entry.get("measure")
        if isinstance(measure, str) and measure not in taxonomy.measures:
            hint = did_you_mean(measure, taxonomy.measures)
            what = message("inventory.measure-unknown", measure=repr(measure))
            yield Fault((*place, "measure"), what, hint or message("inventory.find-a-measure"))
        if measure is None and entry.get("what") is None:
            hint = message("inventory.add-measure-or-what")
            yield Fault(place, message("inventory.nothing-is-done"), hint)
        yield from _times_wrong(place, entry)


def _findings_wrong(place: Path_, entry: dict[str, Any]) -> Iterator[Fault]:
    listed = entry.get("findings")
    for position, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, str) and name.partition("/")[2] not in set(RISKS):
            what = message("inventory.no-finding", name=repr(name))
            hint = message("inventory.write-a-finding")
            yield Fault((*place, "findings", position), what, hint)


def _times_wrong(place: Path_, entry: dict[str, Any]) -> Iterator[Fault]:
    start, due, review = (_span(entry.get(key)) for key in ("start", "due", "review"))
    year = entry.get("target_year")
    if entry.get("due") is None and year is None:
        hint = message("inventory.add-due-or-target-year")
        yield Fault(place, message("inventory.no-end"), hint)
    if start is None:
        return
    if due is not None and due.last < start.first:
        yield Fault((*place, "due"), message("inventory.end-before-start"))
    if isinstance(year, str) and year.isdecimal():
        first_year = start.first.year
        if int(year) - first_year not in GOAL_YEARS:
            what = message("inventory.goal-years", start=str(first_year))
            yield Fault((*place, "target_year"), what, message("inventory.use-due"))
        if entry.get("review") is None:
            hint = message("inventory.review-goals")
            yield Fault(place, message("inventory.no-review"), hint)
    if review is not None and review.last < start.first:
        yield Fault((*place, "review"), message("inventory.review-before-start"))


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

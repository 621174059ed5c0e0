"""What changed between two scans, and the history of one file, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.evidence import Edition
from imvo_scan.history.diff import Change, Changed, Comparison
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

_TITLES = {
    Change.NEW: "New",
    Change.WORSE: "Worse",
    Change.BETTER: "Better",
    Change.CLOSED: "Closed",
    Change.UNCHANGED: "Unchanged",
}
_HEAD = ("Finding", "Supplier", "Before", "After", "Changed by")


def write_comparison(
    comparison: Comparison, edition: Edition, form: Form, sink: Sink, version: str
) -> None:
    """Write every change, what is unchanged only as a number; `version` is the program's."""
    if form is Form.JSON:
        sink.write(as_json(_document(comparison), edition, version))
        return
    write_sections(_sections(comparison), tables_line(edition, version), form, sink)


def _sections(comparison: Comparison) -> Iterator[Section]:
    counts = ", ".join(f"{_TITLES[c].lower()} {len(comparison.of(c))}" for c in Change)
    lines = [f"{comparison.old.name} > {comparison.new.name}", counts]
    if comparison.old.tables != comparison.new.tables:
        lines.append("The tables differ: what only they changed says `tables`.")
    if comparison.old.version != comparison.new.version:
        lines.append("The versions of imvo-scan differ.")
    yield Section("What changed", tuple(lines), top=True)
    for change in Change:
        found = comparison.of(change)
        if found and change is not Change.UNCHANGED:
            yield Section(_TITLES[change], (), _HEAD, tuple(map(_row, found)))


def _row(one: Changed) -> tuple[str, ...]:
    kept = one.after or one.before
    return (
        one.finding,
        kept.supplier if kept else "",
        one.before.priority.label if one.before else "-",
        one.after.priority.label if one.after else "-",
        one.cause.value if one.cause else "",
    )


def _document(comparison: Comparison) -> dict[str, Any]:
    return {
        "old": comparison.old.name,
        "new": comparison.new.name,
        "counts": {change.value: len(comparison.of(change)) for change in Change},
        "changes": [
            {
                "finding": one.finding,
                "change": one.change,
                "before": one.before.priority if one.before else None,
                "after": one.after.priority if one.after else None,
                "cause": one.cause,
            }
            for one in comparison.changes
            if one.change is not Change.UNCHANGED
        ],
    }


@dataclass(frozen=True, slots=True)
class Moment:
    """One revision of a file: its commit and day, and the classes of its findings by id.

    `findings` is None where that version could not be read.
    """

    commit: str
    date: str
    findings: dict[str, Priority] | None


def write_history(
    moments: Sequence[Moment], edition: Edition, form: Form, sink: Sink, version: str
) -> None:
    """Write the counts of each revision, and since when each finding of the last one is open."""
    first = _first_seen(moments)
    if form is Form.JSON:
        document = {"revisions": [_moment(one) for one in moments], "open_since": first}
        sink.write(as_json(document, edition, version))
        return
    write_sections(_history(moments, first), tables_line(edition, version), form, sink)


def _history(moments: Sequence[Moment], first: dict[str, str]) -> Iterator[Section]:
    head = ("Date", "Commit", *(p.label for p in CLASSES))
    rows = tuple((one.date, one.commit[:10], *_numbers(one)) for one in moments)
    line = "Every version is scored with the tables of today, so only the inventory differs."
    yield Section("History", (line,), head, rows, top=True)
    last = moments[-1].findings or {} if moments else {}
    order = sorted(last, key=lambda key: (last[key], first[key], key))
    since = tuple((last[key].label, key, first[key]) for key in order)
    yield Section("Open since", (), ("Class", "Finding", "Since"), since)


def _numbers(one: Moment) -> Iterator[str]:
    for priority in CLASSES:
        if one.findings is None:
            yield "not readable"
        else:
            yield str(sum(found is priority for found in one.findings.values()))


def _first_seen(moments: Sequence[Moment]) -> dict[str, str]:
    """The day since which each finding of the last revision has been there without a break."""
    since: dict[str, str] = {}
    for one in moments:
        if one.findings is not None:
            since = {key: since.get(key, one.date) for key in one.findings}
    return since


def _moment(one: Moment) -> dict[str, Any]:
    counts = None if one.findings is None else dict(zip(CLASSES, _numbers(one), strict=True))
    return {
        "commit": one.commit,
        "date": one.date,
        "counts": counts and {p.label: int(number) for p, number in counts.items()},
    }

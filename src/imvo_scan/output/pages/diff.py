"""What changed between two scans, and the history of one file, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.version import __version__
from imvo_scan.evidence import Edition
from imvo_scan.history.diff import Change, Changed, Comparison
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

_COLUMNS = ("finding", "supplier", "before", "after", "changed-by")


def write_comparison(
    comparison: Comparison, edition: Edition, form: Form, sink: Sink, speaker: Speaker
) -> None:
    """Write every change, what is unchanged only as a number."""
    if form is Form.JSON:
        sink.write(as_json(_document(comparison), edition, __version__))
        return
    closing = tables_line(edition, __version__, speaker)
    write_sections(_sections(comparison, speaker), closing, form, sink)


def _sections(comparison: Comparison, speaker: Speaker) -> Iterator[Section]:
    counts = ", ".join(
        f"{_title(one, speaker).lower()} {len(comparison.of(one))}" for one in Change
    )
    lines = [f"{comparison.old.name} > {comparison.new.name}", counts]
    if comparison.old.tables != comparison.new.tables:
        lines.append(speaker.say("changes.tables-differ"))
    if comparison.old.version != comparison.new.version:
        lines.append(speaker.say("changes.versions-differ"))
    yield Section(speaker.say("changes.title"), tuple(lines), top=True)
    head = tuple(speaker.say(f"changes.{column}") for column in _COLUMNS)
    for change in Change:
        changed = comparison.of(change)
        if changed and change is not Change.UNCHANGED:
            rows = tuple(_row(one, speaker) for one in changed)
            yield Section(_title(change, speaker), (), head, rows)


def _title(change: Change, speaker: Speaker) -> str:
    return speaker.say(f"change.{change.value}")


def _row(one: Changed, speaker: Speaker) -> tuple[str, ...]:
    finding = one.after or one.before
    return (
        one.finding,
        finding.supplier if finding else "",
        one.before.priority.label if one.before else "-",
        one.after.priority.label if one.after else "-",
        speaker.say(f"cause.{one.cause.value}") if one.cause else "",
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
    moments: Sequence[Moment], edition: Edition, form: Form, sink: Sink, speaker: Speaker
) -> None:
    """Write the counts of each revision, and since when each finding of the last one is open."""
    first = _first_seen(moments)
    if form is Form.JSON:
        document = {"revisions": [_moment(one) for one in moments], "open_since": first}
        sink.write(as_json(document, edition, __version__))
        return
    closing = tables_line(edition, __version__, speaker)
    write_sections(_history(moments, first, speaker), closing, form, sink)


def _history(
    moments: Sequence[Moment], first: dict[str, str], speaker: Speaker
) -> Iterator[Section]:
    say = speaker.say
    classes = tuple(priority.label for priority in CLASSES)
    unreadable = (say("revisions.not-readable"),) * len(CLASSES)
    rows = tuple(
        (speaker.day(one.date), one.commit[:10], *(_numbers(one) or unreadable)) for one in moments
    )
    head = (say("revisions.date"), say("revisions.commit"), *classes)
    yield Section(say("revisions.title"), (say("revisions.same-tables"),), head, rows, top=True)
    last = moments[-1].findings or {} if moments else {}
    order = sorted(last, key=lambda key: (last[key], first[key], key))
    since = tuple((last[key].label, key, speaker.day(first[key])) for key in order)
    head = (say("table.class"), say("changes.finding"), say("revisions.since"))
    yield Section(say("revisions.open-since"), (), head, since)


def _numbers(one: Moment) -> tuple[str, ...]:
    """How many findings there are of each class; empty where the version was not readable."""
    if one.findings is None:
        return ()
    counts = Counter(one.findings.values())
    return tuple(str(counts[priority]) for priority in CLASSES)


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

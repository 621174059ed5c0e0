"""What changed between two scans, and the history of one file, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from imvo_scan.core.priorities import CLASSES
from imvo_scan.core.version import __version__
from imvo_scan.evidence import Edition
from imvo_scan.gate.news import Known, News, news_of
from imvo_scan.history.diff import Change, Changed, Comparison
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

_COLUMNS = ("finding", "supplier", "before", "after", "news", "changed-by")


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
        _news_line(one.news, speaker) if one.change is Change.WORSE else "",
        speaker.say(f"cause.{one.cause.value}") if one.cause else "",
    )


def _news_line(news: Iterable[News], speaker: Speaker) -> str:
    return ", ".join(speaker.say(f"news.{one.value}") for one in news)


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
                "news": one.news,
                "cause": one.cause,
            }
            for one in comparison.changes
            if one.change is not Change.UNCHANGED
        ],
    }


@dataclass(frozen=True, slots=True)
class Moment:
    """One revision of a file: its commit and day, and what is known of its findings by id.

    `findings` is None where that version could not be read.
    """

    commit: str
    date: str
    findings: dict[str, Known] | None


class PastNews(NamedTuple):
    """What was new of a finding at a revision, and the day of that."""

    date: str
    news: tuple[News, ...]


def write_history(
    moments: Sequence[Moment], edition: Edition, form: Form, sink: Sink, speaker: Speaker
) -> None:
    """Write the counts of each revision, and of each finding of the last one since when it is open.

    With it goes its last news, where there was any since.
    """
    first, latest = _first_seen(moments), _last_news(moments)
    if form is Form.JSON:
        document = {
            "revisions": [_moment(one) for one in moments],
            "open_since": first,
            "last_news": {key: {"date": one.date, "news": one.news} for key, one in latest.items()},
        }
        sink.write(as_json(document, edition, __version__))
        return
    closing = tables_line(edition, __version__, speaker)
    write_sections(_history(moments, first, latest, speaker), closing, form, sink)


def _history(
    moments: Sequence[Moment],
    first: Mapping[str, str],
    latest: Mapping[str, PastNews],
    speaker: Speaker,
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
    order = sorted(last, key=lambda key: (last[key].priority, first[key], key))
    since = tuple(
        (last[key].priority.label, key, speaker.day(first[key]), *_told(latest.get(key), speaker))
        for key in order
    )
    head = (
        say("table.class"),
        say("changes.finding"),
        say("revisions.since"),
        say("revisions.last-news"),
        say("changes.news"),
    )
    yield Section(say("revisions.open-since"), (), head, since)


def _told(latest: PastNews | None, speaker: Speaker) -> tuple[str, str]:
    return (speaker.day(latest.date), _news_line(latest.news, speaker)) if latest else ("", "")


def _numbers(one: Moment) -> tuple[str, ...]:
    """How many findings there are of each class; empty where the version was not readable."""
    if one.findings is None:
        return ()
    counts = Counter(known.priority for known in one.findings.values())
    return tuple(str(counts[priority]) for priority in CLASSES)


def _first_seen(moments: Sequence[Moment]) -> dict[str, str]:
    """The day since which each finding of the last revision has been there without a break."""
    since: dict[str, str] = {}
    for one in moments:
        if one.findings is not None:
            since = {key: since.get(key, one.date) for key in one.findings}
    return since


def _last_news(moments: Sequence[Moment]) -> dict[str, PastNews]:
    """The last news of each finding of the last revision since it is open; most have none."""
    latest: dict[str, PastNews] = {}
    before: dict[str, Known] = {}
    for one in moments:
        if one.findings is None:
            continue
        latest = {key: past for key, past in latest.items() if key in one.findings}
        for key, known in one.findings.items():
            news = news_of(before[key], known) if key in before else ()
            if news:
                latest[key] = PastNews(one.date, news)
        before = one.findings
    return latest


def _moment(one: Moment) -> dict[str, Any]:
    counts = None if one.findings is None else dict(zip(CLASSES, _numbers(one), strict=True))
    return {
        "commit": one.commit,
        "date": one.date,
        "counts": counts and {p.label: int(number) for p, number in counts.items()},
    }

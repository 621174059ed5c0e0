"""What is said of waivers and baselines beside the verdict, so that neither is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from imvo_scan.core.file_names import shown
from imvo_scan.core.matching import all_of
from imvo_scan.core.message import Day, Message, Text, Value, message
from imvo_scan.gate.baseline import FindingKey
from imvo_scan.gate.news import News
from imvo_scan.gate.waivers import Limit, Waiver

MOST_NAMED = 10


class NoticeKind(StrEnum):
    """What a notice is about."""

    BACK = "back"
    HARM = "harm"
    AHEAD = "ahead"
    EXPIRED = "expired"
    USELESS = "useless"
    SHARED = "shared"
    NEWS = "news"
    STALE = "stale"


class Notice(NamedTuple):
    """One notice: its kind, its text, and how many things it is about."""

    kind: NoticeKind
    text: Message
    number: int = 1


class Limited(NamedTuple):
    """Reported harm that a waiver does not cover: why, at which finding, of which day."""

    limit: Limit
    finding: str
    day: str | None


class Uses:
    """Which waivers matched something, by number: in which files, and whether it stays open."""

    def __init__(self) -> None:
        self.sources: dict[int, dict[str, None]] = {}
        self.left_open: set[int] = set()
        self.limited: dict[int, list[Limited]] = {}

    def add(self, number: int, source: str, *, is_open: bool) -> None:
        """A waiver matched a finding of a file, which is open for all that."""
        self.sources.setdefault(number, {})[source] = None
        if is_open:
            self.left_open.add(number)

    def limit(self, number: int, limited: Limited) -> None:
        """A waiver matched a finding that is open because it does not cover harm there."""
        self.limited.setdefault(number, []).append(limited)


def notices_of(waiver: Waiver, uses: Uses, number: int, today: date) -> Iterator[Notice]:
    """What is to be said of a waiver: that it ended, is useless, or covers less than it seems."""
    it: dict[str, Value] = {"where": waiver.where, "pattern": waiver.pattern}
    sources, day = tuple(uses.sources.get(number, ())), Day(waiver.until)
    expired = waiver.has_expired(today)
    if number in uses.left_open:
        yield Notice(NoticeKind.BACK, message("gate.waiver-back", **it, day=day))
    elif expired and sources:
        yield Notice(NoticeKind.EXPIRED, message("gate.waiver-not-needed", **it, day=day))
    elif expired:
        yield Notice(NoticeKind.EXPIRED, message("gate.waiver-expired", **it, day=day))
    elif not sources:
        yield Notice(NoticeKind.USELESS, message("gate.waiver-useless", **it))
    elif waiver.granted is not None and not waiver.has_begun(today):
        text = message("gate.waiver-ahead", **it, granted=waiver.granted)
        yield Notice(NoticeKind.AHEAD, text)
    elif len(sources) > 1 and waiver.names_a_site:
        files = all_of(map(shown, sources[:MOST_NAMED]))
        yield Notice(NoticeKind.SHARED, message("gate.waiver-shared", **it, files=files))
    if number in uses.limited:
        yield _limited_notice(waiver, uses.limited[number], it)


def _limited_notice(waiver: Waiver, limited: Sequence[Limited], it: Mapping[str, Value]) -> Notice:
    """That a waiver does not cover reported harm, and why: for one waiver the why is the same."""
    first = limited[0]
    names = tuple(dict.fromkeys(one.finding for one in limited))
    more = ("...",) if len(names) > MOST_NAMED else ()
    values = {**it, "findings": (*names[:MOST_NAMED], *more)}
    if first.limit is Limit.SINCE and waiver.granted is not None and first.day is not None:
        values |= {"granted": waiver.granted, "day": Day(first.day)}
    return Notice(NoticeKind.HARM, message(f"gate.waiver-{first.limit.value}", **values))


def news_notices(news: Mapping[FindingKey, tuple[News, ...]]) -> Iterator[Notice]:
    """That the baseline holds no longer for findings, and what is new of each."""
    if news:
        reasons = {
            key: all_of(message(f"news.{one.value}") for one in news[key]) for key in sorted(news)
        }
        text = message("gate.baseline-news", n=len(news), findings=_named(reasons))
        yield Notice(NoticeKind.NEWS, text, len(news))


def stale_notices(gone: Sequence[FindingKey]) -> Iterator[Notice]:
    """That the baseline holds findings that are none any more."""
    if gone:
        text = message("gate.baseline-stale", n=len(gone), findings=_named(dict.fromkeys(gone)))
        yield Notice(NoticeKind.STALE, text, len(gone))


def _named(findings: Mapping[FindingKey, Text | None]) -> tuple[Text, ...]:
    """The first of many findings, each with a remark if there is one; dots stand for the others."""
    several = len({key.file for key in findings}) > 1
    named: list[Text] = []
    for key, remark in islice(findings.items(), MOST_NAMED):
        name = key.named(with_file=several)
        told = message("gate.with-remark", name=name, remark=remark) if remark else name
        named.append(told)
    return (*named, "...") if len(findings) > MOST_NAMED else tuple(named)


def counted(notices: Iterable[Notice]) -> Iterator[Notice]:
    """One notice a kind, with the number of them and without a name (D8)."""
    numbers: Counter[NoticeKind] = Counter()
    for notice in notices:
        numbers[notice.kind] += notice.number
    for kind, number in numbers.items():
        yield Notice(kind, message(f"gate.counted-{kind.value}", n=number), number)

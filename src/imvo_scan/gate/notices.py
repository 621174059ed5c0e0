"""What is said of waivers and baselines beside the verdict, so that neither is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from imvo_scan.core.file_names import shown
from imvo_scan.gate.baseline import FindingKey
from imvo_scan.gate.waivers import Waiver

MOST_NAMED = 10


class Kind(Enum):
    """What a notice is about, as a public report may say it: with a number and no name (D8)."""

    BACK = "Waivers that expired, so what they waived counts again: {n}."
    EXPIRED = "Waivers that expired and are needed no more: {n}."
    USELESS = "Waivers that match no finding in what was scanned: {n}."
    SHARED = "Waivers of one site that count in several files: {n}."
    STALE = "Entries of the baseline that are no findings any more: {n}."


class Notice(NamedTuple):
    """One notice: its kind, its text, and how many things it is about."""

    kind: Kind
    text: str
    number: int = 1


class Uses:
    """Which waivers matched something, by number: in which files, and whether it stays open."""

    def __init__(self) -> None:
        self.sources: dict[int, dict[str, None]] = {}
        self.left_open: set[int] = set()

    def add(self, number: int, source: str, *, is_open: bool) -> None:
        """A waiver matched a finding of a file, which is open for all that."""
        self.sources.setdefault(number, {})[source] = None
        if is_open:
            self.left_open.add(number)


def notices_of(waiver: Waiver, uses: Uses, number: int, *, expired: bool) -> Iterator[Notice]:
    """What is to be said of a waiver: that it ended, is useless, or counts more than once."""
    it = f"{waiver.where}: the waiver of {waiver.pattern}"
    sources = tuple(uses.sources.get(number, ()))
    if number in uses.left_open:
        said = f"expired on {waiver.until}, so what it waived counts again"
        yield Notice(Kind.BACK, f"{it} {said}.")
    elif expired:
        why = "what it waived is covered without it" if sources else "matches nothing"
        yield Notice(Kind.EXPIRED, f"{it} expired on {waiver.until} and {why}: remove it.")
    elif not sources:
        yield Notice(Kind.USELESS, f"{it} matches no finding in what was scanned.")
    elif len(sources) > 1 and waiver.names_a_site:
        files = " and ".join(map(shown, sources[:MOST_NAMED]))
        yield Notice(Kind.SHARED, f"{it} counts in {files}: name its `file` to waive one.")


def stale_notices(gone: Sequence[FindingKey]) -> Iterator[Notice]:
    """That the baseline holds findings that are none any more."""
    if not gone:
        return
    several = len({key.file for key in gone}) > 1
    named = ", ".join(key.named(with_file=several) for key in gone[:MOST_NAMED])
    more = ", ..." if len(gone) > MOST_NAMED else ""
    entries = "1 entry" if len(gone) == 1 else f"{len(gone):,} entries"
    are = "is no finding" if len(gone) == 1 else "are no findings"
    text = f"{entries} of the baseline {are} any more: {named}{more}."
    yield Notice(Kind.STALE, text, len(gone))


def counted(notices: Iterable[Notice]) -> Iterator[Notice]:
    """One notice a kind, with the number of them and without a name."""
    numbers: Counter[Kind] = Counter()
    for notice in notices:
        numbers[notice.kind] += notice.number
    for kind, number in numbers.items():
        yield Notice(kind, kind.value.format(n=f"{number:,}"), number)

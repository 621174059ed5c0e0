"""Waivers: findings that somebody accepts for a time, with a reason and a name.

They stand in a file of their own or at a supplier. What has expired counts no more, and what
matches nothing is said, so that no waiver is forgotten. Harm that is reported is covered only by a
waiver of that one finding, and only what was known on the day it was granted (METHOD 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.chain import Report, Site
from imvo_scan.chain.leverage import Place
from imvo_scan.core.dates import last_day
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.file_names import absolute
from imvo_scan.core.message import message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.documents import strict_yaml
from imvo_scan.gate.news import Known
from imvo_scan.gate.patterns import ANY, Patterns, matches
from imvo_scan.inventory.marks import WITHHELD

if TYPE_CHECKING:
    from imvo_scan.gate.waiver_file import WaiverEntry

NEVER = "never"


class Limit(StrEnum):
    """Why a waiver does not cover the harm that is reported at a finding."""

    PATTERN = "pattern"
    UNDATED = "undated"
    SINCE = "since"


@dataclass(frozen=True)
class Waiver:
    """One waiver: the pattern of finding ids it is for, and until when; None is never.

    `granted` is its first day, None where it does not say. `where` is the file and line in which it
    stands. `file` is a pattern of whole paths, None for every file. One that stands `at` a supplier
    is for that site of that file only.
    """

    pattern: str
    reason: str
    approver: str
    expires: date | None
    where: str
    file: str | None = None
    at: Place | None = None
    granted: date | None = None

    def has_begun(self, today: date) -> bool:
        """Whether it was granted by now: none covers what is still to come."""
        return self.granted is None or self.granted <= today

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and self.expires < today

    @property
    def redacted(self) -> Waiver:
        """The waiver without names and free text; its last day stays (D8)."""
        hidden = WITHHELD
        return Waiver(hidden, hidden, hidden, self.expires, hidden, granted=self.granted)

    @property
    def until(self) -> str:
        """The last day as text, or `never`."""
        return NEVER if self.expires is None else self.expires.isoformat()

    def limit_on(self, known: Known) -> Limit | None:
        """Why it does not cover a finding that it is for; None where it does."""
        if not known.harm:
            return None
        if ANY in f"{self.pattern}{self.file or ''}":
            return Limit.PATTERN
        if self.granted is None:
            return Limit.UNDATED
        return Limit.SINCE if self.since(known) else None

    def since(self, known: Known) -> str | None:
        """The latest day of harm that may be after it was granted, None where there is none.

        `2026` may be the last day of the year: what is not known to be covered is not.
        """
        latest = max(known.incidents, key=last_day, default=None)
        if latest is None or self.granted is None:
            return None
        return latest if last_day(latest) > self.granted else None

    @property
    def names_a_site(self) -> bool:
        """Whether it is meant for one site, not for whatever its pattern fits."""
        return ANY not in self.pattern.rpartition("/")[0]

    def targets(self) -> Iterator[tuple[str, frozenset[Risk]]]:
        """Patterns of site ids, each with the risks that are waived there.

        Without a slash, each star may be what stands for it: `mill*` is every risk at `mill...`.
        """
        for site, risk in self._pairs():
            risks = _risks_like(risk)
            if risks:
                yield site, risks

    def _pairs(self) -> Iterator[tuple[str, str]]:
        text = self.pattern
        site, slash, risk = text.rpartition("/")
        if self.at is not None:
            yield self.at.id, text.removeprefix(f"{self.at.id}/")
        elif slash:
            yield site, risk
        else:
            stars = (n for n, sign in enumerate(text) if sign == ANY)
            yield from ((text[: n + 1], text[n:]) for n in stars)


@lru_cache(maxsize=1024)
def _risks_like(pattern: str) -> frozenset[Risk]:
    """The risks that a pattern fits; thousands of waivers share a few patterns."""
    return frozenset(risk for risk in RISKS if matches(pattern, risk))


class Rule(NamedTuple):
    """A waiver where it can hold: its number in the order of all, and the risks it waives there."""

    number: int
    waiver: Waiver
    risks: frozenset[Risk]


class Waivers:
    """All waivers of a scan, found by site: the cost grows with what matches, not with them all."""

    def __init__(self, waivers: Sequence[Waiver]) -> None:
        self.all = tuple(waivers)
        self._at: dict[Place, list[Rule]] = {}
        by_site: dict[str, dict[str, list[Rule]]] = {}
        for number, waiver in enumerate(self.all):
            for site, risks in waiver.targets():
                rule = Rule(number, waiver, risks)
                if waiver.at is not None:
                    self._at.setdefault(waiver.at, []).append(rule)
                    continue
                by_file = by_site.setdefault(site, {})
                by_file.setdefault(waiver.file or ANY, []).append(rule)
        self._patterns = Patterns({site: Patterns(files) for site, files in by_site.items()})
        self._by_id: dict[str, tuple[Patterns[list[Rule]], ...]] = {}
        self._files: dict[str, str] = {}
        self._scanned: dict[str, bool] = {}

    def of(self, site: Site) -> list[Rule]:
        """The rules for a site, in the order in which the waivers stand."""
        at = site.at
        rules = list(self._at.get(at, ()))
        near = self._by_id.get(at.id)
        if near is None:
            near = self._by_id[at.id] = tuple(self._patterns.of(at.id))
        if near:
            file = self._file(at.source)
            rules += [rule for files in near for group in files.of(file) for rule in group]
            rules.sort(key=lambda rule: rule.number)
        return rules

    def is_elsewhere(self, waiver: Waiver, sources: Iterable[str]) -> bool:
        """Whether a waiver names files and none of these is one of them."""
        if waiver.file is None:
            return False
        if waiver.file not in self._scanned:
            files = map(self._file, sources)
            self._scanned[waiver.file] = any(matches(waiver.file, file) for file in files)
        return not self._scanned[waiver.file]

    def _file(self, source: str) -> str:
        if source not in self._files:
            self._files[source] = absolute(source)
        return self._files[source]


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises `UsageError` or `YamlError` with every problem."""
    try:
        raw = file_bytes(path)
    except OSError as error:
        what = message("gate.waivers-unreadable", why=reason_of(error))
        raise UsageError([Problem(str(path), 0, 0, what)]) from None
    return waivers_in(raw, path)


def waivers_in(raw: bytes, path: Path) -> tuple[Waiver, ...]:
    """The waivers of a text that stands, or is to stand, in a file. Raises as `read_waivers`."""
    from imvo_scan.documents.validation import validated
    from imvo_scan.gate.waiver_file import WaiverFile

    document, lines = _with_lines(raw, str(path))
    entries = validated(document, WaiverFile).waivers
    return tuple(_waiver(entry, path, line) for entry, line in zip(entries, lines, strict=True))


def _with_lines(raw: bytes, name: str) -> tuple[strict_yaml.Document, list[int]]:
    """A waiver file with the line of each entry, in one pass. Raises `YamlError`."""
    entries: list[strict_yaml.Value] = []
    lines: list[int] = []

    def keep(_: int, entry: strict_yaml.Value, line: int) -> None:
        entries.append(entry)
        lines.append(line)

    document = strict_yaml.stream(raw, name, "waivers", keep)
    if entries and isinstance(document.data, dict):
        document = replace(document, data={**document.data, "waivers": entries})
    return document, lines


def _waiver(entry: WaiverEntry, path: Path, line: int) -> Waiver:
    pattern = entry.finding or f"{entry.site or ANY}/{entry.risk or ANY}"
    named = None if entry.file in {None, ANY} else entry.file
    file = None if named is None else absolute(named, path.parent)
    return Waiver(
        pattern,
        entry.reason,
        entry.approver,
        expiry(entry.expires),
        f"{path}:{line}",
        file,
        granted=_day(entry.granted),
    )


def waivers_of(report: Report) -> Iterator[Waiver]:
    """The waivers that stand at the suppliers of a report."""
    for site in report.sites:
        for entry in site.supplier.relations.waivers:
            yield Waiver(
                pattern=f"{site.supplier.id}/{entry.risk}",
                reason=entry.reason,
                approver=entry.approver,
                expires=expiry(entry.expires),
                where=f"{site.at.source}:{site.supplier.line}",
                at=site.at,
                granted=_day(entry.granted),
            )


def expiry(text: str) -> date | None:
    """The last day of a waiver; None where it says never."""
    return None if text == NEVER else date.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)

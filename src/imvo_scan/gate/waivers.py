"""Waivers: findings that somebody accepts for a time, with a reason and a name.

They stand in a file of their own or at a supplier. What has expired counts no more, and what
matches nothing is said, so that no waiver is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import translate
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan import strict_yaml
from imvo_scan.chain import Report
from imvo_scan.inventory.redaction import WITHHELD
from imvo_scan.vocabulary import Problem, UsageError

if TYPE_CHECKING:
    from imvo_scan.gate.waiver_file import WaiverEntry

NEVER = "never"


@dataclass(frozen=True)
class Waiver:
    """One waiver: the pattern of finding ids it is for, and until when; None is never.

    `where` is the file and line in which it stands.
    """

    pattern: str
    reason: str
    approver: str
    expires: date | None
    where: str
    source: str | None = None

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile(translate(self.pattern))

    def matches(self, source: str, finding: str) -> bool:
        """Whether it is for a finding of a file; one at a supplier is for its own file only."""
        own = self.source is None or self.source == source
        return own and self._expression.match(finding) is not None

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and self.expires < today

    @property
    def redacted(self) -> Waiver:
        """The waiver without names and free text; its last day stays (D8)."""
        return Waiver(WITHHELD, WITHHELD, WITHHELD, self.expires, WITHHELD)

    @property
    def until(self) -> str:
        """The last day as text, or `never`."""
        return NEVER if self.expires is None else self.expires.isoformat()


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file. Raises `UsageError` or `YamlError` with every problem."""
    from imvo_scan.gate.waiver_file import WaiverFile
    from imvo_scan.inventory.documents import validated

    try:
        document = strict_yaml.load(path)
    except OSError as error:
        what = f"this waiver file cannot be read: {error.strerror or error}"
        raise UsageError([Problem(str(path), 0, 0, what)]) from None
    entries = validated(document, WaiverFile).waivers
    return tuple(
        _waiver(entry, f"{path}:{document.line(('waivers', place))}")
        for place, entry in enumerate(entries)
    )


def _waiver(entry: WaiverEntry, where: str) -> Waiver:
    pattern = entry.finding or f"{entry.site or '*'}/{entry.risk or '*'}"
    return Waiver(pattern, entry.reason, entry.approver, expiry(entry.expires), where)


def waivers_of(report: Report) -> Iterator[Waiver]:
    """The waivers that stand at the suppliers of a report."""
    for site in report.sites:
        for entry in site.supplier.relations.waivers:
            yield Waiver(
                pattern=f"{_literal(site.supplier.id)}/{entry.risk}",
                reason=entry.reason,
                approver=entry.approver,
                expires=expiry(entry.expires),
                where=f"{site.at.source}:{site.supplier.line}",
                source=site.at.source,
            )


def expiry(text: str) -> date | None:
    """The last day of a waiver; None where it says never."""
    return None if text == NEVER else date.fromisoformat(text)


def _literal(text: str) -> str:
    """An id as a pattern for itself only."""
    return re.sub(r"([*?\[])", r"[\1]", text)


def notices(
    waivers: Sequence[Waiver], used: set[Waiver], back: set[Waiver], today: date
) -> Iterator[str]:
    """What is to be said of waivers: those that expired, and those that match nothing."""
    for waiver in waivers:
        if waiver in back:
            said = f"expired on {waiver.until}, so what it waived counts again"
            yield f"{waiver.where}: the waiver of {waiver.pattern} {said}."
        elif waiver.has_expired(today):
            yield f"{waiver.where}: the waiver of {waiver.pattern} expired and matches nothing."
        elif waiver not in used:
            yield f"{waiver.where}: the waiver of {waiver.pattern} matches no finding: remove it."

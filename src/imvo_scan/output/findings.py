"""What the formats for other programs share: fingerprints, addresses of files, short messages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from imvo_scan.chain import Report, Site
from imvo_scan.core.file_names import shown, stable
from imvo_scan.core.message import Message, message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import clean
from imvo_scan.gate import Standing
from imvo_scan.gate.waivers import Waiver
from imvo_scan.messages.findings import Wording
from imvo_scan.output.interface import Options
from imvo_scan.output.interface import shown as to_show
from imvo_scan.scoring import Assessment


class Told(NamedTuple):
    """A finding with its texts made harmless, and how it stands at the gate."""

    site: Site
    assessment: Assessment
    standing: Standing
    title: str
    message: str

    @property
    def id(self) -> str:
        """`site/risk`."""
        return f"{self.site.supplier.id}/{self.assessment.risk}"

    @property
    def priority(self) -> Priority:
        """The inherent class."""
        return self.assessment.priority

    @property
    def file(self) -> str:
        """The path of the inventory, from here where it lies below."""
        return shown(self.site.at.source)

    @property
    def fingerprint(self) -> str:
        """Its name for programs that remember it."""
        return fingerprint(self.site.at.source, self.id)

    @property
    def line(self) -> int:
        """The line of the supplier, at least 1."""
        return max(1, self.site.supplier.line)

    @property
    def is_open(self) -> bool:
        """Whether it is neither waived nor known from a baseline."""
        return self.standing.status == "open"


def told(report: Report, options: Options) -> Iterator[Told]:
    """The findings to show, worst first, whatever their standing."""
    wording = Wording(report.evidence.taxonomy, options.speaker)
    for site, one in to_show(report, options):
        standing = options.verdict.of(site.place, one.risk)
        title = f"{one.priority.label} {wording.risk(one.risk)}: {site.supplier.name}"
        parts = (
            wording.reason(one, site.supplier),
            wording.residual(one),
            wording.recommendation(one),
        )
        text = " ".join(part for part in parts if part)
        yield Told(site, one, standing, clean(title), clean(text))


def last_day_of(waiver: Waiver) -> Message | date:
    """The last day of a waiver, to be said in a sentence."""
    return message("findings.never") if waiver.expires is None else waiver.expires


def fingerprint(source: str, finding: str) -> str:
    """A stable name for a finding: by file, site and risk, not by line or number."""
    name = f"{_stable(source, Path.cwd())}\0{finding}"
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:32]


@lru_cache(maxsize=1024)
def _stable(source: str, _here: Path) -> str:
    return stable(source)


def uri_of(file: str) -> str:
    """A path as a relative address."""
    return quote(os.fsencode(file), safe="/._-~")

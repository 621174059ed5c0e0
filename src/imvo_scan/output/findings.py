"""What the formats for other programs share: fingerprints, addresses of files, short messages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from imvo_scan.chain import Report, Site
from imvo_scan.gate import Standing
from imvo_scan.output.interface import Options, shown
from imvo_scan.sanitise import clean
from imvo_scan.scoring import Assessment
from imvo_scan.scoring.wording import Wording
from imvo_scan.vocabulary import Priority

STANDARD_INPUT = "stdin"


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
        return file_of(self.site)

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
    wording = Wording(report.evidence.words, options.language)
    for site, one in shown(report, options):
        standing = options.verdict.of(site.place, one.risk)
        title = f"{one.priority.label} {wording.risk(one.risk)}: {site.supplier.name}"
        parts = (
            wording.reason(one, site.supplier),
            wording.residual(one),
            wording.recommendation(one),
        )
        message = " ".join(part for part in parts if part)
        yield Told(site, one, standing, clean(title), clean(message))


def fingerprint(finding: str) -> str:
    """A stable name for a finding: by site id and risk, not by line or number."""
    return sha256(finding.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def file_of(site: Site) -> str:
    """The path of a site's inventory, from here where it lies below; `stdin` for input."""
    source = site.at.source
    if source == "-":
        return STANDARD_INPUT
    path = Path(source)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix()


def uri_of(file: str) -> str:
    """A path as a relative address."""
    return quote(os.fsencode(file), safe="/._-~")

"""What changed between two scans: new, worse, better, closed; and what changed it (step 4).

Works on snapshots, so that an inventory scanned now and a JSON report kept from before are held
against each other in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

from imvo_scan.chain import Report
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.file_names import shown
from imvo_scan.core.message import message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.version import __version__
from imvo_scan.documents import strict_json
from imvo_scan.gate.news import Known, News, known_of, news_of
from imvo_scan.inventory import Supplier
from imvo_scan.scoring import profile_of

REPORT_VERSION = "1"
_LABELS = {priority.label: priority for priority in Priority}


class Change(StrEnum):
    """How a finding changed."""

    NEW = "new"
    WORSE = "worse"
    BETTER = "better"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


class Cause(StrEnum):
    """What changed it."""

    INVENTORY = "inventory"
    TABLES = "tables"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class PastFinding:
    """A finding as a snapshot holds it: what is known of it, its vector, the name of the site."""

    known: Known
    vector: str
    supplier: str

    @property
    def priority(self) -> Priority:
        """Its class."""
        return self.known.priority


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The findings of one scan that have a class, by id, and what they were scored with.

    `profiles` holds for each site a hash of all that its scores depend on.
    """

    name: str
    findings: Mapping[str, PastFinding]
    profiles: Mapping[str, str]
    tables: str
    version: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One finding before and after, None where it is not there; `news` says what is new of it."""

    finding: str
    change: Change
    news: tuple[News, ...]
    before: PastFinding | None
    after: PastFinding | None
    cause: Cause | None

    @property
    def now(self) -> Priority:
        """The class that matters: after, or before where it is closed."""
        last = self.after or self.before
        return Priority.NOT_INDICATED if last is None else last.priority


@dataclass(frozen=True)
class Comparison:
    """Two snapshots held against each other."""

    old: Snapshot
    new: Snapshot

    @cached_property
    def changes(self) -> tuple[Changed, ...]:
        """Every finding of both, the urgent ones first."""
        ids = sorted(self.old.findings.keys() | self.new.findings.keys())
        changes = [self._changed(key) for key in ids]
        return tuple(sorted(changes, key=lambda one: (list(Change).index(one.change), one.now)))

    def of(self, change: Change) -> tuple[Changed, ...]:
        """The findings that changed in one way."""
        return tuple(one for one in self.changes if one.change is change)

    def decide(self, fail_on_new: Priority | None) -> Exit:
        """1 where something new or worse is at or above the threshold."""
        if fail_on_new is None:
            return Exit.OK
        grown = (*self.of(Change.NEW), *self.of(Change.WORSE))
        tripped = any(one.now.at_least(fail_on_new) for one in grown)
        return Exit.FINDINGS if tripped else Exit.OK

    def _changed(self, key: str) -> Changed:
        before, after = self.old.findings.get(key), self.new.findings.get(key)
        news = _news(before, after)
        change = _change(before, after, news)
        cause = None if change is Change.UNCHANGED else self._cause(key.rpartition("/")[0])
        return Changed(key, change, news, before, after, cause)

    def _cause(self, site: str) -> Cause:
        """The inventory where it says something else of the site, else tables, else program."""
        if self.old.profiles.get(site) != self.new.profiles.get(site):
            return Cause.INVENTORY
        if self.old.tables != self.new.tables:
            return Cause.TABLES
        return Cause.PROGRAM if self.old.version != self.new.version else Cause.INVENTORY


def _news(before: PastFinding | None, after: PastFinding | None) -> tuple[News, ...]:
    """What is new of a finding, by the rule of the gate."""
    if after is None:
        return ()
    return news_of(None if before is None else before.known, after.known)


def _change(
    before: PastFinding | None, after: PastFinding | None, news: tuple[News, ...]
) -> Change:
    """News is worse; better is what would be news the other way round."""
    if before is None:
        return Change.NEW
    if after is None:
        return Change.CLOSED
    if news:
        return Change.WORSE
    return Change.BETTER if _news(after, before) else Change.UNCHANGED


def snapshot_of(report: Report, name: str) -> Snapshot:
    """The snapshot of a scan."""
    several = len(report.inventories) > 1
    keys = [site_key(site.at.id, shown(site.at.source), several=several) for site in report.sites]
    findings = {
        f"{keys[site.place]}/{one.risk}": PastFinding(
            known_of(one, site.supplier.facts), one.vector, site.supplier.name
        )
        for site in report.sites
        for one in site.assessments
        if one.priority is not Priority.NOT_INDICATED
    }
    profiles = {keys[site.place]: profile_hash(site.supplier) for site in report.sites}
    return Snapshot(name, findings, profiles, report.edition.sha256, __version__)


def site_key(identifier: str, file: str, *, several: bool) -> str:
    """What a snapshot calls a site: its id, after its file where it holds several.

    A file may change its name between two scans of it alone, and stays the same.
    """
    return f"{file}: {identifier}" if several else identifier


def profile_hash(supplier: Supplier) -> str:
    """A hash of all that the scores of a site depend on."""
    return sha256(repr(profile_of(supplier)).encode()).hexdigest()[:16]


def snapshot_of_json(raw: bytes, name: str) -> Snapshot:
    """The snapshot of a JSON report. Raises `UsageError` where it is none of version 1."""
    try:
        document = strict_json.loads(raw)
        if document["schema_version"] != REPORT_VERSION:
            raise _no_report(name)
        several = len(document["inventories"]) > 1
        sites = {
            site_key(str(site["id"]), str(site["file"]), several=several): site
            for site in document["sites"]
        }
        findings = dict(_past_findings(document["findings"], sites, several=several))
        if len(findings) < sum(document["summary"]["findings"].values()):
            what = message("history.part-of-a-report")
            hint = message("history.write-it-whole")
            raise UsageError([Problem(name, 0, 0, what, hint=hint)])
        profiles = {key: str(site["profile"]) for key, site in sites.items()}
        tables, version = str(document["tables"]["sha256"]), str(document["tool"]["version"])
        return Snapshot(name, findings, profiles, tables, version)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _no_report(name) from None


def _past_findings(
    findings: Any, sites: Mapping[str, Any], *, several: bool
) -> Iterator[tuple[str, PastFinding]]:
    for one in findings:
        priority = _LABELS[one["priority"]]
        if priority is not Priority.NOT_INDICATED:
            key = site_key(str(one["site"]), str(one["file"]), several=several)
            name = str(sites[key]["name"])
            # An older report does not tell its incidents: each there is now is then a further one.
            incidents = tuple(map(str, one.get("incidents", ())))
            known = Known(priority, int(one["likelihood"]), bool(one["actual"]), incidents)
            yield f"{key}/{one['risk']}", PastFinding(known, str(one["vector"]), name)


def _no_report(name: str) -> UsageError:
    what = message("history.no-report", version=REPORT_VERSION)
    return UsageError([Problem(name, 0, 0, what, hint=message("history.write-a-report"))])

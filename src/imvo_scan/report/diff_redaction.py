"""What changed, for outside eyes: the same changes under names that tell nobody who it is (D8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from imvo_scan.chain.leverage import Place
from imvo_scan.history.diff import Comparison, PastFinding, Snapshot
from imvo_scan.inventory.entities import COMPANY
from imvo_scan.inventory.marks import WITHHELD
from imvo_scan.report.redaction import site_names

Renaming = Callable[[str], str]


def redacted_comparison(comparison: Comparison) -> Comparison:
    """The comparison with one name for each site on both sides, and without the names of files."""
    old, new = comparison.old, comparison.new
    renamed = renaming((*old.profiles, *new.profiles))
    return Comparison(_snapshot(old, "old", renamed), _snapshot(new, "new", renamed))


def renaming(sites: Iterable[str]) -> Renaming:
    """What a site is called, by its id: the same in every version that is compared."""
    names = {place.id: name for place, name in site_names(Place("", one) for one in sites).items()}
    return lambda site: COMPANY if site == COMPANY else names.get(site, WITHHELD)


def renamed_finding(finding: str, renamed: Renaming) -> str:
    """What a finding `site/risk` is called."""
    site, _, risk = finding.rpartition("/")
    return f"{renamed(site)}/{risk}"


def _snapshot(it: Snapshot, name: str, renamed: Renaming) -> Snapshot:
    return replace(
        it,
        name=name,
        findings=_findings(it.findings, renamed),
        profiles={renamed(site): profile for site, profile in it.profiles.items()},
    )


def _findings(findings: Mapping[str, PastFinding], renamed: Renaming) -> Mapping[str, PastFinding]:
    return {
        renamed_finding(key, renamed): replace(finding, supplier=renamed(key.rpartition("/")[0]))
        for key, finding in findings.items()
    }

"""Harm that is reported at sites: its status, who says so, and the count of it (METHOD 3-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imvo_scan.chain import Finding, Report
from imvo_scan.core.site_terms import HarmStatus, SourceType
from imvo_scan.diligence.remedy import actual_findings

if TYPE_CHECKING:
    from imvo_scan.inventory import SiteFacts
    from imvo_scan.inventory.facts import Incident
    from imvo_scan.scoring import Assessment

_CONFIRMING = frozenset({SourceType.AUDIT, SourceType.GOVERNMENT})
"""Who looks into a matter before reporting it; what all others say is theirs until confirmed."""


def status_of_incident(incident: Incident) -> HarmStatus:
    """The status as stated; else by its source, so that no allegation is told as a fact."""
    if incident.status is not None:
        return incident.status
    confirmed = incident.source_type in _CONFIRMING
    return HarmStatus.CONFIRMED if confirmed else HarmStatus.ALLEGED


def status_of(assessment: Assessment, facts: SiteFacts) -> HarmStatus | None:
    """The gravest status of the harm behind an assessment; None where none is reported.

    A number of the site that breaches a norm is no allegation.
    """
    if not assessment.actual:
        return None
    if assessment.likelihood.observed:
        return HarmStatus.CONFIRMED
    statuses = {status_of_incident(one) for one in _incidents(assessment, facts)}
    return next(status for status in HarmStatus if status in statuses)


def sources_of(finding: Finding) -> tuple[SourceType, ...]:
    """The kinds of source that report the harm of a finding, each once, in a fixed order."""
    observed = finding.assessment.likelihood.observed
    incidents = _incidents(finding.assessment, finding.site.supplier.facts)
    kinds = {one.source_type for one in incidents} | {one.source_type for one in observed}
    return tuple(kind for kind in SourceType if kind in kinds)


def _incidents(assessment: Assessment, facts: SiteFacts) -> Iterator[Incident]:
    return (one for one in facts.incidents if one.risk is assessment.risk)


@dataclass(frozen=True)
class ReportedHarm:
    """The findings of a report of which harm is reported, worst first, and their statuses."""

    report: Report

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Worst first, whatever is waived or known from before."""
        return tuple(actual_findings(self.report))

    @cached_property
    def counts(self) -> Counter[HarmStatus]:
        """How many findings have each status."""
        statuses = (status_of(one.assessment, one.site.supplier.facts) for one in self.findings)
        return Counter(status for status in statuses if status is not None)

"""Whether harm that happened has remedy: who sees to it, what people receive, by when (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imvo_scan.chain import Finding, Report
from imvo_scan.core.site_terms import ActionStatus
from imvo_scan.diligence.actions import Actions
from imvo_scan.inventory.remedy import lacks_remedy

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Action


def actual_findings(report: Report) -> Iterator[Finding]:
    """The findings of harm that happened, however it was found, worst first."""
    for site, assessment in report.ranked(lambda one: one.actual):
        yield Finding(site, assessment)


def without_remedy(report: Report) -> Iterator[Finding]:
    """The actual findings that lack an owner, a remedy or a due date, worst first (D7).

    Each incident can state them; harm found by number has no place for them, so there an incident
    of the same risk states them, or an action that is tied to the finding.
    """
    actions = Actions(report)
    for finding in actual_findings(report):
        incidents = [i for i in finding.site.supplier.facts.incidents if i.risk is finding.risk]
        stated = bool(incidents) and not any(map(lacks_remedy, incidents))
        if not stated and not any(map(_is_remedy, actions.of(finding))):
            yield finding


def _is_remedy(action: Action) -> bool:
    """Whether an action says what people receive and by when; it always has an owner."""
    stands = action.status is not ActionStatus.STOPPED
    return stands and action.remedy is not None and action.due is not None

"""The actions of an inventory, checked against its findings (C2, D17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from imvo_scan.chain import Finding, Report
from imvo_scan.core.dates import first_day, last_day
from imvo_scan.core.priorities import Priority
from imvo_scan.core.site_terms import ActionStatus
from imvo_scan.inventory import Inventory

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Action

REVIEW_WITHIN = timedelta(days=366)
_OPEN = frozenset({ActionStatus.PLANNED, ActionStatus.RUNNING})


@dataclass(frozen=True)
class Actions:
    """All actions of a report's inventories, and what is wrong with them on its day."""

    report: Report

    @cached_property
    def by_finding(self) -> Mapping[tuple[str, str], tuple[Action, ...]]:
        """The actions for each finding, by file and finding id."""
        by_finding: dict[tuple[str, str], list[Action]] = {}
        for inventory, action in self._all():
            for name in action.findings:
                by_finding.setdefault((inventory.source, name), []).append(action)
        return {key: tuple(actions) for key, actions in by_finding.items()}

    def of(self, finding: Finding) -> tuple[Action, ...]:
        """The actions for one finding."""
        if not self.by_finding:
            return ()
        return self.by_finding.get((finding.site.at.source, finding.id), ())

    @cached_property
    def orphans(self) -> tuple[str, ...]:
        """Findings that actions name and that do not exist here (D17)."""
        if not self.by_finding:
            return ()
        sites = {site.at for site in self.report.sites}
        return tuple(
            name
            for source, name in self.by_finding
            if (source, name.partition("/")[0]) not in sites
        )

    @cached_property
    def overdue(self) -> tuple[Action, ...]:
        """Open actions whose end, goal or review has passed, or whose review is too far off."""
        today = self.report.today
        return tuple(a for _, a in self._all() if a.status in _OPEN and is_late(a, today))

    @cached_property
    def urgent_without(self) -> int:
        """How many P1 findings have no action that is planned, running or done."""
        covered = {
            key
            for key, actions in self.by_finding.items()
            if any(one.status is not ActionStatus.STOPPED for one in actions)
        }
        total = self.report.counts[Priority.P1]
        if not covered:
            return total
        urgent = self.report.ranked(lambda one: one.priority is Priority.P1)
        findings = (Finding(site, one) for site, one in urgent)
        return total - sum((f.site.at.source, f.id) in covered for f in findings)

    def _all(self) -> Iterator[tuple[Inventory, Action]]:
        for inventory in self.report.inventories:
            for action in inventory.actions:
                yield inventory, action


def is_late(action: Action, today: date) -> bool:
    """Whether the end, goal or review has passed, or the review is over a year away (C2)."""
    if action.due is not None and last_day(action.due) < today:
        return True
    if action.target_year is not None and action.target_year < today.year:
        return True
    if action.review is None:
        return False
    return last_day(action.review) < today or first_day(action.review) - today > REVIEW_WITHIN

"""What CI decides: whether something is at or above the threshold."""

from __future__ import annotations

from collections.abc import Iterator

from imvo_scan.chain import Report, Site
from imvo_scan.inventory.remedy import lacks_remedy
from imvo_scan.vocabulary import Exit, Priority


def decide(report: Report, fail_on: Priority | None, *, require_remedy: bool = False) -> Exit:
    """The exit code of a scan that worked. Data gaps count as they are rated.

    With `require_remedy` it is also 1 where harm that happened has no owner, remedy or due date
    (D7). Classes are inherent: a label or control never opens the gate (METHOD 5).
    """
    if require_remedy and any(unremedied(report)):
        return Exit.FINDINGS
    if fail_on is None:
        return Exit.OK
    tripped = any(count and priority.at_least(fail_on) for priority, count in report.counts.items())
    return Exit.FINDINGS if tripped else Exit.OK


def unremedied(report: Report) -> Iterator[Site]:
    """The sites with an incident that lacks an owner, a remedy or a due date."""
    for site in report.sites:
        if any(map(lacks_remedy, site.supplier.facts.incidents)):
            yield site

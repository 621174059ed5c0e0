"""What CI decides: whether something is at or above the threshold."""

from __future__ import annotations

from imvo_scan.chain import Report
from imvo_scan.vocabulary import Exit, Priority


def decide(report: Report, fail_on: Priority | None) -> Exit:
    """The exit code of a scan that worked. Data gaps count as they are rated."""
    if fail_on is None:
        return Exit.OK
    tripped = any(count and priority.at_least(fail_on) for priority, count in report.counts.items())
    return Exit.FINDINGS if tripped else Exit.OK

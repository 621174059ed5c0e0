"""The Python interface of a scan: the report of `chain`, with what a notebook asks of it.

It stands above the formats, so that the report itself need know none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from imvo_scan import chain
from imvo_scan.chain import Report

if TYPE_CHECKING:
    import pandas as pd

    from imvo_scan.evidence import Evidence
    from imvo_scan.inventory import Inventory


@dataclass(frozen=True, repr=False)
class ScanReport(Report):
    """A report that can be shown as a table of pandas."""

    def to_frame(self) -> pd.DataFrame:
        """All findings as a pandas DataFrame, with the columns of the CSV."""
        from imvo_scan.output.finding_columns import frame_of

        return frame_of(self)


def scan(
    inventory: Inventory,
    *more: Inventory,
    evidence: Evidence | None = None,
    today: date | None = None,
) -> ScanReport:
    """Score every site of the inventories against the tables, and rank what is found.

    `evidence` defaults to the tables that come with imvo-scan; `today`, which decides only whether
    site evidence is still fresh, to the day of the scan. Raises `InventoryError` where the links of
    a chain contradict each other.
    """
    report = chain.scan(inventory, *more, evidence=evidence, today=today)
    return ScanReport(report.sites, report.inventories, report.evidence, report.today)

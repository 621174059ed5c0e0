"""Find the worst human-rights risks in a supply chain first.

    import imvo_scan

    inventory = imvo_scan.read_inventory("chain.yaml")
    report = imvo_scan.scan(inventory)
    for finding in report.findings[:10]:
        print(finding.priority.label, finding.id, finding.assessment.vector)

What is imported here is the public API; nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imvo_scan.core.message import Message, speak_with
from imvo_scan.core.version import __version__

if TYPE_CHECKING:
    from imvo_scan.api import scan
    from imvo_scan.chain import Finding, HotSpot, Report, Site
    from imvo_scan.core.errors import EvidenceError, ImvoScanError, InventoryError, Problem
    from imvo_scan.core.levels import Confidence
    from imvo_scan.core.priorities import Priority
    from imvo_scan.core.risks import Risk
    from imvo_scan.evidence import Evidence, load_evidence
    from imvo_scan.importer import Imported, ImportOptions, ImportReport, read_spreadsheet
    from imvo_scan.inventory import Inventory, Supplier, read_inventory
    from imvo_scan.scoring import Assessment


_HOMES = {
    "api": ("scan",),
    "chain": ("Finding", "HotSpot", "Report", "Site"),
    "core.errors": ("EvidenceError", "ImvoScanError", "InventoryError", "Problem"),
    "core.levels": ("Confidence",),
    "core.priorities": ("Priority",),
    "core.risks": ("Risk",),
    "evidence": ("Evidence", "load_evidence"),
    "importer": ("ImportOptions", "ImportReport", "Imported", "read_spreadsheet"),
    "inventory": ("Inventory", "Supplier", "read_inventory"),
    "scoring": ("Assessment",),
}

__all__ = [
    "Assessment",
    "Confidence",
    "Evidence",
    "EvidenceError",
    "Finding",
    "HotSpot",
    "ImportOptions",
    "ImportReport",
    "Imported",
    "ImvoScanError",
    "Inventory",
    "InventoryError",
    "Priority",
    "Problem",
    "Report",
    "Risk",
    "Site",
    "Supplier",
    "__version__",
    "load_evidence",
    "read_inventory",
    "read_spreadsheet",
    "scan",
]


def __dir__() -> list[str]:
    """The public names, so that a shell completes them before they are loaded."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:
    """Import a public name from its home when it is first used."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _in_english(told: Message) -> str:
    """What an error says to whoever catches it in Python."""
    from imvo_scan.messages.speaker import Speaker

    return Speaker().tell(told)


speak_with(_in_english)

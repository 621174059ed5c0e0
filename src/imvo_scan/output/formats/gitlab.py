"""GitLab code quality: the open findings as a JSON list for a merge request."""

from __future__ import annotations

from imvo_scan.chain import Report
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import json_text, unlinked
from imvo_scan.output.findings import told
from imvo_scan.output.interface import Options, Sink

_SEVERITIES = {
    Priority.P1: "critical",
    Priority.P2: "major",
    Priority.P3: "minor",
    Priority.P4: "info",
    Priority.NOT_INDICATED: "info",
}


def write_gitlab(report: Report, sink: Sink, options: Options) -> None:
    """Write the findings that are open, each with a fingerprint of its own."""
    issues = [
        {
            "description": unlinked(f"{one.title}. {one.message}"),
            "check_name": one.assessment.risk.value,
            "fingerprint": one.fingerprint,
            "severity": _SEVERITIES[one.priority],
            "location": {"path": one.file, "lines": {"begin": one.line}},
        }
        for one in told(report, options)
        if one.is_open
    ]
    sink.write(json_text(issues, indent=1) + "\n")

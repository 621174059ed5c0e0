"""SARIF 2.1.0: a result for each finding at the line of its supplier, a rule for each risk.

The class decides the level. There is no `security-severity`: these are risks to people, not holes
in software.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from imvo_scan.chain import Report
from imvo_scan.core.language import in_language
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS
from imvo_scan.core.sanitise import json_text, unlinked
from imvo_scan.core.version import __version__
from imvo_scan.gate import Status
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.findings import Told, last_day_of, told, uri_of
from imvo_scan.output.interface import Options, Sink
from imvo_scan.taxonomy.rows import RiskDefinition

MOST_RESULTS = 25_000  # GitHub takes no more of one run
HOME = "https://www.oecd.org/corporate/mne/"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Priority.P1: "error",
    Priority.P2: "warning",
    Priority.P3: "note",
    Priority.P4: "note",
    Priority.NOT_INDICATED: "none",
}
_PLACES = {risk: place for place, risk in enumerate(RISKS)}


def write_sarif(report: Report, sink: Sink, options: Options) -> None:
    """Write one run with the findings that are shown; waived ones are suppressed results."""
    findings = list(told(report, options))
    edition = report.edition
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "imvo-scan",
                "version": __version__,
                "rules": [
                    _rule(report.evidence.taxonomy.risks[risk], options.speaker) for risk in RISKS
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, options) for one in findings[:MOST_RESULTS]],
        "properties": {
            "tables": edition.number,
            "tables_date": edition.date,
            "tables_sha256": edition.sha256,
            "results_left_out": max(0, len(findings) - MOST_RESULTS),
        },
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    sink.write(json_text(document, indent=1) + "\n")


def _rule(definition: RiskDefinition, speaker: Speaker) -> dict[str, Any]:
    norms = ", ".join(definition.norms)
    name = in_language(definition.names, speaker.language)
    ask = in_language(definition.ask, speaker.language)
    text = speaker.say("sarif.help", name=name, norms=norms, ask=ask)
    return {
        "id": definition.risk.value,
        "name": "".join(part.capitalize() for part in definition.risk.value.split("-")),
        "shortDescription": {"text": name},
        "fullDescription": {"text": f"{name} ({norms})"},
        "help": {"text": text, "markdown": text},
        "helpUri": HOME,
        "properties": {"norms": list(definition.norms)},
    }


def _result(one: Told, options: Options) -> dict[str, Any]:
    assessment = one.assessment
    result: dict[str, Any] = {
        "ruleId": assessment.risk.value,
        "ruleIndex": _PLACES[assessment.risk],
        "level": _LEVELS[one.priority],
        "message": {"text": unlinked(f"{one.title}. {one.message}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri_of(one.file)},
                    "region": {"startLine": one.line},
                },
                "logicalLocations": [{"fullyQualifiedName": one.id, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"imvoFinding/v2": one.fingerprint},
        "properties": {
            "priority": one.priority.label,
            "residual": assessment.residual.label,
            "vector": assessment.vector,
            "confidence": assessment.confidence.value,
            "involvement": assessment.involvement.value,
        },
    }
    if options.verdict.has_baseline:
        known = one.standing.status is Status.BASELINE
        result["baselineState"] = "unchanged" if known else "new"
    suppressions = list(_suppressions(one, options.speaker))
    if suppressions:
        result["suppressions"] = suppressions
    return result


def _suppressions(one: Told, speaker: Speaker) -> Iterator[dict[str, str]]:
    waiver = one.standing.waiver
    if waiver is not None:
        who, until = waiver.approver, last_day_of(waiver)
        why = speaker.say("sarif.accepted", reason=waiver.reason, approver=who, until=until)
        yield {"kind": "external", "status": "accepted", "justification": unlinked(why)}

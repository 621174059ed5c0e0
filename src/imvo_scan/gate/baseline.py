"""The baseline: the findings that were there when the gate was built, by id and class.

A finding is known as long as its class is no worse than in the baseline. Lines and numbers are not
in it, so a moved or reordered supplier stays known.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from imvo_scan.chain import Report
from imvo_scan.sanitise import json_text
from imvo_scan.vocabulary import CLASSES, Priority, Problem, Risk, UsageError

SCHEMA_VERSION = "1"
_LABELS = {priority.label: priority for priority in CLASSES}


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings: class by finding id."""

    findings: Mapping[str, Priority]

    def knows(self, finding: str, priority: Priority) -> bool:
        """Whether a finding was there before, at this class or a worse one."""
        known = self.findings.get(finding)
        return known is not None and priority >= known


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a new baseline accepts that the old one did not, and what it drops."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]


def baseline_of(
    report: Report, left_out: Callable[[int, Risk], bool] = lambda _place, _risk: False
) -> Baseline:
    """The findings of a report that have a class, but for those left out, by place and risk.

    What is waived is left out: it has to come back when the waiver ends.
    """
    keys = site_keys(report)
    return Baseline(
        {
            f"{keys[site.place]}/{one.risk}": one.priority
            for site in report.sites
            for one in site.assessments
            if one.priority is not Priority.NOT_INDICATED and not left_out(site.place, one.risk)
        }
    )


def site_keys(report: Report) -> dict[int, str]:
    """What a baseline calls each site, by place: its id, with a number where two files share it.

    So a site in another file is not taken for one that is known.
    """
    times: Counter[str] = Counter()
    keys = {}
    for site in report.sites:
        identifier = site.supplier.id
        times[identifier] += 1
        number = times[identifier]
        keys[site.place] = identifier if number == 1 else f"{identifier}#{number}"
    return keys


def compared(new: Baseline, old: Baseline | None) -> Accepted:
    """What changes when a baseline is written anew."""
    before = {} if old is None else old.findings
    added = [key for key, p in new.findings.items() if key not in before or p < before[key]]
    return Accepted(tuple(sorted(added)), tuple(sorted(before.keys() - new.findings.keys())))


def stale(baseline: Baseline, report: Report) -> Iterator[str]:
    """The ids that a baseline still holds and that are no finding any more."""
    yield from sorted(baseline.findings.keys() - baseline_of(report).findings.keys())


def render_baseline(baseline: Baseline, report: Report, version: str) -> str:
    """The text of a baseline file; `version` is that of the program."""
    edition = report.edition
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "imvo-scan", "version": version},
        "tables": edition.described,
        "findings": {key: p.label for key, p in sorted(baseline.findings.items())},
    }
    return json_text(document, indent=1) + "\n"


def read_baseline(path: Path) -> Baseline:
    """A baseline from its file. Raises `UsageError` where it is missing or malformed."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _wrong(path, f"this baseline cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise _wrong(path, f"this baseline is not JSON: {error}") from None
    return Baseline(dict(_entries(path, document)))


def _entries(path: Path, document: Any) -> Iterator[tuple[str, Priority]]:
    if not isinstance(document, dict) or document.get("schema_version") != SCHEMA_VERSION:
        raise _wrong(path, "this is no baseline of format 1")
    findings = document.get("findings")
    if not isinstance(findings, dict):
        raise _wrong(path, "`findings` is wanted here: a class by finding id")
    for key, label in findings.items():
        if label not in _LABELS:
            raise _wrong(path, f"{key}: {label!r} is not a class from P1 to P4")
        yield key, _LABELS[label]


def _wrong(path: Path, what: str) -> UsageError:
    hint = "Write it anew with --write-baseline."
    return UsageError([Problem(str(path), 0, 0, what, hint=hint)])


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a baseline file."""
    labels = {"enum": list(_LABELS)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "imvo-scan baseline",
        "type": "object",
        "required": ["schema_version", "findings"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "tool": {"type": "object"},
            "tables": {"type": "object"},
            "findings": {"type": "object", "additionalProperties": labels},
        },
    }

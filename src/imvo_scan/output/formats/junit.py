"""JUnit XML: a test case for each finding; an open one at or above the threshold has failed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from imvo_scan.chain import Report
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import clean
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.findings import Told, last_day_of, told
from imvo_scan.output.interface import Options, Sink


def write_junit(report: Report, sink: Sink, options: Options) -> None:
    """Write a suite for each inventory. What is waived is skipped, with who and why."""
    threshold, speaker = options.fail_on, options.speaker
    findings = sorted(told(report, options), key=lambda one: one.file)
    suites = [(file, list(group)) for file, group in groupby(findings, key=lambda one: one.file)]
    sink.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    failures = sum(_fails(one, threshold) for one in findings)
    sink.write(f'<testsuites name="imvo-scan" tests="{len(findings)}" failures="{failures}">\n')
    for file, cases in suites:
        sink.write("".join(_suite(file, cases, threshold, speaker)))
    sink.write("</testsuites>\n")


def _suite(
    file: str, cases: list[Told], threshold: Priority | None, speaker: Speaker
) -> Iterator[str]:
    failures = sum(_fails(one, threshold) for one in cases)
    skipped = sum(not one.is_open for one in cases)
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0" skipped="{skipped}"'
    yield f" <testsuite name={_attribute(file)} {counts}>\n"
    for one in cases:
        name, site = _attribute(one.id), _attribute(one.site.supplier.name)
        yield f'  <testcase classname={site} name={name} file={_attribute(one.file)} time="0">'
        yield f"{_outcome(one, threshold, speaker)}</testcase>\n"
    yield " </testsuite>\n"


def _fails(one: Told, threshold: Priority | None) -> bool:
    """Whether it trips the gate; nothing does where no class was named."""
    return threshold is not None and one.is_open and one.priority.at_least(threshold)


def _outcome(one: Told, threshold: Priority | None, speaker: Speaker) -> str:
    if _fails(one, threshold):
        kind, text = one.priority.label, _text(one.message)
        return f'<failure type="{kind}" message={_attribute(one.title)}>{text}</failure>'
    if one.is_open:
        return ""
    return f"<skipped message={_attribute(_why_skipped(one, speaker))}/>"


def _why_skipped(one: Told, speaker: Speaker) -> str:
    waiver = one.standing.waiver
    if waiver is None:
        return speaker.say("junit.known")
    who, why = waiver.approver, waiver.reason
    return speaker.say("junit.waived", approver=who, until=last_day_of(waiver), reason=why)


def _text(text: str) -> str:
    return escape(clean(text))


def _attribute(text: str) -> str:
    return quoteattr(clean(text))

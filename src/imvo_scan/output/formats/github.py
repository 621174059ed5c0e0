"""GitHub annotations: commands that put the worst open findings beside the lines they are about."""

from __future__ import annotations

from collections import Counter

from imvo_scan.chain import Report
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import clean, unlinked
from imvo_scan.output.findings import told
from imvo_scan.output.interface import Options, Sink

MOST_OF_A_LEVEL = 10  # GitHub shows no more in one step
_LEVELS = {
    Priority.P1: "error",
    Priority.P2: "warning",
    Priority.P3: "notice",
    Priority.P4: "notice",
}


def write_github(report: Report, sink: Sink, options: Options) -> None:
    """Write one command a finding, the worst first, and how many are not shown."""
    written: Counter[str] = Counter()
    left = 0
    for one in told(report, options):
        level = _LEVELS.get(one.priority)
        if level is None or not one.is_open:
            continue
        if written[level] == MOST_OF_A_LEVEL:
            left += 1
            continue
        written[level] += 1
        file, title = _property(clean(one.file)), _property(unlinked(one.title))
        place = f"file={file},line={one.line},title={title}"
        sink.write(f"::{level} {place}::{_data(unlinked(one.message))}\n")
    if left:
        more = options.speaker.say("github.more", n=left)
        sink.write(f"::notice title=imvo-scan::{_data(unlinked(more))}\n")


def _data(text: str) -> str:
    """Text after the second pair of colons."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text inside the properties of a command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")

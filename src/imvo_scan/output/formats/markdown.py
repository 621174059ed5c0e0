"""Markdown for a step summary or a merge request: what is open, worst first, and the counts.

Every text from outside is escaped, and the page stays below what GitHub accepts.
"""

from __future__ import annotations

from collections.abc import Iterator

from imvo_scan.chain import Report
from imvo_scan.core.language import in_language
from imvo_scan.core.version import __version__
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.findings import Told, told
from imvo_scan.output.interface import Options, Sink, at_most
from imvo_scan.output.markdown_text import escaped
from imvo_scan.output.summary import summary

MOST_BYTES = 900_000  # GitHub refuses a step summary over 1 MiB
DEFAULT_TOP = 50
_COLUMNS = ("class", "residual", "supplier", "country", "tier", "risk", "vector", "why")


def write_markdown(report: Report, sink: Sink, options: Options) -> None:
    """Write the summary and a table of the open findings."""
    sink.write("# imvo-scan\n\n")
    speaker = options.speaker
    lines = list(summary(report, speaker, __version__, options.verdict))
    sink.write("".join(f"- {escaped(line)}\n" for line in lines))
    opened = (one for one in told(report, options) if one.is_open)
    top = DEFAULT_TOP if options.top is None and not options.everything else options.top
    listed = at_most(opened, top)
    written = 0
    for number, row in enumerate(_rows(listed, report, options)):
        if number == 0:
            sink.write(_head(report, speaker))
        if written + len(row) > MOST_BYTES:
            sink.write(f"\n{escaped(speaker.say('markdown.too-long'))}\n")
            return
        written += len(row.encode())
        sink.write(row)
    left = sum(1 for _ in opened)
    if left:
        sink.write(f"\n{escaped(speaker.say('markdown.more', n=left))}\n")


def _head(report: Report, speaker: Speaker) -> str:
    """The head of the table; the file only where there are several."""
    columns = (*_COLUMNS, "file") if len(report.inventories) > 1 else _COLUMNS
    titles = [escaped(speaker.say(f"table.{column}")) for column in columns]
    return f"\n| {' | '.join(titles)} |\n|{'---|' * len(titles)}\n"


def _rows(findings: Iterator[Told], report: Report, options: Options) -> Iterator[str]:
    taxonomy = report.evidence.taxonomy
    for one in findings:
        it, risk = one.site.supplier, taxonomy.risks[one.assessment.risk]
        cells = (
            one.priority.label,
            one.assessment.residual.label,
            it.name,
            taxonomy.country_name(it.country, options.speaker.language),
            "?" if one.site.tier is None else str(one.site.tier),
            in_language(risk.short, options.speaker.language),
            one.assessment.vector,
            one.message,
        )
        file = (one.file,) if len(report.inventories) > 1 else ()
        yield f"| {' | '.join(map(escaped, (*cells, *file)))} |\n"

"""The import report in sentences: how the file was read, what became of its rows, what to mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from imvo_scan.core.matching import sentences
from imvo_scan.core.message import Message, Text, Value, message
from imvo_scan.importer.report import ImportReport, MappedColumn

_SHOWN = 3
_MOST_COLUMNS = 12


def lines(report: ImportReport, tell: Callable[[Text], str]) -> Iterator[str]:
    """The report, a line for each thing to know; `tell` says a message in a language."""
    yield tell(_how_read(report))
    yield from (f"  {tell(told)}" for told in _columns(report))
    yield f"  {tell(_rows(report))}"
    yield from (f"  {tell(told)}" for told in _left_out(report))
    for warned in report.warnings:
        often = message("import-report.times", n=warned.count)
        yield f"  {tell(message('import-report.remark', kind=warned.kind, often=often))}"
        yield from (f"    {tell(example)}" for example in warned.examples[:_SHOWN])
    yield from (f"  {tell(notice)}" for notice in report.notices)


def public_lines(report: ImportReport, tell: Callable[[Text], str]) -> Iterator[str]:
    """What outsiders may know of it: how many rows became sites, and no name, path or text."""
    yield tell(message("import-report.public", how=report.how))
    yield f"  {tell(_rows(report))}"


def _how_read(report: ImportReport) -> Message:
    parts = [report.how]
    if report.sheet:
        parts.append(message("import-report.sheet", sheet=report.sheet))
    if report.header_row:
        parts.append(message("import-report.header-row", row=str(report.header_row)))
    return message("import-report.read-as", file=report.source, parts=tuple(parts))


def _columns(report: ImportReport) -> Iterator[Message]:
    read = tuple(f"{one.field} = {one.header!r}" for one in report.columns if one.field)
    yield message("import-report.columns-read", columns=read)
    known = [one for one in report.columns if one.why_not]
    for why in dict.fromkeys(one.why_not for one in known):
        same = [one for one in known if one.why_not == why]
        yield message("import-report.columns-not-read", columns=_named(same), why=why)
    unknown = [one for one in report.columns if not one.field and not one.why_not]
    if unknown:
        yield message("import-report.columns-not-known", columns=_named(unknown))


def _named(columns: Sequence[MappedColumn]) -> Value:
    shown = tuple(repr(one.header) for one in columns[:_MOST_COLUMNS])
    more = len(columns) - _MOST_COLUMNS
    return message("list.and-more", first=shown, n=more) if more > 0 else shown


def _rows(report: ImportReport) -> Text:
    parts = [message("import-report.sites", n=report.sites)]
    if report.merged:
        parts.append(message("import-report.merged", n=report.merged))
    if report.not_kept:
        parts.append(message("import-report.rows-not-kept", n=report.not_kept))
    rows = message("import-report.rows", n=report.rows)
    became = message("import-report.rows-became", rows=rows, parts=tuple(parts))
    blank = message("import-report.blank", rows=report.blank) if report.blank else ""
    return sentences(became, blank)


def _left_out(report: ImportReport) -> Iterator[Text]:
    if report.gaps:
        gaps = tuple(message(f"gap.{kind}", n=count) for kind, count in report.gaps)
        yield message("import-report.gaps", gaps=gaps)
    for reason, count in report.reasons:
        numbers = [str(one.row) for one in report.skipped if one.reason == reason][:_SHOWN]
        at = (*numbers, "...") if count > len(numbers) else tuple(numbers)
        rows = message("import-report.rows", n=count)
        yield message("import-report.not-kept", rows=rows, reason=reason, at=at)
    for unknown in report.unknown:
        value = message(
            "import-report.unknown",
            field=unknown.field,
            value=unknown.value,
            often=message("import-report.times", n=unknown.count),
        )
        yield sentences(value, unknown.suggestion)

"""The import report in sentences: how the file was read, what became of its rows, what to mend."""

from __future__ import annotations

from collections.abc import Iterator

from imvo_scan.importer.report import ImportReport, MappedColumn, counted

_SHOWN = 3
_MOST_COLUMNS = 12


def lines(report: ImportReport) -> Iterator[str]:
    """The report, a line for each thing to know."""
    sheet = f", sheet {report.sheet!r}" if report.sheet else ""
    where = f", column names on row {report.header_row}" if report.header_row else ""
    yield f"{report.source}: read as {report.how}{sheet}{where}."
    yield from _columns(report)
    yield _rows(report)
    if report.gaps:
        gaps = ", ".join(f"{count:,} without a {kind}" for kind, count in report.gaps)
        yield f"  Gaps: {gaps}. What is not known ranks as high risk."
    for reason, count in report.reasons:
        numbers = [one.row for one in report.skipped if one.reason == reason][:_SHOWN]
        at = ", ".join(map(str, numbers)) + (", ..." if count > len(numbers) else "")
        yield f"  Not kept: {counted(count, 'row')} - {reason} (row {at})."
    for unknown in report.unknown:
        hint = f" {unknown.suggestion}" if unknown.suggestion else ""
        often = counted(unknown.count, "time")
        yield f"  Not understood: {unknown.field} {unknown.value!r}, {often}.{hint}"
    for warned in report.warnings:
        yield f"  Remark: {warned.kind}, {counted(warned.count, 'time')}; such as:"
        for example in warned.examples[:_SHOWN]:
            yield f"    {example}"
    for notice in report.notices:
        yield f"  {notice}"


def public_lines(report: ImportReport) -> Iterator[str]:
    """What outsiders may know of it: how many rows became sites, and no name, path or text."""
    yield f"A list was read as {report.how}."
    yield _rows(report)


def _columns(report: ImportReport) -> Iterator[str]:
    read = ", ".join(f"{one.field} = {one.header!r}" for one in report.columns if one.field)
    yield f"  Columns read: {read}."
    known = [one for one in report.columns if one.why_not]
    for why in dict.fromkeys(one.why_not for one in known):
        same = [one for one in known if one.why_not == why]
        yield f"  Not read: {_named(same)}: {why}."
    unknown = [one for one in report.columns if not one.field and not one.why_not]
    if unknown:
        yield f"  Not known, not read: {_named(unknown)}. If one matters: --map FIELD=HEADER."


def _named(columns: list[MappedColumn]) -> str:
    shown = ", ".join(repr(one.header) for one in columns[:_MOST_COLUMNS])
    more = len(columns) - _MOST_COLUMNS
    return f"{shown} and {more} more" if more > 0 else shown


def _rows(report: ImportReport) -> str:
    parts = [counted(report.kept, "site")]
    if report.merged:
        parts.append(f"{report.merged:,} that repeat another row in all that is read")
    if report.not_kept:
        parts.append(f"{report.not_kept:,} not kept")
    blank = f" Blank rows: {report.blank:,}." if report.blank else ""
    return f"  {counted(report.rows, 'row')}: {', '.join(parts)}.{blank}"

"""The process that opens a file: it is given the bytes, and asked for rows.

In: a line that says what comes, then the bytes; after that a line for every question.
Out: a line of JSON for every answer. It knows no file, no setting and no network, and ends when
nobody asks.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO

from imvo_scan.sandbox import limits
from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.unreadable import UnreadableError, reason

ROWS = 500  # in one answer
_OFTEN_ENOUGH = 1_000_000  # bytes of an answer beyond which a cell may be too long
_TOO_LARGE = UnreadableError(reason("sandbox.needs-memory"), reason("sandbox.save-as-csv"))


def main() -> None:
    """Read what is to be opened from standard input, and answer until it closes."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    about = json.loads(questions.readline())
    limits.confine(about["memory"], about["seconds"])
    raw = questions.read(about["size"])
    if len(raw) == about["size"]:
        _serve(about["kind"], raw, questions, answers)


def _serve(kind: str, raw: bytes, questions: BinaryIO, answers: BinaryIO) -> None:
    try:
        pages = _pages(kind, raw)
        _send(answers, [[page.name, page.hidden, page.total] for page in pages])
        book = _Book(pages)
        for question in questions:
            _send(answers, book.rows(*json.loads(question)))
    except UnreadableError as error:
        _send(answers, {"what": error.what, "hint": error.hint})
    except MemoryError:
        _send(answers, {"what": _TOO_LARGE.what, "hint": _TOO_LARGE.hint})


def _pages(kind: str, raw: bytes) -> list[Page]:
    if kind == "parquet":
        from imvo_scan.sandbox import parquet

        return parquet.pages(raw)
    from imvo_scan.sandbox import workbook

    return workbook.pages(raw)


class _Book:
    """The sheets, and where the reading of one of them is."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.at = (-1, 0)
        self.reading: Iterator[list[Any]] = iter(())

    def rows(self, page: int, start: int) -> list[list[Any]]:
        """The next rows of a sheet from row number `start`, counted from 0; fewer at its end."""
        if self.at != (page, start):
            self.reading = islice(self.pages[page].rows(), start, None)
        rows = list(islice(self.reading, ROWS))
        self.at = (page, start + len(rows))
        return rows


def _send(answers: BinaryIO, answer: Any) -> None:
    line = json.dumps(answer, default=plain).encode()
    if len(line) > _OFTEN_ENOUGH and isinstance(answer, list):
        _check_texts(answer, len(line))
    answers.write(line + b"\n")
    answers.flush()


def _check_texts(rows: list[list[Any]], size: int) -> None:
    longest = max((len(cell) for row in rows for cell in row if isinstance(cell, str)), default=0)
    if longest > limits.CELL_TEXT or size > limits.ANSWER:
        what = reason("sandbox.long-cell", letters=longest)
        raise UnreadableError(what, reason("sandbox.take-it-out"))


def plain(value: Any) -> Any:
    """A value that JSON does not know: a day or a time under its name, anything else as text."""
    for kind in (datetime, date, time):
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat()}
    return str(value)

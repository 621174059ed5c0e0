"""What every output format gets, and how it writes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import Protocol, TypeAlias, TypeVar

from imvo_scan.chain import Report, Site
from imvo_scan.core.priorities import Priority
from imvo_scan.gate import EVERYTHING_OPEN, Verdict
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring import Assessment

T = TypeVar("T")


class View(StrEnum):
    """What a line of the table stands for."""

    HOT_SPOT = "hot-spot"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Options:
    """How a report is shown. None of it changes a score or the exit code.

    `top` limits the table, 0 is no limit; `width` and `colour` None ask the terminal. `verdict`:
    what is waived or known from a baseline is left out of tables for people, and marked elsewhere.
    """

    speaker: Speaker = field(default_factory=Speaker)
    view: View = View.HOT_SPOT
    top: int | None = None
    everything: bool = False
    least: Priority | None = None
    width: int | None = None
    colour: bool | None = None
    verdict: Verdict = EVERYTHING_OPEN
    fail_on: Priority | None = None


class Sink(Protocol):
    """Where text goes: a file that appears when complete, or standard output."""

    def write(self, text: str, /) -> object:
        """Take some text."""

    def isatty(self) -> bool:
        """Whether a person looks at it now."""


def bytes_writer(sink: Sink) -> Callable[[bytes], object]:
    """A function that writes UTF-8 to a sink: straight to the bytes below it where it has any.

    Joining and writing bytes takes half the time of text that is encoded on the way.
    """
    below = getattr(sink, "buffer", None)
    if below is None:
        return lambda raw: sink.write(raw.decode())
    sink.flush()  # type: ignore[attr-defined] # a text file over bytes has it
    write: Callable[[bytes], object] = below.write
    return write


def at_most(items: Iterable[T], most: int | None) -> Iterator[T]:
    """The first items, at most so many; None or 0 is no limit, nor is more than can be counted."""
    return islice(items, min(most, sys.maxsize) if most else None)


Writer: TypeAlias = Callable[[Report, Sink, Options], None]


def shown(report: Report, options: Options) -> Iterator[tuple[Site, Assessment]]:
    """The findings to show, worst first: what is not indicated only if everything is asked for."""
    return report.ranked(lambda assessment: is_shown(assessment, options))


def shown_and_open(report: Report, options: Options) -> Iterator[tuple[Site, Assessment]]:
    """The findings to show that are neither waived nor known, worst first."""
    for site, assessment in shown(report, options):
        if options.verdict.is_open(site.place, assessment.risk):
            yield site, assessment


def is_shown(assessment: Assessment, options: Options) -> bool:
    """Whether the options ask for this finding."""
    if options.least is not None and not assessment.priority.at_least(options.least):
        return False
    return options.everything or assessment.priority is not Priority.NOT_INDICATED

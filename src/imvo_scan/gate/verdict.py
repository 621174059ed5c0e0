"""Which findings count at the gate: all, but for those that are waived or known from a baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from imvo_scan.chain import Finding, Report, Site
from imvo_scan.gate.baseline import Baseline, site_keys, stale
from imvo_scan.gate.waivers import Waiver, notices, waivers_of
from imvo_scan.inventory.remedy import lacks_remedy
from imvo_scan.inventory.values import COMPANY
from imvo_scan.vocabulary import CLASSES, Exit, Priority, Risk

MOST_STALE = 10


class Status(StrEnum):
    """How a finding stands at the gate."""

    OPEN = "open"
    WAIVED = "waived"
    BASELINE = "baseline"


class Standing(NamedTuple):
    """The status of a finding, and the waiver behind it if there is one."""

    status: Status
    waiver: Waiver | None = None


OPEN = Standing(Status.OPEN)


@dataclass(frozen=True)
class Verdict:
    """The findings that do not count, by place of the site and risk; all others are open.

    `notices` are remarks about waivers and the baseline.
    """

    exceptions: Mapping[tuple[int, Risk], Standing] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    has_baseline: bool = False

    def of(self, place: int, risk: Risk) -> Standing:
        """How a finding stands."""
        return self.exceptions.get((place, risk), OPEN)

    def is_open(self, place: int, risk: Risk) -> bool:
        """Whether a finding counts."""
        return (place, risk) not in self.exceptions

    def number_of(self, status: Status) -> int:
        """How many findings are waived, or known."""
        return sum(standing.status is status for standing in self.exceptions.values())

    def open_counts(self, report: Report) -> dict[Priority, int]:
        """The number of open findings in each class."""
        excepted: Counter[Priority] = Counter()
        for place, risk in self.exceptions:
            excepted[_assessment(report.sites[place], risk)] += 1
        return {priority: report.counts[priority] - excepted[priority] for priority in CLASSES}


EVERYTHING_OPEN = Verdict()


def judge(
    report: Report, waivers: Sequence[Waiver] | None = (), baseline: Baseline | None = None
) -> Verdict:
    """Hold the findings of a report against waivers and a baseline.

    `waivers` are those of the file, to which those at the suppliers are added; None applies none.
    """
    every = () if waivers is None else (*waivers, *waivers_of(report))
    if not every and baseline is None:
        return EVERYTHING_OPEN
    valid = [waiver for waiver in every if not waiver.has_expired(report.today)]
    expired = [waiver for waiver in every if waiver.has_expired(report.today)]
    used: set[Waiver] = set()
    back: set[Waiver] = set()
    exceptions: dict[tuple[int, Risk], Standing] = {}
    keys = site_keys(report)
    for site in report.sites:
        for one in site.assessments:
            if one.priority is Priority.NOT_INDICATED:
                continue
            finding = f"{site.supplier.id}/{one.risk}"
            waiver = _first(valid, site, finding)
            if waiver is not None:
                used.update(w for w in valid if w.matches(site.at.source, finding))
                exceptions[site.place, one.risk] = Standing(Status.WAIVED, waiver)
            elif baseline is not None and baseline.knows(
                f"{keys[site.place]}/{one.risk}", one.priority
            ):
                exceptions[site.place, one.risk] = Standing(Status.BASELINE)
            back.update(w for w in expired if w.matches(site.at.source, finding))
    said = [*notices(every, used, back, report.today), *_shared(report)]
    if baseline is not None:
        said += _stale_notices(baseline, report)
    return Verdict(exceptions, tuple(said), baseline is not None)


def _shared(report: Report) -> Iterator[str]:
    """That an id stands in several files, so that a waiver for it counts for each of the sites."""
    files: dict[str, list[str]] = {}
    for site in report.sites:
        files.setdefault(site.supplier.id, []).append(site.at.source)
    for identifier, sources in islice(
        (pair for pair in files.items() if len(pair[1]) > 1 and pair[0] != COMPANY), MOST_STALE
    ):
        yield f"The id {identifier} stands in {' and '.join(sources)}: a waiver counts for each."


def redacted_verdict(verdict: Verdict) -> Verdict:
    """The same verdict without the words and names in waivers; notices are only counted (D8)."""
    notices = (f"{len(verdict.notices)} remarks about waivers and baseline are withheld.",)
    exceptions = {
        key: standing._replace(waiver=standing.waiver and standing.waiver.redacted)
        for key, standing in verdict.exceptions.items()
    }
    return replace(verdict, exceptions=exceptions, notices=notices if verdict.notices else ())


def decide(
    report: Report,
    fail_on: Priority | None,
    verdict: Verdict = EVERYTHING_OPEN,
    *,
    require_remedy: bool = False,
) -> Exit:
    """The exit code of a scan that worked. Data gaps count as they are rated.

    With `require_remedy` it is also 1 where harm that happened has no owner, remedy or due date
    (D7). Classes are inherent: a label or control never opens the gate (METHOD 5).
    """
    if require_remedy and any(True for _ in without_remedy(report)):
        return Exit.FINDINGS
    if fail_on is None:
        return Exit.OK
    counts = verdict.open_counts(report)
    tripped = any(count and priority.at_least(fail_on) for priority, count in counts.items())
    return Exit.FINDINGS if tripped else Exit.OK


def tripping(
    report: Report, fail_on: Priority, verdict: Verdict = EVERYTHING_OPEN
) -> Iterator[Finding]:
    """The findings that are open and at the threshold or worse, worst first."""
    for site, one in report.ranked(lambda one: one.priority.at_least(fail_on)):
        if verdict.is_open(site.place, one.risk):
            yield Finding(site, one)


def without_remedy(report: Report) -> Iterator[Site]:
    """The sites where harm that happened has no owner, remedy or due date (D7)."""
    for site in report.sites:
        if any(map(lacks_remedy, site.supplier.facts.incidents)):
            yield site


def _first(waivers: Sequence[Waiver], site: Site, finding: str) -> Waiver | None:
    source = site.at.source if waivers else ""
    return next((waiver for waiver in waivers if waiver.matches(source, finding)), None)


def _assessment(site: Site, risk: Risk) -> Priority:
    return next(one.priority for one in site.assessments if one.risk is risk)


def _stale_notices(baseline: Baseline, report: Report) -> list[str]:
    gone = list(stale(baseline, report))
    if not gone:
        return []
    named = ", ".join(gone[:MOST_STALE]) + (", ..." if len(gone) > MOST_STALE else "")
    return [f"{len(gone)} entries of the baseline are no findings any more: {named}."]

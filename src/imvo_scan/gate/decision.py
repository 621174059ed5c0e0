"""Which findings count at the gate: all, but for those that are waived or known from a baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from imvo_scan.chain import Finding, Report, Site
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.risks import Risk
from imvo_scan.diligence.remedy import without_remedy
from imvo_scan.gate.baseline import Baseline, FindingKey, KnownByRisk, SiteKey, stale
from imvo_scan.gate.news import Known, News, known_of, news_of
from imvo_scan.gate.notices import (
    Limited,
    Notice,
    Uses,
    counted,
    news_notices,
    notices_of,
    stale_notices,
)
from imvo_scan.gate.waivers import Rule, Waiver, Waivers, waivers_of


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
KNOWN = Standing(Status.BASELINE)


@dataclass(frozen=True)
class Verdict:
    """The findings that do not count, by place of the site and risk; all others are open.

    `notices` are remarks about waivers and the baseline.
    """

    exceptions: Mapping[tuple[int, Risk], Standing] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
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

    def worst(self, report: Report) -> Finding | None:
        """The worst finding that is open, None where none that has a class is."""
        site, one = next(
            (pair for pair in report.ranked() if self.is_open(pair[0].place, pair[1].risk)),
            (None, None),
        )
        if site is None or one is None or one.priority is Priority.NOT_INDICATED:
            return None
        return Finding(site, one)


EVERYTHING_OPEN = Verdict()


def judge(
    report: Report,
    waivers: Sequence[Waiver] | None = (),
    baseline: Baseline | None = None,
    *,
    complete: bool = True,
) -> Verdict:
    """Hold the findings of a report against waivers and a baseline.

    `waivers` are those of the file, to which those at the suppliers are added; None applies none.
    `complete` False: a file could not be read, so nothing is called useless that may be for it.
    """
    every = () if waivers is None else (*waivers, *waivers_of(report))
    if not every and baseline is None:
        return EVERYTHING_OPEN
    judging = _Judging(report, Waivers(every), baseline)
    return Verdict(
        judging.exceptions,
        tuple(judging.notices(complete=complete)),
        has_baseline=baseline is not None,
    )


class _Judging:
    """The sites of a report held against waivers and baseline, and which waivers were of use."""

    def __init__(self, report: Report, waivers: Waivers, baseline: Baseline | None) -> None:
        self.report = report
        self.waivers = waivers
        self.baseline = baseline
        self.files = {} if baseline is None else baseline.names_of(report)
        self.exceptions: dict[tuple[int, Risk], Standing] = {}
        self.uses = Uses()
        self.news: dict[FindingKey, tuple[News, ...]] = {}
        self.alike: dict[int, KnownByRisk] = {}
        self.standings = [Standing(Status.WAIVED, waiver) for waiver in waivers.all]
        today = report.today
        self.expired = {n for n, one in enumerate(waivers.all) if one.has_expired(today)}
        ahead = {n for n, one in enumerate(waivers.all) if not one.has_begun(today)}
        self.idle = self.expired | ahead
        for site in report.sites:
            rules, known = waivers.of(site), self._known(site)
            if rules or known:
                self._judge(site, rules, known)

    def _known(self, site: Site) -> KnownByRisk:
        if self.baseline is None:
            return {}
        return self.baseline.of(SiteKey(self.files[site.at.source], site.supplier.id))

    def _judge(self, site: Site, rules: Sequence[Rule], known: KnownByRisk) -> None:
        """The first valid waiver decides, else the baseline, where there is no news."""
        now, place = self._now(site), site.place
        valid = [rule for rule in rules if rule.number not in self.idle]
        for rule in valid:
            for risk in now.keys() & rule.risks:
                if rule.waiver.limit_on(now[risk]) is None:
                    self.exceptions.setdefault((place, risk), self.standings[rule.number])
        for risk in now.keys() & known.keys():
            if (place, risk) not in self.exceptions:
                self._hold_against(site, risk, known[risk], now[risk])
        for rule in rules:
            if about := now.keys() & rule.risks:
                is_open = self._is_open(rule, place, about)
                self.uses.add(rule.number, site.at.source, is_open=is_open)
        for rule in valid:
            self._note_limits(rule, site, now)

    def _is_open(self, rule: Rule, place: int, risks: Collection[Risk]) -> bool:
        """Whether a waiver has run out and some finding it was about counts again."""
        covered = ((place, risk) in self.exceptions for risk in risks)
        return rule.number in self.expired and not all(covered)

    def _note_limits(self, rule: Rule, site: Site, now: KnownByRisk) -> None:
        """Note the harm that is open because the waiver of it does not cover it."""
        for risk in sorted(now.keys() & rule.risks):
            limit = rule.waiver.limit_on(now[risk])
            if limit is not None and (site.place, risk) not in self.exceptions:
                day = rule.waiver.since(now[risk])
                self.uses.limit(rule.number, Limited(limit, f"{site.supplier.id}/{risk}", day))

    def _hold_against(self, site: Site, risk: Risk, before: Known, now: Known) -> None:
        """A finding that the baseline knows, unless there is news of it."""
        if news := news_of(before, now):
            file = self.files[site.at.source]
            self.news[FindingKey(file, site.supplier.id, risk)] = news
        else:
            self.exceptions[site.place, risk] = KNOWN

    def _now(self, site: Site) -> KnownByRisk:
        """What is known now of each finding that has a class; once for all sites that are alike."""
        key = id(site.assessments)
        if key not in self.alike:
            self.alike[key] = {
                one.risk: known_of(one, site.supplier.facts)
                for one in site.assessments
                if one.priority is not Priority.NOT_INDICATED
            }
        return self.alike[key]

    def notices(self, *, complete: bool) -> Iterator[Notice]:
        """What is to be said of the waivers, in their order, and of the baseline."""
        whole = complete and not self._is_a_part()
        sources = [one.source for one in self.report.inventories]
        for number, waiver in enumerate(self.waivers.all):
            used = number in self.uses.sources
            if used or (whole and not self.waivers.is_elsewhere(waiver, sources)):
                yield from notices_of(waiver, self.uses, number, self.report.today)
        yield from news_notices(self.news)
        if self.baseline is not None:
            yield from stale_notices(list(stale(self.baseline, self.report)))

    def _is_a_part(self) -> bool:
        """Whether the baseline speaks of files that were not scanned."""
        return self.baseline is not None and not self.baseline.files <= set(self.files.values())


def redacted_verdict(verdict: Verdict) -> Verdict:
    """The same verdict without the words and names in waivers; notices are only counted (D8)."""
    told = {
        id(one): one._replace(waiver=one.waiver and one.waiver.redacted)
        for one in verdict.exceptions.values()
    }
    exceptions = {key: told[id(one)] for key, one in verdict.exceptions.items()}
    return replace(verdict, exceptions=exceptions, notices=tuple(counted(verdict.notices)))


def decide(
    report: Report,
    fail_on: Priority | None,
    verdict: Verdict = EVERYTHING_OPEN,
    *,
    require_remedy: bool = False,
) -> Exit:
    """The exit code of a scan that worked. Data gaps count as they are rated.

    With `require_remedy` it is also 1 where harm that happened, however it was found, has no owner,
    remedy or due date (D7). Classes are inherent: no label or control opens the gate (METHOD 5).
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


def _assessment(site: Site, risk: Risk) -> Priority:
    return next(one.priority for one in site.assessments if one.risk is risk)

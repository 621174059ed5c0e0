"""The improvement plan: for every site with urgent findings, what is done and what could be.

Only P1 and P2 findings are planned and asked about: whoever asks everybody everything learns
nothing (D12). Findings of a lower class appear where somebody already acts on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from imvo_scan.chain import Finding, Report, Site
from imvo_scan.chain.leverage import joint_leverage
from imvo_scan.chain.scan import lacks_channel
from imvo_scan.core.language import in_language
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import ActionStatus, DialogueState, Role
from imvo_scan.diligence.actions import Actions, is_late
from imvo_scan.diligence.proposals import Proposer, situation_of
from imvo_scan.evidence.action_library import Measures
from imvo_scan.evidence.measure_rows import LAST, Guide, Measure, When
from imvo_scan.inventory.entities import OWN_TIER
from imvo_scan.inventory.remedy import missing_of

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Action, DialogueStep, Incident

ASKED_FROM = Priority.P2
_LADDER = "leverage"
_CYCLE = tuple(DialogueState)


@dataclass(frozen=True, slots=True)
class Task:
    """One finding of the plan: what is done about it, what is proposed, what is missing.

    `proposals` is empty where an action covers the finding. `no_channel`: a severe risk without a
    place to complain (D15, N15).
    """

    finding: Finding
    actions: tuple[Action, ...]
    proposals: tuple[Measure, ...]
    incidents: tuple[Incident, ...]
    no_channel: bool

    @property
    def missing(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each incident its date and what its account and remedy do not state (D7, D14)."""
        told = ((one.date, missing_of(one)) for one in self.incidents)
        return tuple((date, missing) for date, missing in told if missing)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """One site of the plan, its tasks worst first.

    `dialogue` is the last step that was reached and `next_dialogue` what comes after it: a state,
    or None where a free union has to become possible first (SD2). `next_leverage` is the next step
    of the ladder from soft to hard (SD3).
    """

    site: Site
    tasks: tuple[Task, ...]
    dialogue: DialogueStep | None
    next_dialogue: DialogueState | None
    next_leverage: Measure | None
    joint: tuple[str, ...]
    partner_union: str | None
    questions: tuple[Risk, ...]


@dataclass(frozen=True)
class Plan:
    """The whole plan, the site with the worst finding first."""

    report: Report
    owner: Role | None = None

    @cached_property
    def actions(self) -> Actions:
        """The actions of the inventories, and what is wrong with them."""
        return Actions(self.report)

    @cached_property
    def library(self) -> Measures:
        """The action library."""
        return self.report.evidence.measures

    @cached_property
    def sites(self) -> tuple[SitePlan, ...]:
        """The sites that have something to plan."""
        by_site: dict[int, list[Finding]] = {}
        for site, assessment in self.report.ranked(lambda one: one.priority.at_least(Priority.P4)):
            finding = Finding(site, assessment)
            if finding.priority.at_least(ASKED_FROM) or self.actions.of(finding):
                by_site.setdefault(site.place, []).append(finding)
        plans = (self._site_plan(findings) for findings in by_site.values())
        return tuple(plan for plan in plans if plan.tasks)

    @cached_property
    def guides(self) -> tuple[Guide, ...]:
        """The guidance of others for the sectors in this plan (T4, T5)."""
        sectors = {s.site.supplier.sector for s in self.sites}
        sectors |= {s.site.supplier.goods_sector for s in self.sites}
        return tuple(guide for guide in self.library.guides if guide.sectors & sectors)

    def _site_plan(self, findings: list[Finding]) -> SitePlan:
        site = findings[0].site
        joint = joint_leverage(site.supplier, site.at, self.report.joined)
        taxonomy = self.report.evidence.taxonomy
        situation = situation_of(site, taxonomy, joint=bool(joint))
        begun = self._begun(findings)
        proposer = Proposer(site, self.library, situation, begun)
        tasks = []
        for finding in findings:
            actions = self.actions.of(finding)
            covered = any(one.status is not ActionStatus.STOPPED for one in actions)
            urgent = finding.priority.at_least(ASKED_FROM)
            proposals = proposer.propose(finding.assessment) if urgent and not covered else ()
            tasks.append(self._task(finding, actions, proposals))
        reached = site.supplier.relations.dialogue
        return SitePlan(
            site=site,
            tasks=tuple(tasks if self.owner is None else self._of_owner(tasks)),
            dialogue=reached[-1] if reached else None,
            next_dialogue=_next_state(site, has_union=When.UNION_THERE in situation),
            # nobody puts pressure on himself: at its own site the company is the cause (METHOD 5)
            next_leverage=None if site.tier == OWN_TIER else self._next_rung(begun),
            joint=joint,
            partner_union=taxonomy.partner_unions.get(site.supplier.country or ""),
            questions=tuple(f.risk for f in findings if f.priority.at_least(ASKED_FROM)),
        )

    @staticmethod
    def _task(
        finding: Finding, actions: tuple[Action, ...], proposals: tuple[Measure, ...]
    ) -> Task:
        facts = finding.site.supplier.facts
        return Task(
            finding=finding,
            actions=actions,
            proposals=proposals,
            incidents=tuple(one for one in facts.incidents if one.risk is finding.risk),
            no_channel=finding.priority is Priority.P1 and lacks_channel(finding.site),
        )

    def _of_owner(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """What the owner that was asked for has to do, and nothing of the others (D13)."""
        for task in tasks:
            actions = tuple(one for one in task.actions if one.owner is self.owner)
            proposals = tuple(one for one in task.proposals if one.owner is self.owner)
            if actions or proposals:
                yield replace(task, actions=actions, proposals=proposals)

    @cached_property
    def overdue(self) -> tuple[Action, ...]:
        """The actions that are late, of the owner that was asked for."""
        late = self.actions.overdue
        return tuple(one for one in late if self.owner in {None, one.owner})

    def _begun(self, findings: list[Finding]) -> dict[str, ActionStatus]:
        """The measures that are under way or done at a site."""
        return {
            action.measure: action.status
            for finding in findings
            for action in self.actions.of(finding)
            if action.measure is not None and action.status is not ActionStatus.STOPPED
        }

    def _next_rung(self, begun: dict[str, ActionStatus]) -> Measure | None:
        """The first step of the ladder that is not begun; leaving only when all else is done."""
        for key in self.library.ladders.get(_LADDER, ()):
            measure = self.library.by_key[key]
            if key not in begun:
                return measure
            if begun[key] is not ActionStatus.DONE and measure.kind != LAST:
                return None
        return None

    def late(self, action: Action) -> bool:
        """Whether an action is late on the day of the scan."""
        open_ = action.status in {ActionStatus.PLANNED, ActionStatus.RUNNING}
        return open_ and is_late(action, self.report.today)

    def title(self, action: Action, language: str) -> str:
        """What an action does: in its own words, else those of its measure."""
        if action.what is not None:
            return action.what
        return in_language(self.library.by_key[action.measure or ""].texts, language)


def plan_of(report: Report, owner: Role | None = None) -> Plan:
    """The improvement plan of a report; with `owner` only what that role has to do."""
    return Plan(report, owner)


def _next_state(site: Site, *, has_union: bool) -> DialogueState | None:
    reached = site.supplier.relations.dialogue
    if reached:
        place = _CYCLE.index(reached[-1].state)
        return _CYCLE[(place + 1) % len(_CYCLE)]
    return _CYCLE[0] if has_union else None

"""The company's own six steps of due diligence: what the inventory evidences, and what is missing.

Policy, analysis, integration, monitoring, remedy, communication (SER, OECD; rows D1-D8, T2). Each
remark is a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from imvo_scan.chain import Report
from imvo_scan.chain.scan import NO_FRESH_EVIDENCE
from imvo_scan.core.message import Day, Message, message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.site_terms import Role, SourceType
from imvo_scan.diligence.actions import Actions
from imvo_scan.diligence.remedy import actual_findings, without_remedy
from imvo_scan.inventory import Inventory
from imvo_scan.scoring.controls import is_fresh

if TYPE_CHECKING:
    from imvo_scan.evidence.measure_rows import SectorAgreement

_LOCAL_VOICE = frozenset({SourceType.UNION, SourceType.NGO, SourceType.WORKER_INTERVIEW})
_OUTSIDE = frozenset({"external", "union", "ngo"})
_VOICES = frozenset({"union", "ngo"})


class Step(IntEnum):
    """The six steps."""

    POLICY = 1
    ANALYSIS = 2
    INTEGRATION = 3
    MONITORING = 4
    REMEDY = 5
    COMMUNICATION = 6


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is there, or is missing, at a step: what is missing is named as a thing."""

    step: Step
    there: bool
    what: Message


_Remarks: TypeAlias = Iterator[Remark]


@dataclass(frozen=True)
class SixSteps:
    """The six steps of one company, from a report on its inventory alone."""

    report: Report
    inventory: Inventory

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """Everything that is there and missing, step by step."""
        parts = (
            self._policy(),
            self._analysis(),
            self._integration(),
            self._monitoring(),
            self._remedy(),
            self._communication(),
        )
        return tuple(remark for part in parts for remark in part)

    @cached_property
    def covenants(self) -> tuple[SectorAgreement, ...]:
        """The agreements known in the sectors of this inventory (C1)."""
        sectors = {site.sector for site in self.inventory.suppliers}
        sectors |= {self.inventory.company.sector, self.inventory.company.goods_sector}
        known = self.report.evidence.measures.covenants
        return tuple(one for one in known if one.sectors & sectors)

    def _policy(self) -> _Remarks:
        step, policy = Step.POLICY, self.inventory.company.steps.policy
        if policy is None:
            yield _missing(step, message("steps.no-policy"))
            return
        yield _there(step, message("steps.policy", date=Day(policy.adopted), by=policy.by))
        public = message("steps.policy-public" if policy.public else "steps.policy-secret")
        yield Remark(step, policy.public, public)
        outside = bool(_OUTSIDE & set(policy.expertise))
        helped = message("steps.outside-expertise" if outside else "steps.no-outside-expertise")
        yield Remark(step, outside, helped)

    def _analysis(self) -> _Remarks:
        step, sites = Step.ANALYSIS, self.report.sites
        today, edition = self.report.today, self.report.edition
        yield _there(step, message("steps.analysed", sites=len(sites), date=today))
        yield _there(step, message("steps.tables", edition=edition.number))
        deep = sum((site.tier or 0) > 1 for site in sites)
        if deep:
            yield _there(step, message("steps.beyond", sites=deep))
        else:
            yield _missing(step, message("steps.nothing-beyond"))
        if blind := len(self.report.blind_spots):
            yield _missing(step, message("steps.blind-spots", sites=blind))
        for name in ("country", "sector", "tier", "workers"):
            if count := self.report.gaps.get(name):
                yield _missing(step, message(f"steps.gap-{name}", sites=count))

    def _integration(self) -> _Remarks:
        step, block = Step.INTEGRATION, self.inventory.company.steps.integration
        for name in ("responsible", "management_system", "purchasing", "rewards"):
            value = getattr(block, name, None)
            if value is None:
                yield _missing(step, message(f"steps.no-{name}"))
            else:
                what = message(f"role.{value}") if isinstance(value, Role) else str(value)
                yield _there(step, message(f"steps.{name}", what=what))
        actions = Actions(self.report)
        urgent, without = self.report.counts[Priority.P1], actions.urgent_without
        if urgent > without:
            yield _there(step, message("steps.urgent-planned", findings=urgent - without))
        if without:
            yield _missing(step, message("steps.urgent-unplanned", findings=without))
        if actions.overdue:
            yield _missing(step, message("steps.overdue", actions=len(actions.overdue)))
        practices = sum(bool(site.facts.purchasing) for site in self.inventory.suppliers)
        if practices:
            yield _missing(step, message("steps.own-practices", sites=practices))

    def _monitoring(self) -> _Remarks:
        step, block = Step.MONITORING, self.inventory.company.steps.monitoring
        if block is None:
            yield _missing(step, message("steps.no-monitoring"))
        else:
            fresh = is_fresh(block.date, self.report.today)
            day = Day(block.date)
            seen = message("steps.monitoring", date=day, what=block.what)
            yield Remark(step, fresh, seen if fresh else message("steps.monitoring-old", date=day))
            voices = bool(_VOICES & set(block.parties))
            code = "steps.local-voices" if voices else "steps.no-local-voices"
            yield Remark(step, voices, message(code))
        with_voice = sum(
            any(e.source_type in _LOCAL_VOICE for e in site.facts.evidence)
            for site in self.inventory.suppliers
        )
        if with_voice:
            yield _there(step, message("steps.voiced-sites", sites=with_voice))
        else:
            yield _missing(step, message("steps.no-voiced-sites"))
        if unseen := self.report.gaps.get(NO_FRESH_EVIDENCE):
            yield _missing(step, message("steps.no-fresh-evidence", sites=unseen))

    def _remedy(self) -> _Remarks:
        step, block = Step.REMEDY, self.inventory.company.steps.grievance
        if block is None:
            yield _missing(step, message("steps.no-grievance"))
        else:
            yield _there(step, message("steps.grievance", what=block.channel))
            chain = "chain-workers" in block.open_to
            access = message("steps.open-to-chain" if chain else "steps.closed-to-chain")
            yield Remark(step, chain, access)
            if block.remedy is None:
                yield _missing(step, message("steps.no-remedy-policy"))
        lacking = sum(1 for _ in without_remedy(self.report))
        remedied = sum(1 for _ in actual_findings(self.report)) - lacking
        if remedied:
            yield _there(step, message("steps.remedied", findings=remedied))
        if lacking:
            yield _missing(step, message("steps.unremedied", findings=lacking))

    def _communication(self) -> _Remarks:
        step, block = Step.COMMUNICATION, self.inventory.company.steps.communication
        if block is None:
            yield _missing(step, message("steps.no-communication"))
            return
        fresh = is_fresh(block.date, self.report.today)
        day = Day(block.date)
        report = message("steps.told", date=day, what=block.what)
        yield Remark(step, fresh, report if fresh else message("steps.told-long-ago", date=day))
        public = message("steps.told-publicly" if block.public else "steps.not-public")
        yield Remark(step, block.public, public)
        if not block.audiences:
            yield _missing(step, message("steps.no-audiences"))


def six_steps(report: Report) -> tuple[SixSteps, ...]:
    """The six steps of every company in a report, each from its own sites."""
    return tuple(SixSteps(report.on(one), one) for one in report.inventories)


def _there(step: Step, what: Message) -> Remark:
    return Remark(step, True, what)  # noqa: FBT003 - the field is named `there`


def _missing(step: Step, what: Message) -> Remark:
    return Remark(step, False, what)  # noqa: FBT003 - the field is named `there`

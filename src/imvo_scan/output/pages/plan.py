"""The improvement plan for people, as text or Markdown, and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from imvo_scan.core.language import in_language
from imvo_scan.core.message import Day, Message, message
from imvo_scan.diligence import Plan, SitePlan, Task
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.interface import Sink, at_most
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

if TYPE_CHECKING:
    from imvo_scan.core.risks import Risk
    from imvo_scan.core.site_terms import Role
    from imvo_scan.documents.row_types import Texts
    from imvo_scan.evidence.measure_rows import Measure
    from imvo_scan.inventory.facts import Action


class PlanPage:
    """A plan in one language, the first `top` sites of it; 0 is all."""

    def __init__(self, plan: Plan, speaker: Speaker, top: int = 0) -> None:
        self.plan = plan
        self.speaker = speaker
        self.say = speaker.say
        self.wording = Wording(plan.report.evidence.taxonomy, speaker)
        self.shown = tuple(at_most(plan.sites, top))

    def write(self, form: Form, sink: Sink, version: str) -> None:
        """Write the plan in a form; `version` is that of the program."""
        edition = self.plan.report.edition
        if form is Form.JSON:
            sink.write(as_json(self._document(), edition, version))
            return
        write_sections(self.sections(), tables_line(edition, version, self.speaker), form, sink)

    def sections(self) -> Iterator[Section]:
        """The plan, site by site."""
        yield Section(self.say("plan.title"), tuple(self._opening()), top=True)
        for number, site in enumerate(self.shown, start=1):
            yield self._site(number, site)
        guides = [f"{g.title} ({g.publisher}, {g.year})" for g in self.plan.guides]
        if guides:
            yield Section(self.say("plan.guides"), tuple(guides))

    def _opening(self) -> Iterator[str]:
        plan = self.plan
        if not plan.sites:
            yield self.say("plan.nothing")
            return
        yield self.say("plan.head", n=len(plan.sites), shown=len(self.shown))
        for name in plan.actions.orphans:
            yield self.say("plan.orphan", name=name)
        for action in plan.overdue:
            what = plan.title(action, self.speaker.language).rstrip(".")
            owner, when = message(f"role.{action.owner.value}"), _when(action)
            yield self.say("plan.overdue", what=what, owner=owner, when=when)
        if plan.actions.urgent_without:
            yield self.say("plan.without", n=plan.actions.urgent_without)
        yield self.say("plan.last")
        yield self.say("plan.classes")

    def _site(self, number: int, plan: SitePlan) -> Section:
        site, taxonomy = plan.site, self.wording.taxonomy
        named = (
            site.supplier.name,
            taxonomy.country_name(site.supplier.country, self.speaker.language),
            taxonomy.sector_name(site.supplier.sector, self.speaker.language),
        )
        head = ("table.class", "table.risk", "plan.what", "plan.who", "plan.status")
        return Section(
            f"{number}. {' · '.join(named)} ({site.supplier.id})",
            tuple(self._about(plan)),
            tuple(map(self.say, head)),
            tuple(row for task in plan.tasks for row in self._rows(task)),
        )

    def _about(self, plan: SitePlan) -> Iterator[str]:
        yield self.say("plan.path", path=" > ".join(plan.site.short_path))
        for task in plan.tasks:
            risk = self.wording.risk(task.finding.risk, short=True)
            for day, missing in task.missing:
                parts = tuple(message(f"account.{name}") for name in missing)
                yield self.say("plan.missing", risk=risk, date=Day(day), list=parts)
        if any(task.no_channel for task in plan.tasks):
            yield self.say("plan.no-channel")
        yield self._dialogue(plan)
        if plan.joint:
            yield self.say("plan.joint", list="; ".join(plan.joint))
        if plan.partner_union:
            yield self.say("plan.partner", state=message(f"partner.{plan.partner_union}"))
        if plan.next_leverage:
            yield self.say("plan.leverage", what=self._own(plan.next_leverage.texts))
        if plan.questions:
            yield self.say("plan.ask")
            yield from (f"\N{EN DASH} {self._question(risk)}" for risk in plan.questions)

    def _dialogue(self, plan: SitePlan) -> str:
        if plan.next_dialogue is None:
            return self.say("plan.dialogue-none")
        following = message(f"dialogue.{plan.next_dialogue.value}")
        if plan.dialogue is None:
            return self.say("plan.dialogue-first", next=following)
        state, day = message(f"dialogue.{plan.dialogue.state.value}"), Day(plan.dialogue.date)
        return self.say("plan.dialogue", state=state, date=day, next=following)

    def _rows(self, task: Task) -> Iterator[tuple[str, ...]]:
        """A row for each action, or for each proposal where there is none."""
        assessment = task.finding.assessment
        classes = f"{assessment.priority.label} / {assessment.residual.label}"
        about = (classes, self.wording.risk(assessment.risk, short=True))
        done = [self._action_cells(action) for action in task.actions]
        done += [self._proposal_cells(measure) for measure in task.proposals]
        for first, cells in enumerate(done or [(self.say("plan.above"), "", "")]):
            yield (*(about if first == 0 else ("", "")), *cells)

    def _action_cells(self, action: Action) -> tuple[str, str, str]:
        status = [message(f"action-status.{action.status.value}"), _when(action)]
        if self.plan.late(action):
            status.append(message("plan.late"))
        title = self.plan.title(action, self.speaker.language)
        return title, self._role(action.owner), self.speaker.value(tuple(status))

    def _proposal_cells(self, measure: Measure) -> tuple[str, str, str]:
        return self._own(measure.texts), self._role(measure.owner), self.say("plan.proposed")

    def _role(self, role: Role) -> str:
        return self.say(f"role.{role.value}")

    def _own(self, texts: Texts) -> str:
        return in_language(texts, self.speaker.language)

    def _question(self, risk: Risk) -> str:
        return self._own(self.wording.taxonomy.risks[risk].ask)

    def _document(self) -> dict[str, Any]:
        actions = self.plan.actions
        return {
            "orphans": actions.orphans,
            "overdue": [action.model_dump(mode="json") for action in self.plan.overdue],
            "urgent_without_action": actions.urgent_without,
            "sites": [self._site_document(plan) for plan in self.shown],
        }

    def _site_document(self, plan: SitePlan) -> dict[str, Any]:
        rung = plan.next_leverage
        return {
            "site": plan.site.supplier.id,
            "supplier": plan.site.supplier.name,
            "path": plan.site.short_path,
            "dialogue": plan.dialogue.model_dump(mode="json") if plan.dialogue else None,
            "next_dialogue": plan.next_dialogue,
            "next_leverage": rung.key if rung else None,
            "joint_leverage": plan.joint,
            "partner_union": plan.partner_union,
            "questions": list(map(self._question, plan.questions)),
            "tasks": [self._task_document(task) for task in plan.tasks],
        }

    @staticmethod
    def _task_document(task: Task) -> dict[str, Any]:
        assessment = task.finding.assessment
        return {
            "finding": task.finding.id,
            "priority": assessment.priority,
            "residual": assessment.residual,
            "involvement": assessment.involvement,
            "actions": [action.model_dump(mode="json") for action in task.actions],
            "proposals": [measure.key for measure in task.proposals],
            "not_stated": [{"incident": day, "missing": names} for day, names in task.missing],
            "grievance_channel": not task.no_channel,
        }


def _when(action: Action) -> Message:
    """By when an action ends, or the year of its goal and the day on which it is looked at."""
    if action.due is not None:
        return message("plan.by", when=Day(action.due))
    review = Day(action.review or "")
    return message("plan.goal", year=str(action.target_year), review=review)

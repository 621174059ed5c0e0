"""The improvement plan for people, as text or Markdown, and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from imvo_scan.core.language import Language
from imvo_scan.core.site_terms import ActionStatus, DialogueState, Role
from imvo_scan.diligence import Plan, SitePlan, Task
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.interface import Sink, at_most
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

if TYPE_CHECKING:
    from imvo_scan.evidence.measure_rows import Measure
    from imvo_scan.inventory.facts import Action

_EN, _NL = Language.ENGLISH, Language.DUTCH
_SAID: dict[Language, dict[str, str]] = {
    _EN: {
        "title": "Improvement plan, worst first",
        "head": "{sites} sites with urgent findings (P1 or P2) or actions; {shown} shown.",
        "orphan": "An action is for {name}, which is no finding here: tie it to one that is.",
        "overdue": "Late: {what} ({owner}, {when}).",
        "without": "{n} P1 findings have no action yet.",
        "class": "Class",
        "classes": "Class: before / after controls and labels that count.",
        "risk": "Risk",
        "do": "What",
        "who": "Who",
        "status": "Status",
        "proposed": "proposed",
        "by": "by {when}",
        "goal": "goal {year}, review {review}",
        "late": "late",
        "path": "Path: {path}",
        "missing": "{risk}, incident of {date}: not stated are {list}.",
        "no_channel": "No grievance channel is stated, and there are urgent severe risks.",
        "dialogue": "Social dialogue: {state} since {date}; next: {next}.",
        "dialogue_first": "Social dialogue: not begun; an independent union is there: begin with "
        "{next}.",
        "dialogue_none": "Social dialogue: not begun; first make a free, independent union "
        "possible.",
        "leverage": "Next step of leverage: {what}",
        "joint": "Joint leverage with: {list}.",
        "partner": "CNV Internationaal worked with unions in this country in 2017 ({state}): ask "
        "whether it can bring the local union.",
        "ask": "Questions to ask, for the urgent findings only:",
        "above": "as above",
        "guides": "Guidance for these sectors",
        "last": "Leaving comes last: only when every other step has failed, and with care for the "
        "people it hits.",
        "nothing": "Nothing to plan: no urgent finding and no action.",
    },
    _NL: {
        "title": "Verbeterplan, het ergste eerst",
        "head": "{sites} locaties met dringende bevindingen (P1 of P2) of acties; {shown} getoond.",
        "orphan": "Een actie hoort bij {name}, en dat is hier geen bevinding: koppel haar aan een "
        "die er wel is.",
        "overdue": "Te laat: {what} ({owner}, {when}).",
        "without": "{n} P1-bevindingen hebben nog geen actie.",
        "class": "Klasse",
        "classes": "Klasse: voor / na maatregelen en keurmerken die tellen.",
        "risk": "Risico",
        "do": "Wat",
        "who": "Wie",
        "status": "Stand",
        "proposed": "voorstel",
        "by": "voor {when}",
        "goal": "doel {year}, evaluatie {review}",
        "late": "te laat",
        "path": "Pad: {path}",
        "missing": "{risk}, incident van {date}: niet ingevuld zijn {list}.",
        "no_channel": "Geen klachtenregeling genoemd, terwijl ernstige risico's dringend zijn.",
        "dialogue": "Sociale dialoog: {state} sinds {date}; hierna: {next}.",
        "dialogue_first": "Sociale dialoog: niet begonnen; er is een onafhankelijke vakbond, dus "
        "begin met {next}.",
        "dialogue_none": "Sociale dialoog: niet begonnen; maak eerst een vrije, "
        "onafhankelijke vakbond mogelijk.",
        "leverage": "Volgende stap: {what}",
        "joint": "Samen invloed uitoefenen met: {list}.",
        "partner": "CNV Internationaal werkte in 2017 met vakbonden in dit land ({state}): vraag "
        "of het de lokale vakbond kan betrekken.",
        "ask": "Vragen om te stellen, alleen bij de dringende bevindingen:",
        "above": "zoals hierboven",
        "guides": "Handreikingen voor deze sectoren",
        "last": "Vertrekken komt als laatste: alleen als elke andere stap faalde, en met zorg voor "
        "de mensen die het raakt.",
        "nothing": "Niets te plannen: geen dringende bevinding en geen actie.",
    },
}
ROLES: dict[Language, dict[Role, str]] = {
    _EN: {
        Role.MANAGEMENT: "management",
        Role.BUYING: "buying",
        Role.CSR: "CSR",
        Role.HR: "HR",
        Role.SITE: "the site",
        Role.LEGAL: "legal",
    },
    _NL: {
        Role.MANAGEMENT: "directie",
        Role.BUYING: "inkoop",
        Role.CSR: "MVO",
        Role.HR: "personeel",
        Role.SITE: "de locatie",
        Role.LEGAL: "juridisch",
    },
}
_STATUS: dict[Language, dict[ActionStatus, str]] = {
    _EN: {status: status.value for status in ActionStatus},
    _NL: {
        ActionStatus.PLANNED: "gepland",
        ActionStatus.RUNNING: "loopt",
        ActionStatus.DONE: "klaar",
        ActionStatus.STOPPED: "gestopt",
    },
}
_STATES: dict[Language, dict[DialogueState, str]] = {
    _EN: {
        DialogueState.DISCUSS: "discussion and negotiation",
        DialogueState.AGREEMENT: "agreement and plan",
        DialogueState.IMPLEMENT: "implementation",
        DialogueState.EVALUATE: "monitoring and evaluation",
    },
    _NL: {
        DialogueState.DISCUSS: "discussie en onderhandeling",
        DialogueState.AGREEMENT: "overeenkomst en plan van aanpak",
        DialogueState.IMPLEMENT: "implementatie",
        DialogueState.EVALUATE: "monitoring en evaluatie",
    },
}


_PARTS: dict[Language, dict[str, str]] = {
    _EN: {
        "since": "since when",
        "prevention": "what was done to prevent it",
        "response": "what was done about it",
        "lesson": "what was learned",
        "owner": "who sees to remedy",
        "remedy": "the remedy",
        "due": "the date",
    },
    _NL: {
        "since": "sinds wanneer",
        "prevention": "wat er is gedaan om het te voorkomen",
        "response": "wat eraan is gedaan",
        "lesson": "wat ervan is geleerd",
        "owner": "wie voor herstel zorgt",
        "remedy": "het herstel",
        "due": "de datum",
    },
}
_PARTNERS: dict[Language, dict[str, str]] = {
    _EN: {"active": "active", "exploring": "exploring"},
    _NL: {"active": "actief", "exploring": "verkennend"},
}


class PlanPage:
    """A plan in one language, the first `top` sites of it; 0 is all."""

    def __init__(self, plan: Plan, language: Language, top: int = 0) -> None:
        self.plan = plan
        self.language = language
        self.said = _SAID[language]
        self.wording = Wording(plan.report.evidence.taxonomy, Speaker(language))
        self.shown = tuple(at_most(plan.sites, top))

    def write(self, form: Form, sink: Sink, version: str) -> None:
        """Write the plan in a form; `version` is that of the program."""
        edition = self.plan.report.edition
        if form is Form.JSON:
            sink.write(as_json(self._document(), edition, version))
            return
        write_sections(self.sections(), tables_line(edition, version), form, sink)

    def sections(self) -> Iterator[Section]:
        """The plan, site by site."""
        yield Section(self.said["title"], tuple(self._opening()), top=True)
        for number, site in enumerate(self.shown, start=1):
            yield self._site(number, site)
        guides = [f"{g.title} ({g.publisher}, {g.year})" for g in self.plan.guides]
        if guides:
            yield Section(self.said["guides"], tuple(guides))

    def _opening(self) -> Iterator[str]:
        plan, said = self.plan, self.said
        if not plan.sites:
            yield said["nothing"]
            return
        yield said["head"].format(sites=len(plan.sites), shown=len(self.shown))
        for name in plan.actions.orphans:
            yield said["orphan"].format(name=name)
        for action in plan.overdue:
            what = plan.title(action, self.language).rstrip(".")
            who, when = ROLES[self.language][action.owner], self._when(action)
            yield said["overdue"].format(what=what, owner=who, when=when)
        if plan.actions.urgent_without:
            yield said["without"].format(n=plan.actions.urgent_without)
        yield said["last"]
        yield said["classes"]

    def _site(self, number: int, plan: SitePlan) -> Section:
        site, taxonomy = plan.site, self.wording.taxonomy
        named = (
            site.supplier.name,
            taxonomy.country_name(site.supplier.country, self.language),
            taxonomy.sector_name(site.supplier.sector, self.language),
        )
        keys = ("class", "risk", "do", "who", "status")
        return Section(
            f"{number}. {' · '.join(named)} ({site.supplier.id})",
            tuple(self._about(plan)),
            tuple(self.said[key] for key in keys),
            tuple(row for task in plan.tasks for row in self._rows(task)),
        )

    def _about(self, plan: SitePlan) -> Iterator[str]:
        said = self.said
        yield said["path"].format(path=" > ".join(plan.site.short_path))
        for task in plan.tasks:
            risk = self.wording.risk(task.finding.risk, short=True)
            for day, missing in task.missing:
                parts = ", ".join(_PARTS[self.language][name] for name in missing)
                yield said["missing"].format(risk=risk, date=day, list=parts)
        if any(task.no_channel for task in plan.tasks):
            yield said["no_channel"]
        yield self._dialogue(plan)
        if plan.joint:
            yield said["joint"].format(list="; ".join(plan.joint))
        if plan.partner_union:
            state = _PARTNERS[self.language][plan.partner_union]
            yield said["partner"].format(state=state)
        if plan.next_leverage:
            yield said["leverage"].format(what=plan.next_leverage.texts[self.language])
        if plan.questions:
            yield said["ask"]
            for risk in plan.questions:
                yield f"\N{EN DASH} {self.wording.taxonomy.risks[risk].ask[self.language]}"

    def _dialogue(self, plan: SitePlan) -> str:
        names = _STATES[self.language]
        following = names[plan.next_dialogue] if plan.next_dialogue else ""
        if plan.dialogue is not None:
            state, date = names[plan.dialogue.state], plan.dialogue.date
            return self.said["dialogue"].format(state=state, date=date, next=following)
        key = "dialogue_first" if following else "dialogue_none"
        return self.said[key].format(next=following)

    def _rows(self, task: Task) -> Iterator[tuple[str, ...]]:
        """A row for each action, or for each proposal where there is none."""
        assessment = task.finding.assessment
        classes = f"{assessment.priority.label} / {assessment.residual.label}"
        about = (classes, self.wording.risk(assessment.risk, short=True))
        done = [self._action_cells(action) for action in task.actions]
        done += [self._proposal_cells(measure) for measure in task.proposals]
        for first, cells in enumerate(done or [(self.said["above"], "", "")]):
            yield (*(about if first == 0 else ("", "")), *cells)

    def _action_cells(self, action: Action) -> tuple[str, str, str]:
        status = f"{_STATUS[self.language][action.status]}, {self._when(action)}"
        if self.plan.late(action):
            status += f", {self.said['late']}"
        title = self.plan.title(action, self.language)
        return title, ROLES[self.language][action.owner], status

    def _proposal_cells(self, measure: Measure) -> tuple[str, str, str]:
        owner = ROLES[self.language][measure.owner]
        return measure.texts[self.language], owner, self.said["proposed"]

    def _when(self, action: Action) -> str:
        if action.due is not None:
            return self.said["by"].format(when=action.due)
        return self.said["goal"].format(year=action.target_year, review=action.review)

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
            "questions": [
                self.wording.taxonomy.risks[r].ask[self.language] for r in plan.questions
            ],
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

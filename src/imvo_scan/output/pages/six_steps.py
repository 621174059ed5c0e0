"""The six steps for people, as text or Markdown, and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imvo_scan.core.language import Language
from imvo_scan.core.site_terms import Role
from imvo_scan.diligence import SixSteps, Step
from imvo_scan.diligence.six_steps import Remark
from imvo_scan.evidence.measure_rows import NEVER, Reference
from imvo_scan.output.interface import Sink
from imvo_scan.output.pages.plan import ROLES
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

_EN, _NL = Language.ENGLISH, Language.DUTCH

NAMES: dict[Language, dict[Step, str]] = {
    _EN: {
        Step.POLICY: "Policy: promise it, from the top",
        Step.ANALYSIS: "Analysis: know the whole chain and its risks",
        Step.INTEGRATION: "Integration: work by it",
        Step.MONITORING: "Monitoring: follow what it does",
        Step.REMEDY: "Remedy: make good what went wrong",
        Step.COMMUNICATION: "Communication: tell it",
    },
    _NL: {
        Step.POLICY: "Beleid: beloof het, vanuit de top",
        Step.ANALYSIS: "Analyse: ken de hele keten en haar risico's",
        Step.INTEGRATION: "Integratie: werk ernaar",
        Step.MONITORING: "Monitoring: volg wat het doet",
        Step.REMEDY: "Herstel: maak goed wat misging",
        Step.COMMUNICATION: "Communicatie: vertel het",
    },
}
SENTENCES: dict[str, tuple[str, str]] = {
    "no-policy": (
        "A policy on human rights: who adopted it and when, and whether it is public.",
        "Beleid over mensenrechten: wie stelde het vast en wanneer, en is het openbaar.",
    ),
    "policy": ("A policy of {date}, adopted by {by}.", "Beleid van {date}, vastgesteld door {by}."),
    "policy-public": ("The policy is public.", "Het beleid is openbaar."),
    "policy-secret": ("The policy in public.", "Openbaarheid van het beleid."),
    "outside-expertise": (
        "Experts from outside helped with it.",
        "Deskundigen van buiten hielpen eraan mee.",
    ),
    "no-outside-expertise": (
        "Expertise from outside, such as a union or an NGO.",
        "Deskundigheid van buiten, zoals een vakbond of ngo.",
    ),
    "analysed": ("Sites analysed on {date}: {sites}.", "Locaties geanalyseerd op {date}: {sites}."),
    "tables": ("Risk tables {edition}.", "Risicotabellen {edition}."),
    "beyond": ("Sites beyond tier 1: {sites}.", "Locaties voorbij schakel 1: {sites}."),
    "nothing-beyond": ("Any site beyond tier 1.", "Enige locatie voorbij schakel 1."),
    "blind-spots": (
        "The chain behind tier 1 in high-risk sectors, sites: {sites}.",
        "De keten achter schakel 1 in risicosectoren, locaties: {sites}.",
    ),
    "gap-country": ("The country, sites: {sites}.", "Het land, locaties: {sites}."),
    "gap-sector": ("The sector, sites: {sites}.", "De sector, locaties: {sites}."),
    "gap-tier": ("The tier, sites: {sites}.", "De schakel, locaties: {sites}."),
    "gap-workers": (
        "The number of workers, sites: {sites}.",
        "Het aantal werknemers, locaties: {sites}.",
    ),
    "responsible": ("Responsible: {what}.", "Verantwoordelijk: {what}."),
    "no-responsible": ("Who is responsible.", "Wie verantwoordelijk is."),
    "management_system": ("Management system: {what}", "Managementsysteem: {what}"),
    "no-management_system": (
        "A place in the management system.",
        "Een plaats in het managementsysteem.",
    ),
    "purchasing": ("Purchasing: {what}", "Inkoop: {what}"),
    "no-purchasing": ("What buyers do differently.", "Wat inkopers anders doen."),
    "rewards": ("Rewards: {what}", "Beloning: {what}"),
    "no-rewards": ("Pay and praise that support it.", "Beloning die het ondersteunt."),
    "urgent-planned": (
        "P1 findings with an action: {findings}.",
        "P1-bevindingen met een actie: {findings}.",
    ),
    "urgent-unplanned": (
        "An action for P1 findings: {findings}.",
        "Een actie voor P1-bevindingen: {findings}.",
    ),
    "overdue": ("Actions that are late: {actions}.", "Acties die te laat zijn: {actions}."),
    "own-practices": (
        "An end to your own purchasing practices that drive risks, sites: {sites}.",
        "Een einde aan eigen inkooppraktijken die risico's veroorzaken, locaties: {sites}.",
    ),
    "no-monitoring": ("How the effect is followed.", "Hoe het effect wordt gevolgd."),
    "monitoring": ("Monitored ({date}): {what}", "Gevolgd ({date}): {what}"),
    "monitoring-old": (
        "Monitoring in the past 12 months (last: {date}).",
        "Monitoring in de afgelopen 12 maanden (laatst: {date}).",
    ),
    "local-voices": ("Unions or NGOs take part.", "Vakbonden of ngo's doen mee."),
    "no-local-voices": (
        "Local unions or NGOs that take part.",
        "Lokale vakbonden of ngo's die meedoen.",
    ),
    "voiced-sites": (
        "Sites that workers, unions or NGOs spoke about: {sites}.",
        "Locaties waarover werknemers, vakbonden of ngo's spraken: {sites}.",
    ),
    "no-voiced-sites": (
        "Any site about which workers, unions or NGOs spoke.",
        "Enige locatie waarover werknemers, vakbonden of ngo's spraken.",
    ),
    "no-fresh-evidence": (
        "Evidence under 12 months old, sites: {sites}.",
        "Bewijs van minder dan 12 maanden oud, locaties: {sites}.",
    ),
    "no-grievance": (
        "A grievance channel, also for people in the chain.",
        "Een klachtenregeling, ook voor mensen in de keten.",
    ),
    "grievance": ("Grievance channel: {what}", "Klachtenregeling: {what}"),
    "open-to-chain": (
        "It is open to workers in the chain.",
        "Zij staat open voor werknemers in de keten.",
    ),
    "closed-to-chain": (
        "Access for workers in the chain.",
        "Toegang voor werknemers in de keten.",
    ),
    "no-remedy-policy": ("How you provide remedy.", "Hoe u herstel biedt."),
    "remedied": (
        "Findings of harm with an owner, a remedy and a date: {findings}.",
        "Bevindingen van schade met een eigenaar, herstel en een datum: {findings}.",
    ),
    "unremedied": (
        "An owner, a remedy or a date, findings of harm: {findings}.",
        "Een eigenaar, herstel of een datum, bevindingen van schade: {findings}.",
    ),
    "no-communication": ("What you tell, and to whom.", "Wat u vertelt, en aan wie."),
    "told": ("Told ({date}): {what}", "Verteld ({date}): {what}"),
    "told-long-ago": (
        "A report in the past 12 months (last: {date}).",
        "Een verslag in de afgelopen 12 maanden (laatst: {date}).",
    ),
    "told-publicly": ("It is public.", "Het is openbaar."),
    "not-public": ("A public part of it.", "Een openbaar deel ervan."),
    "no-audiences": ("For whom it is meant.", "Voor wie het bedoeld is."),
}
"""What each remark says, in English and Dutch; what is missing is named as the thing itself."""

_HEADS = {
    _EN: ("The six steps of {name}", "There", "Missing", "Covenants in these sectors"),
    _NL: ("De zes stappen van {name}", "Aanwezig", "Ontbreekt", "Convenanten in deze sectoren"),
}
_STATES = {
    _EN: {"active": "active", "ended": "ended", "planned": "planned", "unknown": "not checked"},
    _NL: {
        "active": "loopt",
        "ended": "afgelopen",
        "planned": "gepland",
        "unknown": "niet nagegaan",
    },
}
_OTHERS = {
    _EN: ("Tools and sites of others", "address tried on {checked}", "address not tried"),
    _NL: (
        "Hulpmiddelen en sites van anderen",
        "adres geprobeerd op {checked}",
        "adres niet geprobeerd",
    ),
}


def write_steps(
    pages: Sequence[SixSteps], language: Language, form: Form, sink: Sink, version: str
) -> None:
    """Write the six steps of every company; `version` is that of the program."""
    edition = pages[0].report.edition
    if form is Form.JSON:
        sink.write(
            as_json({"companies": [_document(p, language) for p in pages]}, edition, version)
        )
        return
    parts = [section for page in pages for section in _sections(page, language)]
    parts.append(_others(pages[0].report.evidence.measures.references, language))
    write_sections(parts, tables_line(edition, version), form, sink)


def sentence(remark: Remark, language: Language) -> str:
    """A remark as a sentence."""
    values = dict(remark.values)
    if remark.key == "responsible":
        values["what"] = ROLES[language][Role(str(values["what"]))]
    return SENTENCES[remark.key][0 if language is _EN else 1].format(**values)


def _sections(page: SixSteps, language: Language) -> Iterator[Section]:
    title, there, missing, covenants = _HEADS[language]
    yield Section(title.format(name=page.inventory.company.name), top=True)
    for step in Step:
        lines = [
            f"{there if one.there else missing}: {sentence(one, language)}"
            for one in page.remarks
            if one.step is step
        ]
        yield Section(f"{step.value}. {NAMES[language][step]}", tuple(lines))
    if page.covenants:
        states = _STATES[language]
        named = tuple(f"{c.name} ({c.signed}, {states[c.status]})" for c in page.covenants)
        yield Section(covenants, named)


def _others(references: Sequence[Reference], language: Language) -> Section:
    """What others offer, which this program does not vouch for (T1-T3, T6)."""
    title, tried, untried = _OTHERS[language]
    return Section(
        title,
        tuple(
            f"{one.name}: {one.texts[language]} {one.url} "
            f"({untried if one.checked == NEVER else tried.format(checked=one.checked)})"
            for one in references
        ),
        links=True,
    )


def _document(page: SixSteps, language: Language) -> dict[str, object]:
    steps = [
        {
            "step": step.value,
            "name": NAMES[language][step],
            "there": [sentence(r, language) for r in page.remarks if r.step is step and r.there],
            "missing": [
                sentence(r, language) for r in page.remarks if r.step is step and not r.there
            ],
        }
        for step in Step
    ]
    return {"company": page.inventory.company.name, "steps": steps}

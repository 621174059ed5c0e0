"""The improvement plan: done, proposed and missing (D5-D17, T4-T7, C1-C5, SD1-SD3, P1-P2)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.chain import Finding, Report, scan
from imvo_scan.chain.scan import lacks_channel
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.language import ENGLISH, languages
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import DialogueState, Involvement, Role
from imvo_scan.diligence import Plan, SitePlan, plan_of
from imvo_scan.diligence.remedy import without_remedy
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.measure_rows import LAST
from imvo_scan.evidence.sources import load_sources
from imvo_scan.gate import decide
from imvo_scan.inventory import parse_inventory, read_inventory
from imvo_scan.inventory.entities import COMPANY
from imvo_scan.inventory.remedy import completeness, missing_of
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.pages.plan import PlanPage
from imvo_scan.output.sections import Form
from tests.conftest import ROOT, TODAY

CASES = ROOT / "examples" / "cases"
INVENTORIES = sorted(p for p in CASES.glob("x*.yaml") if ".expect." not in p.name)


def report(evidence: Evidence, text: str) -> Report:
    """A scan of an inventory as written, with suppliers under a fixed head."""
    head = "imvo: 1\ncompany: {name: Us, country: NL, sector: professional-services}\n"
    inventory = parse_inventory((head + text).encode(), "chain.yaml", evidence.taxonomy)
    return scan(inventory, evidence=evidence, today=TODAY)


def site(more: str = "", *, country: str = "BD", sector: str = "textiles") -> str:
    """One supplier."""
    place = f"country: {country}, sector: {sector}, tier: 1"
    return f"suppliers:\n  - {{id: mill, name: Mill, {place}{more}}}\n"


def seen_control(kind: str) -> str:
    """A control at a site, seen by the union this year."""
    told = "risks: [forced-labour], date: 2026-05, source_type: union, what: x"
    return f", controls: [{{kind: {kind}, {told}}}]"


def case(evidence: Evidence, start: str) -> Report:
    """A scan of one of the cases."""
    (path,) = (p for p in CASES.glob(f"{start}*.yaml") if ".expect." not in p.name)
    return scan(read_inventory(path), evidence=evidence, today=TODAY)


def of(plan: Plan, key: str) -> SitePlan:
    """The plan of one site."""
    return next(one for one in plan.sites if one.site.supplier.id == key)


def finding(found: Report, risk: Risk, key: str = "mill") -> Finding:
    """One finding."""
    return next(f for f in found.findings if f.risk is risk and f.site.supplier.id == key)


def keys(plan: SitePlan, risk: Risk) -> list[str]:
    """The measures proposed for a risk."""
    return [m.key for task in plan.tasks if task.finding.risk is risk for m in task.proposals]


def page(plan: Plan, language: str = ENGLISH, form: Form = Form.TEXT) -> str:
    """The plan as it is printed."""
    sink = io.StringIO()
    PlanPage(plan, Speaker(language)).write(form, sink, "1.0")
    return sink.getvalue()


# -- the library: T4-T7, C1, C3, C5 --------------------------------------------------------------


def test_t7_the_six_against_violence_at_work(evidence: Evidence) -> None:
    """T7: code, meetings, training, signs, lighting, hotline; all for discrimination."""
    library = evidence.measures
    group = library.groups["violence-at-work"]
    assert len(group) == 6
    assert all(Risk.DISCRIMINATION in library.by_key[key].risks for key in group)


def test_x3_the_five_for_cane_cutters_are_proposed_together(evidence: Evidence) -> None:
    """X3: water, shade, breaks, tools and union freedom, for unsafe work in a cane field."""
    group = evidence.measures.groups["cane-cutters"]
    assert len(group) == 5
    plan = of(plan_of(case(evidence, "x03")), "cane-field")
    assert set(keys(plan, Risk.UNSAFE_WORK)) == set(group)


def test_every_risk_has_measures_of_every_kind_that_matters(evidence: Evidence) -> None:
    """C5: prevention, dialogue, remedy, monitoring, leverage and government for each risk."""
    wanted = {"prevention", "dialogue", "remedy", "monitoring", "leverage", "government"}
    for risk in RISKS:
        fitting = [m for m in evidence.measures.by_key.values() if risk in m.risks]
        assert wanted <= {m.kind for m in fitting}, risk
        for how in Involvement:
            assert sum(how in m.involvement for m in fitting) >= 3, (risk, how)


def test_every_source_and_word_of_the_library_exists(evidence: Evidence) -> None:
    """No measure, guide or covenant names a source, sector or good that is not there."""
    library, sources = evidence.measures, load_sources(evidence.directory)
    for one in library.by_key.values():
        assert set(one.sources) <= sources.keys(), one.key
        assert one.sectors <= evidence.taxonomy.sectors.names.keys(), one.key
        assert all(map(evidence.taxonomy.goods.key, one.goods))
        assert all(text.endswith(".") for text in one.texts.values())
    for guide in library.guides:
        assert guide.source in sources
        assert guide.sectors <= evidence.taxonomy.sectors.names.keys()


@pytest.mark.parametrize(("sector", "word"), [("textiles", "Garment"), ("mining", "Minerals")])
def test_t5_the_guide_of_a_sector_is_named(evidence: Evidence, sector: str, word: str) -> None:
    """T5: OECD guides for textiles and mining stand at the end of a plan about them."""
    plan = plan_of(report(evidence, site(sector=sector)))
    assert any(word in guide.title and "OECD" in guide.publisher for guide in plan.guides)
    assert word in page(plan)


@pytest.mark.parametrize(
    ("sector", "word"), [("ict", "ICT"), ("oil-gas", "Oil"), ("temp-agencies", "Recruitment")]
)
def test_t4_the_guides_of_the_eu(evidence: Evidence, sector: str, word: str) -> None:
    """T4: the three sector guides of the European Commission."""
    titles = [g.title for g in evidence.measures.guides if sector in g.sectors]
    assert any(word in title for title in titles)


def test_t1_t3_t6_tools_are_named_and_not_vouched_for(evidence: Evidence) -> None:
    """T1-T3, T6: tools and sites of the booklet, each with its address and when it was checked."""
    found = {one.name: one for one in evidence.measures.references}
    assert {"MVO Risicochecker", "SER IMVO-risicomanagement", "NEN-handleiding", "RVO"} <= set(
        found
    )
    assert all(one.url.startswith("https://") and one.checked for one in found.values())


def test_c1_c3_covenants_say_how_they_stand(evidence: Evidence) -> None:
    """C1, C3: textiles, banks, forestry and protein with their year; most have ended."""
    known = {sector: one for one in evidence.measures.covenants for sector in one.sectors}
    assert {"textiles", "finance", "wood-paper", "food"} <= known.keys()
    assert set(known["textiles"].parties) == {"government", "companies", "unions", "ngos"}
    ended = [one for one in evidence.measures.covenants if one.status == "ended"]
    assert 2 * len(ended) > len(evidence.measures.covenants)


# -- proposals -----------------------------------------------------------------------------------


def test_only_urgent_findings_are_planned_and_asked_about(evidence: Evidence) -> None:
    """D12: questions and proposals for P1 and P2, none for the rest; whom not to ask."""
    found = report(
        evidence,
        site()
        + "  - {id: office, name: O, country: NL, sector: professional-services, workers: 5}\n",
    )
    plan = plan_of(found)
    assert [one.site.supplier.id for one in plan.sites] == ["mill"]
    mill = of(plan, "mill")
    urgent = [f.risk for f in found.findings if f.site.supplier.id == "mill" and f.priority <= 2]
    assert list(mill.questions) == urgent
    assert all(task.proposals for task in mill.tasks if task.finding.priority is Priority.P1)


def test_leaving_is_never_proposed_and_always_last(evidence: Evidence) -> None:
    """D9, SD3: disengagement ends the ladder and no finding gets it as a proposal."""
    library = evidence.measures
    ladder = library.ladders["leverage"]
    assert library.by_key[ladder[-1]].kind == LAST
    assert all(library.by_key[key].kind != LAST for key in ladder[:-1])
    for start in ("x01", "x02", "x04", "x06", "x08", "x10"):
        plan = plan_of(case(evidence, start))
        proposed = [m for one in plan.sites for task in one.tasks for m in task.proposals]
        assert proposed
        assert all(measure.kind != LAST for measure in proposed)


def test_a_measure_is_proposed_once_for_a_site(evidence: Evidence) -> None:
    """The union is not proposed nine times."""
    for one in plan_of(report(evidence, site())).sites:
        proposed = [m.key for task in one.tasks for m in task.proposals]
        assert len(proposed) == len(set(proposed))


def test_harm_that_happened_gets_remedy_first_and_prevention_too(evidence: Evidence) -> None:
    """D7: what harms now is remedied first, and prevention is never crowded out."""
    text = ", incidents: [{risk: unsafe-work, date: 2026-05, source_type: union, what: A fire.}]"
    plan = of(plan_of(report(evidence, site(text))), "mill")
    kinds = [m.kind for t in plan.tasks if t.finding.risk is Risk.UNSAFE_WORK for m in t.proposals]
    assert kinds[0] == "remedy"
    assert "prevention" in kinds


def test_n8_where_unions_are_banned_representatives_are_elected(evidence: Evidence) -> None:
    """N8: an elected voice instead of a union that the law forbids."""
    banned = keys(
        of(plan_of(report(evidence, site(country="CN"))), "mill"), Risk.FREEDOM_OF_ASSOCIATION
    )
    free = keys(
        of(plan_of(report(evidence, site(country="LK"))), "mill"), Risk.FREEDOM_OF_ASSOCIATION
    )
    assert "elected-representatives" in banned
    assert "enable-union" not in banned
    assert "elected-representatives" not in free


def test_d13_the_plan_of_one_role(evidence: Evidence) -> None:
    """D13: `--owner buying` keeps what buyers have to do, and nothing else."""
    found = case(evidence, "x01")
    plan = plan_of(found, Role.BUYING)
    tasks = [task for one in plan.sites for task in one.tasks]
    assert tasks
    for task in tasks:
        owners = {a.owner for a in task.actions} | {m.owner for m in task.proposals}
        assert owners == {Role.BUYING}
    assert len(tasks) < sum(len(one.tasks) for one in plan_of(found).sites)


# -- dialogue: SD1-SD3, P1, P2 -------------------------------------------------------------------


def test_sd2_without_a_union_it_has_to_become_possible_first(evidence: Evidence) -> None:
    """SD2: enable before negotiate; with a union the discussion is next."""
    none = of(plan_of(report(evidence, site(country="LK"))), "mill")
    assert none.next_dialogue is None
    proposed = [m.key for task in none.tasks for m in task.proposals]
    assert "enable-union" in proposed
    assert "negotiate-agreement" not in proposed
    union = seen_control("independent-union")
    there = of(plan_of(report(evidence, site(union, country="LK"))), "mill")
    assert there.next_dialogue is DialogueState.DISCUSS


def test_sd1_the_state_of_a_site_and_what_comes_next(evidence: Evidence) -> None:
    """SD1, X5: the brewery has an agreement, so implementation is next."""
    plan = of(plan_of(case(evidence, "x05")), "brewery")
    assert plan.dialogue is not None
    assert plan.dialogue.state is DialogueState.AGREEMENT
    assert plan.next_dialogue is DialogueState.IMPLEMENT
    assert "agreement and plan since 2017; next: implementation" in page(
        plan_of(case(evidence, "x05"))
    )


def test_sd3_x1_the_ladder_is_climbed_step_by_step(evidence: Evidence) -> None:
    """SD3, X1: letter, talk, visit; an open step is finished before the next."""
    found = case(evidence, "x01")
    plan = of(plan_of(found), "garment-factory")
    task = next(t for t in plan.tasks if t.finding.risk is Risk.FREEDOM_OF_ASSOCIATION)
    assert [a.measure for a in task.actions] == [
        "letter-to-supplier",
        "talk-to-management",
        "visit-site",
    ]
    assert [a.status.value for a in task.actions] == ["done", "done", "planned"]
    assert plan.next_leverage is None
    fresh = of(plan_of(report(evidence, site())), "mill")
    assert fresh.next_leverage is not None
    assert fresh.next_leverage.key == evidence.measures.ladders["leverage"][0]


def test_nobody_puts_pressure_on_himself(evidence: Evidence) -> None:
    """METHOD 5: at its own sites the company is the cause, so leverage is no step there."""
    head = "imvo: 1\ncompany: {name: Us, country: CN, sector: textiles}\n"
    inventory = parse_inventory((head + site()).encode(), "chain.yaml", evidence.taxonomy)
    plan = plan_of(scan(inventory, evidence=evidence, today=TODAY))
    assert of(plan, COMPANY).next_leverage is None
    assert of(plan, "mill").next_leverage is not None


PARTNERS = {
    "active": ["BJ", "KH", "CO", "GT", "GN", "ID", "NE", "SN"],
    "exploring": ["BO", "ML", "NI", "PK", "PE", "TN", "VN"],
}


@pytest.mark.parametrize(("state", "country"), [(s, c) for s, cs in PARTNERS.items() for c in cs])
def test_p1_p2_partner_countries_have_ratings_and_a_hint(
    evidence: Evidence, state: str, country: str
) -> None:
    """P1, P2: all fifteen are in the table with nine ratings, and the plan says who can help."""
    assert len(evidence.country_ratings[country]) == 9
    assert evidence.taxonomy.partner_unions[country] == state
    plan = of(plan_of(report(evidence, site(country=country))), "mill")
    assert plan.partner_union == state


def test_p1_eight_and_seven(evidence: Evidence) -> None:
    """P1: 8 active and 7 explored in 2017."""
    states = list(evidence.taxonomy.partner_unions.values())
    assert (states.count("active"), states.count("exploring")) == (8, 7)


# -- involvement: D5, D9, X11 --------------------------------------------------------------------


def said(found: Report, risk: Risk, key: str = "mill") -> str:
    """The recommendation for a finding."""
    return Wording(found.evidence.taxonomy).recommendation(finding(found, risk, key).assessment)


def test_d9_x11_three_ways_of_being_involved_three_texts(evidence: Evidence) -> None:
    """D9, X11: pesticides are caused, a rush order contributes, the rest is linked."""
    found = case(evidence, "x11")
    cause = said(found, Risk.UNSAFE_WORK, "grower")
    contribute = said(found, Risk.EXCESSIVE_HOURS, "rushed-factory")
    linked = said(found, Risk.EXCESSIVE_HOURS, "calm-factory")
    assert cause.startswith("You cause this (The grower is the company's own")
    assert "stop it and provide remedy" in cause
    assert contribute.startswith("You contribute (A large order was moved forward")
    assert "end your own part, use your leverage for the rest, and share in remedy" in contribute
    assert linked.startswith("Use your leverage; leaving comes last.")


def test_d5_purchasing_practices_make_the_company_contribute(evidence: Evidence) -> None:
    """D5: to the risks that the practice drives, without changing a class."""
    practice = (
        ", purchasing: [{practice: prices-below-cost, date: 2026, what: Prices fell by a tenth.}]"
    )
    found, before = report(evidence, site(practice)), report(evidence, site())
    for risk in RISKS:
        drives = risk in evidence.taxonomy.practices["prices-below-cost"].risks
        one, other = finding(found, risk).assessment, finding(before, risk).assessment
        assert one.involvement is (Involvement.CONTRIBUTE if drives else Involvement.LINKED)
        assert one.rank == other.rank
    proposed = [m.kind for t in of(plan_of(found), "mill").tasks for m in t.proposals]
    assert "purchasing" in proposed
    alone = of(plan_of(before), "mill")
    assert "train-buyers" not in [m.key for t in alone.tasks for m in t.proposals]


# -- incidents and actions: D7, D14-D17, C2, N15 -------------------------------------------------

TOLD = "since: 2026-01, prevention: a, response: b, lesson: c"
REMEDIED = "owner: hr, remedy: d, due: 2027"


def incident(*parts: str) -> str:
    """A supplier with an incident that states these parts."""
    keys = ", ".join(
        ("risk: unsafe-work, date: 2026-05, source_type: union, what: A fire.", *parts)
    )
    return site(f", incidents: [{{{keys}}}]")


def test_d14_the_account_of_an_incident_is_counted(evidence: Evidence) -> None:
    """D14: since when, prevention, response, lesson: four parts, in percent."""
    found = {}
    for parts in ((), ("since: 2026-01",), (TOLD,)):
        (one,) = report(evidence, incident(*parts)).inventories[0].suppliers[0].facts.incidents
        found[parts] = completeness(one)
    assert list(found.values()) == [0, 25, 100]


def test_d7_d14_what_is_missing_is_listed(evidence: Evidence) -> None:
    """D7, D14: in the plan, part by part, in both languages."""
    plan = plan_of(report(evidence, incident("owner: hr", "lesson: c")))
    (task,) = (t for t in of(plan, "mill").tasks if t.incidents)
    assert task.missing == (("2026-05", ("since", "prevention", "response", "remedy", "due")),)
    assert "not stated are since when, what was done to prevent it" in page(plan)
    assert "sinds wanneer" in page(plan, "nl")
    whole = report(evidence, incident(TOLD, REMEDIED)).inventories[0].suppliers[0].facts.incidents
    assert missing_of(whole[0]) == ()


@pytest.mark.parametrize(
    ("parts", "code"),
    [((), Exit.FINDINGS), (("owner: hr", "remedy: d"), Exit.FINDINGS), ((REMEDIED,), Exit.OK)],
)
def test_d7_the_gate_wants_remedy(evidence: Evidence, parts: tuple[str, ...], code: Exit) -> None:
    """D7: owner, remedy and date, or CI fails where it is asked to look."""
    found = report(evidence, incident(*parts))
    assert decide(found, None, require_remedy=True) is code
    assert decide(found, None) is Exit.OK


SEEN = "date: 2026-05, source_type: union"
BY_NUMBER = {
    "child-labour": f"workforce: {{youngest: 8, {SEEN}}}",
    "living-wage": f"wages: {{paid: 25, legal_minimum: 100, currency: EUR, period: month, {SEEN}}}",
    "excessive-hours": f"hours: {{week: 70, {SEEN}}}",
    "job-insecurity": f"workforce: {{no_contract: 60, {SEEN}}}",
}
STATED = "owner: hr, start: 2026-05, status: running"


@pytest.mark.parametrize("risk", list(BY_NUMBER))
@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("", Exit.FINDINGS),
        ("what: Call, due: 2026-12", Exit.FINDINGS),
        ("what: Call, remedy: Back pay, target_year: 2029, review: 2027-01", Exit.FINDINGS),
        ("what: Call, remedy: Back pay, due: 2026-12", Exit.OK),
        ("what: Call, remedy: Back pay, due: 2026-12, status: stopped", Exit.FINDINGS),
    ],
)
def test_d7_harm_found_by_number_wants_remedy_too(
    evidence: Evidence, risk: str, stated: str, code: Exit
) -> None:
    """D7: a breach by hours, pay, age or contract is harm; an action can state its remedy."""
    state = STATED if "stopped" not in stated else STATED.replace(", status: running", "")
    act = f"actions:\n  - {{findings: [mill/{risk}], {state}, {stated}}}\n" if stated else ""
    found = report(evidence, site(f", {BY_NUMBER[risk]}") + act)
    assert [one.id for one in without_remedy(found)] == [f"mill/{risk}"] * (code is not Exit.OK)
    assert decide(found, None, require_remedy=True) is code


@pytest.mark.parametrize("source", ["audit", "grievance", "union", "ngo", "questionnaire"])
def test_d7_whoever_told_it(evidence: Evidence, source: str) -> None:
    """D7: every source of an incident; one that is complete stands for the number beside it."""
    told = f"risk: excessive-hours, date: 2026-05, source_type: {source}, what: x"
    hours = BY_NUMBER["excessive-hours"]
    for parts, lacks in (("", True), (f", {REMEDIED}", False)):
        found = report(evidence, site(f", {hours}, incidents: [{{{told}{parts}}}]"))
        assert bool(list(without_remedy(found))) is lacks


def test_d7_one_incident_without_remedy_is_enough(evidence: Evidence) -> None:
    """D7: the remedy of one incident is not that of another, nor of another risk."""
    told = "risk: unsafe-work, date: 2026-05, source_type: union, what: x"
    for other in (told, told.replace("unsafe-work", "living-wage")):
        found = report(evidence, site(f", incidents: [{{{told}, {REMEDIED}}}, {{{other}}}]"))
        assert len(list(without_remedy(found))) == 1


def test_d15_a_severe_risk_needs_a_channel(evidence: Evidence) -> None:
    """D15: its absence is a gap; a hotline fills it."""
    bare = report(evidence, site())
    assert bare.gaps["grievance channel"] == 1
    assert of(plan_of(bare), "mill").tasks[0].no_channel
    assert "grievance channel" not in report(evidence, site(seen_control("hotline"))).gaps


def action(**changes: str) -> str:
    """An action for the child labour of the mill, with some keys changed."""
    stated = {
        "findings": "[mill/child-labour]",
        "measure": "check-age",
        "owner": "csr",
        "start": "2026-01",
        "due": "2027-01",
        "status": "running",
        **changes,
    }
    return "actions:\n  - {" + ", ".join(f"{k}: {v}" for k, v in stated.items() if v) + "}\n"


def test_d17_an_orphan_action_is_reported(evidence: Evidence) -> None:
    """D17: an action for nothing that was found helps nobody, and is named."""
    plan = plan_of(report(evidence, site() + action(findings="[gone/child-labour]")))
    assert plan.actions.orphans == ("gone/child-labour",)
    assert "gone/child-labour, which is no finding here" in page(plan)
    assert plan_of(report(evidence, site() + action())).actions.orphans == ()


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({"due": "2026-10"}, True),
        ({"due": "2026-11"}, False),
        ({"due": "2026-10", "status": "done"}, False),
        ({"due": "", "target_year": "2029", "review": "2026-12"}, False),
        ({"due": "", "target_year": "2029", "review": "2026-10"}, True),
        ({"due": "", "target_year": "2029", "review": "2028-01"}, True),
        ({"due": "", "start": "2020", "target_year": "2025", "review": "2026-12"}, True),
    ],
)
def test_c2_what_is_late_is_reported(
    evidence: Evidence, changes: dict[str, str], late: bool
) -> None:
    """C2: an end or goal that passed, a review that passed or is over a year away."""
    plan = plan_of(report(evidence, site() + action(**changes)))
    assert bool(plan.actions.overdue) is late
    assert ("Late: " in page(plan)) is late


def test_urgent_findings_without_an_action_are_counted(evidence: Evidence) -> None:
    """Each P1 finding that is covered by an action that is not stopped counts one less."""
    total = report(evidence, site()).counts[Priority.P1]
    for status, less in (("running", 1), ("done", 1), ("stopped", 0)):
        plan = plan_of(report(evidence, site() + action(status=status)))
        assert plan.actions.urgent_without == total - less


def test_an_action_takes_the_place_of_proposals(evidence: Evidence) -> None:
    """What somebody already does is not proposed again."""
    plan = of(plan_of(report(evidence, site() + action())), "mill")
    assert keys(plan, Risk.CHILD_LABOUR) == []
    assert "check-age" not in [m.key for task in plan.tasks for m in task.proposals]


def test_n15_the_plan_shows_three_pillars(evidence: Evidence) -> None:
    """N15: due diligence, grievance and improvement for each P1 finding; what is missing shows."""
    document: Any = json.loads(page(plan_of(report(evidence, site())), form=Form.JSON))
    urgent = [t for s in document["sites"] for t in s["tasks"] if t["priority"] == "P1"]
    assert urgent
    assert all({"actions", "proposals", "grievance_channel"} <= task.keys() for task in urgent)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("path", INVENTORIES, ids=lambda p: p.stem)
def test_every_case_has_a_plan_in_both_languages(
    evidence: Evidence, path: Path, language: str
) -> None:
    """It prints, names its tables, and proposes nothing where nothing is urgent."""
    found = scan(read_inventory(path), evidence=evidence, today=TODAY)
    text = page(plan_of(found), language)
    assert found.edition.sha256 in text
    urgent = found.counts[Priority.P1] + found.counts[Priority.P2]
    assert bool(plan_of(found).sites) == bool(urgent)


@pytest.mark.parametrize(
    ("times", "late"),
    [
        ({"due": "2026-11-23"}, False),
        ({"due": "2026-11"}, False),
        ({"due": "2026-11-22"}, True),
        ({"target_year": "2026", "start": "2023", "review": "2027-01"}, False),
        ({"target_year": "2025", "start": "2022", "review": "2027-01"}, True),
        ({"due": "2028", "review": "2027-11-24"}, False),
        ({"due": "2028", "review": "2027-11-25"}, True),
        ({"due": "2028", "review": "2026-11-22"}, True),
        ({"due": "2028", "review": "2026-11-23"}, False),
    ],
)
def test_c2_the_last_day_is_not_late(evidence: Evidence, times: dict[str, str], late: bool) -> None:
    """C2: an end, a goal and a review hold through their last day; a review is within 366 days."""
    stated = {"start": "2026-01", **times}
    keys = ", ".join(f"{key}: {value}" for key, value in stated.items())
    act = f"{{findings: [mill/child-labour], what: x, owner: csr, status: running, {keys}}}"
    plan = plan_of(report(evidence, site() + f"actions:\n  - {act}\n"))
    assert bool(plan.overdue) is late


def test_d15_a_risk_of_severity_four_is_severe(evidence: Evidence) -> None:
    """D15: from severity 4 on a channel is asked for, and not below."""
    (mill,) = (s for s in report(evidence, site()).sites if s.supplier.id == "mill")
    for severity in (3, 4, 5):
        alone = tuple(one for one in mill.assessments if one.severity == severity)
        assert alone
        assert lacks_channel(mill._replace(assessments=alone)) is (severity >= 4)

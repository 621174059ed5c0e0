"""The six steps: what the inventory evidences and what is missing (D1-D8, T2)."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from imvo_scan.chain import scan
from imvo_scan.core.errors import InventoryError
from imvo_scan.core.language import languages
from imvo_scan.core.message import message
from imvo_scan.diligence import SixSteps, Step, six_steps
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import parse_inventory, read_inventory
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.pages.six_steps import write_steps
from imvo_scan.output.sections import Form
from tests.conftest import ROOT, TODAY

SITE = "suppliers:\n  - {id: mill, name: Mill, country: BD, sector: textiles, tier: 1}\n"


def page(evidence: Evidence, company: str = "", suppliers: str = SITE) -> SixSteps:
    """The six steps of a company that states these keys."""
    text = f"imvo: 1\ncompany: {{name: Us{company}}}\n{suppliers}"
    inventory = parse_inventory(text.encode(), "chain.yaml", evidence.taxonomy)
    (found,) = six_steps(scan(inventory, evidence=evidence, today=TODAY))
    return found


def at(found: SixSteps, step: Step, *, there: bool) -> set[str]:
    """What is there, or missing, at a step, by the code of its sentence."""
    remarks = (one for one in found.remarks if one.step is step and one.there is there)
    return {one.what.code.removeprefix("steps.") for one in remarks}


def test_t2_all_six_steps_are_shown(evidence: Evidence) -> None:
    """T2: every step has at least one remark, for a company that states nothing at all."""
    found = page(evidence)
    assert {one.step for one in found.remarks} == set(Step)


def test_every_company_has_the_six_steps_of_its_own_sites(evidence: Evidence) -> None:
    """Two files, two pages: each says what it says alone, with nothing of the other."""
    far = "suppliers:\n  - {id: mill, name: Mine, country: CD, sector: mining, workers: 9}\n"
    texts = [f"imvo: 1\ncompany: {{name: {name}}}\n{s}" for name, s in (("A", SITE), ("B", far))]
    both = [parse_inventory(t.encode(), f"{n}.yaml") for n, t in enumerate(texts)]
    together = six_steps(scan(*both, evidence=evidence, today=TODAY))
    for inventory, found in zip(both, together, strict=True):
        (alone,) = six_steps(scan(inventory, evidence=evidence, today=TODAY))
        assert found.remarks == alone.remarks
        assert [f.id for f in found.report.findings] == [f.id for f in alone.report.findings]
        spots = [[s.worst.id for s in one.report.hot_spots] for one in (found, alone)]
        assert spots[0] == spots[1]


def test_d1_a_policy_or_a_gap(evidence: Evidence) -> None:
    """D1: by management, public, with expertise from outside; without it step 1 is a gap."""
    assert at(page(evidence), Step.POLICY, there=False) == {"no-policy"}
    policy = ", policy: {adopted: 2025, by: the board, public: true, expertise: [internal, ngo]}"
    assert at(page(evidence, policy), Step.POLICY, there=True) == {
        "policy",
        "policy-public",
        "outside-expertise",
    }
    poor = ", policy: {adopted: 2025, by: the board, public: false}"
    assert at(page(evidence, poor), Step.POLICY, there=False) == {
        "policy-secret",
        "no-outside-expertise",
    }


def test_d1_a_policy_is_validated(evidence: Evidence) -> None:
    """D1: an unknown key or a wrong date is an error with its line."""
    with pytest.raises(InventoryError, match=r"chain.yaml:2:\d+: the key 'adoptd' is not known"):
        page(evidence, ", policy: {adoptd: 2025, by: us, public: true}")


def test_d2_what_the_analysis_does_not_know_is_said(evidence: Evidence) -> None:
    """D2: sites without tier, country, sector or workers, and the chain behind tier 1."""
    sites = SITE + "  - {id: who, name: Who}\n"
    missing = at(page(evidence, suppliers=sites), Step.ANALYSIS, there=False)
    assert missing == {
        "nothing-beyond",
        "blind-spots",
        "gap-country",
        "gap-sector",
        "gap-tier",
        "gap-workers",
    }


def test_d5_integration_names_buying_and_rewards(evidence: Evidence) -> None:
    """D5: management system, purchasing, rewards, and own practices that drive risks."""
    block = ", integration: {date: 2026, purchasing: Eight weeks ahead., rewards: Not by margin.}"
    found = page(evidence, block)
    assert {"purchasing", "rewards"} <= at(found, Step.INTEGRATION, there=True)
    assert {"no-responsible", "no-management_system"} <= at(found, Step.INTEGRATION, there=False)
    practice = SITE.replace(
        "tier: 1}", "tier: 1, purchasing: [{practice: late-changes, date: 2026, what: x}]}"
    )
    assert "own-practices" in at(page(evidence, suppliers=practice), Step.INTEGRATION, there=False)


@pytest.mark.parametrize(("date", "there"), [("2026-02", True), ("2025-02", False)])
def test_d6_monitoring_grows_old(evidence: Evidence, date: str, there: bool) -> None:
    """D6: monitoring and reports older than 12 months are missing again."""
    block = f", monitoring: {{date: {date}, what: Visits., parties: [union]}}"
    block += f", communication: {{date: {date}, what: Report., public: true}}"
    found = page(evidence, block)
    assert ("monitoring" in at(found, Step.MONITORING, there=True)) is there
    assert ("monitoring-old" in at(found, Step.MONITORING, there=False)) is not there
    assert ("told" in at(found, Step.COMMUNICATION, there=True)) is there


def test_d7_remedy_counts_incidents(evidence: Evidence) -> None:
    """D7: a finding of harm with owner, remedy and date is there, one without is missing."""
    told = "risk: unsafe-work, date: 2026, source_type: union, what: x"
    other = told.replace("unsafe-work", "forced-labour")
    incidents = f"[{{{other}}}, {{{told}, owner: hr, remedy: y, due: 2027}}]"
    sites = SITE.replace("tier: 1}", f"tier: 1, incidents: {incidents}}}")
    found = page(evidence, suppliers=sites)
    assert "remedied" in at(found, Step.REMEDY, there=True)
    assert "unremedied" in at(found, Step.REMEDY, there=False)


def test_c1_the_covenant_of_a_sector_is_named(evidence: Evidence) -> None:
    """C1: the textile covenant for a chain with textiles, and that it has ended."""
    assert any("Textiel" in one.name and one.status == "ended" for one in page(evidence).covenants)


@pytest.mark.parametrize("language", languages())
def test_every_remark_can_be_said(evidence: Evidence, language: str) -> None:
    """All sentences are filled, in every language, for a full and an empty company."""
    full = read_inventory(ROOT / "examples" / "chain.yaml", evidence.taxonomy)
    pages = (page(evidence), *six_steps(scan(full, evidence=evidence, today=TODAY)))
    for found in pages:
        for remark in found.remarks:
            sentence = Speaker(language).tell(remark.what)
            assert "{" not in sentence
            assert sentence != remark.what.code


@pytest.mark.parametrize("form", list(Form))
def test_the_page_in_every_form(evidence: Evidence, form: Form) -> None:
    """Text, Markdown and JSON name the tables and the six steps."""
    sink = io.StringIO()
    write_steps([page(evidence)], Speaker(), form, sink, "1.0")
    text = sink.getvalue()
    if form is Form.JSON:
        document: Any = json.loads(text)
        assert [step["step"] for step in document["companies"][0]["steps"]] == [1, 2, 3, 4, 5, 6]
    assert evidence.edition.sha256 in text


FRESH, OLD = "date: 2026-10-01, source_type: union", "date: 2024-10-01, source_type: union"
TOLD_BY = {
    "evidence": "evidence: [{{risks: [living-wage], what: x, {}}}]",
    "controls": "controls: [{{kind: hotline, risks: [discrimination], what: x, {}}}]",
    "incidents": "incidents: [{{risk: unsafe-work, what: x, {}}}]",
    "hours": "hours: {{week: 40, {}}}",
    "wages": "wages: {{paid: 90, currency: EUR, period: month, {}}}",
    "workforce": "workforce: {{women: 10, {}}}",
}


@pytest.mark.parametrize("kind", list(TOLD_BY))
def test_sites_without_any_fresh_evidence_are_the_gap(evidence: Evidence, kind: str) -> None:
    """Six that nobody looked at and one seen long ago are seven; a fresh fact is none."""
    unseen = "".join(
        f"  - {{id: s{n}, name: S{n}, country: BD, sector: textiles}}\n" for n in range(6)
    )
    for dates, gap in ((OLD, 7), (FRESH, 6)):
        told = TOLD_BY[kind].format(dates)
        seen = f"  - {{id: seen, name: Seen, country: BD, sector: textiles, {told}}}\n"
        found = page(evidence, suppliers=f"suppliers:\n{unseen}{seen}")
        assert found.report.gaps["evidence under 12 months old"] == gap
        expected = message("steps.no-fresh-evidence", sites=gap)
        assert expected in [one.what for one in found.remarks]


def test_old_evidence_beside_fresh_is_no_gap(evidence: Evidence) -> None:
    """What counts is the newest that is known of a site."""
    both = f"evidence: [{{risks: [living-wage], what: x, {OLD}}}], hours: {{week: 40, {FRESH}}}"
    found = page(evidence, suppliers=SITE.replace("tier: 1}", f"tier: 1, {both}}}"))
    assert "evidence under 12 months old" not in found.report.gaps


@pytest.mark.parametrize("kind", list(TOLD_BY))
def test_whatever_is_dated_ahead_is_said(evidence: Evidence, kind: str) -> None:
    """A date after the day of the scan is a slip in any fact, numbers too."""
    for day, ahead in ((TODAY.isoformat(), []), ("2026-11-24", ["mill"]), ("2027-01", ["mill"])):
        told = TOLD_BY[kind].format(f"date: {day}, source_type: union")
        found = page(evidence, suppliers=SITE.replace("tier: 1}", f"tier: 1, {told}}}"))
        assert [site.supplier.id for site in found.report.dated_ahead] == ahead

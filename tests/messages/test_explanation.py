"""Explanations: someone with a pocket calculator gets the same answer, from what is printed."""

from __future__ import annotations

import io
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import read_inventory
from imvo_scan.messages.explanation import Explainer, Explanation
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.pages.explain import write_explanations
from imvo_scan.output.sections import Form
from imvo_scan.scoring import Assessment
from tests.conftest import ROOT, SHARED, TODAY

EXAMPLES = [
    path
    for path in sorted((ROOT / "examples").rglob("*.yaml"))
    if not path.name.endswith(".expect.yaml")
]
MATRIX = {
    5: "P2 P2 P2 P1 P1",
    4: "P3 P3 P2 P2 P1",
    3: "P4 P3 P3 P2 P2",
    2: "P4 P4 P3 P3 P3",
    1: "P4 P4 P4 P4 P4",
}


@pytest.fixture(scope="module")
def explainer(evidence: Evidence) -> Explainer:
    """Explains from the shipped tables."""
    return Explainer(evidence)


def written(explanation: Explanation, evidence: Evidence, form: Form, language: str = "en") -> str:
    """The explanation in a form."""
    out = io.StringIO()
    write_explanations([explanation], evidence.edition, form, out, Speaker(language))
    return out.getvalue()


def printed(explanation: Explanation, evidence: Evidence) -> dict[str, Any]:
    """The explanation as a reader of its JSON sees it."""
    text = written(explanation, evidence, Form.JSON)
    found: dict[str, Any] = json.loads(text)["findings"][0]
    return found


def recompute(found: dict[str, Any]) -> tuple[int, int, str]:
    """Severity, likelihood and class, from the printed numbers alone (METHOD 2-4)."""
    steps = {step["name"]: step for step in found["steps"]}
    s, c, i = (int(steps[n]["result"]) for n in ("S scale", "C scope", "I irremediability"))
    severity = max(s, i, c - 1)
    country, sector = (int(steps[name]["result"]) for name in ("c country", "s sector"))
    likelihood = min(max(country, sector), min(country, sector) + 1)
    if steps["L before the site"]["result"] == "0":
        assert country + sector <= 3
        likelihood = 0
    if "Flags" in steps:
        flags = steps["Flags"]["sum"].partition("): ")[2].split(", ")
        likelihood = min(5, likelihood + min(2, len(flags)))
    if found["listings"]:
        likelihood = max(likelihood, 4)
    if found["incident"] or found["observed"]:
        likelihood = 5
    label = MATRIX[severity].split()[likelihood - 1] if likelihood else "L0"
    return severity, likelihood, label


def check(report: Report, explainer: Explainer) -> int:
    """Recompute every distinct finding of a report; how many that were."""
    done: dict[int, Assessment] = {}
    for finding in report.findings:
        assessment = finding.assessment
        if id(assessment) in done:
            continue
        done[id(assessment)] = assessment
        explanation = explainer.explain(assessment, finding.site.supplier)
        found = printed(explanation, report.evidence)
        expected = (assessment.severity, assessment.likelihood.level, assessment.priority.label)
        assert recompute(found) == expected, finding.id
        check_country(found)
        check_sectors(found)
    return len(done)


def check_country(found: dict[str, Any]) -> None:
    """The country rating follows from its printed bands, and each band from value and cuts."""
    country = found["country"]
    if country is None or country["rating"] is None:
        return
    for figure in country["figures"]:
        value, worse = Fraction(figure["value"]), figure["direction"] == "higher-is-worse"
        cuts = [Fraction(cut) for cut in figure["cuts"]]
        assert figure["band"] == 1 + sum(value > cut if worse else value < cut for cut in cuts)
        assert figure["counts_as"] in {None, figure["band"]} or figure["remark"]
    bands = [f["counts_as"] for f in country["figures"] if f["counts_as"] is not None]
    rounded = int(Fraction(sum(bands), len(bands)) + Fraction(1, 2))
    raised = re.search(r"raised to (\d)", country["mean"])
    assert country["rating"] == (int(raised[1]) if raised else rounded)
    assert bool(raised) <= bool(country["adjustments"])


def check_sectors(found: dict[str, Any]) -> None:
    """The sector counts with the worse of the printed ratings, and each has reason and source."""
    ratings = [sector["rating"] for sector in found["sectors"]]
    steps = {step["name"]: step["result"] for step in found["steps"]}
    assert int(steps["s sector"]) == max(ratings, default=4)
    known = {source["id"] for source in found["sources"]}
    for sector in found["sectors"]:
        assert sector["reason"]
        assert sector["basis"] == "judgement" or known.issuperset(sector["sources"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_finding_of_the_examples_can_be_computed_by_hand(
    path: Path, evidence: Evidence, explainer: Explainer
) -> None:
    """From the numbers printed, every severity, likelihood and class comes out the same."""
    report = scan(read_inventory(path, evidence.taxonomy), evidence=evidence, today=TODAY)
    assert check(report, explainer) >= 9


@pytest.mark.parametrize("name", ["apparel_facilities", "electronics_sites_2022"])
def test_every_finding_of_the_real_inventories_can_be_computed_by_hand(
    name: str, evidence: Evidence, explainer: Explainer
) -> None:
    """The same for the published supplier lists, where they are at hand."""
    path = SHARED / "data" / "inventories" / f"{name}.yaml"
    if not path.is_file():
        pytest.skip("the published supplier lists are not beside this checkout")
    report = scan(read_inventory(path, evidence.taxonomy), evidence=evidence, today=TODAY)
    assert check(report, explainer) >= 9


@pytest.mark.parametrize("form", list(Form))
def test_an_explanation_names_norms_sources_and_the_next_step(
    form: Form, evidence: Evidence, explainer: Explainer
) -> None:
    """In each form: the vector, the norm, publishers with years, confidence, what to do."""
    report = scan(read_inventory(ROOT / "examples" / "chain.yaml"), evidence=evidence, today=TODAY)
    worst = report.worst
    one = explainer.explain(worst.assessment, worst.site.supplier)
    text = written(one, evidence, form).replace("\\", "")
    for wanted in (worst.assessment.vector, one.norms[0], one.next_step, evidence.edition.sha256):
        assert wanted in text
    assert all(source.publisher in text and source.year in text for source in one.sources)
    assert one.sources


def test_markdown_shows_hostile_names_as_text(evidence: Evidence, explainer: Explainer) -> None:
    """A name cannot become a link, a tag or a table cell."""
    report = scan(read_inventory(ROOT / "examples" / "chain.yaml"), evidence=evidence, today=TODAY)
    worst = report.worst
    evil = worst.site.supplier._replace(name="[x](http://y) <img> | # `")
    one = explainer.explain(worst.assessment, evil)
    text = written(one, evidence, Form.MARKDOWN)
    assert r"http\[:\]//y\) \<img\> \| \# \`" in text
    assert r"\[x\]" in text
    assert "](" not in text
    assert "http://y" not in text


def told(report: Report, explainer: Explainer) -> Explanation:
    """The explanation of what was found of hours at the garment maker of the example."""
    finding = next(
        one
        for one in report.findings
        if one.site.supplier.id == "cmt-dhaka" and one.risk is Risk.EXCESSIVE_HOURS
    )
    return explainer.explain(finding.assessment, finding.site.supplier)


def test_an_explanation_is_dutch_where_it_is_our_own(evidence: Evidence) -> None:
    """Steps, sums, headings and what was found are Dutch; names and results stay."""
    report = scan(read_inventory(ROOT / "examples" / "chain.yaml"), evidence=evidence, today=TODAY)
    english = told(report, Explainer(evidence))
    dutch = told(report, Explainer(evidence, Speaker("nl")))
    for one, other in zip(english.steps, dutch.steps, strict=True):
        assert one.result == other.result
        assert one.name != other.name or one.name == "s sector"
        assert one.sum != other.sum or "max(" in one.sum
    assert english.observed == ("64 hours a week on 6 days, where 48 is the norm",)
    assert dutch.observed == ("64 uur per week op 6 dagen, waar 48 de norm is",)
    assert dutch.country
    assert "4,67, afgerond 5" in dutch.country.mean
    assert dutch.vector == english.vector
    text = written(dutch, evidence, Form.TEXT, "nl")
    for wanted in ("De som", "Wat hier gebeurde", "Land: Bangladesh", "zekerheid A", "03-2026"):
        assert wanted in text
    for heading in ("The sum", "What happened", "Country:", "confidence", "Licence", "Result"):
        assert heading not in text


def test_one_worker_gives_and_more_give(evidence: Evidence) -> None:
    """The plural follows the number, and the number the language."""
    report = scan(read_inventory(ROOT / "examples" / "chain.yaml"), evidence=evidence, today=TODAY)
    finding = report.worst
    sums = {
        (language, workers): Explainer(evidence, Speaker(language))
        .explain(finding.assessment, finding.site.supplier._replace(workers=workers))
        .steps[2]
        .sum.rpartition(" ")[0]
        for language in ("en", "nl")
        for workers in (1, 1900)
    }
    assert sums == {
        ("en", 1): "1 worker gives",
        ("en", 1900): "1,900 workers give",
        ("nl", 1): "1 werknemer geeft",
        ("nl", 1900): "1.900 werknemers geven",
    }

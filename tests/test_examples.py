"""The examples must keep giving what they promise: each case its row, the chain every feature."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from imvo_scan import Evidence, Finding, Report, load_evidence, read_inventory, scan
from imvo_scan.core.priorities import Priority
from imvo_scan.documents import strict_yaml
from imvo_scan.inventory.schema import json_schema
from imvo_scan.messages.findings import Wording

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
EXAMPLES = ROOT / "examples"
CASES = sorted(p for p in (EXAMPLES / "cases").glob("x*.yaml") if ".expect." not in p.name)


def reason(finding: Finding) -> str:
    """The sentence that says why."""
    words = load_evidence().taxonomy
    return Wording(words).reason(finding.assessment, finding.site.supplier)


CHECKS: dict[str, Callable[[Finding, Any], bool]] = {
    "priority": lambda f, want: f.priority.label == want,
    "priority_in": lambda f, want: f.priority.label in want,
    "at_least": lambda f, want: f.priority <= Priority[want],
    "aggravated": lambda f, want: bool(f.assessment.aggravations) is want,
    "actual": lambda f, want: f.assessment.actual is want,
    "scope": lambda f, want: f.assessment.scope.level == want,
    "tier": lambda f, want: f.site.tier == want,
    "says": lambda f, want: want in reason(f),
    "raised_by_flags": lambda f, want: f.assessment.likelihood.raised_by_flags == want,
}


def expectations(path: Path, under: str = "expect") -> list[dict[str, Any]]:
    """What stands beside a case: words as written, but numbers and yes or no as such.

    Under `open` stands what its row asks and what it does not give yet.
    """
    document: Any = strict_yaml.load(path.with_suffix(".expect.yaml")).data
    listed = document.get(under) or []
    return [{key: _meant(value) for key, value in one.items()} for one in listed]


def _meant(value: Any) -> Any:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def of_site(report: Report, site: str) -> list[Finding]:
    """The findings of a site, worst first."""
    found = [f for f in report.findings if f.site.supplier.id == site]
    assert found, f"no site {site}"
    return found


def broken(report: Report, wanted: dict[str, Any]) -> list[str]:
    """What of one expectation does not hold."""
    wanted = dict(wanted)
    found = of_site(report, wanted.pop("site"))
    wrong = []
    if path := wanted.pop("path", None):
        wrong += [] if list(found[0].site.path) == path else [f"path {found[0].site.path}"]
    if limit := wanted.pop("none_at_least", None):
        wrong += [f"{f.id} {f.priority.label}" for f in found if f.priority <= Priority[limit]]
    if "risk" in wanted:
        risk = wanted.pop("risk")
        one = next(f for f in found if f.risk == risk)
        if top := wanted.pop("in_top", None):
            wrong += [] if one in found[:top] else [f"{one.id} is number {found.index(one) + 1}"]
        if wanted.pop("first_of_actual", False):
            actual = [f for f in found if f.assessment.actual]
            wrong += [] if actual[0] == one else [f"first actual is {actual[0].id}"]
        if wanted.pop("worst_of_all", False):
            wrong += [] if report.findings[0] == one else [f"worst is {report.findings[0].id}"]
        seen = f"{one.id} {one.priority.label} {one.assessment.vector}"
        wrong += [f"{k}: {w}, but {seen}" for k, w in wanted.items() if not CHECKS[k](one, w)]
    else:
        assert not wanted, f"needs a risk: {wanted}"
    return wrong


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case_gives_what_its_row_asks(path: Path, evidence: Evidence) -> None:
    """Each case has expectations, and the scan meets every one."""
    expected = expectations(path)
    assert expected
    report = scan(read_inventory(path), evidence=evidence, today=TODAY)
    assert [w for one in expected for w in broken(report, one)] == []


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_what_is_open_is_open(path: Path, evidence: Evidence) -> None:
    """What a row asks is never dropped: until it holds it stands here, and the page says why."""
    wanted = expectations(path, "open")
    report = scan(read_inventory(path), evidence=evidence, today=TODAY)
    assert all(broken(report, one) for one in wanted)
    page = (ROOT / "docs" / "rows.md").read_text(encoding="utf-8")
    document: Any = strict_yaml.load(path.with_suffix(".expect.yaml")).data
    (line,) = (
        one for one in page.splitlines() if re.search(rf"\| .*\b{document['row']}\b.* \|", one)
    )
    assert ("`open`" in line) is bool(wanted)


def test_all_twelve_cases_are_there() -> None:
    """X1 to X12 each have one inventory; more may follow, under numbers of their own."""
    numbers = [p.name[:3] for p in CASES]
    assert numbers[:12] == [f"x{n:02d}" for n in range(1, 13)]
    assert len(set(numbers)) == len(numbers)


def test_chain_has_three_tiers(evidence: Evidence) -> None:
    """The example chain has 20 to 30 sites over tiers 1 to 3, and the company itself."""
    report = scan(read_inventory(EXAMPLES / "chain.yaml"), evidence=evidence, today=TODAY)
    assert 20 <= len(report.sites) <= 30
    assert {site.tier for site in report.sites} == {0, 1, 2, 3}


def _keys(node: Any) -> set[str]:
    if isinstance(node, dict):
        return set(node) | {k for v in node.values() for k in _keys(v)}
    return {k for v in node for k in _keys(v)} if isinstance(node, list) else set()


def test_chain_uses_every_key_of_the_format() -> None:
    """No key of the schema is missing from the example chain."""
    schema = json_schema()
    shapes = [schema, *schema["$defs"].values()]
    known = {key for shape in shapes for key in shape.get("properties", {})}
    chain = strict_yaml.load(EXAMPLES / "chain.yaml").data
    assert known - _keys(chain) == set()


def test_schema_beside_the_examples_is_current() -> None:
    """The stored JSON Schema is the one that the code gives."""
    stored = json.loads((EXAMPLES / "inventory.schema.json").read_text(encoding="utf-8"))
    assert stored == json_schema()

"""Every format: read back by a standard parser, hostile names and all, and the same each time."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from sarif_pydantic import Sarif  # type: ignore[import-untyped] # it has no stubs

from imvo_scan.chain import Report, scan
from imvo_scan.core.priorities import Priority
from imvo_scan.core.site_terms import Proof
from imvo_scan.evidence import Evidence
from imvo_scan.gate import Waiver, judge
from imvo_scan.gate.baseline import baseline_of
from imvo_scan.inventory import Inventory, Supplier, read_inventory
from imvo_scan.inventory.entities import Buyer, SiteFacts
from imvo_scan.inventory.facts import HeldLabel
from imvo_scan.output import FORMATS, Options, writer_of
from imvo_scan.output.findings import told
from imvo_scan.output.formats.json_schema import json_schema
from tests.conftest import ROOT, TODAY

CHAIN = ROOT / "examples" / "chain.yaml"


def written(name: str, report: Report, **options: Any) -> str:
    """A report in a format."""
    sink = io.StringIO()
    writer_of(name)(report, sink, Options(**options))
    return sink.getvalue()


def report_on(evidence: Evidence, *sites: Supplier, source: str = "chain.yaml") -> Report:
    """A scan of these sites."""
    return scan(Inventory(source, Buyer("Us", None, None), sites), evidence=evidence, today=TODAY)


@pytest.fixture(scope="module")
def example(evidence: Evidence) -> Report:
    """The example chain."""
    return scan(read_inventory(CHAIN), evidence=evidence, today=TODAY)


# -- JSON ----------------------------------------------------------------------------------------


def test_json_is_what_its_schema_says(example: Report) -> None:
    """The structure is frozen: version 1, checked against the published schema."""
    document = json.loads(written("json", example, everything=True))
    jsonschema.validate(document, json_schema(), jsonschema.Draft202012Validator)
    assert len(document["findings"]) == 9 * len(document["sites"])


def test_the_schema_of_version_1_does_not_change() -> None:
    """Every key of version 1, in its place; a new one means a new version."""
    schema = json_schema()
    shapes = {"report": schema, **schema["$defs"]}
    keys = {name: sorted(shape.get("properties", {})) for name, shape in shapes.items()}
    stored = json.loads((Path(__file__).parent / "report_v1.json").read_text(encoding="utf-8"))
    assert keys == stored


def test_json_tells_who_waived_what(evidence: Evidence) -> None:
    """Waived findings stay, with who, why and until when."""
    report = report_on(evidence, Supplier("m", "M", "BD", "textiles", tier=1))
    waiver = Waiver("m/child-labour", "Agreed.", "Buying", date(2027, 1, 1), "waivers.yaml:2")
    verdict = judge(report, [waiver])
    document = json.loads(written("json", report, verdict=verdict))
    (one,) = (f for f in document["findings"] if f["status"] == "waived")
    assert one["id"] == "m/child-labour"
    assert one["waiver"]["approver"] == "Buying"
    assert document["summary"]["waived"] == 1
    (row,) = (r for r in csv.DictReader(io.StringIO(written("csv", report, verdict=verdict)))
              if r["status"] == "waived")  # fmt: skip
    assert (row["waived_by"], row["waived_until"]) == ("Buying", "2027-01-01")


# -- SARIF ---------------------------------------------------------------------------------------


def test_sarif_points_at_the_line_of_the_supplier(example: Report) -> None:
    """Location, rule with norms, level by class, stable fingerprints, no security severity."""
    text = written("sarif", example)
    (run,) = json.loads(text)["runs"]
    assert len(run["tool"]["driver"]["rules"]) == 9
    assert all(rule["properties"]["norms"] for rule in run["tool"]["driver"]["rules"])
    assert "security-severity" not in text
    lines = CHAIN.read_text(encoding="utf-8").splitlines()
    for result in run["results"]:
        place = result["locations"][0]
        site = place["logicalLocations"][0]["fullyQualifiedName"].partition("/")[0]
        line = lines[place["physicalLocation"]["region"]["startLine"] - 1]
        assert site in line or (site == "company" and line.startswith("company"))
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
    marks = [r["partialFingerprints"]["imvoFinding/v2"] for r in run["results"]]
    assert len(marks) == len(set(marks))


def test_sarif_suppresses_what_is_waived_and_knows_the_baseline(evidence: Evidence) -> None:
    """A waiver is a suppression with its justification; a known finding is unchanged."""
    report = report_on(evidence, Supplier("m", "M", "BD", "textiles", tier=1))
    waiver = Waiver("m/child-labour", "Agreed.", "Buying", None, "waivers.yaml:2")
    verdict = judge(report, [waiver], baseline_of(report, Path()))
    (run,) = json.loads(written("sarif", report, verdict=verdict))["runs"]
    states = {r["ruleId"]: (r["baselineState"], "suppressions" in r) for r in run["results"]}
    assert states["child-labour"] == ("new", True)
    assert states["unsafe-work"] == ("unchanged", False)


# -- GitHub, JUnit, GitLab, Markdown -------------------------------------------------------------


def test_github_shows_ten_of_a_level_and_says_how_many_are_left(example: Report) -> None:
    """Worst first, and one notice about the rest."""
    lines = written("github", example).splitlines()
    levels = [re.match(r"::(\w+) ", line)[1] for line in lines]  # type: ignore[index]
    assert levels.count("error") == levels.count("warning") == 10
    assert "more open findings are not shown" in lines[-1]


def test_junit_fails_what_is_at_the_threshold(example: Report) -> None:
    """A case for each finding; failures are those at or above it."""
    for threshold in (Priority.P1, Priority.P3):
        root = ET.fromstring(written("junit", example, fail_on=threshold))  # noqa: S314 - our own
        failed = sum(example.counts[p] for p in example.counts if p.at_least(threshold))
        assert len(root.findall(".//failure")) == failed == int(root.attrib["failures"])


def test_gitlab_fingerprints_are_unique(example: Report) -> None:
    """One for each finding, over several files too."""
    issues = json.loads(written("gitlab", example))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert {issue["severity"] for issue in issues} <= {"critical", "major", "minor", "info"}


def test_markdown_stays_below_what_github_takes(evidence: Evidence) -> None:
    """Nine hundred sites with long names, all asked for: under 1 MiB, and it says what it left."""
    sites = [Supplier(f"s{n}", "x" * 300, "BD", "textiles", tier=1) for n in range(900)]
    text = written("markdown", report_on(evidence, *sites), everything=True)
    assert len(text.encode()) < 1024 * 1024
    assert "The rest was left out" in text


# -- hostile names -------------------------------------------------------------------------------

HOSTILE = st.sampled_from(
    [
        "::error file=x::pwned",
        "%0A::set-output name=a::b",
        "a\n::warning::b",
        "]]><script>alert(1)</script>",
        "</testcase>&amp;\x00\x0b\ud7ff\ufffe",
        "|--|\n# Head\n[x](javascript:1) <img src=x> @everyone `code` ![i](u)",
        "=cmd|' /C calc'!A0",
        '"\\u0022},{"',
        "\x1b[2J\u202eevil\u2066",
        "a,b;c\td\r\n",
        "**bold** _x_ ~~y~~ $1$",
    ]
)
NAMES = st.lists(HOSTILE | st.text(min_size=1, max_size=30), min_size=1, max_size=3)


def _as_csv(text: str) -> Sequence[object]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell[:1] in "=+-@\t\r" for row in rows[1:] for cell in row if cell)
    return rows[1:]


def _as_json(text: str) -> Sequence[object]:
    findings: list[object] = json.loads(text)["findings"]
    return findings


def _as_sarif(text: str) -> Sequence[object]:
    Sarif.model_validate_json(text)
    results: list[object] = json.loads(text)["runs"][0]["results"]
    return results


def _as_gitlab(text: str) -> Sequence[object]:
    issues: list[object] = json.loads(text)
    return issues


def _as_xml(text: str) -> Sequence[object]:
    root = ET.fromstring(text)  # noqa: S314 - made here
    assert {e.tag for e in root.iter()} <= {"testsuites", "testsuite", "testcase", "failure"}
    cases = [case for suite in JUnitXml.fromstring(text.encode()) for case in suite]
    assert len(cases) == len(root.findall(".//testcase"))
    return cases


def _as_commands(text: str) -> Sequence[object]:
    lines = text.split("\n")[:-1]
    command = r"::(error|warning|notice) (file=[^:,]*,line=\d+,)?title=[^:,]*::[^\r\n]*"
    assert all(re.fullmatch(command, line) for line in lines)
    shown = [line for line in lines if "not shown as annotations" not in line]
    hidden = sum(int(m) for m in re.findall(r"::(\d+) more open", text))
    return [*shown, *range(hidden)]


def _as_markdown(text: str) -> Sequence[object]:
    plain = re.sub(r"\\.", "", text)
    assert not re.search(r"[<`\[]|[*_]{2}|!\[", plain)
    rows = [line for line in plain.splitlines() if line.startswith("| P")]
    assert all(line.count("|") == 9 for line in rows)
    assert len(re.findall(r"(?m)^#", plain)) == 1
    return rows


PARSERS: dict[str, Callable[[str], Sequence[object]]] = {
    "csv": _as_csv,
    "csv-excel": _as_csv,
    "json": _as_json,
    "sarif": _as_sarif,
    "gitlab": _as_gitlab,
    "junit": _as_xml,
    "github": _as_commands,
    "markdown": _as_markdown,
}


def test_every_format_for_programs_has_a_parser_here() -> None:
    """Whoever adds a format adds its test; the table for people has tests of its own."""
    assert PARSERS.keys() == FORMATS.keys() - {"table"}


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=1000)
@given(NAMES)
def test_nothing_is_injected_and_nothing_is_lost(
    evidence: Evidence, name: str, names: list[str]
) -> None:
    """A thousand inventories for each format: a standard parser finds every finding, no more."""
    sites = [
        Supplier(
            *(f"s{n}", text, "BD", "textiles"),
            tier=1,
            goods=(text,),
            facts=SiteFacts(
                labels=(HeldLabel.model_construct(label=text, proof=Proof.CERTIFICATE),)
            ),
            line=n + 4,
        )
        for n, text in enumerate(names)
    ]
    report = report_on(evidence, *sites, source="a b,c:d%.yaml")
    found = PARSERS[name](written(name, report))
    assert len(found) == sum(1 for _ in told(report, Options()))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_bytes_in_another_process(name: str, tmp_path: Path) -> None:
    """Whatever the hash seed, the locale and the time zone."""
    outputs = []
    for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo")):
        done = subprocess.run(
            [sys.executable, "-m", "imvo_scan", str(CHAIN), "-o", name, "--today", "2026-11-23"],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0]

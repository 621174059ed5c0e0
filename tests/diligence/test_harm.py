"""Reported harm: its status, the count of it, and who says so."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.core.errors import InventoryError
from imvo_scan.core.site_terms import HarmStatus, SourceType
from imvo_scan.diligence.harm import ReportedHarm, sources_of
from imvo_scan.evidence import Evidence
from imvo_scan.gate import judge
from imvo_scan.inventory import parse_inventory
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output import Options, writer_of
from imvo_scan.output.summary import summary
from tests.command_line import command
from tests.conftest import TODAY

HEAD = """imvo: 1
company: {name: Us}
suppliers:
  - id: mine
    name: Mine
    country: CD
    sector: mining
    incidents:
"""


def incident(source: str, risk: str = "child-labour", more: str = "") -> str:
    """One incident of a file."""
    return f"      - {{risk: {risk}, date: 2026-03, source_type: {source}, what: Seen.{more}}}\n"


def report(evidence: Evidence, *incidents: str, after: str = "") -> Report:
    """A scan of the mine with these incidents."""
    text = HEAD + "".join(incidents) + after
    return scan(
        parse_inventory(text.encode(), "a.yaml", evidence.taxonomy), evidence=evidence, today=TODAY
    )


def status(found: Report) -> HarmStatus:
    """The status of the one finding of harm."""
    (one,) = ReportedHarm(found).counts
    return one


@pytest.mark.parametrize("source", list(SourceType))
def test_an_allegation_is_no_fact(evidence: Evidence, source: SourceType) -> None:
    """Only who looks into it confirms; a status that is stated goes before its source."""
    confirming = source in {SourceType.AUDIT, SourceType.GOVERNMENT}
    told = HarmStatus.CONFIRMED if confirming else HarmStatus.ALLEGED
    assert status(report(evidence, incident(source))) is told
    for stated in (HarmStatus.ALLEGED, HarmStatus.CONFIRMED):
        assert status(report(evidence, incident(source, more=f", status: {stated}"))) is stated


def test_the_gravest_status_counts_in_any_order(evidence: Evidence) -> None:
    """Confirmed before alleged before remedied: a remedy of one is no remedy of another."""
    remedied = incident("union", more=", status: remedied, verified_by: union")
    assert status(report(evidence, remedied)) is HarmStatus.REMEDIED
    for others, gravest in (
        ([incident("media")], HarmStatus.ALLEGED),
        ([incident("audit")], HarmStatus.CONFIRMED),
        ([incident("media"), incident("audit")], HarmStatus.CONFIRMED),
    ):
        assert status(report(evidence, remedied, *others)) is gravest
        assert status(report(evidence, *others, remedied)) is gravest


def test_a_number_that_breaches_a_norm_is_confirmed(evidence: Evidence) -> None:
    """Whoever gave it; it is a source beside the incidents."""
    hours = "    hours: {week: 70, date: 2026-02, source_type: company}\n"
    found = report(evidence, incident("media", "excessive-hours"), after=hours)
    assert status(found) is HarmStatus.CONFIRMED
    (finding,) = ReportedHarm(found).findings
    assert sources_of(finding) == (SourceType.MEDIA, SourceType.COMPANY)


@pytest.mark.parametrize(
    "more",
    [
        ", status: remedied",
        ", verified_by: union",
        ", status: alleged, verified_by: union",
        ", status: done",
    ],
)
def test_remedy_names_who_verified_it(evidence: Evidence, more: str) -> None:
    """And nothing else does."""
    with pytest.raises(InventoryError) as caught:
        report(evidence, incident("union", more=more))
    assert caught.value.problems[0].line == 9


def lines(found: Report, language: str = "en") -> list[str]:
    """The lines of the summary that count harm."""
    told = summary(found, Speaker(language), "1", judge(found))
    return [line for line in told if line.startswith(("Harm", "Gemelde schade"))]


def test_harm_has_a_line_of_its_own(evidence: Evidence) -> None:
    """The count, how much is confirmed, the worst, and the kind of source."""
    found = report(
        evidence,
        incident("media"),
        incident("audit", "living-wage"),
        incident("union", "discrimination", ", status: remedied, verified_by: union"),
    )
    (line,) = lines(found)
    assert line.startswith(
        "Harm reported: 3, 1 confirmed, 1 remedied; worst: P1 child labour: Us > "
    )
    assert line.endswith("Mine (media).")
    (line,) = lines(found, "nl")
    assert line.startswith("Gemelde schade: 3, 1 bevestigd, 1 hersteld; ergste: P1 kinderarbeid")
    assert lines(report(evidence, after="      []\n")) == []


def test_json_counts_harm_and_tells_its_status(evidence: Evidence) -> None:
    """In the summary and at each finding."""
    out = io.StringIO()
    found = report(evidence, incident("media"), incident("audit", "living-wage"))
    writer_of("json")(found, out, Options())
    document = json.loads(out.getvalue())
    harm = document["summary"]["harm"]
    worst = harm.pop("worst")
    assert harm == {"reported": 2, "confirmed": 1, "alleged": 1, "remedied": 0}
    assert worst["id"] == "mine/child-labour"
    told = {one["risk"]: one["harm"] for one in document["findings"] if one["harm"]}
    assert told == {"child-labour": "alleged", "living-wage": "confirmed"}


def test_explain_and_markdown_tell_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An allegation is called one."""
    monkeypatch.chdir(tmp_path)
    Path("chain.yaml").write_text(HEAD + incident("media"))
    assert command("explain", "chain.yaml", "mine/child-labour") == 0
    assert "(alleged): Seen." in capsys.readouterr().out
    assert command("chain.yaml", "-o", "markdown") == 0
    assert "Harm reported: 1, 0 confirmed" in capsys.readouterr().out

"""News (METHOD 6): a worse class or L, harm that is reported, a further incident; one rule."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.evidence import Evidence
from imvo_scan.gate.news import Known, News, news_of
from imvo_scan.history.diff import Change, Comparison, PastFinding, Snapshot
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.pages.diff import Moment, write_history
from imvo_scan.output.sections import Form
from tests.command_line import command

DAYS = st.lists(st.sampled_from(["2024", "2025-03", "2025-03-01", "2026-01-31"]), max_size=4)
KNOWN = st.builds(
    lambda priority, level, harm, days: Known(priority, level, harm, tuple(sorted(days))),
    st.sampled_from(CLASSES),
    st.integers(1, 5),
    st.booleans(),
    DAYS,
)
ONE, OTHER = (Known(Priority.P1, 5, harm=True, incidents=(year,)) for year in ("2025", "2026"))
MINE = """imvo: 1
company: {name: Us}
suppliers:
  - id: mine
    name: Mine
    country: CD
    sector: mining
    flags: [home-work, agency-labour]
"""
INCIDENT = "      - {{risk: {risk}, date: {day}, source_type: union, what: Seen.}}\n"


def mine(*days: str, risk: str = "child-labour") -> str:
    """The inventory of a mine where the prior is L5 already, with an incident for each day."""
    incidents = "".join(INCIDENT.format(risk=risk, day=day) for day in days)
    return MINE + (f"    incidents:\n{incidents}" if days else "")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the inventory of the mine, which has only priors."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "chain.yaml").write_text(mine())
    return tmp_path


def scan(*arguments: str) -> int:
    """The exit code of a scan."""
    return command("chain.yaml", "--no-config", "--today", "2026-11-23", *arguments)


def gate() -> int:
    """The exit code of a scan at the baseline."""
    return scan("--baseline", "base.json", "--fail-on", "P4")


# -- the rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (None, Known(Priority.P4, 1), {News.NEW}),
        (Known(Priority.P2, 3), Known(Priority.P1, 3), {News.CLASS}),
        (Known(Priority.P2, 3), Known(Priority.P2, 4), {News.LIKELIHOOD}),
        (Known(Priority.P1, 4), Known(Priority.P2, 5), {News.LIKELIHOOD}),
        (Known(Priority.P1, 5), ONE, {News.HARM}),
        (Known(Priority.P2, 4), ONE, {News.CLASS, News.LIKELIHOOD, News.HARM}),
        (ONE, OTHER, {News.INCIDENT}),
        (ONE, ONE._replace(incidents=("2025", "2025")), {News.INCIDENT}),
        (ONE, Known(Priority.P1, 5), set()),
        (Known(Priority.P1, 5), Known(Priority.P3, 2), set()),
    ],
)
def test_what_is_news(before: Known | None, now: Known, news: set[News]) -> None:
    """Each reason for itself; what is as it was or better is none."""
    assert set(news_of(before, now)) == news


@given(KNOWN, KNOWN, DAYS)
def test_a_further_incident_never_takes_news_away(
    before: Known, now: Known, further: Sequence[str]
) -> None:
    """Monotone: the more is reported, the more is news, and one more report always is."""
    more = now._replace(harm=True, incidents=tuple(sorted((*now.incidents, *further))))
    assert bool(news_of(before, more)) >= bool(news_of(before, now))
    assert bool(news_of(now, more)) is (more != now)


@given(KNOWN, st.integers(-1, 5), st.sampled_from(CLASSES))
def test_nothing_worse_is_ever_known(before: Known, level: int, priority: Priority) -> None:
    """Whatever else is better, a worse class or L is news."""
    now = before._replace(likelihood=max(1, level), priority=priority, harm=False, incidents=())
    worse = now.likelihood > before.likelihood or priority < before.priority
    assert bool(news_of(before, now)) is worse


@given(KNOWN, KNOWN)
def test_better_is_news_the_other_way_round(before: Known, after: Known) -> None:
    """A comparison says worse exactly where there is news, whatever is better beside it."""

    def snapshot(known: Known) -> Snapshot:
        return Snapshot("x", {"a/living-wage": PastFinding(known, "S:3", "A")}, {}, "t", "1")

    (changed,) = Comparison(snapshot(before), snapshot(after)).changes
    assert (changed.change is Change.WORSE) is bool(news_of(before, after))
    assert (changed.change is Change.UNCHANGED) is (before == after)


# -- the baseline --------------------------------------------------------------------------------


def test_harm_at_a_prior_of_l5_is_news(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Class and L stay what they were, and the finding is open again; so for each further one."""
    assert scan("--write-baseline", "base.json") == 0
    known = json.loads((here / "base.json").read_text())["files"]["chain.yaml"]["mine"]
    assert known["child-labour"] == {"class": "P1", "likelihood": 5, "harm": False, "incidents": []}
    assert gate() == 0
    for days, why in (
        (["2026-03"], "harm reported"),
        (["2026-03", "2026-05"], "further incident"),
        (["2026-05", "2026-06"], "further incident"),
    ):
        (here / "chain.yaml").write_text(mine(*days))
        capsys.readouterr()
        assert gate() == 1
        err = capsys.readouterr().err
        assert f"because there is news of it: mine/child-labour ({why})." in err
        assert scan("--write-baseline", "base.json") == 0
        assert gate() == 0


def test_the_order_of_incidents_is_no_news(here: Path) -> None:
    """Nor is where the supplier stands in the file, nor what it is called."""
    (here / "chain.yaml").write_text(mine("2026-03", "2026-05"))
    scan("--write-baseline", "base.json")
    moved = (
        mine("2026-05", "2026-03")
        .replace("name: Mine", "name: Pit")
        .replace("imvo: 1", "imvo: 1\n\n")
    )
    (here / "chain.yaml").write_text(moved)
    assert gate() == 0


def test_a_greater_likelihood_alone_is_news(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two flags raise L and leave some classes as they are: both counts are news."""
    (here / "chain.yaml").write_text(mine().replace("[home-work, agency-labour]", "[]"))
    scan("--write-baseline", "base.json")
    before = json.loads((here / "base.json").read_text())["files"]["chain.yaml"]["mine"]
    (here / "chain.yaml").write_text(mine())
    scan("--write-baseline", "other.json")
    after = json.loads((here / "other.json").read_text())["files"]["chain.yaml"]["mine"]
    (here / "other.json").unlink()
    alone = [
        risk
        for risk, one in after.items()
        if one["class"] == before[risk]["class"] and one["likelihood"] > before[risk]["likelihood"]
    ]
    assert alone
    capsys.readouterr()
    assert gate() == 1
    err = capsys.readouterr().err
    assert all(f"mine/{risk} (greater likelihood)" in err for risk in alone)


def test_breaches_by_number_are_harm_as_well(here: Path) -> None:
    """A norm that hours breach is a report of harm, and so is an incident beside it."""
    hours = "    hours: {week: 70, date: 2026-02, source_type: audit}\n"
    scan("--write-baseline", "base.json")
    (here / "chain.yaml").write_text(mine() + hours)
    assert gate() == 1
    scan("--write-baseline", "base.json")
    (here / "chain.yaml").write_text(mine("2026-01", risk="excessive-hours") + hours)
    assert gate() == 1


def test_what_is_written_anew_names_the_news_it_accepts(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Harm that is accepted is said, though its class is the same."""
    scan("--write-baseline", "base.json")
    (here / "chain.yaml").write_text(mine("2026-03"))
    capsys.readouterr()
    scan("--write-baseline", "base.json")
    assert "mine/child-labour" in capsys.readouterr().err


def test_a_baseline_that_knows_less_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would pass harm unseen: the command that is named writes it anew."""
    scan("--write-baseline", "base.json")
    document = json.loads((here / "base.json").read_text())
    assert document["method"] >= 1
    assert document["tables"]["sha256"]
    for name in ("likelihood", "harm", "incidents"):
        less = json.loads(json.dumps(document))
        del less["files"]["chain.yaml"]["mine"]["child-labour"][name]
        (here / "base.json").write_text(json.dumps(less))
        capsys.readouterr()
        assert gate() == 2
        err = capsys.readouterr().err
        assert f"does not hold {name}" in err
        assert "Write it anew: imvo-scan FILE... --write-baseline base.json" in err
        assert scan("--write-baseline", "base.json") == 0
        assert gate() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("likelihood", 0),
        ("likelihood", 6),
        ("likelihood", True),
        ("likelihood", "5"),
        ("likelihood", None),
        ("harm", 1),
        ("harm", "false"),
        ("incidents", 1),
        ("incidents", ["soon"]),
        ("incidents", [2026]),
        ("incidents", {"2026": 1}),
    ],
)
def test_a_value_that_cannot_be_is_refused(here: Path, name: str, value: object) -> None:
    """Never read as something milder, and never written over."""
    scan("--write-baseline", "base.json")
    document = json.loads((here / "base.json").read_text())
    document["files"]["chain.yaml"]["mine"]["child-labour"][name] = value
    (here / "base.json").write_text(json.dumps(document))
    assert gate() == 2
    assert scan("--write-baseline", "base.json") == 2


# -- diff ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["yaml", "json"])
def test_diff_shows_harm_at_a_prior_of_l5(
    here: Path, capsys: pytest.CaptureFixture[str], kept: str
) -> None:
    """Held against an inventory or a report kept from before."""
    before = "old.yaml"
    (here / before).write_text(mine())
    if kept == "json":
        assert command(before, "--no-config", "-o", "json=old.json") == 0
        before = "old.json"
    (here / "chain.yaml").write_text(mine("2026-03"))
    capsys.readouterr()
    assert command("diff", before, "chain.yaml", "--json", "--fail-on-new", "P1") == 1
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["finding"], change["change"]) == ("mine/child-labour", "worse")
    assert (change["news"], change["cause"]) == (["harm"], "inventory")
    assert command("diff", before, "chain.yaml", "--markdown") == 0
    assert "| harm reported | site |" in capsys.readouterr().out


def test_a_second_incident_is_seen_between_two_reports(
    here: Path,
) -> None:
    """The reports tell the day of each; one from before they did hides none."""
    for name, days in (("old", ["2026-03"]), ("new", ["2026-03", "2026-05"])):
        (here / "chain.yaml").write_text(mine(*days))
        assert scan("-o", f"json={name}.json") == 0
    assert command("diff", "old.json", "new.json", "--fail-on-new", "P1") == 1
    assert command("diff", "new.json", "old.json", "--fail-on-new", "P1") == 0
    document = json.loads((here / "old.json").read_text())
    for one in document["findings"]:
        del one["incidents"]
    (here / "old.json").write_text(json.dumps(document))
    assert command("diff", "old.json", "new.json", "--fail-on-new", "P1") == 1


# -- history -------------------------------------------------------------------------------------


def test_history_tells_the_last_news_of_what_is_open(evidence: Evidence) -> None:
    """Of the harm, not of the day since which the finding is there; a break begins anew."""
    prior, key = Known(Priority.P1, 5), "mine/child-labour"
    moments = [
        Moment("a" * 40, "2026-01-01", {key: prior, "mine/living-wage": prior}),
        Moment("b" * 40, "2026-02-01", None),
        Moment("c" * 40, "2026-03-01", {key: ONE}),
        Moment("d" * 40, "2026-04-01", {key: ONE, "mine/living-wage": ONE}),
    ]
    out = io.StringIO()
    write_history(moments, evidence.edition, Form.JSON, out, Speaker())
    document = json.loads(out.getvalue())
    assert document["open_since"] == {key: "2026-01-01", "mine/living-wage": "2026-04-01"}
    assert document["last_news"] == {key: {"date": "2026-03-01", "news": ["harm"]}}
    out = io.StringIO()
    write_history(moments, evidence.edition, Form.TEXT, out, Speaker("nl"))
    assert "schade gemeld" in out.getvalue()

"""The gate: waivers, baseline, verdict, and comparisons."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.chain import Report, scan
from imvo_scan.core.errors import ImvoScanError, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.evidence import Evidence
from imvo_scan.gate import (
    EVERYTHING_OPEN,
    Baseline,
    Status,
    Waiver,
    decide,
    judge,
    read_baseline,
    read_waivers,
)
from imvo_scan.gate.baseline import (
    SiteKey,
    baseline_of,
    compared,
    read_replaced,
    render_baseline,
)
from imvo_scan.gate.news import Known
from imvo_scan.gate.patterns import matches
from imvo_scan.history.diff import (
    Cause,
    Change,
    Comparison,
    Snapshot,
    snapshot_of,
    snapshot_of_json,
)
from imvo_scan.inventory import Inventory, Supplier, parse_inventory
from imvo_scan.inventory.entities import Buyer
from imvo_scan.output import Options, writer_of
from tests.conftest import TODAY

HERE = Path()
MILL = Supplier("mill", "Mill", "BD", "textiles", tier=1, line=4)
MINE = Supplier("mine", "Mine", "CD", "mining", tier=3, line=5)


def report(evidence: Evidence, *sites: Supplier, today: date = TODAY) -> Report:
    """A scan of these sites."""
    inventory = Inventory("chain.yaml", Buyer("Us", None, None), sites)
    return scan(inventory, evidence=evidence, today=today)


def waiver(pattern: str, expires: str | None = "2027-01-01") -> Waiver:
    """A waiver until a day, or for ever."""
    until = None if expires is None else date.fromisoformat(expires)
    return Waiver(pattern, "Agreed.", "Head of buying", until, "waivers.yaml:3")


def waived(found: Report, *waivers: Waiver) -> set[str]:
    """The ids of what is waived."""
    verdict = judge(found, waivers)
    return {
        f"{found.sites[place].supplier.id}/{risk}"
        for (place, risk), standing in verdict.exceptions.items()
        if standing.status is Status.WAIVED
    }


# -- waivers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("mill/child-labour", 1),
        ("mill/*", 9),
        ("*/child-labour", 2),
        ("mi*/child-*", 2),
        ("nobody/*", 0),
        ("*", 18),
    ],
)
def test_a_waiver_is_for_what_its_pattern_says(
    evidence: Evidence, pattern: str, count: int
) -> None:
    """A finding, a site or a risk, with * for any text."""
    found = report(evidence, MILL, MINE)
    indicated = sum(f.priority is not Priority.NOT_INDICATED for f in found.findings)
    assert len(waived(found, waiver(pattern))) == min(count, indicated)


def test_the_last_day_still_counts_and_the_next_does_not(evidence: Evidence) -> None:
    """Expired: the finding is back, with a notice."""
    one = waiver("mill/child-labour", "2026-11-23")
    assert waived(report(evidence, MILL), one)
    later = report(evidence, MILL, today=date(2026, 11, 24))
    verdict = judge(later, [one])
    assert verdict.exceptions == {}
    assert "expired on 2026-11-23, so what it waived counts again" in str(verdict.notices[0].text)
    assert waived(report(evidence, MILL, today=date(2099, 1, 1)), waiver("mill/*", None))


def test_a_waiver_that_matches_nothing_is_said(evidence: Evidence) -> None:
    """Unused: a notice, not an error."""
    verdict = judge(report(evidence, MILL), [waiver("gone/child-labour")])
    said = "waivers.yaml:3: the waiver of gone/child-labour matches no finding in what was scanned."
    assert [str(notice.text) for notice in verdict.notices] == [said]


def test_the_gate_opens_for_what_is_waived_only(evidence: Evidence) -> None:
    """Fail-on looks at the open findings; --no-waivers shows everything."""
    found = report(evidence, MILL)
    every = judge(found, [waiver("mill/*")])
    assert decide(found, Priority.P1, every) is Exit.OK
    one = judge(found, [waiver("mill/child-labour")])
    assert decide(found, Priority.P1, one) is Exit.FINDINGS
    assert judge(found, None) is EVERYTHING_OPEN


def test_waivers_at_a_supplier_are_for_it_alone(evidence: Evidence) -> None:
    """They stand with the reason in the inventory itself."""
    text = """imvo: 1
company: {name: Us}
suppliers:
  - id: mill
    name: M
    country: BD
    sector: textiles
    waivers: [{risk: "*-labour", reason: x, approver: y, expires: never}]
  - {id: other, name: O, country: BD, sector: textiles}
"""
    inventory = parse_inventory(text.encode(), "chain.yaml", evidence.taxonomy)
    found = scan(inventory, evidence=evidence, today=TODAY)
    assert waived(found) == {"mill/child-labour", "mill/forced-labour"}
    assert judge(found, None) is EVERYTHING_OPEN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("waivers: [{finding: a/b, reason: x, approver: y}]", "'expires' is missing"),
        ("waivers: [{finding: a/b, reason: x, approver: y, expires: soon}]", "cannot be used"),
        ("waivers: [{finding: a/b, reason: x, approver: y, expires: 2026-02-30}]", "no last day"),
        ("waivers: [{finding: a/b, approver: y, expires: never}]", "'reason' is missing"),
        ("waivers: [{finding: a/b, reason: x, expires: never}]", "'approver' is missing"),
        ("waivers: [{reason: x, approver: y, expires: never}]", "does not say what it is for"),
        ("waivers: [{finding: a, site: b, reason: x, approver: y, expires: never}]", "either"),
        (
            "waivers: [{findig: a/b, reason: x, approver: y, expires: never}]",
            "'findig' is not known",
        ),
        ("waiver: []", "'waiver' is not known"),
        ("", "'waivers' is missing"),
        ("waivers: [}", "not valid YAML"),
    ],
)
def test_a_malformed_waiver_is_an_error_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """Invalid date, missing reason or approver, unknown key: exit 2, never ignored."""
    path = tmp_path / "waivers.yaml"
    path.write_text(text)
    with pytest.raises(ImvoScanError) as caught:
        read_waivers(path)
    assert said in str(caught.value)
    assert f"{path}:1:" in str(caught.value)


def test_an_expired_waiver_beside_a_valid_one_is_not_back(evidence: Evidence) -> None:
    """It is waived by the other one, so nothing counts again, whatever their order."""
    old, new = waiver("mill/child-labour", "2026-01-01"), waiver("mill/*", "2027-01-01")
    for order in ([old, new], [new, old]):
        verdict = judge(report(evidence, MILL), order)
        assert verdict.of(0, Risk.CHILD_LABOUR).waiver is new
        (notice,) = verdict.notices
        assert "counts again" not in str(notice.text)
        assert "covered without it: remove it" in str(notice.text)


def test_an_expired_waiver_of_what_the_baseline_knows_is_not_back(evidence: Evidence) -> None:
    """Nothing counts again; what got worse than the baseline does."""
    found, old = report(evidence, MILL), waiver("mill/child-labour", "2026-01-01")
    known = baseline_of(found, HERE)
    (notice,) = judge(found, [old], known).notices
    assert "counts again" not in str(notice.text)
    milder = {Risk.CHILD_LABOUR: Known(Priority.P4, 5)}
    better = Baseline(HERE, {SiteKey("chain.yaml", "mill"): milder})
    notice, news = judge(found, [old], better).notices
    assert "expired on 2026-01-01, so what it waived counts again" in str(notice.text)
    assert "there is news of it: mill/child-labour (worse class)." in str(news.text)


@pytest.mark.parametrize("pattern", ["mi*", "*labour", "m*r", "*", "*/*", "mill/*", "mill*"])
def test_patterns_mean_the_same_with_and_without_a_slash(evidence: Evidence, pattern: str) -> None:
    """A star stands for any text, that between a site and a risk as well."""
    found = report(evidence, MILL, MINE)
    ids = {f.id for f in found.findings if f.priority is not Priority.NOT_INDICATED}
    assert waived(found, waiver(pattern)) == {one for one in ids if matches(pattern, one)}


@pytest.mark.parametrize("pattern", ["mill", "mill/child", "[m]ill/*", "mil?/*", "MILL/*", "/", ""])
def test_nothing_but_a_star_stands_for_anything(evidence: Evidence, pattern: str) -> None:
    """What fits nothing waives nothing."""
    assert waived(report(evidence, MILL), waiver(pattern)) == set()


@pytest.mark.parametrize("site", ["a#2", "a[1]", "a?b", "a/b", "a: b"])
def test_odd_ids_are_ids(evidence: Evidence, site: str) -> None:
    """No sign of an id is one of a pattern."""
    found = report(evidence, MILL._replace(id=site), MILL._replace(id="a1"), MILL._replace(id="ab"))
    assert waived(found, waiver(f"{site}/child-labour")) == {f"{site}/child-labour"}
    known = baseline_of(report(evidence, MILL._replace(id=site)), HERE)
    verdict = judge(found, (), known)
    opened = {f.site.at.id for f in found.findings if verdict.is_open(f.site.place, f.risk)}
    assert opened == {"a1", "ab"}


# -- baseline ------------------------------------------------------------------------------------


def test_a_baseline_knows_what_was_there(evidence: Evidence) -> None:
    """Tuesday tells only of what is new."""
    monday = report(evidence, MILL)
    tuesday = report(evidence, MILL, MINE)
    verdict = judge(tuesday, (), baseline_of(monday, HERE))
    opened = {f.site.supplier.id for f in tuesday.findings if verdict.is_open(f.site.place, f.risk)}
    assert opened == {"mine"}
    assert decide(monday, Priority.P4, judge(monday, (), baseline_of(monday, HERE))) is Exit.OK


def test_what_got_worse_is_new(evidence: Evidence) -> None:
    """A class that rose is not known; one that fell is."""
    small = report(evidence, MILL._replace(country="NL", workers=5))
    large = report(evidence, MILL._replace(workers=50_000))
    worse = judge(large, (), baseline_of(small, HERE))
    assert decide(large, Priority.P1, worse) is Exit.FINDINGS
    better = judge(small, (), baseline_of(large, HERE))
    assert decide(small, Priority.P4, better) is Exit.OK


def test_lines_and_order_are_not_in_the_fingerprint(evidence: Evidence) -> None:
    """A moved supplier stays known."""
    base = baseline_of(report(evidence, MILL, MINE), HERE)
    moved = report(evidence, MINE._replace(line=4), MILL._replace(line=90, name="Renamed"))
    assert decide(moved, Priority.P4, judge(moved, (), base)) is Exit.OK


def test_stale_entries_and_new_acceptance_are_said(evidence: Evidence) -> None:
    """What a baseline still holds for nothing; what writing it anew accepts and drops."""
    base = baseline_of(report(evidence, MILL), HERE)
    found = report(evidence, MINE)
    notice = str(judge(found, (), base).notices[0].text)
    assert "entries of the baseline are no findings any more: mill/" in notice
    accepted = compared(baseline_of(found, HERE), base)
    assert {key.site for key in accepted.added} == {"mine"}
    assert {key.site for key in accepted.dropped} == {"mill"}


def test_a_class_that_got_worse_is_newly_accepted(evidence: Evidence) -> None:
    """Writing a baseline anew says what it accepts: a worse class too, a better one never."""
    calm = MILL._replace(country="NL")
    before, after = (baseline_of(report(evidence, site), HERE) for site in (calm, MILL))
    worse = {
        key
        for key, one in after.findings.items()
        if one.priority < before.findings.get(key, one).priority
    }
    assert worse
    assert worse <= set(compared(after, before).added)
    assert not worse & set(compared(before, after).added)


def test_a_baseline_is_read_as_it_was_written(evidence: Evidence, tmp_path: Path) -> None:
    """Nothing is lost on the way to the file."""
    found = report(evidence, MILL, MINE)
    path = tmp_path / "baseline.json"
    kept = baseline_of(found, tmp_path.resolve())
    path.write_text(render_baseline(kept, found, "1"), encoding="utf-8")
    assert read_baseline(path) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 5000,
        '{"schema_version": ["2"]}',
        '{"schema_version": "3", "files": {}}',
        '{"schema_version": "2"}',
        '{"schema_version": "2", "findings": {}}',
        '{"schema_version": "2", "files": []}',
        '{"schema_version": "2", "files": {"a": []}}',
        '{"schema_version": "2", "files": {"a": {"b": "P1"}}}',
        '{"schema_version": "2", "files": {"a": {"b": {"child-labour": "P1"}}}}',
        '{"schema_version": "2", "files": {"a": {"b": {"child-labour": {"class": "P9"}}}}}',
        '{"schema_version": "2", "files": {"a": {"b": {"child-labour": {"class": ["P1"]}}}}}',
        '{"schema_version": "2", "files": {"a": {"b": {"childlabour": {"class": "P1"}}}}}',
        '{"schema_version": "2", "files": {"a": {}, "a": {}}}',
    ],
)
def test_a_malformed_baseline_is_an_error(tmp_path: Path, text: str) -> None:
    """Never an empty baseline by accident."""
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="--write-baseline"):
        read_baseline(path)
    with pytest.raises(UsageError, match="--write-baseline"):
        read_replaced(path)
    with pytest.raises(UsageError, match="cannot be read"):
        read_baseline(tmp_path / "missing.json")


def test_an_older_baseline_names_the_command_that_rewrites_it(tmp_path: Path) -> None:
    """It does not say which file a site is from, so it cannot be read on; it can be replaced."""
    path = tmp_path / "baseline.json"
    path.write_text('{"schema_version": "1", "findings": {"mill/child-labour": "P1"}}')
    with pytest.raises(UsageError, match=f"FILE... --write-baseline {path}"):
        read_baseline(path)
    assert read_replaced(path).sites == {}


@given(
    st.dictionaries(
        st.sampled_from([Risk.CHILD_LABOUR, Risk.LIVING_WAGE]),
        st.sampled_from([Priority.P1, Priority.P2, Priority.P3, Priority.P4]),
    )
)
def test_a_baseline_never_hides_what_is_worse(
    evidence: Evidence, classes: dict[Risk, Priority]
) -> None:
    """Whatever it holds, only what is no worse than it says is known."""
    found = report(evidence, MILL)
    known_then = {risk: Known(priority, 5) for risk, priority in classes.items()}
    verdict = judge(found, (), Baseline(HERE, {SiteKey("chain.yaml", "mill"): known_then}))
    for finding in found.findings:
        known = finding.risk in classes and finding.priority >= classes[finding.risk]
        indicated = finding.priority is not Priority.NOT_INDICATED
        assert verdict.is_open(finding.site.place, finding.risk) is not (known and indicated)


# -- comparisons ---------------------------------------------------------------------------------


def test_every_way_of_changing(evidence: Evidence) -> None:
    """D16: New, worse, better, closed, unchanged."""
    old = snapshot_of(report(evidence, MILL, MINE), "old")
    new = snapshot_of(
        report(evidence, MILL._replace(country="CN"), Supplier("x", "X", "BD", "food")), "new"
    )
    comparison = Comparison(old, new)
    kinds = {
        change: {one.finding.partition("/")[0] for one in comparison.of(change)}
        for change in Change
    }
    assert kinds[Change.NEW] >= {"x"}
    assert kinds[Change.CLOSED] == {"mine"}
    assert "mill" in kinds[Change.WORSE] | kinds[Change.BETTER]
    assert comparison.decide(Priority.P4) is Exit.FINDINGS
    assert comparison.decide(None) is Exit.OK
    back = Comparison(new, old)
    assert len(back.of(Change.WORSE)) == len(comparison.of(Change.BETTER))
    assert len(back.of(Change.CLOSED)) == len(comparison.of(Change.NEW))


def test_what_changed_it(evidence: Evidence) -> None:
    """The inventory where it says something else; else the tables; else the program."""
    old = snapshot_of(report(evidence, MILL), "old")
    other = snapshot_of(report(evidence, MILL._replace(country="NL")), "new")
    assert {c.cause for c in Comparison(old, other).changes if c.cause} == {Cause.INVENTORY}
    findings = {key: kept for key, kept in old.findings.items() if "child" not in key}
    tables = Snapshot("new", findings, old.profiles, "other tables", old.version)
    assert [c.cause for c in Comparison(old, tables).of(Change.CLOSED)] == [Cause.TABLES]
    program = Snapshot("new", findings, old.profiles, old.tables, "9.9")
    assert [c.cause for c in Comparison(old, program).of(Change.CLOSED)] == [Cause.PROGRAM]


@pytest.mark.parametrize(
    ("differs", "cause"),
    [
        ({"profiles", "tables", "version"}, Cause.INVENTORY),
        ({"profiles", "tables"}, Cause.INVENTORY),
        ({"profiles", "version"}, Cause.INVENTORY),
        ({"tables", "version"}, Cause.TABLES),
        ({"version"}, Cause.PROGRAM),
        (set(), Cause.INVENTORY),
    ],
)
def test_the_nearest_cause_comes_first(evidence: Evidence, differs: set[str], cause: Cause) -> None:
    """What the user changed is named before the tables, and these before the program."""
    old = snapshot_of(report(evidence, MILL), "old")
    others: dict[str, Any] = {"profiles": {"mill": "other"}, "tables": "other", "version": "other"}
    new = replace(old, findings={}, **{name: others[name] for name in differs})
    assert {one.cause for one in Comparison(old, new).changes} == {cause}


def test_two_files_of_one_report_are_told_apart(evidence: Evidence) -> None:
    """The same id in two files is two sites, in a scan and in its JSON report alike."""
    dutch = MINE._replace(country="NL")
    files = [
        Inventory(name, Buyer("Us", None, None), (site,))
        for name, site in (("one.yaml", MINE), ("two.yaml", dutch))
    ]
    before = scan(*files, evidence=evidence, today=TODAY)
    out = io.StringIO()
    writer_of("json")(before, out, Options())
    old = snapshot_of_json(out.getvalue().encode(), "old")
    assert old.findings == snapshot_of(before, "old").findings
    assert {key.partition(": ")[0] for key in old.findings} == {"one.yaml", "two.yaml"}
    changed = replace(files[1], suppliers=(MINE,))
    after = scan(files[0], changed, evidence=evidence, today=TODAY)
    comparison = Comparison(old, snapshot_of(after, "new"))
    changes = [one for one in comparison.changes if one.cause]
    assert changes
    assert all(one.finding.startswith("two.yaml: mine/") for one in changes)
    assert {one.cause for one in changes} == {Cause.INVENTORY}


def test_a_json_report_is_as_good_as_a_scan(evidence: Evidence, tmp_path: Path) -> None:
    """A report kept from before gives the same snapshot."""
    found = report(evidence, MILL, MINE)
    path = tmp_path / "report.json"
    with path.open("w", encoding="utf-8") as sink:
        writer_of("json")(found, sink, Options(everything=True))
    kept = snapshot_of_json(path.read_bytes(), "old")
    assert kept.findings == snapshot_of(found, "new").findings
    assert kept.profiles == snapshot_of(found, "new").profiles
    assert not [c for c in Comparison(kept, snapshot_of(found, "new")).changes if c.cause]


@pytest.mark.parametrize(
    "text", ["{}", "[]", "x", json.dumps({"schema_version": "1", "sites": []})]
)
def test_a_wrong_report_is_an_error(text: str) -> None:
    """Anything but a report of version 1 is refused in one line."""
    with pytest.raises(UsageError, match="no JSON report of version 1"):
        snapshot_of_json(text.encode(), "old.json")


def test_what_is_waived_is_not_in_a_new_baseline(evidence: Evidence) -> None:
    """It comes back when the waiver ends, though a baseline was written meanwhile."""
    found = report(evidence, MINE)
    verdict = judge(found, [waiver("mine/child-labour", "2026-12-31")])
    kept = baseline_of(found, HERE, lambda place, risk: not verdict.is_open(place, risk))
    assert Risk.CHILD_LABOUR not in kept.of(SiteKey("chain.yaml", "mine"))
    assert Risk.FORCED_LABOUR in kept.of(SiteKey("chain.yaml", "mine"))
    later = report(evidence, MINE, today=date(2027, 1, 1))
    after = judge(later, [waiver("mine/child-labour", "2026-12-31")], kept)
    assert decide(later, Priority.P1, after) is Exit.FINDINGS


def test_a_site_of_another_file_is_not_taken_for_a_known_one(evidence: Evidence) -> None:
    """Two files may use one id; the site with it in the file that is not known is new."""
    files = [Inventory(name, Buyer("Us", None, None), (MINE,)) for name in ("two.yaml", "one.yaml")]
    known = baseline_of(scan(files[0], evidence=evidence, today=TODAY), HERE)
    for order in (files, files[::-1]):
        both = scan(*order, evidence=evidence, today=TODAY)
        verdict = judge(both, (), known)
        opened = {f.site.at.source for f in both.findings if verdict.is_open(f.site.place, f.risk)}
        assert opened == {"one.yaml"}
        assert decide(both, Priority.P1, verdict) is Exit.FINDINGS
        assert decide(both, Priority.P1, judge(both, (), baseline_of(both, HERE))) is Exit.OK


def test_a_report_of_some_findings_cannot_be_compared(evidence: Evidence) -> None:
    """What was left out would look closed."""
    out = io.StringIO()
    writer_of("json")(report(evidence, MINE, MILL), out, Options(least=Priority.P1))
    with pytest.raises(UsageError, match="only some of the findings"):
        snapshot_of_json(out.getvalue().encode(), "old.json")

"""The other commands, as people use them: explain, lookup, data, schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_scan import run
from tests.conftest import ROOT

CHAIN = str(ROOT / "examples" / "chain.yaml")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["explain", CHAIN, "cocoa-farmers"], None),
        (["explain", CHAIN, "nobody"], 2),
        (["explain", "missing.yaml", "x"], 2),
        (["lookup", "BD"], 0),
        (["lookup", "--sector", "textiles", "BD"], 0),
        (["lookup", "--sector", "nace:14.13"], 0),
        (["lookup", "--good", "katoen", "CN", "--lang", "nl"], 0),
        (["lookup", "--good", "vanille", "MG", "--json"], 0),
        (["lookup", "--good", "vanilllle", "MG"], 2),
        (["lookup", "Atlantis"], 2),
        (["lookup"], 2),
        (["data"], 0),
        (["data", "verify"], 0),
        (["data", "nonsense"], 2),
    ],
    ids=str,
)
def test_the_exit_code(tmp_path: Path, arguments: list[str], code: int | None) -> None:
    """0 where something was shown, 2 where it could not be; never a traceback."""
    done = run(*arguments, cwd=tmp_path)
    assert b"Traceback" not in done.stderr
    if code is not None:
        assert done.returncode == code, done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "worst", "listed"),
    [
        (["--good", "vanille", "MG"], "child-labour", "child-labour"),
        (["--good", "cobalt", "CD"], "child-labour", "child-labour"),
        (["--good", "katoen", "CN"], "forced-labour", "forced-labour"),
        (["--good", "palm oil", "ID"], "child-labour", "forced-labour"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_lookup_says_what_a_practitioner_expects(
    tmp_path: Path, arguments: list[str], worst: str, listed: str
) -> None:
    """Nine risks, worst first, with listings and sources; the Dutch names work."""
    done = run("lookup", *arguments, "--json", cwd=tmp_path)
    found = json.loads(done.stdout)["risks"]
    assert len(found) == 9
    assert found[0]["risk"] in {worst, "forced-labour", "child-labour"}
    by_risk = {row["risk"]: row for row in found}
    assert by_risk[listed]["listings"]
    assert by_risk[worst]["priority"] == "P1"
    assert all(row["sources"] for row in found)


def test_a_lookup_without_a_good_shows_country_and_sector(tmp_path: Path) -> None:
    """Bangladesh textiles: wages, hours and unions at the top of the scale."""
    done = run("lookup", "--sector", "textiles", "BD", "--json", cwd=tmp_path)
    by_risk = {row["risk"]: row for row in json.loads(done.stdout)["risks"]}
    for risk in ("living-wage", "excessive-hours", "freedom-of-association"):
        assert by_risk[risk]["country_rating"] == by_risk[risk]["sector_rating"] == 5


def test_explain_gives_one_risk_or_all_nine(tmp_path: Path) -> None:
    """`SITE/RISK` is one finding, `SITE` nine; worst first."""
    done = run("explain", CHAIN, "nobody", cwd=tmp_path)
    assert b"is not the id of a site here" in done.stderr
    site = _a_site(tmp_path)
    all_nine = json.loads(run("explain", CHAIN, site, "--json", cwd=tmp_path).stdout)
    assert len(all_nine["findings"]) == 9
    one = run("explain", CHAIN, f"{site}/living-wage", "--json", cwd=tmp_path)
    assert [f["risk"] for f in json.loads(one.stdout)["findings"]] == ["living-wage"]
    wrong = run("explain", CHAIN, f"{site}/living-wages", cwd=tmp_path)
    assert wrong.returncode == 2
    assert b'Did you mean "living-wage"?' in wrong.stderr


def _a_site(cwd: Path) -> str:
    rows = run(CHAIN, "-o", "csv", cwd=cwd).stdout.decode().splitlines()
    return rows[1].split(",")[0]


def test_data_prints_what_the_tables_rest_on(tmp_path: Path) -> None:
    """Edition, hash, judgements and licences; every table is rebuilt byte for byte."""
    text = run("data", cwd=tmp_path).stdout.decode()
    for wanted in ("sha256", "rest on judgement", "country cells are unknown", "CC BY 4.0"):
        assert wanted in text
    verified = run("data", "verify", cwd=tmp_path).stderr.decode()
    assert verified.count("byte for byte the same") == 2


def test_own_tables_are_used_and_said(tmp_path: Path) -> None:
    """`--data DIR` scans with other tables, every output says so, and faults have their line."""
    own = tmp_path / "own"
    own.mkdir()
    for path in filter(Path.is_file, (ROOT / "data").iterdir()):
        (own / path.name).write_bytes(path.read_bytes())
    done = run(CHAIN, "--data", "own", "-o", "csv", cwd=tmp_path)
    assert done.returncode == 0
    assert b"+own+" in done.stdout.splitlines()[1]
    assert b"your own tables" in done.stderr
    table = own / "country_risks.yaml"
    table.write_text(table.read_text().replace("  BD: [4,", "  BD: [7,"))
    done = run(CHAIN, "--data", "own", cwd=tmp_path)
    assert done.returncode == 2
    line = table.read_text().split("  BD: [7,")[0].count("\n") + 1
    assert f"country_risks.yaml:{line}:".encode() in done.stderr
    assert b"'7' is not a level" in done.stderr


def test_old_tables_are_refused_on_request(tmp_path: Path) -> None:
    """`--max-data-age` gives exit 2 once the tables are older."""
    fresh = run(CHAIN, "--max-data-age", "30", "--today", "2026-12-01", cwd=tmp_path)
    assert fresh.returncode == 0
    stale = run(CHAIN, "--max-data-age", "30", "--today", "2027-12-01", cwd=tmp_path)
    assert stale.returncode == 2
    assert b"days old" in stale.stderr

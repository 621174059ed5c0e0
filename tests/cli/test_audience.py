"""`--audience public` in every command and format: nothing that names a site gets out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from imvo_scan.inventory import parse_inventory
from tests.cli.test_scan import run

SECRETS = ("zipper", "Zippermill", "Hidden Street", "Sylhet", "1284", "1,284", "98765", "secret")
CHAIN = """imvo: 1
company: {name: Us, country: NL, sector: retail}
suppliers:
  - id: zipper-mill
    name: Zippermill Ltd
    country: BD
    region: Sylhet
    address: 1 Hidden Street
    sector: textiles
    tier: 1
    workers: 1284
    spend: 98765
    evidence:
      - {risks: [child-labour], date: 2026-05-01, source_type: union, what: a secret told}
  - id: zipper-two
    name: Zippermill Two
    country: IN
    sector: textiles
    supplies: [zipper-mill]
"""
LIST = "name,country,sector,workers\nZippermill Ltd,BD,textiles,1284\nZippermill Two,IN,food,9\n"
LINES = [
    "zipper.yaml", "zipper.yaml -o json --all", "zipper.yaml -o csv --all", "zipper.yaml -o sarif",
    "zipper.yaml -o markdown", "zipper.yaml -o github", "zipper.yaml -o junit",
    "zipper.yaml -o gitlab", "explain zipper.yaml zipper-mill",
    "explain zipper.yaml zipper-mill/child-labour --json",
    "explain zipper.yaml zipper-two --markdown", "plan zipper.yaml", "plan zipper.yaml --json",
    "plan zipper.yaml --markdown", "chain zipper.yaml", "chain zipper.yaml --by supplier --json",
    "steps zipper.yaml", "steps zipper.yaml --json", "diff zipper.yaml later.yaml",
    "diff later.yaml zipper.yaml --json", "diff report.json later.yaml --markdown",
    "diff git:HEAD:zipper.yaml later.yaml", "history zipper.yaml", "history zipper.yaml --json",
    "history zipper.yaml --markdown", "convert zipper.yaml", "convert zipper.csv",
    "zipper.csv -o csv", "chain zipper.csv", "plan zipper.csv", "steps zipper.csv",
]  # fmt: skip


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with an inventory, a later one, a report and a list, full of what is secret."""
    folder = tmp_path_factory.mktemp("audience")
    (folder / "zipper.yaml").write_text(CHAIN)
    (folder / "later.yaml").write_text(
        CHAIN.replace("id: zipper-two", "id: azipper").replace(
            "sector: textiles\n    t", "sector: food\n    t"
        )
    )
    (folder / "zipper.csv").write_text(LIST)
    report = run("zipper.yaml", "-o", "json", "--all", cwd=folder).stdout
    (folder / "report.json").write_bytes(report)
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for arguments in (["init", "-q"], ["add", "zipper.yaml"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("line", LINES)
def test_nothing_that_names_a_site_gets_out(here: Path, line: str) -> None:
    """As an option, as a setting and in the environment."""
    done = run(*line.split(), "--audience", "public", cwd=here)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout
    text = done.stdout.decode()
    assert [secret for secret in SECRETS if secret.casefold() in text.casefold()] == []
    assert run(*line.split(), cwd=here, IMVO_SCAN_AUDIENCE="public").stdout == done.stdout


def test_a_comparison_keeps_its_changes_and_its_code(here: Path) -> None:
    """The gate has decided before; a site has one name on both sides."""
    line = ("diff", "zipper.yaml", "later.yaml", "--json", "--fail-on-new", "P1")
    inside, outside = run(*line, cwd=here), run(*line, "--audience", "public", cwd=here)
    assert inside.returncode == outside.returncode == 1
    one, other = json.loads(inside.stdout), json.loads(outside.stdout)
    assert one["counts"] == other["counts"]
    names = {change["finding"].split("/")[0]: None for change in other["changes"]}
    assert all(name.startswith("site-") for name in names)
    changes = sorted((c["change"], c["before"] or 0, c["after"] or 0) for c in one["changes"])
    assert changes == sorted(
        (c["change"], c["before"] or 0, c["after"] or 0) for c in other["changes"]
    )


def test_a_history_keeps_its_counts(here: Path) -> None:
    """And says since when each finding is open."""
    inside = json.loads(run("history", "zipper.yaml", "--json", cwd=here).stdout)
    outside = json.loads(
        run("history", "zipper.yaml", "--json", "--audience", "public", cwd=here).stdout
    )
    assert inside["revisions"] == outside["revisions"]
    assert len(inside["open_since"]) == len(outside["open_since"])


def test_what_is_converted_is_still_an_inventory(here: Path) -> None:
    """For outside eyes: the list as YAML can be read, and holds its sites."""
    done = run("convert", "zipper.csv", "--audience", "public", cwd=here)
    inventory = parse_inventory(done.stdout, "made.yaml")
    assert {(site.country, site.sector) for site in inventory.suppliers} == {
        ("BD", "textiles"),
        ("IN", "food"),
    }

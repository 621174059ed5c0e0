"""chain, plan, steps and labels, as people use them: every form, the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.test_scan import run
from tests.conftest import ROOT

CHAIN = str(ROOT / "examples" / "chain.yaml")
TODAY = "--today=2026-11-23"
EVIL = "\\e[2J[/bold] | <img> =cmd`x` \\u202E"
HOSTILE = f"""imvo: 1
company: {{name: "{EVIL}", country: NL, sector: retail}}
suppliers:
  - {{id: a, name: "{EVIL}", country: CN, sector: textiles, tier: 1}}
actions:
  - {{findings: [a/forced-labour], what: "{EVIL}", owner: csr, start: 2026-01, target_year: 2029,
     review: 2027-01, status: planned}}
"""


def rows(here: Path) -> list[dict[str, str]]:
    """The findings of the example that have a class, from the CSV."""
    done = run("scan", CHAIN, "-o", "csv", "--all", TODAY, cwd=here)
    every = csv.DictReader(io.StringIO(done.stdout.decode()))
    return [row for row in every if row["priority"] != "L0"]


@pytest.mark.parametrize("by", ["tier", "country", "sector", "risk"])
def test_what_is_added_up_is_what_the_csv_holds(tmp_path: Path, by: str) -> None:
    """Counts per class and the worst finding of each key, computed from the rows again."""
    counts: dict[str | None, Counter[str]] = {}
    worst: dict[str | None, str] = {}
    for row in rows(tmp_path):
        key = row[by] or None
        counts.setdefault(key, Counter())[row["priority"]] += 1
        worst.setdefault(key, f"{row['site_id']}/{row['risk']}")
    done = run("chain", CHAIN, "--by", by, "--json", TODAY, cwd=tmp_path)
    found = json.loads(done.stdout)["rollups"]
    assert {one["key"]: one["worst"] for one in found} == worst
    for one in found:
        kept = {name: n for name, n in one["counts"].items() if n}
        assert kept == counts[one["key"]]


def test_goods_are_added_up_too(tmp_path: Path) -> None:
    """A site with two goods counts for both."""
    done = run("chain", CHAIN, "--by", "good", "--json", TODAY, cwd=tmp_path)
    assert {"cotton", "cocoa"} <= {one["key"] for one in json.loads(done.stdout)["rollups"]}


def test_the_tree_names_every_site(tmp_path: Path) -> None:
    """Nothing is left out where all is asked for, or where nobody looks at a screen."""
    text = run("chain", CHAIN, "--top", "0", TODAY, cwd=tmp_path).stdout.decode()
    assert all(row["supplier"] in text for row in rows(tmp_path))


@pytest.mark.parametrize("command", ["plan", "steps"])
@pytest.mark.parametrize("form", [[], ["--json"], ["--markdown"], ["--lang", "nl"]], ids=str)
def test_nothing_from_outside_gets_through(tmp_path: Path, command: str, form: list[str]) -> None:
    """No cursor moves, no text turns round, and Markdown and JSON stay what they are."""
    (tmp_path / "evil.yaml").write_text(HOSTILE)
    done = run(command, "evil.yaml", *form, TODAY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    if form == ["--json"]:
        assert json.loads(text)
    else:
        assert "\x1b[2J" not in text
        assert "\u202e" not in text
        assert form != ["--markdown"] or "<img>" not in text.replace("\\<img", "")


@pytest.mark.parametrize("command", ["chain", "plan", "steps"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_both_languages_are_spoken(tmp_path: Path, command: str, language: str) -> None:
    """And they differ."""
    one = run(command, CHAIN, "--lang", language, TODAY, cwd=tmp_path)
    assert one.returncode == 0
    assert ("kinderarbeid" in one.stdout.decode().lower()) is (language == "nl") or (
        command == "steps"
    )


def test_a_label_shows_seven_answers_with_their_sources(tmp_path: Path) -> None:
    """Each answer has a reason and a source; a wrong name gets a suggestion."""
    found = json.loads(run("labels", "sa8000", "--json", cwd=tmp_path).stdout)["labels"]
    (label,) = found
    assert len(label["answers"]) == 7
    assert all(answer["why"] and answer["sources"] for answer in label["answers"].values())
    wrong = run("labels", "SA800", cwd=tmp_path)
    assert wrong.returncode == 2
    assert b'Did you mean "SA8000"' in wrong.stderr


@pytest.mark.parametrize("role", ["buying", "inkoop"])
def test_the_plan_of_one_role_names_no_other(tmp_path: Path, role: str) -> None:
    """D13: `--owner inkoop` can be handed to a buyer as it is."""
    done = run("plan", CHAIN, "--owner", role, "--markdown", TODAY, cwd=tmp_path)
    owners = {
        line.split("|")[4].strip()
        for line in done.stdout.decode().splitlines()
        if line.startswith("| ") and "---" not in line
    }
    assert owners == {"Who", "buying"}

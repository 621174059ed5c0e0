"""Every command that scores takes the same options, obeys the same settings, shows the same sum."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from dataclasses import FrozenInstanceError, fields
from inspect import signature
from pathlib import Path

import pytest

from imvo_scan.cli.app import app_with
from imvo_scan.cli.options import ScoringOptions, TableOptions
from imvo_scan.cli.scan import ScanOptions
from imvo_scan.settings import Settings
from tests.cli.test_scan import GOOD, OFFICE, run
from tests.conftest import ROOT, SHARED

LIST = "Leverancier;Land;Jaar\nMill;BD;2025\nBoer;IN;2024\n"
SCORING = ("scan", "explain", "plan", "chain", "steps", "diff", "history", "convert")
TABLES = ("lookup", "labels", "data")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A list, and an inventory in a folder with settings."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "chain.yaml").write_text(GOOD)
    return tmp_path


def sums(document: bytes) -> dict[str, str]:
    """Finding -> vector, of an explanation in JSON."""
    return {
        f"{one['site_id']}/{one['risk']}": one["vector"] for one in json.loads(document)["findings"]
    }


@pytest.mark.parametrize("name", [*SCORING, *TABLES])
def test_every_command_takes_the_shared_options(name: str) -> None:
    """By their names, whatever else it takes."""
    (command,) = app_with([name]).registered_commands
    assert command.callback is not None
    shared = ScoringOptions if name in SCORING else TableOptions
    assert {one.name for one in fields(shared)} <= set(signature(command.callback).parameters)


def test_every_setting_is_an_option_of_the_scan() -> None:
    """So nothing can be set in a file alone; and the value cannot be changed on its way."""
    assert {one.name for one in fields(Settings)} <= {one.name for one in fields(ScanOptions)}
    with pytest.raises(FrozenInstanceError):
        Settings().fail_on = None  # type: ignore[misc]
    with pytest.raises(TypeError):
        Settings()["fail_on"]  # type: ignore[index]


def test_explain_shows_the_sum_of_the_scan(here: Path) -> None:
    """With the options of the list given to both."""
    given = ("--sector", "textiles", "--where", "Jaar=2025")
    rows = csv.DictReader(
        io.StringIO(run("list.csv", *given, "-o", "csv", "--all", cwd=here).stdout.decode())
    )
    scanned = {f"{row['site_id']}/{row['risk']}": row["vector"] for row in rows}
    site = next(iter(scanned)).partition("/")[0]
    done = run("explain", "list.csv", site, *given, "--json", cwd=here)
    assert done.returncode == 0, done.stderr.decode()
    assert sums(done.stdout) == scanned
    bare = run("explain", "list.csv", site, "--json", cwd=here)
    assert sums(bare.stdout) != scanned


@pytest.mark.parametrize(
    "line",
    [
        "plan list.csv --json",
        "chain list.csv --by sector --json",
        "steps list.csv --json",
        "diff list.csv old.csv --json",
        "convert list.csv",
    ],
)
def test_a_list_is_read_the_same_way_by_all(here: Path, line: str) -> None:
    """A sector for the rows without one changes what each of them shows; a bad one is refused."""
    (here / "old.csv").write_text(LIST.replace("Mill;BD", "Mill;VN"), encoding="utf-8")
    with_sector = run(*line.split(), "--sector", "professional-services", cwd=here)
    assert with_sector.returncode == 0, with_sector.stderr.decode()
    assert with_sector.stdout != run(*line.split(), cwd=here).stdout
    assert run(*line.split(), "--sector", "nonsense", cwd=here).returncode == 2
    strict = run(*line.split(), "--strict", "--import-report", "report.json", cwd=here)
    assert strict.returncode == 2
    assert b"has gaps" in strict.stderr
    assert json.loads((here / "report.json").read_text())["lists"]


@pytest.mark.parametrize(
    "line",
    ["mine/chain.yaml", "explain mine/chain.yaml mill", "plan mine/chain.yaml",
     "chain mine/chain.yaml", "steps mine/chain.yaml", "diff mine/chain.yaml mine/chain.yaml",
     "convert mine/chain.yaml"],
)  # fmt: skip
def test_settings_and_environment_hold_for_all(here: Path, line: str) -> None:
    """Own tables and their age: named in a file, in a variable, on the command line."""
    (here / "mine" / "imvo-scan.yaml").write_text("data: ../none\n")
    done = run(*line.split(), cwd=here)
    assert done.returncode == 2
    assert b"imvo-scan.yaml (data)" in done.stderr
    assert b"none" in done.stderr.splitlines()[-1]
    assert run(*line.split(), "--no-config", cwd=here).returncode == 0
    own = str(ROOT / "data")
    assert run(*line.split(), cwd=here, IMVO_SCAN_DATA=own).returncode == 0
    old = run(*line.split(), "--today", "2030-01-01", cwd=here, IMVO_SCAN_DATA=own,
              IMVO_SCAN_MAX_DATA_AGE="9")  # fmt: skip
    assert old.returncode == 2
    assert b"days old" in old.stderr


@pytest.mark.parametrize("line", ["lookup BD", "labels SA8000", "data"])
def test_settings_hold_for_what_shows_the_tables(here: Path, line: str) -> None:
    """There is no input, so those of the working directory hold."""
    (here / "imvo-scan.yaml").write_text("data: none\n")
    assert run(*line.split(), cwd=here).returncode == 2
    assert run(*line.split(), "--no-config", cwd=here).returncode == 0
    assert run(*line.split(), cwd=here, IMVO_SCAN_DATA=str(ROOT / "data")).returncode == 0


def test_the_language_is_a_setting(here: Path) -> None:
    """For the commands that have sentences in it."""
    (here / "imvo-scan.yaml").write_text("lang: nl\n")
    for line in ("plan mine/chain.yaml", "steps mine/chain.yaml", "lookup BD"):
        dutch = run(*line.split(), cwd=here)
        assert dutch.stdout == run(*line.split(), "--no-config", "--lang", "nl", cwd=here).stdout
        assert dutch.stdout != run(*line.split(), "--lang", "en", cwd=here).stdout


@pytest.mark.parametrize("command", [*SCORING, *TABLES])
def test_show_config_needs_no_input(here: Path, command: str) -> None:
    """It says every setting and its origin, and nothing is done."""
    (here / "imvo-scan.yaml").write_text("fail_on: P2\n")
    done = run(command, "--show-config", cwd=here, IMVO_SCAN_TOP="3")
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert f"fail_on: P2  ({here / 'imvo-scan.yaml'})" in lines
    assert "top: 3  (IMVO_SCAN_TOP)" in lines


@pytest.mark.parametrize("command", SCORING)
def test_nothing_given_is_a_usage_error(here: Path, command: str) -> None:
    """No input is exit 2 and a line."""
    done = run(command, cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


def test_inputs_under_different_settings_are_refused(here: Path) -> None:
    """Both are named; one that is named by hand, or none at all, holds for both."""
    (here / "yours").mkdir()
    (here / "yours" / "chain.yaml").write_text(OFFICE)
    (here / "mine" / "imvo-scan.yaml").write_text("fail_on: P1\n")
    for names in (["yours/chain.yaml", "mine/chain.yaml"], ["mine", "yours"], ["."]):
        done = run(*names, cwd=here)
        assert (done.returncode, done.stdout) == (2, b""), names
        assert b"different settings" in done.stderr
        assert b"no settings file" in done.stderr
        assert str(here / "mine" / "imvo-scan.yaml").encode() in done.stderr
        assert run(*names, "--no-config", cwd=here).returncode == 0
        assert run(*names, "--config", "mine/imvo-scan.yaml", cwd=here).returncode == 1
        named = run(*names, cwd=here, IMVO_SCAN_CONFIG="mine/imvo-scan.yaml")
        assert named.returncode == 1
    (here / "yours" / "imvo-scan.yaml").write_text("fail_on: P1\n")
    assert run(".", cwd=here).returncode == 2


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this repository")
def test_the_case_of_two_settings_in_one_repository() -> None:
    """Scanned apart each obeys its own; together they are refused."""
    case = SHARED / "cases" / "gate" / "10_monorepo_settings"
    assert run("a", cwd=case).returncode == 0
    assert run("b", cwd=case).returncode == 1
    for names in (["a", "b"], ["b", "a"], ["."]):
        assert run(*names, cwd=case).returncode == 2


def test_a_planted_file_overwrites_nothing_and_is_named(here: Path) -> None:
    """One that was only found replaces no file; one that the user names may."""
    (here / "mine" / "precious.csv").write_text("mine")
    (here / "mine" / "imvo-scan.yaml").write_text("output: [csv=precious.csv]\nwaivers: w.yaml\n")
    (here / "mine" / "w.yaml").write_text(
        "waivers: [{finding: '*/*', reason: x, approver: y, expires: never}]\n"
    )
    done = run("mine/chain.yaml", "--fail-on", "P1", cwd=here)
    assert done.returncode == 2
    assert (here / "mine" / "precious.csv").read_text() == "mine"
    assert b"imvo-scan.yaml (output, waivers)" in done.stderr
    assert run("mine/chain.yaml", "-o", "csv=mine/precious.csv", cwd=here).returncode == 0
    again = run("mine/chain.yaml", "--config", "mine/imvo-scan.yaml", cwd=here)
    assert again.returncode == 0
    (here / "mine" / "precious.csv").unlink()
    assert run("mine/chain.yaml", cwd=here).returncode == 0
    assert (here / "mine" / "precious.csv").exists()


def test_a_planted_file_further_up_is_not_looked_for(here: Path) -> None:
    """Outside a repository: no further than where the user stands."""
    (here / "imvo-scan.yaml").write_text("data: none\n")
    assert run("chain.yaml", cwd=here / "mine").returncode == 0
    assert run("mine/chain.yaml", cwd=here).returncode == 2
    assert run(str(here / "mine" / "chain.yaml"), cwd=Path("/")).returncode == 0
    assert run("-", cwd=here / "mine", stdin=GOOD.encode()).returncode == 0


def test_diff_takes_the_settings_of_what_it_scans(here: Path) -> None:
    """A report of before is scanned no more, so its folder does not count."""
    mine = here / "mine"
    report = run("mine/chain.yaml", "-o", "json", cwd=here).stdout
    (here / "old.json").write_bytes(report)
    (mine / "imvo-scan.yaml").write_text("data: none\n")
    assert run("diff", "old.json", "mine/chain.yaml", cwd=here).returncode == 2
    assert run("diff", "old.json", "old.json", cwd=here).returncode == 0
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for arguments in (["init", "-q"], ["add", "chain.yaml"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], cwd=mine, check=True)
    for line in ("diff git:HEAD:chain.yaml ../old.json", "history chain.yaml"):
        assert run(*line.split(), cwd=mine).returncode == 2
        assert run(*line.split(), "--no-config", cwd=mine).returncode == 0


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_counts_as_unset(
    here: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them, and the one that names the file."""
    from imvo_scan.settings.settings import NAMES

    empty = [f"IMVO_SCAN_{name.upper()}" for name in NAMES.values()]
    unset = run("mine/chain.yaml", "--show-config", cwd=here).stdout
    monkeypatch.setenv("IMVO_SCAN_CONFIG", value)
    for name in empty:
        monkeypatch.setenv(name, value)
    done = run("mine/chain.yaml", "--show-config", cwd=here)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == unset

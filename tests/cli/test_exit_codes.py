"""The table of exit codes, every row, through a real process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_scan import BAD_SITE, GOOD, OFFICE, run

WAIVED = "waivers: [{finding: 'mill/*', reason: x, approver: y, expires: 2027-01-01}]\n"
EXPIRED = WAIVED.replace("2027", "2020")

SCANNED, FINDINGS, FAILED = 0, 1, 2


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with everything the rows need."""
    files = {
        "good.yaml": GOOD,
        "office.yaml": OFFICE,
        "bad.yaml": BAD_SITE,
        "waived.yaml": WAIVED,
        "expired.yaml": EXPIRED,
        "malformed.yaml": "waivers: [{finding: a/b}]\n",
        "settings.yaml": "fail_on: P1\n",
        "broken-settings.yaml": "fail_onn: P1\n",
        "broken-baseline.json": "{}",
        "empty.csv": "",
        "list.csv": "name,country,sector\nMill,BD,textiles\n",
        "gaps.csv": "name,country\nMill,\nOther,\n",
        "picture.xls": "\x89PNG",
        "none/readme.txt": "x",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="latin-1")
    assert run("good.yaml", "--write-baseline", "known.json", cwd=tmp_path).returncode == SCANNED
    return tmp_path


ROWS = [
    # 0: scanned, and nothing at or above the threshold
    (SCANNED, "good.yaml"),
    (SCANNED, "office.yaml --fail-on P1"),
    (SCANNED, "good.yaml --fail-on P1 --waivers waived.yaml"),
    (SCANNED, "good.yaml --fail-on P4 --baseline known.json"),
    (SCANNED, "good.yaml --config settings.yaml --no-config"),
    (SCANNED, "good.yaml --show-config"),
    (SCANNED, "good.yaml --min-priority P1"),
    (SCANNED, "list.csv"),
    (SCANNED, "gaps.csv"),
    (SCANNED, "diff good.yaml good.yaml --fail-on-new P4"),
    (SCANNED, "chain good.yaml"),
    (SCANNED, "plan good.yaml"),
    (SCANNED, "steps good.yaml"),
    (SCANNED, "labels"),
    (SCANNED, "labels SA8000"),
    (SCANNED, "convert list.csv -o made.yaml"),
    (SCANNED, "init none"),
    # 1: scanned, and something at or above it
    (FINDINGS, "good.yaml --fail-on P1"),
    (FINDINGS, "good.yaml --config settings.yaml"),
    (FINDINGS, "good.yaml --fail-on P1 --waivers expired.yaml"),
    (FINDINGS, "good.yaml --fail-on P1 --waivers waived.yaml --no-waivers"),
    (FINDINGS, "list.csv --fail-on P1"),
    (FINDINGS, "diff office.yaml good.yaml --fail-on-new P1"),
    # 2: could not scan; it outranks 1
    (FAILED, "missing.yaml"),
    (FAILED, "good.yaml missing.yaml --fail-on P1"),
    (FAILED, "bad.yaml"),
    (FAILED, "good.yaml bad.yaml --fail-on P1"),
    (FAILED, "none"),
    (FAILED, "empty.csv"),
    (FAILED, "picture.xls"),
    (FAILED, "gaps.csv --strict"),
    (FAILED, "good.yaml --fail-on P9"),
    (FAILED, "good.yaml --nonsense"),
    (FAILED, "good.yaml -o nonsense"),
    (FAILED, "good.yaml -o csv=none"),
    (FAILED, "good.yaml --waivers malformed.yaml"),
    (FAILED, "good.yaml --waivers gone.yaml"),
    (FAILED, "good.yaml --baseline broken-baseline.json"),
    (FAILED, "good.yaml --baseline gone.json"),
    (FAILED, "good.yaml bad.yaml --write-baseline new.json"),
    (FAILED, "good.yaml --config broken-settings.yaml"),
    (FAILED, "good.yaml --config gone.yaml"),
    (FAILED, "diff good.yaml gone.yaml"),
    (FAILED, "diff git:HEAD:good.yaml good.yaml"),
    (FAILED, "diff git:--output=x:good.yaml good.yaml"),
    (FAILED, "history good.yaml"),
    (FAILED, "labels nonsense-label"),
    (FAILED, "schema nonsense"),
    (FAILED, "explain good.yaml nobody"),
]


@pytest.mark.parametrize(("code", "line"), ROWS, ids=[line for _, line in ROWS])
def test_the_table_of_exit_codes(here: Path, code: int, line: str) -> None:
    """0, 1 or 2, never a traceback, and a reason on standard error where it is 2."""
    done = run(*line.split(), cwd=here)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr + done.stdout
    assert b"Internal error" not in done.stderr
    if code == FAILED:
        assert done.stderr.strip()
        assert not (here / "new.json").exists()


def test_a_wrong_variable_is_2(here: Path) -> None:
    """The environment is checked as a file is."""
    done = run("good.yaml", cwd=here, IMVO_SCAN_FAIL_ONN="P1")
    assert done.returncode == FAILED
    assert b"IMVO_SCAN_FAIL_ONN" in done.stderr


def test_init_overwrites_nothing(here: Path) -> None:
    """What is there stays there, and the rest is not written either."""
    (here / "none" / "waivers.yaml").write_text("mine")
    before = sorted((here / "none").iterdir())
    assert run("init", "none", cwd=here).returncode == FAILED
    assert sorted((here / "none").iterdir()) == before
    assert (here / "none" / "waivers.yaml").read_text() == "mine"

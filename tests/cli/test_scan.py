"""The command line as people use it: exit codes, streams, files, folders."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = """imvo: 1
company: {name: Us, country: NL, sector: retail}
suppliers:
  - {id: mill, name: Mill, country: BD, sector: textiles, tier: 1, workers: 900}
"""
OFFICE = """imvo: 1
company: {name: Us, country: NL, sector: professional-services, workers: 5}
suppliers:
  - {id: office, name: Office, country: NL, sector: professional-services, tier: 1, workers: 5}
"""
BAD_SITE = "imvo: 1\ncompany: {name: Us}\nsuppliers: [{nam: x}]\n"
GAP = """imvo: 1
company: {name: Us}
suppliers:
  - {id: who, name: Who}
"""


def run(
    *arguments: str, cwd: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a real process."""
    return subprocess.run(
        [sys.executable, "-m", "imvo_scan", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "random", **environment},
        check=False,
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a good, a bad and an empty inventory, and folders with and without any."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "office.yaml").write_text(OFFICE)
    (tmp_path / "gap.yaml").write_text(GAP)
    (tmp_path / "bad.yaml").write_text(BAD_SITE)
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "many" / "deep").mkdir(parents=True)
    (tmp_path / "many" / "a.yaml").write_text(GOOD)
    (tmp_path / "many" / "deep" / "b.yml").write_text(OFFICE)
    (tmp_path / "many" / "other.yaml").write_text("jobs: {}\n")
    (tmp_path / "many" / ".hidden.yaml").write_text("imvo: broken\n")
    (tmp_path / "none").mkdir()
    (tmp_path / "nul.yaml").write_bytes(b"imvo: 1\0")
    (tmp_path / "utf16.yaml").write_bytes(GOOD.encode("utf-16"))
    (tmp_path / "deep.yaml").write_text("[" * 2000)
    (tmp_path / "twice.yaml").write_text("imvo: 1\nimvo: 1\n")
    (tmp_path / "circle.yaml").write_text("imvo: &a [*a]\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.yaml"], 0),
        (["scan", "good.yaml"], 0),
        (["--top", "3", "good.yaml"], 0),
        (["--top", "9" * 30, "good.yaml"], 0),
        (["--top", "9" * 30, "good.yaml", "-o", "markdown"], 0),
        (["plan", "--top", "9" * 30, "good.yaml"], 0),
        (["good.yaml", "--fail-on", "P1"], 1),
        (["office.yaml", "--fail-on", "P2"], 0),
        (["office.yaml", "--fail-on", "P4"], 1),
        (["gap.yaml", "--fail-on", "P1"], 1),
        (["good.yaml", "--fail-on", "P1", "--min-priority", "P1"], 1),
        (["many"], 0),
        (["none"], 2),
        (["missing.yaml"], 2),
        (["good.yaml", "missing.yaml"], 2),
        (["bad.yaml"], 2),
        (["good.yaml", "bad.yaml", "--fail-on", "P1"], 2),
        (["empty.yaml"], 2),
        (["nul.yaml"], 2),
        (["utf16.yaml"], 2),
        (["deep.yaml"], 2),
        (["twice.yaml"], 2),
        (["circle.yaml"], 2),
        (["good.yaml", "--fail-on", "P9"], 2),
        (["good.yaml", "--nonsense"], 2),
        (["good.yaml", "-o", "pdf"], 2),
        (["good.yaml", "-o", "csv", "-o", "table"], 2),
        (["good.yaml", "-o", "csv=nowhere/x.csv"], 2),
        (["good.yaml", "--today", "soon"], 2),
        (["good.yaml", "--data", "none"], 2),
        ([], 2),
        (["--help"], 0),
        (["--version"], 0),
        (["schema", "inventory"], 0),
        (["schema", "nonsense"], 2),
    ],
    ids=str,
)
def test_the_exit_code(here: Path, arguments: list[str], code: int) -> None:
    """0 scanned, 1 at or above the threshold, 2 could not scan; 2 outranks 1."""
    done = run(*arguments, cwd=here)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    if code == 2:
        assert done.stderr.strip()


def test_a_broken_file_is_reported_and_the_others_are_scanned(here: Path) -> None:
    """The report holds the good file, standard error the bad one, and the exit is 2."""
    done = run("bad.yaml", "good.yaml", "-o", "csv", cwd=here)
    assert b"mill,Mill,BD" in done.stdout
    assert b"bad.yaml:3:13: the key 'name' is missing" in done.stderr


def test_a_folder_stands_for_the_inventories_in_it(here: Path) -> None:
    """Other YAML and hidden files are not inventories; nothing is scanned twice."""
    done = run("many", "many/a.yaml", "-o", "csv", "--all", cwd=here)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert {row["site_id"] for row in rows} == {"mill", "office", "company"}
    assert len(rows) == 4 * 9


def test_standard_input_is_read(here: Path) -> None:
    """`-` is standard input, and called so."""
    done = run("-", "-o", "csv", cwd=here, stdin=GOOD.encode())
    of_file = run("good.yaml", "-o", "csv", cwd=here).stdout
    assert done.stdout == of_file.replace(b",good.yaml\n", b",<stdin>\n")


def test_only_the_report_is_on_standard_output(here: Path) -> None:
    """Remarks and the summary go to standard error."""
    done = run("good.yaml", "-o", "csv", cwd=here)
    assert all(line.count(b",") >= 22 for line in done.stdout.splitlines())
    assert b"2 sites, " in done.stderr


def test_a_file_appears_only_when_complete(here: Path) -> None:
    """An output that cannot be finished leaves what was there, and no rests."""
    (here / "out.csv").write_text("before")
    before = sorted(here.iterdir())
    done = run("good.yaml", "-o", "csv=out.csv", "-o", "csv=nowhere/x.csv", cwd=here)
    assert done.returncode == 2
    assert sorted(here.iterdir()) == before
    assert run("good.yaml", "-o", "csv=out.csv", cwd=here).returncode == 0
    assert (here / "out.csv").read_bytes() == run("good.yaml", "-o", "csv", cwd=here).stdout


def test_the_same_input_gives_the_same_bytes(here: Path) -> None:
    """Whatever the hash seed, locale and time zone."""
    first = run("many", "-o", "csv", cwd=here, LC_ALL="C", TZ="UTC", PYTHONHASHSEED="1")
    other = run(
        "many", "-o", "csv", cwd=here, LC_ALL="C.UTF-8", TZ="Asia/Tokyo", PYTHONHASHSEED="2"
    )
    assert first.stdout == other.stdout


def test_a_hostile_name_harms_neither_terminal_nor_csv(here: Path) -> None:
    """Markup, a formula and an escape sequence end as plain signs in every stream."""
    name = "[/bold] =cmd|' /C calc'!A0\\e[2J"
    text = GOOD.replace("name: Mill", f'name: "{name}"')
    (here / "hostile.yaml").write_text(text + text.splitlines()[-1].replace("mill", "x y") + "\n")
    (here / "fine.yaml").write_text(text)
    for arguments in (["fine.yaml"], ["fine.yaml", "-o", "csv"], ["hostile.yaml"]):
        done = run(*arguments, cwd=here)
        assert b"\x1b[2J" not in done.stdout + done.stderr
        assert b"=cmd" in done.stdout + done.stderr


def test_pandas_and_numpy_are_not_imported_for_a_scan(here: Path) -> None:
    """Start-up is a feature."""
    code = (
        "import sys\n"
        "from imvo_scan.cli.app import run\n"
        "run(['scan', 'good.yaml'])\n"
        "heavy = {'pandas', 'numpy', 'pydantic', 'rapidfuzz'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, check=False)
    assert b"HEAVY []" in done.stdout


def test_a_closed_pipe_is_no_error(here: Path) -> None:
    """`imvo-scan ... | head` ends quietly."""
    command = f"{sys.executable} -m imvo_scan good.yaml -o csv --all 2>err | head -1"
    subprocess.run(command, shell=True, cwd=here, check=True, stdout=subprocess.DEVNULL)  # noqa: S602
    assert "Error" not in (here / "err").read_text()


def test_an_internal_error_is_one_line_and_exit_2(here: Path) -> None:
    """No traceback ever reaches a user; 1 is never an accident."""
    code = (
        "import sys; sys.argv = ['imvo-scan', 'good.yaml']\n"
        "import imvo_scan.chain\n"
        "def broken(*_, **__): raise RuntimeError('kaputt')\n"
        "imvo_scan.chain.scan = broken\n"
        "from imvo_scan.cli import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Internal error: RuntimeError: kaputt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_gate_that_fails_says_on_what(here: Path) -> None:
    """The last line names the findings that count, worst first; a gate that holds says nothing."""
    done = run("good.yaml", "-o", "csv", "--fail-on", "P1", cwd=here)
    rows = csv.DictReader(io.StringIO(done.stdout.decode()))
    ids = [f"{row['site_id']}/{row['risk']}" for row in rows if row["priority"] == "P1"]
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == f"--fail-on P1: {', '.join(ids)}."
    assert b"--fail-on" not in run("office.yaml", "--fail-on", "P1", cwd=here).stderr


def test_a_date_after_the_scan_is_said(here: Path) -> None:
    """Evidence of next year counts for nothing yet, and is most likely a typing error."""
    fact = "evidence: [{risks: [child-labour], date: 2030, source_type: union, what: seen}]"
    (here / "ahead.yaml").write_text(GOOD.replace("tier: 1", f"tier: 1, {fact}"))
    done = run("ahead.yaml", "--today", "2026-11-23", cwd=here)
    assert b"A date lies after the day of the scan at 1 site, such as Mill" in done.stderr
    assert b"A date lies" not in run("ahead.yaml", "--today", "2031-01-01", cwd=here).stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_an_inventory_in_another_encoding_is_refused(here: Path, encoding: str) -> None:
    """It is no list of suppliers, whatever it is called, and a folder does not skip it."""
    text = (here / "good.yaml").read_text(encoding="utf-8") + "# a, b, c\n# d, e, f\n"
    folder = here / "more"
    folder.mkdir()
    (folder / "wide.yaml").write_bytes(text.encode(encoding))
    for arguments, stdin in ((["more/wide.yaml"], False), (["more"], False), (["-"], True)):
        raw = text.encode(encoding) if stdin else b""
        done = run(*arguments, cwd=here, stdin=raw)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"UTF-8" in done.stderr


def test_a_folder_passes_over_no_inventory_that_went_wrong(here: Path) -> None:
    """A file with suppliers and a misspelt first line is refused."""
    folder = here / "more"
    folder.mkdir()
    good = (here / "good.yaml").read_text(encoding="utf-8")
    (folder / "good.yaml").write_text(good, encoding="utf-8")
    (folder / "bad.yaml").write_text(good.replace("imvo:", "immvo:"), encoding="utf-8")
    done = run("more", cwd=here)
    assert done.returncode == 2
    assert b"bad.yaml:1" in done.stderr


def test_a_report_never_takes_the_place_of_what_is_read(here: Path) -> None:
    """Not of the inventory and not of the waivers."""
    before = (here / "good.yaml").read_bytes()
    done = run("good.yaml", "-o", "json=good.yaml", cwd=here)
    assert done.returncode == 2
    assert b"would overwrite" in done.stderr
    assert (here / "good.yaml").read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_no_fault_of_the_program(here: Path) -> None:
    """It is said in one line."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "imvo_scan", "good.yaml", "-o", "csv"],
            cwd=here,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"Internal error" not in done.stderr


def test_a_reader_that_stops_reading_changes_no_exit_code(here: Path) -> None:
    """`imvo-scan chain.yaml | head` is a scan that worked."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", "good.yaml"],
        cwd=here,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0, done.stderr


LABEL = """imvo: 1
company: {name: Us}
suppliers:
  - {id: mill, name: Mill, country: BD, sector: textiles,
     labels: [{label: SA8000, proof: certificate, %s}]}
"""


def test_the_last_year_of_the_calendar_is_a_date(here: Path) -> None:
    """A label without an end is often written so."""
    (here / "label.yaml").write_text(LABEL % "valid_until: 9999")
    assert run("label.yaml", cwd=here).returncode == 0


def test_a_label_of_the_site_itself_needs_no_holder(here: Path) -> None:
    """`held_by` is for the certificate of another."""
    (here / "label.yaml").write_text(LABEL % "held_by: mill")
    done = run("label.yaml", cwd=here)
    assert done.returncode == 2
    assert b"held by this site itself" in done.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_shallow_copy_says_that_its_history_is_cut(here: Path) -> None:
    """What is older than the copy looks as if it began with it."""
    git = ["git", "-c", "user.name=n", "-c", "user.email=e@example.org"]
    for arguments in (["init", "-q"], ["add", "good.yaml"], ["commit", "-qm", "one"]):
        subprocess.run([*git, *arguments], cwd=here, check=True)
    (here / "good.yaml").write_text(GOOD + "# more\n")
    subprocess.run([*git, "commit", "-qam", "two"], cwd=here, check=True)
    whole = run("history", "good.yaml", cwd=here)
    source = here.resolve().as_uri()
    subprocess.run([*git, "clone", "-q", "--depth", "1", source, "cut"], cwd=here, check=True)
    cut = run("history", "good.yaml", cwd=here / "cut")
    assert (whole.returncode, cut.returncode) == (0, 0)
    assert b"unshallow" in cut.stderr
    assert b"unshallow" not in whole.stderr

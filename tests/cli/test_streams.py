"""Standard streams that are closed, full or left by their reader: never a traceback, never a 1."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_scan import GOOD, OFFICE, run

EVERY_COMMAND = [
    "--version",
    "--help",
    "version",
    "help",
    "help plan",
    "plan --help",
    "good.yaml",
    "good.yaml -o csv --all",
    "good.yaml -o json",
    "good.yaml -o github",
    "good.yaml --show-config",
    "explain good.yaml mill",
    "plan good.yaml",
    "chain good.yaml",
    "chain good.yaml --by risk --json",
    "steps good.yaml",
    "diff office.yaml good.yaml",
    "convert good.yaml",
    "convert list.csv",
    "lookup BD",
    "labels",
    "data",
    "schema inventory",
]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with two inventories and a list."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "office.yaml").write_text(OFFICE)
    (tmp_path / "list.csv").write_text("name,country,sector\nMill,BD,textiles\n")
    return tmp_path


def told(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """What was said on standard error, which is never a traceback."""
    assert b"Traceback" not in done.stderr
    assert b"Internal error" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    return done.stderr


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell in which `imvo-scan` is the program."""
    line = line.replace("imvo-scan", f"{sys.executable} -m imvo_scan")
    return subprocess.run(["/bin/sh", "-c", line], cwd=cwd, capture_output=True, check=False)


@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_a_reader_that_has_left_is_no_failure(here: Path, line: str) -> None:
    """Quiet and 0, in any command, also where the pipe closes before the first byte."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", *line.split()],
        cwd=here,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0, done.stderr
    assert b"ipe" not in told(done)


@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_a_closed_output_is_one_that_nobody_reads(here: Path, line: str) -> None:
    """As if it went to /dev/null; it is never taken for a finding."""
    done = shell(f"imvo-scan {line} >&-", here)
    assert done.returncode == 0, done.stderr
    told(done)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_a_full_device_is_one_line_and_2(here: Path, line: str) -> None:
    """Also where the text is short enough to be held back until the end."""
    done = shell(f"imvo-scan {line} >/dev/full", here)
    assert done.returncode == 2
    *remarks, last = told(done).splitlines()
    assert last == b"imvo-scan: No space left on device."
    assert bool(remarks) == (line == "convert list.csv")  # how it was read was said before


def test_the_gate_decides_whoever_reads(here: Path) -> None:
    """A pipe that closes opens no gate, and a lost remark closes none."""
    for line in ("good.yaml --fail-on P1", "diff office.yaml good.yaml --fail-on-new P1"):
        for stream in (">&-", "2>&-", ">&- 2>&-", "2>/dev/full"):
            assert shell(f"imvo-scan {line} {stream}", here).returncode == 1, (line, stream)
    reading, writing = os.pipe()
    os.close(reading)
    for line in ("good.yaml --fail-on P1", "diff office.yaml good.yaml --fail-on-new P1"):
        command = [sys.executable, "-m", "imvo_scan", *line.split()]
        done = subprocess.run(command, cwd=here, stdout=writing, stderr=writing, check=False)
        assert done.returncode == 1, line
    os.close(writing)


def test_a_closed_stream_is_not_taken_over_by_a_file(here: Path) -> None:
    """A report that is written while the output is closed holds the report and nothing else."""
    wanted = run("good.yaml", "-o", "csv", cwd=here).stdout
    for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        done = shell(f"imvo-scan good.yaml -o csv=out.csv {closed}", here)
        assert done.returncode == 0, (closed, done.stderr)
        assert (here / "out.csv").read_bytes() == wanted, closed


@pytest.mark.parametrize(
    "line", ["-", "explain - mill", "plan -", "chain -", "steps -", "convert -", "diff - good.yaml"]
)
def test_a_closed_input_is_refused(here: Path, line: str) -> None:
    """It is no empty inventory: nothing was there to be read."""
    done = shell(f"imvo-scan {line} <&-", here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told(done).count(b"\n") == 1
    assert b"<stdin>: this file cannot be read: standard input is closed" in done.stderr


def test_standard_input_is_called_so_in_every_output(here: Path) -> None:
    """`<stdin>`, in reports and in what is said of faults; never `-`."""
    chain = GOOD.encode()
    for form, name in (("json", b'"<stdin>"'), ("github", b"file=<stdin>"), ("sarif", b"stdin")):
        assert name in run("-", "-o", form, cwd=here, stdin=chain).stdout, form
    bad = run("-", cwd=here, stdin=b"imvo: 1\nnonsense: 2\n")
    assert all(line.startswith(b"<stdin>:") for line in bad.stderr.splitlines())
    listed = run("-", cwd=here, stdin=b"name,country\nMill,BD\n")
    assert listed.stderr.startswith(b"<stdin>: read as ")
    compared = run("diff", "-", "good.yaml", cwd=here, stdin=OFFICE.encode())
    assert compared.returncode == 0
    assert b"<stdin>" in compared.stdout


def test_standard_input_is_read_once(here: Path) -> None:
    """Given twice to a scan it is one input; it cannot be compared with itself."""
    twice = run("-", "-", "-o", "csv", cwd=here, stdin=GOOD.encode())
    assert twice.stdout == run("-", "-o", "csv", cwd=here, stdin=GOOD.encode()).stdout
    assert run("diff", "-", "-", cwd=here, stdin=GOOD.encode()).returncode == 2


def test_a_dash_is_standard_output_and_never_a_file(here: Path) -> None:
    """Wherever a file is named; what needs a file says so."""
    wanted = run("good.yaml", "-o", "csv", cwd=here).stdout
    assert run("good.yaml", "-o", "csv=-", cwd=here).stdout == wanted
    assert run("good.yaml", cwd=here, IMVO_SCAN_OUTPUT="csv=-").stdout == wanted
    (here / "settings.yaml").write_text("output: [csv=-]\n")
    assert run("good.yaml", "--config", "settings.yaml", cwd=here).stdout == wanted
    list_ = run("convert", "good.yaml", cwd=here).stdout
    assert run("convert", "good.yaml", "-o", "-", cwd=here).stdout == list_
    assert run("good.yaml", "-o", "csv=-", "-o", "json", cwd=here).returncode == 2
    for option in ("--write-baseline", "--import-report", "--save-mapping"):
        done = run("list.csv", option, "-", cwd=here)
        assert done.returncode == 2
        assert b"needs a file" in done.stderr
    assert not (here / "-").exists()


def test_an_error_while_the_program_is_put_together_is_a_line(here: Path) -> None:
    """Not only one in a command: a broken installation, an option that cannot be built."""
    for broken in ("imvo_scan.cli.app.app_with", "imvo_scan.cli.app.run"):
        code = (
            "import sys; sys.argv = ['imvo-scan', 'good.yaml']\n"
            "import imvo_scan.cli.app\n"
            "def broken(*_): raise RuntimeError('kaputt')\n"
            f"{broken} = broken\n"
            "from imvo_scan.cli import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=here, capture_output=True, check=False
        )
        assert done.returncode == 2
        assert b"kaputt" in done.stderr
        assert b"Traceback" not in done.stderr

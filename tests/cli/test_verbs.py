"""Commands by name: help, version, slips of the pen, and what the shell offers on TAB."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imvo_scan.cli import COMMANDS
from imvo_scan.output import FORMATS
from tests.cli.test_scan import GOOD, run


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with an inventory, a folder and a name that needs quoting."""
    (tmp_path / "chain.yaml").write_text(GOOD)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plan b.yaml").write_text(GOOD)
    return tmp_path


def test_help_and_version_are_commands(here: Path) -> None:
    """They say what the options say."""
    assert run("help", cwd=here).stdout == run("--help", cwd=here).stdout
    assert run("-h", cwd=here).stdout == run("--help", cwd=here).stdout
    assert run("help", "plan", cwd=here).stdout == run("plan", "--help", cwd=here).stdout
    assert run("version", cwd=here).stdout == run("--version", cwd=here).stdout
    assert b"explain" in run("help", cwd=here).stdout
    assert run("help", "plann", cwd=here).stderr.endswith(b'Did you mean "plan"?\n')
    assert run("help", "nonsense", cwd=here).returncode == 2


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("scna", "scan"),
        ("chian chain.yaml", "chain"),
        ("explian chain.yaml mill", "explain"),
        ("hepl", "help"),
        ("verison", "version"),
        ("Plan chain.yaml", "plan"),
        ("--top 3 scna", "scan"),
        ("--verison", "--version"),
        ("--hlep", "--help"),
        ("chain.yaml --fail-no P1", "--fail-on"),
        ("chain.yaml --failon=P1", "--fail-on"),
        ("plan chain.yaml --onwer buying", "--owner"),
        ("plan chain.yaml --versoin", "--version"),
        ("chain.yaml -o cvs", "csv"),
        ("chain.yaml -o cvs=x", "csv"),
        ("chain.yaml -o csvexcel", "csv-excel"),
        ("chain.yaml -o JSON", "json"),
    ],
)
def test_a_slip_of_the_pen_is_seen(here: Path, line: str, guess: str) -> None:
    """One guess, and the right one."""
    done = run(*line.split(), cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f'Did you mean "{guess}"?'.encode() in done.stderr
    assert done.stderr.count(b"Did you mean") == 1


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("analyse", *[b"Known: scan, explain,"]),
        ("audit chain.yaml", b"Known: scan, explain,"),
        ("chain.yaml -o pdf", b"Known: table, csv, csv-excel,"),
        ("chain.yaml --format csv", b"Known: --all, "),
        ("plan chain.yaml --fail-on P1", b"--owner"),
        ("chain.yaml -x", b"Known: --all, "),
    ],
)
def test_no_guess_is_better_than_a_wrong_one(here: Path, line: str, known: bytes) -> None:
    """What there is stands instead."""
    done = run(*line.split(), cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Did you mean" not in done.stderr
    assert known in done.stderr


def test_a_word_may_be_meant_as_a_file_or_as_a_command(here: Path) -> None:
    """Both are said of what looks like a command; a name of a file is only one."""
    assert b"neither a file nor a command" in run("scna", cwd=here).stderr
    for name in ("chain.yml", "./scna", "list.csv"):
        done = run(name, cwd=here)
        assert b"does not exist" in done.stderr
        assert b"command" not in done.stderr
    (here / "scna").write_text(GOOD)
    assert run("scna", cwd=here).returncode == 0
    (here / "plan").write_text(GOOD)
    assert run("./plan", cwd=here).returncode == 0


def test_what_is_typed_is_harmless_in_the_answer(here: Path) -> None:
    """Neither an escape sequence nor a command of a workflow runner comes back."""
    for word in ("--x\x1b[2J", "--::error::x", "--fail-on=\x1b[2J", "--fail-on=a\n::error::b"):
        done = run("chain.yaml", word, cwd=here)
        assert done.returncode == 2
        assert b"\x1b[2J" not in done.stderr
        assert not any(line.lstrip().startswith(b"::") for line in done.stderr.splitlines())
        assert len(done.stderr.splitlines()) == 1


def offered(line: str, here: Path) -> list[str]:
    """What the shell is offered for a line, of which the last word is being typed."""
    words = line.split(" ")
    environment = {
        "_IMVO_SCAN_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = run(cwd=here, **environment)  # type: ignore[arg-type] # variables, not the input
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def test_tab_offers_commands_and_files(here: Path) -> None:
    """Where a command may stand; a name that needs quoting is left to the shell."""
    assert offered("imvo-scan ", here) == [*COMMANDS, "chain.yaml", "plans/"]
    assert offered("imvo-scan pl", here) == ["plan", "plans/"]
    assert offered("imvo-scan help sc", here) == ["scan", "schema"]
    assert offered("imvo-scan schema b", here) == ["baseline"]


@pytest.mark.parametrize("verb", ["", "scan "])
def test_tab_offers_the_options_of_the_main_job(here: Path, verb: str) -> None:
    """With and without its verb, with their values, and formats."""
    assert offered(f"imvo-scan {verb}--fail", here) == ["--fail-on"]
    assert offered(f"imvo-scan {verb}--fail-on ", here) == ["P1", "P2", "P3", "P4"]
    assert offered(f"imvo-scan {verb}chain.yaml --lang ", here) == ["en", "nl"]
    assert offered(f"imvo-scan {verb}-o ", here) == list(FORMATS)
    assert offered(f"imvo-scan {verb}chain.yaml -o csv-", here) == ["csv-excel"]
    assert offered("imvo-scan plan chain.yaml --ow", here) == ["--owner"]


@pytest.mark.parametrize(
    "line", ["xyz", "chain.yaml ", "--config ", "plan ch", "convert x -o ", "--waivers w", "init "]
)
def test_tab_leaves_files_to_the_shell(here: Path, line: str) -> None:
    """Nothing of ours is offered, so that the shell completes a path in its own way."""
    assert [word for word in offered(f"imvo-scan {line}", here) if word] == []


def test_tab_says_nothing_where_it_cannot_help(here: Path) -> None:
    """Neither usage nor a remark nor a scan, whatever the shell asks."""
    for instruction in ("complete_nosuchshell", "nonsense", "complete_bash"):
        done = run(cwd=here, _IMVO_SCAN_COMPLETE=instruction)
        assert done.stdout == b""
        assert done.stderr == b""
    assert run("chain.yaml", cwd=here, _IMVO_SCAN_COMPLETE="").returncode == 0


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_real_bash_completes(here: Path) -> None:
    """With the script that --show-completion prints, files included."""
    tools = here / "tools"
    tools.mkdir()
    (tools / "imvo-scan").write_text(f'#!/bin/sh\nexec {sys.executable} -m imvo_scan "$@"\n')
    (tools / "imvo-scan").chmod(0o755)
    script = (
        'eval "$(_IMVO_SCAN_COMPLETE=source_bash imvo-scan)"\n'
        'try() { COMP_WORDS=(imvo-scan "$@"); COMP_CWORD=$#; COMPREPLY=()\n'
        '  _imvo_scan_completion imvo-scan; echo "${#COMPREPLY[@]} ${COMPREPLY[*]}"; }\n'
        "try cha; try chain.yaml --fail-on ''; try --config ''\n"
    )
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        cwd=here,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"},
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode().splitlines() == ["2 chain chain.yaml", "4 P1 P2 P3 P4", "0 "]
    assert done.stderr == b""

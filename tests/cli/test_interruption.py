"""A run that is stopped says nothing, leaves nothing half written, and exits as a shell expects."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

LIST = "Supplier,Country,Sector\nA,BD,Textiles\n"
CHAIN = "imvo: 1\ncompany: {name: B, country: NL, sector: retail}\nsuppliers: [{name: A}]\n"
SLOW = (
    "import sys, time, pathlib\n"
    "def wait(*_):\n"
    "    print('here', flush=True)\n"
    "    time.sleep(600)\n"
    "pathlib.Path.replace = wait\n"
    "from imvo_scan.cli import main\n"
    "main()\n"
)
TWO_FILES = (
    "import time, pathlib\n"
    "from imvo_scan.cli import interruption\n"
    "from imvo_scan.cli.destinations import complete_file\n"
    "interruption.watch()\n"
    "with complete_file(pathlib.Path('a')) as one, complete_file(pathlib.Path('b')) as other:\n"
    "    try:\n"
    "        print('here', file=one), print('here', flush=True), time.sleep(600)\n"
    "    finally:\n"
    "        print('again', flush=True), time.sleep(600)\n"
)


def started(code: str, *arguments: str, folder: Path) -> subprocess.Popen[str]:
    """A run that has come to the point where it says `here`."""
    run = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    while "here" not in (line := run.stdout.readline()):
        assert line, run.communicate()
    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an inventory, a list, and a report of an earlier run."""
    (tmp_path / "chain.yaml").write_text(CHAIN, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "out").write_text("of an earlier run", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(
    "arguments",
    [
        ("chain.yaml", "-o", "csv=out"),
        ("chain.yaml", "--write-baseline", "out.json"),
        ("list.csv", "--save-mapping", "out.yaml"),
        ("list.csv", "--import-report", "out"),
        ("convert", "list.csv", "-o", "out.yaml"),
    ],
)
def test_a_stopped_run_leaves_nothing(
    arguments: tuple[str, ...], number: signal.Signals, folder: Path
) -> None:
    """Not half a file, no traceback, and no other file than there was."""
    before = {path: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    with started(SLOW, *arguments, folder=folder) as run:
        run.send_signal(number)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert "Traceback" not in said
    assert {path: path.read_text(encoding="utf-8") for path in folder.iterdir()} == before


def test_several_files_and_a_second_signal(tmp_path: Path) -> None:
    """All of them go, also where the first signal does not get through."""
    with started(TWO_FILES, folder=tmp_path) as run:
        assert len(list(tmp_path.iterdir())) == 2
        run.send_signal(signal.SIGTERM)
        assert run.stdout is not None
        assert run.stdout.readline() == "again\n"
        run.send_signal(signal.SIGINT)
        assert run.communicate(timeout=60) == ("", "")
    assert run.returncode == 128 + signal.SIGINT
    assert not list(tmp_path.iterdir())


def test_a_signal_that_is_ignored_stays_so(folder: Path) -> None:
    """As `nohup` asks of a program."""
    code = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + SLOW
    with started(code, "chain.yaml", "-o", "csv=out", folder=folder) as run:
        run.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(timeout=0.5)
        run.terminate()
        run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM

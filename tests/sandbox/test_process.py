"""The process that opens a file: whatever becomes of it is one line, and nothing of it is left."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from imvo_scan.core.errors import InventoryError
from imvo_scan.messages.speaker import Speaker
from imvo_scan.sandbox import limits, process
from imvo_scan.sandbox.process import opened
from imvo_scan.sandbox.unreadable import UnreadableError
from tests.importer.lists import read
from tests.sandbox.books import LIST, xlsx

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
GOOD = xlsx(LIST)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "it is damaged"),
        ("raise SystemExit(3)", "it needs more than 2 GB of memory, or is damaged"),
        ("import os; os.abort()", "it needs more than 2 GB of memory, or is damaged"),
        ("import os; os.kill(os.getpid(), 9)", "it needs more than 2 GB of memory, or is damaged"),
        ("import os; os.kill(os.getpid(), 11)", "it is damaged"),
        ("1 / 0", "it is damaged"),
        ("print('no JSON')", "this file is damaged"),
        ("print('{}')", "this file is damaged"),
        ("print('[' * 100_000)", "this file is damaged"),
        ("print('{\"datetime\": 7}')", "this file is damaged"),
        ("print('[[1, 2]]')", "this file is damaged"),
        ("print('[7]')", "this file is damaged"),
        ("print('x' * 70_000_000)", "this file is damaged"),
        ('print(\'{"what": 7, "hint": null}\')', "this file is damaged"),
        ('print(\'{"what": ["sandbox.far-cell", []], "hint": null}\')', "this file is damaged"),
    ],
)
def test_a_process_that_fails(code: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it does in the place of an answer, one line says what that means."""
    monkeypatch.setattr(process, "_CHILD", code)
    with pytest.raises(InventoryError) as caught:
        read(GOOD, "list.xlsx")
    (problem,) = caught.value.problems
    assert str(problem).startswith("list.xlsx: ")
    assert why in str(problem)


def test_it_is_said_in_every_language() -> None:
    """What the other process says is a code with values: this one speaks."""
    far = xlsx(LIST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    with pytest.raises(InventoryError) as caught:
        read(far, "list.xlsx")
    (problem,) = caught.value.problems
    dutch = Speaker("nl").tell(problem.as_message)
    assert "beslaat 17.179.869.184 cellen" in dutch
    assert dutch.endswith("Verwijder wat ver weg staat, of sla de lijst op als CSV.")


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for without end."""
    monkeypatch.setattr(process, "_CHILD", "import time; time.sleep(600)")
    monkeypatch.setattr(limits, "SECONDS", 0.5)
    with pytest.raises(InventoryError, match=r"list\.xlsx: .*it takes more than 0 seconds"):
        read(GOOD, "list.xlsx")


def test_more_memory_than_a_list_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is that of the process: this one is not in danger."""
    monkeypatch.setattr(limits, "MEMORY", 300 << 20)
    hungry = (
        "import sys, json; sys.path += sys.argv[1:]\n"
        "from imvo_scan.sandbox import child\n"
        "child._pages = lambda *_: bytearray(1 << 30)\n"
        "child.main()"
    )
    monkeypatch.setattr(process, "_CHILD", hungry)
    with pytest.raises(InventoryError, match=r"list\.xlsx: .*memory"):
        read(GOOD, "list.xlsx")


@pytest.mark.parametrize("most", [0, 1 << 60])
def test_memory_is_watched_where_the_system_does_not(most: int) -> None:
    """A thread ends the process; it does nothing before that."""
    code = (
        "import sys, threading, time\n"
        "from imvo_scan.sandbox import limits\n"
        "assert limits.memory_held() > 1_000_000\n"
        "sys.platform = 'darwin'\n"
        "limits.confine(int(sys.argv[1]), 1)\n"
        "time.sleep(0.4)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(most)], check=False)
    assert done.returncode == (0 if most else limits.TOO_MUCH_MEMORY)


@pytest.mark.parametrize(
    "error", [BlockingIOError(errno.EAGAIN, "no more processes"), FileNotFoundError(2, "no Python")]
)
def test_where_no_process_can_be_started(error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says so: a file is never opened here."""

    def refused(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "Popen", refused)
    with pytest.raises(InventoryError, match=r"list\.xlsx: .*none can be started: no "):
        read(GOOD, "list.xlsx")


def test_where_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would look after the time, so nothing is read."""

    def refused(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", refused)
    with pytest.raises(InventoryError, match=r"list\.xlsx: .*can't start new thread"):
        read(GOOD, "list.xlsx")


def test_nothing_from_around_gets_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder it runs in nor the environment of Python decides what is imported."""
    for name in ("json", "zipfile", "python_calamine", "sitecustomize", "imvo_scan"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    assert len(read(GOOD, "list.xlsx").inventory.suppliers) == 1


def count(_: int) -> int:
    """How many suppliers there are in the list."""
    return len(read(GOOD, "list.xlsx").inventory.suppliers)


def test_from_threads_and_from_a_pool() -> None:
    """Whoever calls from a server, a notebook or a pool gets the same."""
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(count, range(8))) == [1] * 8
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(count, (0,)) == 1


@on_linux
def test_nothing_is_left_of_it() -> None:
    """No process, no pipe and no thread, whether the file was read or not."""
    before = held()
    for raw in (GOOD, xlsx(LIST)[:-30], GOOD[:200]):
        try:
            read(raw, "list.xlsx")
        except InventoryError:
            continue
    assert held() == before


def held() -> tuple[int, int, str]:
    """How many files and threads this process has, and the processes it started."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="utf-8")
    return len(list(Path("/proc/self/fd").iterdir())), threading.active_count(), children


@on_linux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_whoever_asked(number: signal.Signals, tmp_path: Path) -> None:
    """Also where that one had no time to say so."""
    (tmp_path / "list.xlsx").write_bytes(GOOD)
    code = (
        "import pathlib, time\n"
        "from imvo_scan.sandbox.process import opened\n"
        "with opened('workbook', pathlib.Path('list.xlsx').read_bytes()) as file:\n"
        "    print(file.process.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as run:
        assert run.stdout is not None
        child = int(run.stdout.readline())
        run.send_signal(number)
        assert run.stdout.read() == b""
    for _ in range(600):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.05)
    pytest.fail("the process is still there")


def test_the_other_files_are_scanned(tmp_path: Path) -> None:
    """A file that ends its process costs only itself, and the exit code says that it is missing."""
    far = xlsx(LIST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    (tmp_path / "far.xlsx").write_bytes(far)
    (tmp_path / "cut.xlsx").write_bytes(GOOD[:300])
    (tmp_path / "good.xlsx").write_bytes(GOOD)
    files = ("far.xlsx", "cut.xlsx", "good.xlsx")
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", *files, "-o", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Foo" in json.dumps(json.loads(done.stdout))
    lines = done.stderr.splitlines()
    assert sum(line.startswith("far.xlsx: ") for line in lines) == 1
    assert sum(line.startswith("cut.xlsx: ") for line in lines) == 1


def test_a_reader_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no reader of workbooks gets a line, too."""
    monkeypatch.setitem(process._PACKAGES, "workbook", ())  # noqa: SLF001
    with pytest.raises(UnreadableError), opened("workbook", GOOD):
        pass

"""A long inventory read in parts says the same as one read as a whole, also of faults and lines."""

from __future__ import annotations

import errno
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import InventoryError
from imvo_scan.inventory import Inventory
from imvo_scan.inventory import load as reader
from imvo_scan.inventory import parallel as parts
from imvo_scan.taxonomy.load import load_taxonomy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")

TAXONOMY = load_taxonomy(data_directory())
HEAD = "imvo: 1\ncompany: {name: Buyer, country: NL, sector: retail}\n"


def one(number: int, more: str = "") -> str:
    """A supplier of a few lines."""
    return f"  - id: s{number}\n    name: Supplier {number}\n    country: BD\n    tier: 1\n{more}"


MANY = [one(number) for number in range(40)]
LONG = '    region: "' + "\n  - x" * 300 + '"\n'
ANCHOR, ALIAS = "    goods: &g [cotton]\n", "    goods: *g\n"
TWO_LINES = '    region: "first\n  - second"\n'
TRICKS = {
    "plain": [*MANY],
    "a quote over a cut": [*MANY[:20], *(one(100 + n, TWO_LINES) for n in range(20))],
    "a long quote": [*MANY[:5], one(100, LONG), *MANY[5:9]],
    "an anchor over a cut": [
        one(100, "    goods: &g [cotton]\n"),
        *MANY,
        one(101, "    goods: *g\n"),
    ],
    "an id twice": [*MANY, one(1)],
    "a fault at the end": [*MANY, one(100, "    workers: many\n")],
    "keys after the list": [*MANY, "actions: []\n"],
    "a key twice": [*MANY, "company: {name: Other}\n"],
    "the list twice": [*MANY, "suppliers:\n", one(100)],
    "an unknown key": [*MANY, "extra:\n", *MANY],
    "no YAML": [*MANY, "  - {\n"],
    "comments": [*MANY[:20], "# aside\n\n  # aside\n", *MANY[20:]],
    "comments before the list": ["  # aside\r\n" * 200, *MANY],
    "every end of a line": [
        *MANY[:5],
        *(one(100 + n, f'    region: "a{end}b"\n') for n, end in enumerate("\r\u0085\u2028\u2029")),
        *MANY[5:],
    ],
    "a second document": [*MANY, "---\n", "imvo: 1\n"],
}


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Inventory | list[str]]:
    """Reads a text in parts of any size."""
    monkeypatch.setattr(parts, "LEAST_SIZE", 300)
    monkeypatch.setattr(reader, "processors", lambda: 4)
    return lambda text: outcome(lambda: reader.parse_inventory(text.encode(), "f.yaml", TAXONOMY))


def whole(text: str) -> Inventory | list[str]:
    """What the text says when it is read as a whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "processors", lambda: 1)
        return outcome(lambda: reader.parse_inventory(text.encode(), "f.yaml", TAXONOMY))


def outcome(read: Callable[[], Inventory]) -> Inventory | list[str]:
    """The inventory, or the lines about what is wrong."""
    try:
        return read()
    except InventoryError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize("trick", TRICKS)
def test_parts_say_what_the_whole_says(
    trick: str, in_parts: Callable[[str], Inventory | list[str]]
) -> None:
    """Also where a cut falls badly, and where something is wrong."""
    text = HEAD + "suppliers:\n" + "".join(TRICKS[trick])
    assert len(parts.parts_of(text.encode(), 4)) > 1
    assert in_parts(text) == whole(text)


def test_a_plain_list_is_really_read_in_parts(
    in_parts: Callable[[str], Inventory | list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it as a whole is not how the result comes about."""
    monkeypatch.setattr(reader, "_read_whole", None)
    found = in_parts(HEAD + "suppliers:\n" + "".join(MANY))
    assert isinstance(found, Inventory)
    assert [site.line for site in found.suppliers] == [4 + 4 * n for n in range(40)]


def test_a_lost_process_loses_no_supplier(
    in_parts: Callable[[str], Inventory | list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text is then read as a whole."""
    monkeypatch.setattr(parts, "_read_and_end", lambda *_: os._exit(1))
    text = HEAD + "suppliers:\n" + "".join(MANY)
    assert in_parts(text) == whole(text)


@pytest.mark.parametrize("missing", ["fork", "pipe"])
@pytest.mark.parametrize("working", [0, 1])
def test_where_no_process_can_be_started(
    missing: str,
    working: int,
    in_parts: Callable[[str], Inventory | list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The text is read here, as a whole; nothing that was started or opened before is left."""
    function, calls = getattr(os, missing), itertools.count()

    def refused() -> object:
        if next(calls) < working:
            return function()
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, missing, refused)
    text = HEAD + "suppliers:\n" + "".join(MANY)
    before = open_files(), children(os.getpid())
    assert in_parts(text) == whole(text)
    assert (open_files(), children(os.getpid())) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("whom", [os.kill, os.killpg])
def test_an_interrupted_run_leaves_no_worker(
    number: signal.Signals, whom: Callable[[int, int], None], tmp_path: Path
) -> None:
    """Whoever reads its output sees the end of it, and no traceback."""
    code = (
        "import os, time\n"
        "from imvo_scan.inventory import parallel\n"
        "def work(part):\n"
        "    os.write(1, b'parent\\n') if not part.lines_before else None\n"
        "    time.sleep(600)\n"
        "parallel.each(work, [parallel.Part(b'', n) for n in range(3)])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        cwd=tmp_path,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"parent\n"
        workers = children(run.pid)
        assert len(workers) == 2
        whom(run.pid, number)
        out, said = run.communicate(timeout=60)
    assert out == b""
    assert said.count(b"Traceback") == (number == signal.SIGINT)  # that of Python, not of a worker
    assert all(map(ends, workers))


def children(process: int) -> list[int]:
    """The processes that a process has started and that still run."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(pid) for pid in listed.read_text().split() if runs(int(pid))]


def runs(process: int) -> bool:
    """Whether a process runs: one that has ended may stand in the list until its parent asks."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def ends(process: int) -> bool:
    """Whether a process ends without anything being done about it."""
    for _ in range(600):
        if not runs(process):
            return True
        time.sleep(0.05)
    return False


def open_files() -> int:
    """How many files this process holds open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_is_forked_beside_threads_or_in_a_worker() -> None:
    """Whoever calls from a server or a pool gets the plain way."""
    until = threading.Event()
    thread = threading.Thread(target=until.wait)
    thread.start()
    assert parts.processors() == 1
    until.set()
    thread.join()
    with get_context("fork").Pool(1) as pool:
        assert pool.apply(parts.processors) == 1


PIECES = st.sampled_from([*MANY[:6], *(piece for trick in TRICKS.values() for piece in trick[-2:])])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=12, max_size=40))
def test_any_mixture_says_the_same(pieces: list[str]) -> None:
    """Whatever is put one after the other."""
    text = HEAD + "suppliers:\n" + "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LEAST_SIZE", 300)
        patch.setattr(reader, "processors", lambda: 4)
        found = outcome(lambda: reader.parse_inventory(text.encode(), "f.yaml", TAXONOMY))
    assert found == whole(text)

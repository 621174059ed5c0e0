"""What has no end, or is larger than any list, is refused in a line wherever it is named."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imvo_scan.core import file_bytes as module
from imvo_scan.core.file_bytes import MOST_OF_FILE, TooLargeError, file_bytes, stream_bytes
from tests.conftest import ROOT

CHAIN = ROOT / "examples" / "chain.yaml"
MEMORY = 1_500_000_000  # bytes; a reader without a bound takes all of them
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2)
from imvo_scan.cli.app import run
sys.exit(run(sys.argv[2:]))
"""
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/dev/zero and limits of memory")


def refused(*arguments: str, cwd: Path) -> str:
    """The one line said of something that is not read, within a bounded memory."""
    with Path("/dev/zero").open("rb") as zeros:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, str(MEMORY), *arguments],
            cwd=cwd,
            stdin=zeros,
            capture_output=True,
            check=False,
        )
    text = done.stderr.decode()
    assert done.returncode == 2
    assert "Traceback" not in text
    assert "memory" not in text
    return text


@pytest.mark.parametrize(
    "asked",
    [
        "/dev/zero",
        "-",
        "convert /dev/zero",
        "explain /dev/zero mill",
        "diff /dev/zero chain.yaml",
        "diff chain.yaml -",
        "chain.yaml --baseline /dev/zero",
        "chain.yaml --write-baseline /dev/zero",
        "chain.yaml --waivers /dev/zero",
        "chain.yaml --config /dev/zero",
        "list.csv --mapping /dev/zero",
    ],
)
def test_what_has_no_end(tmp_path: Path, asked: str) -> None:
    """As an inventory, a list, a report, or any other file that a run reads."""
    shutil.copy(CHAIN, tmp_path / "chain.yaml")
    (tmp_path / "list.csv").write_text("name,country\nMill,BD\n")
    assert "it goes on after 256 MB" in refused(*asked.split(), cwd=tmp_path)


@pytest.mark.parametrize(
    "asked",
    [
        "huge",
        "diff huge chain.yaml",
        "chain.yaml --baseline huge",
        "chain.yaml --waivers huge",
        "chain.yaml --config huge",
        "list.csv --mapping huge",
        "chain.yaml --data tables",
        "folder",
    ],
)
def test_a_file_of_a_size_that_no_list_has(tmp_path: Path, asked: str) -> None:
    """It is refused by its size, before any of it is read."""
    shutil.copy(CHAIN, tmp_path / "chain.yaml")
    (tmp_path / "list.csv").write_text("name,country\nMill,BD\n")
    shutil.copytree(ROOT / "data", tmp_path / "tables")
    (tmp_path / "folder").mkdir()
    for name in ("huge", "tables/goods.yaml", "folder/huge.yaml"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(MOST_OF_FILE + 1)  # holds nothing, and takes no room
    assert "it holds more than 2,048 MB" in refused(*asked.split(), cwd=tmp_path)


def test_a_stream_up_to_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits is read whole; a byte more is refused."""
    monkeypatch.setattr(module, "MOST_OF_STREAM", 3_000_000)
    whole = b"a" * 3_000_000
    assert stream_bytes(io.BytesIO(whole)) == whole
    with pytest.raises(TooLargeError):
        stream_bytes(io.BytesIO(whole + b"a"))


def test_a_file_that_says_it_is_empty_and_is_not() -> None:
    """Files of the system have no size; what they hold is read."""
    assert file_bytes("/proc/self/status").startswith(b"Name:")


def test_a_pipe_that_has_nothing_yet_has_not_ended() -> None:
    """A part of an inventory is not taken for the whole."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.write(writing, b"imvo: 1\n")
    with os.fdopen(reading, "rb", buffering=0) as file, os.fdopen(writing, "wb"):
        with pytest.raises(BlockingIOError) as refusal:
            stream_bytes(file)
        assert refusal.value.errno == errno.EAGAIN

"""The fuzzer itself: its its targets hold on all seeds, and it keeps what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import crashes, engine, watch
from fuzz.board import Board
from fuzz.targets import TARGETS, Target
from imvo_scan.core.errors import ImvoScanError, UsageError


@pytest.mark.parametrize("name", TARGETS)
def test_every_seed_is_read_or_refused(name: str) -> None:
    """From where the fuzzer sets out nothing crashes, and something is read."""
    read = 0
    for raw in TARGETS[name].seeds():
        try:
            TARGETS[name].read(raw)
        except ImvoScanError:
            continue
        read += 1
    assert read


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which crashes are kept, for this test."""
    monkeypatch.setattr(crashes, "CRASHES", tmp_path / "crashes")
    return tmp_path / "crashes"


def test_one_of_our_own_errors_is_no_crash(tmp_path: Path, kept: Path) -> None:
    """A refusal is what a reader is for; each input is counted and survived."""

    def refuse(_: bytes) -> None:
        raise UsageError.of("no")

    board = Board.create(tmp_path / "board")
    engine.tried("planted", Target(refuse, list), board)(b"abc")
    assert (board.begun, board.crashes, board.pending) == (1, 0, None)
    assert not kept.exists()


def test_a_crash_is_kept_once_for_its_kind_as_short_as_seen(tmp_path: Path, kept: Path) -> None:
    """The input stands in a file that is named, with the traceback beside it."""

    def crash(raw: bytes) -> None:
        raise KeyError(raw)

    board = Board.create(tmp_path / "board")
    one_input = engine.tried("planted", Target(crash, list), board)
    for raw in (b"long input", b"short", b"longest input"):
        one_input(raw)
    assert (board.begun, board.crashes, board.pending) == (3, 1, None)
    shortest, trace = sorted(kept.iterdir())
    assert shortest.read_bytes() == b"short"
    assert "KeyError" in trace.read_text()


def test_what_kills_the_process_stays_on_the_board(tmp_path: Path) -> None:
    """Another process sees which input was never survived."""
    board = Board.create(tmp_path / "board")
    Board.open(tmp_path / "board").put(b"deadly")
    assert board.pending == b"deadly"


def test_a_target_is_fuzzed_for_its_time() -> None:
    """In a process of its own, by whichever engine is there."""
    outcome = watch.fuzz("settings", 1)
    assert outcome.inputs > len(TARGETS["settings"].seeds())
    assert outcome.crashes == 0

"""Fuzz a target in a process of its own, and start another where that dies or hangs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from fuzz.board import Board
from fuzz.crashes import keep
from fuzz.seeds import ROOT

HANG = 60.0
"""Seconds after which one short input counts as a hang; it is long, as machines are shared."""
_ENDED = {0, 72, -signal.SIGINT, -signal.SIGTERM}  # its time was over; it was stopped from outside
_LOOK = 0.5
BOARD = "board"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of fuzzing one target."""

    target: str
    inputs: int
    crashes: int
    seconds: float

    def __str__(self) -> str:
        """One line for a person."""
        return (
            f"{self.target}: {self.inputs} inputs in {self.seconds:.0f} s, crashes {self.crashes}"
        )


def fuzz(target: str, seconds: float) -> Outcome:
    """Fuzz one target for some seconds, whatever its processes die of."""
    start, lost = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="imvo-fuzz-") as folder:
        board = Board.create(Path(folder, BOARD))
        while (left := start + seconds - time.monotonic()) > 0:
            tried = board.begun
            ended, raw = _watched(target, Path(folder), board, left), board.pending
            if ended and board.begun == tried:
                raise RuntimeError(f"the fuzzer of {target} does not run: {ended}")
            if ended and raw is not None:
                lost += keep(target, raw, ended)
            board.done()
        return Outcome(target, board.begun, board.crashes + lost, time.monotonic() - start)


def _watched(target: str, folder: Path, board: Board, seconds: float) -> str:
    """Run one process to its end; what it died of, empty where its time was over.

    All it leaves is in the folder: the board, its own temporary files, what it wrote to standard
    error (a file, for nobody empties a pipe).
    """
    command = [sys.executable, "-m", "fuzz.engine", target, str(folder / BOARD), str(seconds)]
    errors = folder / "stderr"
    own = {**os.environ, "TMPDIR": str(folder)}
    with (
        errors.open("wb") as sink,
        subprocess.Popen(command, cwd=ROOT, stderr=sink, env=own) as process,
    ):
        begun, since = -1, time.monotonic()
        while process.poll() is None:
            time.sleep(_LOOK)
            if board.begun != begun or board.pending is None:
                begun, since = board.begun, time.monotonic()
            if time.monotonic() - since > HANG:
                process.kill()
                return f"hang: one input took more than {HANG:.0f} s"
    if process.returncode in _ENDED:
        return ""
    return f"{errors.read_text(errors='replace')}\ndied with exit code {process.returncode}"

"""One process that fuzzes one target: atheris where it is installed, hypothesis elsewhere.

    python -m fuzz.engine TARGET BOARD SECONDS

It may die of what it tries. What it is trying stands on the board, so that its parent
(`fuzz.watch`) can keep the input and start another.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.board import Board
from fuzz.crashes import CORPUS, keep
from imvo_scan.core.errors import ImvoScanError

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from fuzz.targets import Target

MEMORY = 4 * 2**30
TOKENS = (
    *(b"[", b"{", b"]", b"}", b"- ", b"? ", b": ", b"\n", b"\n  ", b"\t", b"&a ", b"*a", b"|\n"),
    *(b"null", b"~", b"NO", b"true", b"NaN", b"1e400", b"-1", b"0", b"12.000", b"999999999999"),
    *(b"2024-13-01", b"2026", b"9999-12-31", b"'", b'"', b"=", b";", b",", b"<", b"/>", b"&#0;"),
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\x85", b"!!python"),
)
"""Pieces at which readers of text stumble, for both engines."""


def main(name: str, board: Path, seconds: float) -> None:
    """Fuzz a target until the time is over, and keep what crashes."""
    _limit_memory()
    if find_spec("atheris"):
        _atheris(name, Board.open(board), seconds)
    else:
        from fuzz.targets import TARGETS

        _hypothesis(TARGETS[name], tried(name, TARGETS[name], Board.open(board)), seconds)


def tried(name: str, target: Target, board: Board) -> Callable[[bytes], None]:
    """A function that tries one input: on the board first, then in the target."""

    def one_input(raw: bytes) -> None:
        board.put(raw)
        try:
            target.read(raw)
        except (ImvoScanError, KeyboardInterrupt, SystemExit):
            pass
        except BaseException as error:  # noqa: BLE001 - a panic in a library is none of Exception
            if keep(name, raw, "".join(traceback.format_exception(error))):
                board.crashed()
        board.done()

    return one_input


def _atheris(name: str, board: Board, seconds: float) -> None:
    """Coverage-guided: what reaches new code is kept in the corpus and changed further."""
    import atheris

    with atheris.instrument_imports(include=["imvo_scan", "yaml"]):
        from fuzz.targets import TARGETS

        one_input = tried(name, TARGETS[name], board)
        seeds = TARGETS[name].seeds()
        for raw in seeds:  # so that what is imported late is instrumented too
            one_input(raw)
    corpus = CORPUS / name
    corpus.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="imvo-seeds-"))
    for number, raw in enumerate(seeds):
        (folder / str(number)).write_bytes(raw)
    tokens = folder.with_suffix(".dict")
    tokens.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS), encoding="utf-8")
    # The watcher sees to memory and to time: atheris takes a time limit of 0 for one second.
    options = ["-rss_limit_mb=0", "-timeout=86400", "-verbosity=0", "-max_len=65536"]
    options.append(f"-artifact_prefix={folder}/")
    times = [f"-max_total_time={max(1, int(seconds))}", f"-dict={tokens}"]
    atheris.Setup([sys.argv[0], *options, *times, str(corpus), str(folder)], one_input)
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


def _hypothesis(target: Target, one_input: Callable[[bytes], None], seconds: float) -> None:
    """Blind: seeds with pieces put in, cut out and doubled, until the time is over."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    quiet = settings(
        max_examples=200,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    seeds = target.seeds()
    for raw in seeds:
        one_input(raw)
    end, start = time.monotonic() + seconds, time.time_ns()
    while time.monotonic() < end:
        start += 1
        seed(start)(quiet(given(_changed(seeds))(one_input)))()


def _changed(seeds: list[bytes]) -> SearchStrategy[bytes]:
    """Seeds, each changed in one to eight places."""
    from hypothesis import strategies as st

    @st.composite
    def changed(draw: DrawFn) -> bytes:
        raw = draw(st.sampled_from(seeds))
        piece = st.sampled_from(TOKENS) | st.binary(max_size=4)
        for _ in range(draw(st.integers(1, 8))):
            start = draw(st.integers(0, len(raw)))
            end = min(len(raw), start + draw(st.sampled_from((0, 1, 4, 64))))
            times = draw(st.sampled_from((0, 1, 1, 1, 2, 300)))
            raw = raw[:start] + (draw(piece) or raw[start:end]) * times + raw[end:]
        return raw

    return changed()


def _limit_memory() -> None:
    """An input that wants more than this is a crash; without the limit it stops the machine."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]))

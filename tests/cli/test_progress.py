"""The progress bar loses no row, and stays away where nobody watches."""

from __future__ import annotations

import io
import sys

import pytest

from imvo_scan.cli import progress


class Screen(io.StringIO):
    """A terminal to write on."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize("total", [None, 5_000])
@pytest.mark.parametrize("count", [0, 1, 999, 5_000])
def test_every_row_comes_through(
    monkeypatch: pytest.MonkeyPatch, total: int | None, count: int
) -> None:
    """In order, with the bar on a terminal from the first moment."""
    monkeypatch.setattr(sys, "stderr", Screen())
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert list(progress.watched(range(count), total)) == list(range(count))


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a pipeline, standard error holds remarks only."""
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert list(progress.watched(range(3_000), None)) == list(range(3_000))
    assert quiet.getvalue() == ""


def test_what_is_being_done_is_said_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line on a terminal while it lasts, nothing for what is short, and no sign gets through."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.doing("Reading a\x1b[2Jb", takes_long=False):
        pass
    assert screen.getvalue() == ""
    with progress.doing("Reading a\x1b[2Jb", takes_long=True):
        assert screen.getvalue() == "Reading a\ufffd[2Jb ..."
    assert screen.getvalue().endswith("\r\x1b[K")

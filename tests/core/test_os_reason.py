"""Why the system could not do something, in the language of the reader."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from imvo_scan.core.dates import first_day
from imvo_scan.core.file_bytes import MOST_OF_FILE, MOST_OF_STREAM, TooLargeError, file_bytes
from imvo_scan.core.os_reason import reason_of
from imvo_scan.messages.speaker import Speaker

DUTCH = Speaker("nl")


@pytest.mark.parametrize(
    ("most", "english", "dutch"),
    [
        (MOST_OF_FILE, "it holds more than 2,048 MB", "het bevat meer dan 2.048 MB"),
        (MOST_OF_STREAM, "it goes on after 256 MB", "het gaat door na 256 MB"),
    ],
)
def test_what_is_too_large_says_how_large(most: int, english: str, dutch: str) -> None:
    """Not only that the system finds it too large."""
    error = TooLargeError(most, "list.csv")
    assert str(reason_of(error)).startswith(english)
    assert str(error.strerror).startswith(english)
    assert DUTCH.tell(reason_of(error)).startswith(dutch)


def test_a_file_that_is_not_there_is_said_in_the_language(tmp_path: Path) -> None:
    """The system's own words are English; ours are of every language."""
    with pytest.raises(OSError, match="No such file") as missing:
        file_bytes(tmp_path / "none.yaml")
    assert str(reason_of(missing.value)) == missing.value.strerror
    assert DUTCH.tell(reason_of(missing.value)) != missing.value.strerror


def test_what_is_rare_stays_in_the_words_of_the_system() -> None:
    """Rather the system's words than none."""
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == (
        "Invalid cross-device link"
    )


def test_a_day_that_is_none_is_refused_in_the_language() -> None:
    """The error of a date holds a message."""
    with pytest.raises(ValueError, match="2026-02-30 is not a day in the calendar") as refused:
        first_day("2026-02-30")
    assert DUTCH.tell(refused.value.args[0]) == "2026-02-30 is geen dag op de kalender"

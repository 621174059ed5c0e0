"""What was probably meant: said where that is sure, with every choice that is as near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.matching import did_you_mean, nearest, normal


@pytest.mark.parametrize(
    ("text", "choices", "near"),
    [
        ("cvs", ["csv", "csv-excel"], ["csv"]),
        ("ab", ["abc"], []),
        ("bat", ["cat", "hat"], ["cat", "hat"]),
        ("cat", ["cat", "hat"], ["cat"]),
        ("abcdefgh", ["abcdefxy"], ["abcdefxy"]),
        ("abcdefg", ["abcdexy"], []),
        ("abcdefgh", ["abcdexyz"], []),
        ("Plan", ["plan"], ["plan"]),
        ("--verison", ["--version", "--waivers"], ["--version"]),
        ("scna", ["scan", "schema"], ["scan"]),
        ("anything", [], []),
        ("", ["abc"], []),
    ],
)
def test_near_is_a_slip_of_the_pen(text: str, choices: list[str], near: list[str]) -> None:
    """One slip, two in a long word; of several choices the nearest, or all that are as near."""
    assert list(nearest(text, choices)) == near


def test_the_question_names_every_choice_that_is_as_near() -> None:
    """One, two or three; where more are as near, none of them is likely."""
    assert str(did_you_mean("mil-1", ["mill-1"])) == 'Did you mean "mill-1"?'
    assert str(did_you_mean("mill-x", ["mill-1", "mill-2"])) == 'Did you mean "mill-1" or "mill-2"?'
    three = 'Did you mean "mill-1", "mill-2" or "mill-3"?'
    assert str(did_you_mean("mill-x", ["mill-1", "mill-2", "mill-3"])) == three
    assert str(did_you_mean("mill-x", [f"mill-{n}" for n in range(9)])) == ""
    assert str(did_you_mean("bla", ["construction", "retail"])) == ""


@given(st.text(max_size=40), st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_compared(text: str, choices: list[str]) -> None:
    """What is suggested is one of the choices, and a form stays what it is."""
    assert set(nearest(text, choices)) <= set(choices)
    assert bool(did_you_mean(text, choices)) == (0 < len(set(nearest(text, choices))) <= 3)
    assert isinstance(normal(text), str)

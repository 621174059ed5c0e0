"""Patterns are looked up, and mean what trying each of them would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.gate.patterns import Patterns, matches

_TEXTS = st.text("ab*[?./#", max_size=6)


@given(_TEXTS, _TEXTS)
def test_a_star_is_any_text_and_every_other_sign_itself(pattern: str, text: str) -> None:
    """The same as a regular expression would say, in linear time."""
    expression = ".*".join(map(re.escape, pattern.split("*")))
    assert matches(pattern, text) is (re.fullmatch(expression, text, re.DOTALL) is not None)


@given(st.lists(_TEXTS, unique=True), _TEXTS)
def test_looking_up_finds_what_trying_finds(patterns: list[str], text: str) -> None:
    """Whatever the patterns begin or end with."""
    looked_up = sorted(Patterns({one: one for one in patterns}).of(text))
    assert looked_up == sorted(one for one in patterns if matches(one, text))


@pytest.mark.parametrize("pattern", ["s{n}", "s{n}*", "*s{n}", "s{n}/*"])
def test_few_patterns_are_tried(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four thousand patterns are not four thousand comparisons."""
    tried = []

    def counting(pattern: str, text: str) -> bool:
        tried.append(pattern)
        return matches(pattern, text)

    monkeypatch.setattr("imvo_scan.gate.patterns.matches", counting)
    many = Patterns({pattern.format(n=n): n for n in range(1000, 5000)})
    for n in range(1000, 5000):
        assert n in set(many.of(f"s{n}/*" if "/" in pattern else f"s{n}"))
    assert len(tried) <= 4000

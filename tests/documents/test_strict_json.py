"""JSON that others hand over: whole, or refused in a sentence."""

from __future__ import annotations

import pytest

from imvo_scan.documents import strict_json


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1e999", "-1.5e400"])
def test_what_is_no_number(text: str) -> None:
    """Python's own reader takes it, and what is compared with it is then never true."""
    with pytest.raises(strict_json.JsonError, match=r"this is not JSON: .*number"):
        strict_json.loads(f'{{"score": [{text}]}}'.encode())


def test_numbers_in_reach() -> None:
    """They are what they say."""
    assert strict_json.loads(b"[1.5, -2e3, 7]") == [1.5, -2000.0, 7]

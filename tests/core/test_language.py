"""The languages there are, and names as a sentence holds them."""

from __future__ import annotations

import pytest

from imvo_scan.core.language import in_language, inside_sentence, languages


def test_english_comes_first() -> None:
    """It is the language where no other is asked for."""
    assert languages()[0] == "en"
    assert "nl" in languages()


def test_a_name_that_a_language_lacks_is_said_in_english() -> None:
    """A table states its names in two languages, and more may be spoken."""
    names = {"en": "cotton", "nl": "katoen"}
    assert in_language(names, "nl") == "katoen"
    assert in_language(names, "fr") == "cotton"


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Cotton", "cotton"),
        ("IJzer", "ijzer"),
        ("IJ", "IJ"),
        ("ICT services", "ICT services"),
        ("PVC", "PVC"),
        ("T-shirts", "T-shirts"),
        ("Île", "île"),
        ("", ""),
    ],
)
def test_a_name_inside_a_sentence(name: str, inside: str) -> None:
    """A name loses its capital, an abbreviation does not, and ij is one letter in Dutch."""
    assert inside_sentence(name) == inside

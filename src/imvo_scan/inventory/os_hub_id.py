"""Open Supply Hub ids: `CN2021250D1DTN7` is a country, a day, a number and a check digit.

The check digit is the sum of the country's letters by character code and of the other digits by
their place in Crockford's base 32, modulo 32 (Open Supply Hub, `os_id`, 2024).
"""

from __future__ import annotations

import re

OS_ID_PATTERN = r"^[A-Z]{2}[0-9]{7}[0-9A-HJKMNP-TV-Z]{6}$"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def is_open_supply_id(text: str) -> bool:
    """Whether a text has the form of an Open Supply Hub id and its check digit fits."""
    if not re.fullmatch(OS_ID_PATTERN, text):
        return False
    total = sum(map(ord, text[:2])) + sum(map(_DIGITS.index, text[2:-1]))
    return _DIGITS[total % len(_DIGITS)] == text[-1]

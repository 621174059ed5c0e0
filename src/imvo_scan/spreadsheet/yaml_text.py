"""Text as YAML that the inventory reader takes back as it was."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[^\W\d_][\w .()/+&'-]*")
_NOT_PLAIN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ESCAPED = re.compile(
    "[\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


def scalar(text: str) -> str:
    """A text as one scalar: plain where nothing in it means anything, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and not text.endswith((" ", "'")) and " #" not in text
    if plain and text.casefold() not in _NOT_PLAIN:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)

"""Text as YAML that the inventory reader takes back as it was."""

from __future__ import annotations

import re

from imvo_scan.core.sanitise import is_in_view, yaml_quoted

_PLAIN = re.compile(r"[^\W\d_][\w .()/+&'-]*")
_NOT_PLAIN = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def scalar(text: str) -> str:
    """A text as one scalar: plain where nothing in it means anything, else in double quotes."""
    plain = _PLAIN.fullmatch(text) and not text.endswith((" ", "'")) and " #" not in text
    if plain and text.casefold() not in _NOT_PLAIN and is_in_view(text):
        return text
    return yaml_quoted(text)

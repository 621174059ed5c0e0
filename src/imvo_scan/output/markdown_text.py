"""Text that Markdown shows as it is: no markup, no HTML, no link of its own."""

from __future__ import annotations

from imvo_scan.sanitise import clean

_SPECIAL = frozenset("\\`*_{}[]<>()#|!~$")


def escaped(text: str) -> str:
    """The text with every sign that Markdown could read as its own made harmless."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in clean(text))

"""Text that Markdown shows as it is: no markup, no HTML, no link and no mention of its own."""

from __future__ import annotations

import re

from imvo_scan.core.sanitise import clean, unlinked

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#|!~$&])")
_LISTED = re.compile(r"^(\d{0,9})([-+=.)])")  # at the start of a line: a list, or a rule
_ADDRESS = re.compile(r"(?<!\S)(https?://[\w./?=&%:~,+;-]+)(?!\S)", re.ASCII)


def escaped(text: str) -> str:
    """The text with every sign that Markdown could read as its own made harmless.

    Platforms make links and mentions of `https://...`, `name@place`, `@name` and `#12` also where
    their signs are escaped, so those are broken in view.
    """
    return _LISTED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", unlinked(text)))


def with_links(text: str) -> str:
    """A text of our own tables, escaped but for its addresses, which are links."""
    pieces = enumerate(_ADDRESS.split(clean(text)))  # every second one is an address
    return "".join(f"<{piece}>" if number % 2 else escaped(piece) for number, piece in pieces)

"""Text from outside made harmless: for terminals, spreadsheets and lines of text.

Nothing a supplier is called may move a cursor, turn text around or start a formula.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_COMMAND_STARTS = frozenset(":#")
_COMMAND = re.compile(r"::|##\[")
_FORMULA_STARTS = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # the last four: full width


def clean(text: str) -> str:
    """`text` without control, invisible and direction signs; line ends and tabs become a space.

    What would be a command to GitHub at the start of a line (`::`, `##[`) is made none.
    """
    if text[:1] in _COMMAND_STARTS and _COMMAND.match(text):
        text = f"\ufffd{text[1:]}"
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: " " if found[0] in "\t\n\r" else "\ufffd", text)


def cell(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula."""
    text = text if text.isprintable() else clean(text)
    return f"'{text}" if text[:1] in _FORMULA_STARTS else text

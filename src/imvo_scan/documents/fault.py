"""One thing wrong with what was written, before its line is known."""

from __future__ import annotations

from typing import NamedTuple

from imvo_scan.core.message import Text
from imvo_scan.documents.strict_yaml import Path_


class Fault(NamedTuple):
    """One thing wrong at a path; `about_key` where the key itself is wrong, not its value."""

    path: Path_
    what: Text
    hint: Text = ""
    about_key: bool = False

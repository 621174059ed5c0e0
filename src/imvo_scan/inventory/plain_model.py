"""What is kept ready-made of the declarations, so that a scan need not import pydantic for it.

`tools/build_plain_model.py` writes the file, and a test compares it with the declarations.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

PLAIN_MODEL = Path(__file__).with_name("plain_model.json")


@cache
def plain_model(name: str) -> Any:
    """One part of the file, which is read once."""
    return _file()[name]


@cache
def _file() -> dict[str, Any]:
    return json.loads(PLAIN_MODEL.read_text(encoding="utf-8"))  # type: ignore[no-any-return]

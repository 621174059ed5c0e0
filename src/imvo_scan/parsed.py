"""Tables as they were parsed before: reading YAML takes longer than scanning fifty suppliers.

`parsed.json` stands beside the tables and holds each of them as plain values, under the hash of its
text. Where the hash is another - a changed table, or a user's own - the table is parsed.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from imvo_scan import strict_yaml

PARSED = "parsed.json"
_HASH = 65  # where the hash ends that begins a line


def load_table(path: Path) -> strict_yaml.Document:
    """A YAML file as `strict_yaml.load` gives it. Raises `YamlError`, `OSError`."""
    raw = path.read_bytes()
    line = _known(path.parent).get(sha256(raw).hexdigest())
    if line is None:
        return strict_yaml.load_bytes(raw, str(path))
    return strict_yaml.Document(str(path), json.loads(line), raw)


@cache
def _known(folder: Path) -> dict[str, str]:
    """The parsed tables of a folder, still as JSON, by hash; none where there is no such file."""
    try:
        lines = (folder / PARSED).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return {}
    return {line[1:_HASH]: line[_HASH + 3 :].rstrip(",") for line in lines[1:-2]}


def render_parsed(folder: Path) -> str:
    """The text of `parsed.json` for the tables of a folder, one line a table."""
    tables = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = path.read_bytes()
        tables[sha256(raw).hexdigest()] = strict_yaml.load_bytes(raw, path.name).data
    lines = (f"{json.dumps(key)}: {_compact(data)}" for key, data in sorted(tables.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))

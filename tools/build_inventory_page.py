"""Write docs/inventory.md: every key of the inventory format, from its JSON Schema.

python tools/build_inventory_page.py [--check]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from imvo_scan.inventory.schema import json_schema

PAGE = Path(__file__).resolve().parents[1] / "docs" / "inventory.md"
HEAD = """\
# The inventory file

A YAML file with `imvo: 1`, your `company` and its `suppliers`.
Leave out what you do not know: what is missing ranks as unknown, which is never low.
Text stays as you write it, so `country: NO` is Norway and a code keeps its zeros.
Numbers are digits, with a point before decimals.
`12.000` and `12,000` are refused: one reader sees twelve there, another twelve thousand.
`imvo-scan schema inventory` prints the JSON Schema this page is made from.
"""


def main() -> None:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8", newline="")
    elif PAGE.read_text(encoding="utf-8") != page():
        raise SystemExit("docs/inventory.md is old: run python tools/build_inventory_page.py")


def page() -> str:
    """The text of the page."""
    schema = json_schema()
    shapes = {"The file": schema, **schema["$defs"]}
    parts = [HEAD]
    for name, shape in shapes.items():
        if "properties" in shape:
            parts.append("\n".join([f"## {name}", "", *_table(shape)]) + "\n")
        elif "enum" in shape:
            words = ", ".join(f"`{word}`" for word in shape["enum"])
            parts.append(f"## {name}\n\n{_text(shape)}\n\nOne of: {words}.\n")
    return "\n".join(parts)


def _table(shape: Mapping[str, Any]) -> Iterator[str]:
    yield _text(shape)
    yield ""
    yield "| key | value | meaning |"
    yield "|---|---|---|"
    required = set(shape.get("required", ()))
    for key, entry in shape["properties"].items():
        mark = " (needed)" if key in required else ""
        yield f"| `{key}`{mark} | {_kind(entry)} | {_text(entry)} |"


def _text(shape: Mapping[str, Any]) -> str:
    return " ".join(str(shape.get("description", "")).split())


def _kind(entry: Mapping[str, Any]) -> str:
    """What a value is, in words."""
    if "$ref" in entry:
        return str(entry["$ref"]).rpartition("/")[2]
    if "anyOf" in entry:
        return " or ".join(_kind(one) for one in entry["anyOf"] if one.get("type") != "null")
    if entry.get("type") == "array":
        return f"list of {_kind(entry['items'])}"
    if "enum" in entry:
        return ", ".join(f"`{word}`" for word in entry["enum"])
    kind = entry.get("type", "text")
    names = {"string": "text", "integer": "whole number", "boolean": "yes or no"}
    said = " or ".join(names.get(one, one) for one in ([kind] if isinstance(kind, str) else kind))
    low, high = entry.get("minimum"), entry.get("maximum")
    if low is not None and high is not None:
        return f"{said}, {low} to {high}"
    return f"{said}, {low} or more" if low is not None else said


if __name__ == "__main__":
    main()

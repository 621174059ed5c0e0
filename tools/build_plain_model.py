"""Write src/imvo_scan/inventory/plain_model.json from the pydantic model of an inventory.

    python tools/build_plain_model.py [--check]

The file holds the plain part of the model as pydantic's core runs it, and what a scan needs to know
of the declarations of the fields. With `--check` nothing is
written: exit 1 where the file is not what the model gives.
"""

from __future__ import annotations

import argparse
import json
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import TypedDict

from imvo_scan.documents.number_fields import Whole
from imvo_scan.inventory.declaration import coded_keys, finding_columns, list_columns
from imvo_scan.inventory.entities import Buyer, Supplier
from imvo_scan.inventory.plain_model import PLAIN_MODEL
from imvo_scan.inventory.schema import PlainCompanyEntry, PlainSupplierEntry

_NOT_FOR_CHECKING = {
    "cls",
    "cls_name",
    "ref",
    "metadata",
    "serialization",
    "config_choose_priority",
}


class Head(TypedDict):
    """A plain inventory whose suppliers are checked elsewhere."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    imvo: Annotated[int, Whole(1, 1)]
    company: PlainCompanyEntry
    suppliers: list[Any]


def main() -> None:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    text = plain_model()
    if not arguments.check:
        PLAIN_MODEL.write_text(text, encoding="utf-8", newline="")
    elif PLAIN_MODEL.read_text(encoding="utf-8") != text:
        raise SystemExit(
            f"{PLAIN_MODEL} is not what the model gives: run tools/build_plain_model.py"
        )


def plain_model() -> str:
    """The text of plain_model.json."""
    shapes = {"head": Head, "supplier": PlainSupplierEntry}
    ready: dict[str, Any] = {
        name: _plain(TypeAdapter(shape).core_schema) for name, shape in shapes.items()
    }
    ready["coded"] = {"company": coded_keys(Buyer), "supplier": coded_keys(Supplier)}
    ready["finding_columns"] = finding_columns()
    ready["list_columns"] = list_columns()
    return json.dumps(ready, indent=1, sort_keys=True) + "\n"


def _plain(schema: Any) -> Any:
    """A core schema as plain data: classes left out, an enumeration as the words it knows."""
    if isinstance(schema, list | tuple):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "enum":
        return {"type": "literal", "expected": [member.value for member in schema["members"]]}
    return {key: _plain(item) for key, item in schema.items() if key not in _NOT_FOR_CHECKING}


if __name__ == "__main__":
    main()

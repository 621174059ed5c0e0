"""`imvo-scan schema NAME`: print the JSON Schema of a file format."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit


class Schema(StrEnum):
    """The formats that have a schema."""

    INVENTORY = "inventory"


def schema(
    name: Annotated[Schema, typer.Argument(help="Which format.", show_choices=True)],
) -> Exit:
    """Print the JSON Schema of a file format, for editors and other checkers."""
    from imvo_scan.inventory.model import json_schema

    document = {Schema.INVENTORY: json_schema}[name]()
    print(json.dumps(document, indent=2, ensure_ascii=False), file=standard_output())
    return Exit.OK

"""`imvo-scan schema NAME`: print the JSON Schema of a file format."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import LanguageOptions
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.sanitise import json_text


class Schema(StrEnum):
    """The formats that have a schema."""

    INVENTORY = "inventory"
    CONFIG = "config"
    WAIVERS = "waivers"
    BASELINE = "baseline"
    REPORT = "report"


HOMES = {
    Schema.INVENTORY: "imvo_scan.inventory.schema",
    Schema.CONFIG: "imvo_scan.settings.schema",
    Schema.WAIVERS: "imvo_scan.gate.waiver_file",
    Schema.BASELINE: "imvo_scan.gate.baseline",
    Schema.REPORT: "imvo_scan.output.formats.json_schema",
}


def schema(
    _: LanguageOptions,
    name: Annotated[Schema, typer.Argument(metavar="NAME", help="help.schema-name")],
) -> Exit:
    """Print the JSON Schema of a file format, for editors and other checkers."""
    from importlib import import_module

    document = import_module(HOMES[name]).json_schema()
    print(json_text(document, indent=2), file=standard_output())
    return Exit.OK

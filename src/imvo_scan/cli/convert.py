"""`imvo-scan convert FILE`: a list of suppliers as a YAML inventory, to keep and to mend."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli import importing
from imvo_scan.cli.inputs import read_raw
from imvo_scan.cli.terminal import complete_file, remark, standard_output
from imvo_scan.vocabulary import Exit


def convert(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A list: csv, xlsx, xls, ods, json or parquet.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")
    ] = None,
    map_: importing.Map = None,
    mapping: importing.Mapping = None,
    save_mapping: importing.SaveMapping = None,
    sector: importing.Sector = None,
    sheet: importing.SheetName = None,
    where: importing.Where = None,
    company: importing.Company = None,
    encoding: importing.Encoding = None,
    strict: importing.Strict = False,
    import_report: importing.ReportFile = None,
) -> Exit:
    """Write a list of suppliers as a YAML inventory."""
    from imvo_scan.spreadsheet.convert import inventory_text

    reading = importing.Importing(
        map_ or (), mapping, save_mapping, sector, sheet, where or (), company, encoding
    )
    imported = reading.read(read_raw(file), file)
    reading.write_report(import_report)
    if output is None:
        standard_output().writelines(inventory_text(imported))
    else:
        with complete_file(output) as sink:
            sink.writelines(inventory_text(imported))
        remark(f"Wrote {output}.")
    return Exit.FAILED if strict and reading.has_gaps else Exit.OK

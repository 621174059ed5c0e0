"""`imvo-scan convert FILE`: a list of suppliers as a YAML inventory, to keep and to mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli import importing
from imvo_scan.cli.inputs import read_raw
from imvo_scan.cli.terminal import complete_file, remark, standard_output
from imvo_scan.vocabulary import Exit, UsageError

_OF_INVENTORIES = (".yaml", ".yml", "")
_OF_LISTS = (".csv", ".txt", "")


def convert(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", help="A list (csv, xlsx, ods, ...) or an inventory."),
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
    """Write a list of suppliers as a YAML inventory, or an inventory as a list in CSV."""
    from imvo_scan.spreadsheet.convert import inventory_text

    reading = importing.Importing(
        map_ or (), mapping, save_mapping, sector, sheet, where or (), company, encoding
    )
    raw = read_raw(file)
    if not importing.is_table(file, raw):
        _check_ending(output, _OF_LISTS, "an inventory becomes a list in CSV")
        return _to_list(raw, file, output)
    _check_ending(output, _OF_INVENTORIES, "a list becomes an inventory in YAML")
    imported = reading.read(raw, file)
    reading.write_report(import_report)
    _write(inventory_text(imported), output)
    return reading.allowed(Exit.OK, strict=strict)


def _check_ending(output: Path | None, endings: tuple[str, ...], what: str) -> None:
    """Refuse a file whose name says that it holds something else. Raises `UsageError`."""
    if output is not None and output.suffix.casefold() not in endings:
        hint = f"Name it {output.stem}{endings[0]}."
        raise UsageError.of(f"--output {output.name}: {what}", hint)


def _to_list(raw: bytes, name: str, output: Path | None) -> Exit:
    """An inventory as CSV, one row a site; what a list cannot hold is said."""
    from imvo_scan.inventory import parse_inventory
    from imvo_scan.spreadsheet.export import list_text, with_more

    inventory = parse_inventory(raw, name)
    _write(list_text(inventory), output)
    more = with_more(inventory)
    if more:
        remark(f"{more:,} sites say more than a list can hold, such as evidence: not written.")
    return Exit.OK


def _write(lines: Iterator[str], output: Path | None) -> None:
    if output is None:
        standard_output().writelines(lines)
        return
    with complete_file(output) as sink:
        sink.writelines(lines)
    remark(f"Wrote {output}.")

"""`imvo-scan convert FILE`: a list of suppliers as a YAML inventory, to keep and to mend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import STANDARD_STREAM, complete_file, standard_output
from imvo_scan.cli.inputs import read_raw
from imvo_scan.cli.lists import is_table
from imvo_scan.cli.options import ScoringOptions
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.run_files import refuse_existing
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import tell
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import Message, message

if TYPE_CHECKING:
    from imvo_scan.inventory import Inventory

_OF_INVENTORIES = (".yaml", ".yml", "")
_OF_LISTS = (".csv", ".txt", "")


def convert(
    options: ScoringOptions,
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help="help.convert-file"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="help.convert-output"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="help.force")] = False,
) -> Exit:
    """Write a list of suppliers as a YAML inventory, or an inventory as a list in CSV."""
    from imvo_scan.core.file_names import source_of
    from imvo_scan.importer.to_yaml import inventory_text, plain_text

    session = Session(options, () if file is None else (file,), folders=False)
    name = session.only_file()
    session.run_files.writes(None if str(output) == STANDARD_STREAM else output, "--output")
    refuse_existing(output, force=force)
    raw = read_raw(name)
    if not is_table(name, raw):
        _check_ending(output, _OF_LISTS, message("cli.becomes-a-list"))
        _to_list(session.shown_inventory(session.inventory(raw, source_of(name))), output)
        return session.finish()
    _check_ending(output, _OF_INVENTORIES, message("cli.becomes-an-inventory"))
    imported = session.lists.read(raw, source_of(name), session.evidence)
    if session.is_public:
        _write(plain_text(session.shown_inventory(imported.inventory), tell), output)
    else:
        _write(inventory_text(imported, tell), output)
    return session.finish()


def _check_ending(output: Path | None, endings: tuple[str, ...], what: Message) -> None:
    """Refuse a file whose name says that it holds something else. Raises `UsageError`."""
    if output is not None and output.suffix.casefold() not in endings:
        hint = message("cli.name-it", file=f"{output.stem}{endings[0]}")
        place = f"--output {output.name}"
        raise UsageError.of(message("problem.line", place=place, what=what), hint)


def _to_list(inventory: Inventory, output: Path | None) -> None:
    """An inventory as CSV, one row a site; what a list cannot hold is said."""
    from imvo_scan.importer.to_csv import list_text, with_more

    _write(list_text(inventory), output)
    more = with_more(inventory)
    if more:
        remark(message("cli.more-than-a-list-holds", n=more))


def _write(lines: Iterator[str], output: Path | None) -> None:
    if output is None or str(output) == STANDARD_STREAM:
        standard_output().writelines(lines)
        return
    with complete_file(output) as sink:
        sink.writelines(lines)
    remark(message("cli.wrote", file=str(output)))

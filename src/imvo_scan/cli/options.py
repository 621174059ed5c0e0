"""The arguments and options that several commands share, each declared once.

Options that belong together are a frozen value (`ScoringOptions`); a command takes the value as one
parameter, and `cli.option_groups` shows its fields as options.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from imvo_scan.core.errors import UsageError
from imvo_scan.core.language import Language
from imvo_scan.settings import Resolved, resolve
from imvo_scan.settings.choices import Audience
from imvo_scan.settings.settings import NAMES

if TYPE_CHECKING:
    from imvo_scan.output.sections import Form

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="Inventories, lists, folders, or - for input."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Write Markdown.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """What every command that reads the tables takes: settings, tables, language."""

    lang: Annotated[Language | None, typer.Option(help="Language of names and headers.")] = None
    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Use your own tables from this folder."),
    ] = None
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings; else the nearest imvo-scan.yaml."),
    ] = None
    no_config: Annotated[bool, typer.Option("--no-config", help="Read no settings file.")] = False
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print each setting and its origin, and stop.")
    ] = False

    def resolved(self, inputs: Sequence[str] = ()) -> Resolved:
        """The settings for these inputs: the command line before everything else.

        Raises `UsageError`.
        """
        given = {name: _stated(getattr(self, name, None)) for name in NAMES}
        return resolve(given, os.environ, inputs, self.config, no_config=self.no_config)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringOptions(TableOptions):
    """What every command that scores takes, so that all of them show the sum of the scan."""

    audience: Annotated[
        Audience | None,
        typer.Option(help="public leaves out names, prices and what people told you."),
    ] = None
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge dates and evidence as on this day.")
    ] = None
    max_data_age: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="Refuse tables older than this.")
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=HEADER", help="Which column is which: country=Land."),
    ] = None
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The same, kept in a file."),
    ] = None
    save_mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the mapping used."),
    ] = None
    sector: Annotated[
        str | None, typer.Option(help="Sector of the rows of a list that name none.")
    ] = None
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which sheet of a workbook.")
    ] = None
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="HEADER=VALUE", help="Only rows of a list with this value."),
    ] = None
    company: Annotated[str | None, typer.Option(metavar="NAME", help="Whose list it is.")] = None
    encoding: Annotated[
        str | None, typer.Option(help="Of a CSV that is not UTF-8, such as cp1252.")
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 2 if a list has gaps.")] = (
        False
    )
    import_report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What became of each row, as JSON."),
    ] = None


def _stated(value: Any) -> Any:
    """What the command line says: an option that may be given again comes as a list."""
    return (tuple(value) or None) if isinstance(value, list) else value


def form_of(*, as_json: bool, markdown: bool = False) -> Form:
    """The form that was asked for. Raises `UsageError` where it is two."""
    from imvo_scan.output.sections import Form

    if as_json and markdown:
        raise UsageError.of("--json and --markdown cannot both be written", "Choose one.")
    return Form.JSON if as_json else Form.MARKDOWN if markdown else Form.TEXT

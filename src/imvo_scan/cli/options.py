"""The arguments and options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.vocabulary import Language, UsageError

if TYPE_CHECKING:
    from imvo_scan.output.sections import Form

Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Inventories, folders, or - for input.")
]
Lang = Annotated[Language, typer.Option(help="Language of names and headers.")]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Write Markdown.")]
Today = Annotated[
    str | None, typer.Option(metavar="DATE", help="Judge dates and evidence as on this day.")
]
OwnTables = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Use your own tables from this folder.")
]


def form_of(*, as_json: bool, markdown: bool = False) -> Form:
    """The form that was asked for. Raises `UsageError` where it is two."""
    from imvo_scan.output.sections import Form

    if as_json and markdown:
        raise UsageError.of("--json and --markdown cannot both be written", "Choose one.")
    return Form.JSON if as_json else Form.MARKDOWN if markdown else Form.TEXT

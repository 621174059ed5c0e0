"""`imvo-scan steps FILE`: the company's own six steps of due diligence."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import imvo_scan
from imvo_scan.cli.inputs import parse_day, report_of
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit, Language


def steps(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Inventories, folders, or - for input.")
    ],
    lang: Annotated[Language, typer.Option(help="Language of the page.")] = Language.ENGLISH,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write Markdown.")] = False,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge dates as on this day.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use your own tables from this folder.")
    ] = None,
) -> Exit:
    """Show for each of the six steps what the inventory evidences, and what is missing."""
    from imvo_scan.diligence import six_steps
    from imvo_scan.output.sections import Form
    from imvo_scan.output.stepped import write_steps

    form = Form.JSON if as_json else Form.MARKDOWN if markdown else Form.TEXT
    report = report_of(files, parse_day(today), data)
    write_steps(six_steps(report), lang, form, standard_output(), imvo_scan.__version__)
    return Exit.OK

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

from imvo_scan.cli.completion import languages_like
from imvo_scan.core.errors import UsageError
from imvo_scan.core.language import languages
from imvo_scan.core.message import message
from imvo_scan.settings import Resolved, resolve
from imvo_scan.settings.choices import Audience
from imvo_scan.settings.settings import NAMES

if TYPE_CHECKING:
    from imvo_scan.output.sections import Form

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="help.files"),
]
AsJson = Annotated[bool, typer.Option("--json", help="help.json")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="help.markdown")]


def _known_language(language: str | None) -> str | None:
    if language not in (None, *languages()):
        what = message("settings.language-unknown", language=str(language))
        raise UsageError.of(what, message("hint.known", choices=languages()))
    return language


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageOptions:
    """What every command takes: the language of all that a person reads."""

    lang: Annotated[
        str | None,
        typer.Option(
            metavar=f"<{'|'.join(languages())}>",
            help="help.lang",
            callback=_known_language,
            autocompletion=languages_like,
        ),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions(LanguageOptions):
    """What every command that reads the tables takes: settings, and tables of one's own."""

    data: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="help.data"),
    ] = None
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.config"),
    ] = None
    no_config: Annotated[bool, typer.Option("--no-config", help="help.no-config")] = False
    show_config: Annotated[bool, typer.Option("--show-config", help="help.show-config")] = False

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
        typer.Option(help="help.audience"),
    ] = None
    today: Annotated[str | None, typer.Option(metavar="DATE", help="help.today")] = None
    max_data_age: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="help.max-data-age")
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=HEADER", help="help.map"),
    ] = None
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.mapping"),
    ] = None
    save_mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.save-mapping"),
    ] = None
    sector: Annotated[str | None, typer.Option(metavar="SECTOR", help="help.sector")] = None
    sheet: Annotated[str | None, typer.Option(metavar="NAME", help="help.sheet")] = None
    where: Annotated[
        list[str] | None,
        typer.Option(metavar="HEADER=VALUE", help="help.where"),
    ] = None
    company: Annotated[str | None, typer.Option(metavar="NAME", help="help.company")] = None
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="help.encoding")] = None
    strict: Annotated[bool, typer.Option("--strict", help="help.strict")] = False
    import_report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="help.import-report"),
    ] = None


def _stated(value: Any) -> Any:
    """What the command line says: an option that may be given again comes as a list."""
    return (tuple(value) or None) if isinstance(value, list) else value


def form_of(*, as_json: bool, markdown: bool = False) -> Form:
    """The form that was asked for. Raises `UsageError` where it is two."""
    from imvo_scan.output.sections import Form

    if as_json and markdown:
        raise UsageError.of(message("cli.two-forms"), message("cli.choose-one"))
    return Form.JSON if as_json else Form.MARKDOWN if markdown else Form.TEXT

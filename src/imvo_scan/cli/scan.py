"""`imvo-scan FILE...`: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import imvo_scan
from imvo_scan.cli import importing
from imvo_scan.cli.inputs import parse_day
from imvo_scan.cli.terminal import complete_file, remark, standard_output
from imvo_scan.vocabulary import Exit, Language, Priority, UsageError

if TYPE_CHECKING:
    from imvo_scan.chain import Report
    from imvo_scan.evidence import Edition
    from imvo_scan.output import Options


class Class(StrEnum):
    """The classes, as written on the command line."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"

    def as_priority(self) -> Priority:
        """The class itself."""
        return Priority[self.value]


class By(StrEnum):
    """What a line of the table stands for."""

    HOT_SPOT = "hot-spot"
    SITE = "site"


class Audience(StrEnum):
    """For whom the report is."""

    INTERNAL = "internal"
    PUBLIC = "public"


class When(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def scan(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Inventories, folders, or - for input.")
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output", "-o", metavar="FORMAT[=FILE]", help="table or csv. May be given again."
        ),
    ] = None,
    fail_on: Annotated[
        Class | None, typer.Option(help="Exit with 1 if a finding is of this class or worse.")
    ] = None,
    min_priority: Annotated[
        Class | None, typer.Option(help="Show only findings of this class or worse.")
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(min=0, help="Lines in the table, 0 for all; usually a screenful."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show everything, also what is not indicated.")
    ] = False,
    by: Annotated[
        By, typer.Option(help="A line for each hot spot, or for each finding at a site.")
    ] = By.HOT_SPOT,
    lang: Annotated[
        Language, typer.Option(help="Language of names and headers.")
    ] = Language.ENGLISH,
    audience: Annotated[
        Audience, typer.Option(help="public leaves out names, prices and what people told you.")
    ] = Audience.INTERNAL,
    require_remedy: Annotated[
        bool,
        typer.Option(
            "--require-remedy", help="Exit with 1 if harm lacks an owner, remedy or date."
        ),
    ] = False,
    color: Annotated[When, typer.Option(help="Colour in the table.")] = When.AUTO,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge the age of evidence as on this day.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Scan with your own tables from this folder.")
    ] = None,
    max_data_age: Annotated[
        int | None, typer.Option(min=0, metavar="DAYS", help="Refuse tables older than this.")
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
    """Scan inventories: score every site on the nine risks and rank what is found, worst first."""
    from imvo_scan.chain import scan as scan_inventories
    from imvo_scan.cli.inputs import inventory_files, read_all
    from imvo_scan.evidence import load_evidence
    from imvo_scan.gate import decide
    from imvo_scan.output import Options, View
    from imvo_scan.output.summary import summary

    targets = [_target(text) for text in output or ["table"]]
    _refuse_mixed(targets)
    day = parse_day(today)
    paths = inventory_files(files)
    evidence = load_evidence(data)
    _refuse_old(evidence.edition, day or date.today(), max_data_age)
    lists = importing.Importing(
        map_ or (), mapping, save_mapping, sector, sheet, where or (), company, encoding
    )
    inventories, complete = read_all(paths, evidence, lists)
    lists.write_report(import_report)
    if not inventories:
        return Exit.FAILED
    if audience is Audience.PUBLIC:
        from imvo_scan.inventory.public import public_version

        inventories = [public_version(inventory) for inventory in inventories]
    report = scan_inventories(*inventories, evidence=evidence, today=day)
    options = Options(
        language=lang,
        view=View(by.value),
        top=top,
        everything=everything,
        least=min_priority.as_priority() if min_priority else None,
        colour=None if color is When.AUTO else color is When.ALWAYS,
    )
    threshold = fail_on.as_priority() if fail_on else None
    code = decide(report, threshold, require_remedy=require_remedy)
    if not complete or (strict and lists.has_gaps):
        code = Exit.FAILED
    try:
        for name, file in targets:
            _write(name, file, report, options)
    except BrokenPipeError:
        return code
    for line in summary(report, lang, imvo_scan.__version__):
        remark(line)
    return code


def _target(text: str) -> tuple[str, Path | None]:
    """A format and the file it goes to; None is standard output."""
    from imvo_scan.output import FORMATS
    from imvo_scan.words import did_you_mean

    name, separator, file = text.partition("=")
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) + " Known: " + ", ".join(FORMATS) + "."
        raise UsageError.of(f"{name!r} is not an output format", hint.strip())
    if separator and not file:
        raise UsageError.of(f"-o {text} names no file", f"Write -o {name}=FILE.")
    return name, Path(file) if file else None


def _refuse_old(edition: Edition, today: date, most: int | None) -> None:
    """Tables that are older than the user accepts are no basis for a scan."""
    age = (today - date.fromisoformat(edition.date)).days
    if most is not None and age > most:
        what = f"the tables are {age} days old, and {most} is the most you accept"
        raise UsageError.of(what, "Install a newer imvo-scan, or raise --max-data-age.")


def _refuse_mixed(targets: Sequence[tuple[str, Path | None]]) -> None:
    """Two reports in one place would be neither."""
    places = [file.resolve() if file else None for _, file in targets]
    if len(set(places)) < len(places):
        raise UsageError.of(
            "two outputs go to the same place", "Give each its own file: -o csv=findings.csv."
        )


def _write(name: str, file: Path | None, report: Report, options: Options) -> None:
    from imvo_scan.output import writer_of

    write = writer_of(name)
    if file is None:
        out = standard_output()
        write(report, out, options)
        out.flush()
        return
    with complete_file(file) as sink:
        write(report, sink, options)
    remark(f"Wrote {file}.")

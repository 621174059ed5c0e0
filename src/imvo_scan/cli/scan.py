"""`imvo-scan FILE...`: the main job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli import importing
from imvo_scan.cli.inputs import parse_day
from imvo_scan.cli.options import Files, OwnTables, Today
from imvo_scan.cli.scan_run import ScanRun
from imvo_scan.cli.terminal import standard_output
from imvo_scan.sanitise import clean
from imvo_scan.settings import resolve
from imvo_scan.settings.words import Audience, By, Class, When
from imvo_scan.vocabulary import Exit, Language


def scan(
    files: Files,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FORMAT[=FILE]",
            help="Such as csv=out.csv; may be given again.",
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
        bool | None,
        typer.Option("--all/--not-all", help="Show everything, also what is not indicated."),
    ] = None,
    by: Annotated[
        By | None, typer.Option(help="A line for each hot spot, or for each finding at a site.")
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="Language of names and headers.")] = None,
    audience: Annotated[
        Audience | None,
        typer.Option(help="public leaves out names, prices and what people told you."),
    ] = None,
    require_remedy: Annotated[
        bool | None,
        typer.Option(
            "--require-remedy/--not-require-remedy",
            help="Exit with 1 if harm lacks an owner, remedy or date.",
        ),
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings that are accepted for a time.")
    ] = None,
    no_waivers: Annotated[
        bool, typer.Option("--no-waivers", help="Apply no waiver at all.")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Count only what is not in this baseline.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Accept what is there now as the baseline.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings; else the nearest imvo-scan.yaml.")
    ] = None,
    no_config: Annotated[bool, typer.Option("--no-config", help="Read no settings file.")] = False,
    show_config: Annotated[
        bool, typer.Option("--show-config", help="Print each setting and its origin, and stop.")
    ] = False,
    color: Annotated[When | None, typer.Option(help="Colour in the table.")] = None,
    today: Today = None,
    data: OwnTables = None,
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
    given = {
        "output": tuple(output) if output else None,
        "fail_on": fail_on,
        "min_priority": min_priority,
        "top": top,
        "all": everything,
        "by": by,
        "lang": lang,
        "audience": audience,
        "color": color,
        "require_remedy": require_remedy,
        "waivers": waivers,
        "baseline": baseline,
        "data": data,
        "max_data_age": max_data_age,
    }
    settings = resolve(given, os.environ, files[0], config, no_config=no_config)
    if show_config:
        print(*map(clean, settings.lines()), sep="\n", file=standard_output())
        return Exit.OK
    lists = importing.Importing(
        map_ or (), mapping, save_mapping, sector, sheet, where or (), company, encoding
    )
    run = ScanRun(settings, files, parse_day(today), lists)
    if not run.read(import_report):
        return Exit.FAILED
    run.judge(no_waivers=no_waivers, write_baseline=write_baseline)
    return lists.allowed(run.write(), strict=strict)

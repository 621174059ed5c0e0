"""`imvo-scan waive [FILE...] SITE/RISK`: accept one finding for a time, in the waiver file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import complete_file
from imvo_scan.cli.inputs import parse_day
from imvo_scan.cli.named_findings import findings_named
from imvo_scan.cli.options import ScoringOptions
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.session import Session
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.file_names import STANDARD_INPUT, relative, shown
from imvo_scan.core.message import Text, message

if TYPE_CHECKING:
    from imvo_scan.chain import Finding, Report
    from imvo_scan.gate import Waiver

NEVER = "never"
HERE = "."
DEFAULT_FILE = Path("waivers.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiveOptions(ScoringOptions):
    """What a waiver says, and where it is written."""

    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="help.waive-reason")] = None
    approver: Annotated[str | None, typer.Option(metavar="NAME", help="help.waive-approver")] = None
    expires: Annotated[
        str | None, typer.Option(metavar="DATE|never", help="help.waive-expires")
    ] = None
    granted: Annotated[str | None, typer.Option(metavar="DATE", help="help.waive-granted")] = None
    waivers: Annotated[Path | None, typer.Option(metavar="FILE", help="help.waive-file")] = None


def waive(
    options: WaiveOptions,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...] SITE/RISK", help="help.waive-names"),
    ] = None,
) -> Exit:
    """Accept one finding for a time: write a waiver for it into the waiver file."""
    *files, name = names or ("",)
    session = Session(options, files or (HERE,))
    terms = _terms(options, session.today)
    path = _waiver_file(session)
    report = session.report()
    if not session.complete:
        raise UsageError.of(message("cli.no-waiver"), message("cli.mend-it-first"))
    finding = _finding(report, name)
    text = _text_with(path, finding, report, terms)
    with complete_file(path) as sink:
        sink.write(text)
    remark(message("cli.waived", file=str(path), finding=finding.id))
    if session.settings.waivers is None:
        remark(message("cli.scan-with-waivers", file=str(path)))
    return session.finish()


def _terms(options: WaiveOptions, today: date) -> dict[str, str]:
    """Why, by whom, from when and until when. Raises `UsageError` with all that is missing."""
    stated = {name: getattr(options, name) or "" for name in ("reason", "approver", "expires")}
    missing = tuple(f"--{name}" for name, text in stated.items() if not text.strip())
    if missing:
        raise UsageError.of(message("cli.waiver-needs", options=missing))
    granted = parse_day(options.granted) or today
    until = None if stated["expires"] == NEVER else parse_day(stated["expires"])
    return {
        "reason": stated["reason"],
        "approver": stated["approver"],
        "granted": granted.isoformat(),
        "expires": NEVER if until is None else until.isoformat(),
    }


def _waiver_file(session: Session) -> Path:
    """The file that is written, never one that is an input or that only found settings point to.

    Raises `UsageError`.
    """
    stated, resolved = session.settings.waivers, session.resolved
    path = stated or DEFAULT_FILE
    session.run_files.writes(path, "--waivers", own=stated)
    source = resolved.file if resolved.file and resolved.file.discovered else None
    if source is not None and resolved.origins["waivers"] == str(source.path):
        folder = source.path.resolve().parent
        if not path.resolve().is_relative_to(folder):
            what = message("cli.waivers-outside", file=str(path))
            raise UsageError.of(what, message("cli.name-waivers"))
    return path


def _finding(report: Report, name: str) -> Finding:
    """The one finding that is meant. Raises `UsageError` where it is none or several."""
    findings = findings_named(report, name)
    if "/" not in name:
        raise UsageError.of(message("cli.waive-one", name=name), message("cli.name-a-risk"))
    if len(findings) > 1:
        from imvo_scan.core.matching import all_of

        files = all_of(sorted(shown(one.site.at.source) for one in findings))
        raise UsageError.of(message("cli.waive-in-one", name=name, files=files))
    return findings[0]


def _text_with(path: Path, finding: Finding, report: Report, terms: dict[str, str]) -> str:
    """The text of the waiver file with the waiver. Raises `UsageError` where it is of no use."""
    from imvo_scan.gate import judge
    from imvo_scan.gate.waiver_append import waivers_there, with_waiver

    place, risk, source = finding.site.place, finding.risk, finding.site.at.source
    there = judge(report, waivers_there(path)).of(place, risk).waiver
    if there is not None:
        raise UsageError.of(_already(finding, there))
    entry = {"finding": finding.id}
    if len(report.inventories) > 1 and source != STANDARD_INPUT:
        entry["file"] = relative(source, path.parent)
    text, added = with_waiver(path, {**entry, **terms})
    verdict = judge(report, [added])
    if verdict.is_open(place, risk):
        why = verdict.notices[0].text if verdict.notices else ""
        raise UsageError.of(message("cli.waives-nothing", finding=finding.id), why)
    return text


def _already(finding: Finding, there: Waiver) -> Text:
    return message("cli.waived-already", finding=finding.id, where=there.where, until=there.until)

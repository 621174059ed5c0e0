"""`imvo-scan history FILE`: the findings of a file through its git history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, AsMarkdown, ScoringOptions, form_of
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import speaker
from imvo_scan.core.errors import ImvoScanError, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message

if TYPE_CHECKING:
    from imvo_scan.output.pages.diff import Moment


def history(
    options: ScoringOptions,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="help.history-file"),
    ] = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Show the count per class of every version in git, and since when each finding is open."""
    from imvo_scan.history.git_revisions import is_shallow
    from imvo_scan.output.pages.diff import write_history

    session = Session(options, () if file is None else (str(file),), folders=False)
    form = form_of(as_json=as_json, markdown=markdown)
    file = Path(session.only_file())
    moments = tuple(_moments(file, session))
    if not any(one.findings is not None for one in moments):
        what = message("cli.no-version", file=str(file))
        raise UsageError.of(what, message("cli.commit-first"))
    if is_shallow(file.parent):
        remark(message("cli.shallow"))
    if session.is_public:
        moments = _redacted(moments)
    edition, out = session.evidence.edition, standard_output()
    write_history(moments, edition, form, out, speaker())
    return session.finish()


def _moments(file: Path, session: Session) -> Iterator[Moment]:
    from imvo_scan.history.diff import snapshot_of
    from imvo_scan.history.git_revisions import content_at, history_of
    from imvo_scan.output.pages.diff import Moment

    if not file.exists():
        raise UsageError.of(message("cli.not-there", file=str(file)))
    for revision in history_of(file):
        name = f"{revision.commit[:10]}:{revision.path}"
        try:
            inventory = session.inventory(content_at(revision, file.parent), name)
            findings = snapshot_of(session.scored(inventory), name).findings
        except ImvoScanError as error:
            remark(message("cli.version-unreadable", name=name, what=error.problems[0].what))
            yield Moment(revision.commit, revision.date, None)
            continue
        known = {key: finding.known for key, finding in findings.items()}
        yield Moment(revision.commit, revision.date, known)


def _redacted(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """The same versions for outside eyes: a site has one name in all of them."""
    from imvo_scan.report.diff_redaction import renamed_finding, renaming

    sites = {key.rpartition("/")[0] for one in moments for key in one.findings or ()}
    renamed = renaming(sites)
    return tuple(
        replace(
            one,
            findings=one.findings
            and {renamed_finding(key, renamed): value for key, value in one.findings.items()},
        )
        for one in moments
    )

"""`imvo-scan diff OLD NEW`: what changed between two scans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import STANDARD_STREAM, standard_output
from imvo_scan.cli.inputs import read_raw
from imvo_scan.cli.options import AsJson, AsMarkdown, ScoringOptions, form_of
from imvo_scan.cli.session import Session
from imvo_scan.cli.speech import speaker
from imvo_scan.cli.streams import reader_may_leave
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.settings.choices import Class

if TYPE_CHECKING:
    from imvo_scan.history.diff import Snapshot

_REPORT = b'"schema_version"'
_HEAD = 200


def diff(
    options: ScoringOptions,
    old: Annotated[
        str | None,
        typer.Argument(metavar="OLD", help="help.diff-old"),
    ] = None,
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="help.diff-new")] = None,
    fail_on_new: Annotated[Class | None, typer.Option(help="help.fail-on-new")] = None,
    as_json: AsJson = False,
    markdown: AsMarkdown = False,
) -> Exit:
    """Show what is new, worse, better or closed, and what changed it."""
    from imvo_scan.history.diff import Comparison
    from imvo_scan.output.pages.diff import write_comparison

    names = [name for name in (old, new) if name is not None]
    texts = {name: _raw(name) for name in names}
    scanned = [_path(name) for name in names if not _is_report(texts[name])]
    session = Session(options, scanned, folders=False)
    for name in names:
        session.run_files.reads(_path(name), message("cli.the-input", name=name))
    if len(names) < 2 or names == [STANDARD_STREAM] * 2:  # noqa: PLR2004 - the old and the new
        raise UsageError.of(message("cli.two-inputs"), message("cli.name-two"))
    form = form_of(as_json=as_json, markdown=markdown)
    before, after = (_snapshot(name, texts[name], session) for name in names)
    comparison = Comparison(before, after)
    code = session.finish(comparison.decide(fail_on_new.as_priority() if fail_on_new else None))
    if session.is_public:
        from imvo_scan.report.diff_redaction import redacted_comparison

        comparison = redacted_comparison(comparison)
    edition, out = session.evidence.edition, standard_output()
    with reader_may_leave():
        write_comparison(comparison, edition, form, out, speaker())
    return code


def _raw(name: str) -> bytes:
    from imvo_scan.history.git_revisions import PREFIX, file_at

    return file_at(name) if name.startswith(PREFIX) else read_raw(name)


def _is_report(raw: bytes) -> bool:
    """Whether this is a report of a scan, which no settings change any more."""
    return _REPORT in raw[:_HEAD]


def _path(name: str) -> str:
    """Where an input stands, for its settings: `git:REV:PATH` stands where its path does."""
    from imvo_scan.history.git_revisions import PREFIX

    return name.split(":", 2)[-1] if name.startswith(PREFIX) else name


def _snapshot(name: str, raw: bytes, session: Session) -> Snapshot:
    """The findings of a JSON report as they are, of anything else as scanned now."""
    from imvo_scan.core.file_names import source_of
    from imvo_scan.history.diff import snapshot_of, snapshot_of_json

    if _is_report(raw):
        return snapshot_of_json(raw, source_of(name))
    inventory = session.inventory(raw, source_of(name))
    return snapshot_of(session.scored(inventory), source_of(name))

"""One scan as it goes: reading, judging, writing, each by the settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan.cli.destinations import STANDARD_STREAM, complete_file, standard_output
from imvo_scan.cli.progress import MANY_SITES, doing
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.speech import speaker
from imvo_scan.cli.streams import reader_may_leave
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import Message, Text, message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.version import __version__
from imvo_scan.settings.choices import Class, ColorChoice

if TYPE_CHECKING:
    from imvo_scan.chain import Report, Site
    from imvo_scan.cli.session import Session
    from imvo_scan.gate import Baseline, Verdict
    from imvo_scan.output import Options

MOST_NAMED = 20


class ScanRun:
    """A scan as it goes. Raises `UsageError` at once for outputs that cannot be."""

    report: Report
    verdict: Verdict

    def __init__(self, session: Session, write_baseline: Path | None = None) -> None:
        self.session = session
        self.settings = session.settings
        self.write_baseline = write_baseline
        self.targets = [_target(text) for text in self.settings.output]
        self._refuse_overwriting()

    def read(self) -> None:
        """Read and score what can be read. Raises `InventoryError` where nothing can."""
        self.report = self.session.report()

    def _refuse_overwriting(self) -> None:
        """An output never takes the place of what is read or of another output.

        Nor, named by settings that were only found, of any other file; a baseline of its own older
        self. Raises `UsageError`.
        """
        files, may_replace = self.session.run_files, self.session.resolved.may_replace
        for name, file in self.targets:
            files.writes(file, f"-o {name}")
            if file is not None and file.is_file() and not may_replace:
                what = message("cli.settings-replace-nothing", file=str(file))
                raise UsageError.of(what, message("cli.remove-or-name-settings"))
        if self.write_baseline is not None:
            files.writes(self.write_baseline, "--write-baseline", own=self.settings.baseline)

    def judge(self, *, no_waivers: bool) -> None:
        """Hold the findings against waivers and baseline, or write the baseline anew."""
        from imvo_scan.gate import judge, read_baseline, read_waivers

        path, known = self.settings.waivers, self.settings.baseline
        waivers = None if no_waivers else read_waivers(path) if path is not None else ()
        if self.write_baseline is not None:
            self._write_baseline(self.write_baseline, judge(self.report, waivers))
            known = self.write_baseline
        baseline = None if known is None else read_baseline(known)
        complete = self.session.complete
        self.verdict = judge(self.report, waivers, baseline, complete=complete)
        if self.session.is_public:
            self._redact()
        for notice in self.verdict.notices:
            remark(notice.text)

    def _redact(self) -> None:
        """From here on only what outside eyes may see; the findings keep their places."""
        from imvo_scan.gate.decision import redacted_verdict
        from imvo_scan.report.redaction import redacted

        self.report, self.verdict = redacted(self.report), redacted_verdict(self.verdict)

    def write(self) -> Exit:
        """Write every output and the summary; the exit code."""
        from imvo_scan.gate import decide
        from imvo_scan.output.summary import summary

        options = self._options()
        remedy = self.settings.require_remedy
        threshold = _priority(self.settings.fail_on)
        code = decide(self.report, threshold, self.verdict, require_remedy=remedy)
        for name, file in self.targets:
            _write(name, file, self.report, options)
        version = __version__
        for line in summary(self.report, speaker(), version, self.verdict):
            remark(line)
        for reason in self._why(threshold, require_remedy=remedy):
            remark(reason, style="red")
        return self.session.finish(code)

    def _why(self, threshold: Priority | None, *, require_remedy: bool) -> Iterator[Message]:
        """What the gate fails on, named; nothing where it does not fail."""
        from imvo_scan.diligence.remedy import without_remedy
        from imvo_scan.gate.decision import tripping

        if require_remedy:
            lacking = [self._at(one.site, one.id) for one in without_remedy(self.report)]
            if lacking:
                yield message("cli.fails-on-remedy", findings=_named(lacking))
        counts = self.verdict.open_counts(self.report) if threshold else {}
        number = sum(n for one, n in counts.items() if threshold and one.at_least(threshold))
        if threshold and number:
            first = islice(tripping(self.report, threshold, self.verdict), MOST_NAMED)
            ids = [self._at(finding.site, finding.id) for finding in first]
            named = _named(ids, number)
            yield message("cli.fails-on-class", label=threshold.label, findings=named)

    def _at(self, site: Site, identifier: str) -> str:
        """An id, after its file where there are several: ids are unique within a file only."""
        from imvo_scan.core.file_names import shown

        several = len(self.report.inventories) > 1
        return f"{shown(site.at.source)}: {identifier}" if several else identifier

    def _options(self) -> Options:
        from imvo_scan.output import Options, View

        settings, colour = self.settings, self.settings.color
        return Options(
            speaker=speaker(),
            view=View(settings.by.value),
            top=settings.top,
            everything=settings.everything,
            least=_priority(settings.min_priority),
            colour=None if colour is ColorChoice.AUTO else colour is ColorChoice.ALWAYS,
            verdict=self.verdict,
            fail_on=_priority(settings.fail_on),
        )

    def _write_baseline(self, path: Path, waived: Verdict) -> None:
        """Write the baseline anew, and say what it accepts that the one before did not.

        What is waived is not in it, so that it returns when the waiver ends. It is a file for
        inside and holds the user's own ids, whoever the report is for.
        """
        from imvo_scan.gate.baseline import baseline_of, read_replaced, render_baseline, renewed

        if not self.session.complete:
            raise UsageError.of(message("cli.no-baseline"), message("cli.mend-it-first"))
        before = read_replaced(path)
        baseline = baseline_of(
            self.report, before.folder, lambda place, risk: not waived.is_open(place, risk)
        )
        new = renewed(baseline, before, frozenset(before.names_of(self.report).values()))
        with complete_file(path) as sink:
            sink.write(render_baseline(new, self.report, __version__))
        remark(message("cli.wrote-baseline", file=str(path), n=len(new.findings)))
        self._say_accepted(new, before)

    def _say_accepted(self, new: Baseline, before: Baseline) -> None:
        from imvo_scan.gate.baseline import compared

        if not before.sites:
            return
        accepted, several = compared(new, before), len(new.files | before.files) > 1
        changes = (("cli.newly-accepted", accepted.added), ("cli.dropped", accepted.dropped))
        for code, keys in changes:
            if keys:
                ids = [key.named(with_file=several) for key in keys]
                which = str(len(ids)) if self.session.is_public else _named(ids)
                remark(message(code, findings=which))


def _named(ids: Sequence[str], number: int | None = None) -> Text:
    """The first of a list of `number` ids, and how many more there are."""
    more, first = (number or len(ids)) - MOST_NAMED, ", ".join(ids[:MOST_NAMED])
    return message("cli.and-more", first=first, n=more) if more > 0 else first


def _priority(named: Class | None) -> Priority | None:
    return None if named is None else named.as_priority()


def _target(text: str) -> tuple[str, Path | None]:
    """A format and the file it goes to; None is standard output."""
    from imvo_scan.core.matching import did_you_mean, known
    from imvo_scan.output import FORMATS

    name, separator, file = text.partition("=")
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or known(FORMATS)
        raise UsageError.of(message("cli.no-format", name=name), hint)
    if separator and not file:
        hint = message("cli.write-output", name=name)
        raise UsageError.of(message("cli.output-without-file", text=text), hint)
    return name, None if file in ("", STANDARD_STREAM) else Path(file)


def _write(name: str, file: Path | None, report: Report, options: Options) -> None:
    from imvo_scan.output import writer_of

    write = writer_of(name)
    if file is None:
        with reader_may_leave():
            write(report, standard_output(commands=name == "github"), options)
        return
    many = len(report.sites) > MANY_SITES
    with (
        doing(message("cli.writing", file=str(file)), takes_long=many),
        complete_file(file) as sink,
    ):
        write(report, sink, options)
    remark(message("cli.wrote", file=str(file)))

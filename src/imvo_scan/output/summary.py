"""The remarks after a scan: how many findings of each class, the worst, the gaps, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imvo_scan.chain import Finding, Report
from imvo_scan.core.file_names import shown
from imvo_scan.core.message import Message, Text, message
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.sanitise import clean
from imvo_scan.core.site_terms import HarmStatus
from imvo_scan.diligence.harm import ReportedHarm, sources_of
from imvo_scan.gate import EVERYTHING_OPEN, Status, Verdict
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.sections import tables_line

MOST_NAMED = 5
MOST_REMARKS = 10
_GAPS = {
    "country": "summary.gap-country",
    "sector": "summary.gap-sector",
    "country rating": "summary.gap-country-rating",
    "sector rating": "summary.gap-sector-rating",
    "workers": "summary.gap-workers",
    "tier": "summary.gap-tier",
    "grievance channel": "summary.gap-grievance-channel",
    "evidence under 12 months old": "summary.gap-fresh-evidence",
    "country and sector of the company itself": "summary.gap-company",
}


def summary(
    report: Report, speaker: Speaker, version: str, verdict: Verdict = EVERYTHING_OPEN
) -> Iterator[str]:
    """The lines of the summary; `version` is that of the program."""
    lines = _Summary(report, speaker, verdict)
    yield from map(speaker.tell, lines.messages())
    yield tables_line(report.edition, version, speaker)
    if report.edition.own_tables:
        yield speaker.say("summary.own-tables")
    yield speaker.say("summary.how-to-read")


@dataclass(frozen=True)
class _Summary:
    """What there is to say of a report, before its tables."""

    report: Report
    speaker: Speaker
    verdict: Verdict

    def messages(self) -> Iterator[Text]:
        """The messages in reading order."""
        yield self._counts()
        yield from self._harm()
        yield from self._standing()
        yield self._worst()
        yield from self._chain()
        yield from self._actions()
        yield from self._gaps()
        yield from self._goods()

    def _counts(self) -> Message:
        counts = self.report.counts
        return message(
            "summary.counts",
            sites=_sites(len(self.report.sites)),
            findings=message("summary.findings", n=sum(counts[one] for one in CLASSES)),
            classes=_classes(counts),
            rest=counts[Priority.NOT_INDICATED],
        )

    def _standing(self) -> Iterator[Message]:
        """What controls leave of the classes, and what is waived or known."""
        report, verdict = self.report, self.verdict
        if report.residual_counts != report.counts:
            yield message("summary.left", classes=_classes(report.residual_counts))
        yield message("summary.waived", n=verdict.number_of(Status.WAIVED))
        if verdict.has_baseline:
            opened, known = verdict.open_counts(report), verdict.number_of(Status.BASELINE)
            yield message("summary.known", n=known, classes=_classes(opened))

    def _harm(self) -> Iterator[Message]:
        """The harm that is reported, waived or not: it asks for remedy and not for a rank."""
        harm = ReportedHarm(self.report)
        if not harm.findings:
            return
        worst, remedied = harm.findings[0], harm.counts[HarmStatus.REMEDIED]
        told = [message("summary.harm-confirmed", n=harm.counts[HarmStatus.CONFIRMED])]
        if remedied:
            told.append(message("summary.harm-remedied", n=remedied))
        sources = tuple(message(f"source-type.{kind.value}") for kind in sources_of(worst))
        yield message(
            "summary.harm",
            n=len(harm.findings),
            statuses=tuple(told),
            worst=self._named(worst),
            sources=sources,
        )

    def _worst(self) -> Message:
        """The worst finding that is open."""
        worst = self.verdict.worst(self.report)
        if worst is None:
            return message("summary.none-open")
        return message("summary.worst", finding=self._named(worst))

    def _named(self, finding: Finding) -> Message:
        """A finding with the way to it, and its file where they are many."""
        wording = Wording(self.report.evidence.taxonomy, self.speaker)
        risk = wording.risk(finding.risk, short=True).lower()
        path = clean(" > ".join(finding.site.short_path))
        if len(self.report.inventories) > 1:
            path += f" ({clean(shown(finding.site.at.source))})"
        return message("summary.finding", label=finding.priority.label, risk=risk, path=path)

    def _chain(self) -> Iterator[Message]:
        """Where the chain is not known further, and sites that stand in the lists twice."""
        blind = self.report.blind_spots
        if blind:
            name = clean(blind[0].supplier.name)
            yield message("summary.blind", sites=_sites(len(blind)), name=name)
        if self.report.joined:
            yield message("summary.joined", list=clean(self._joined()))

    def _joined(self) -> str:
        joined, several = self.report.joined, len(self.report.inventories) > 1
        groups = sorted({tuple(sorted((place, *more))) for place, more in joined.items()})
        named = "; ".join(
            " = ".join(f"{shown(p.source)}: {p.id}" if several else p.id for p in group)
            for group in groups[:MOST_NAMED]
        )
        return named + ("; ..." * (len(groups) > MOST_NAMED))

    def _actions(self) -> Iterator[Message]:
        """What is wrong with the actions; nothing where no inventory has any."""
        if not any(inventory.actions for inventory in self.report.inventories):
            return
        from imvo_scan.diligence.actions import Actions

        actions = Actions(self.report)
        if actions.orphans:
            named = tuple(map(clean, actions.orphans[:MOST_NAMED]))
            yield message("summary.orphans", list=named)
        if actions.overdue:
            yield message("summary.overdue", n=len(actions.overdue))
        if actions.urgent_without:
            yield message("summary.without-action", n=actions.urgent_without)

    def _gaps(self) -> Iterator[Message]:
        if self.report.gaps:
            gaps = (
                message("summary.gap", name=message(_GAPS[gap]), sites=_sites(count))
                for gap, count in self.report.gaps.items()
            )
            yield message("summary.gaps", list=tuple(gaps))
        ahead = self.report.dated_ahead
        if ahead:
            first = clean(ahead[0].supplier.name)
            yield message("summary.dated-ahead", sites=_sites(len(ahead)), name=first)

    def _goods(self) -> Iterator[Message]:
        """What the goods tables have to say, of most sites first."""
        remarks = sorted(self.report.goods_remarks.items(), key=lambda one: -one[1])
        for remark, count in remarks[:MOST_REMARKS]:
            yield message("summary.of-goods", sites=_sites(count), remark=remark)
        if len(remarks) > MOST_REMARKS:
            yield message("summary.more-remarks", n=len(remarks) - MOST_REMARKS)


def _sites(number: int) -> Message:
    return message("summary.sites", n=number)


def _classes(counts: Mapping[Priority, int]) -> tuple[Message, ...]:
    return tuple(message("summary.class", label=p.label, number=counts[p]) for p in CLASSES)

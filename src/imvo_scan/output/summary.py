"""The remarks after a scan: how many findings of each class, the worst, the gaps, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imvo_scan.chain import Report
from imvo_scan.core.file_names import shown
from imvo_scan.core.language import Language
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.sanitise import clean
from imvo_scan.gate import EVERYTHING_OPEN, Status, Verdict
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker

MOST_NAMED = 5
MOST_REMARKS = 10
_EN, _NL = Language.ENGLISH, Language.DUTCH
_SAID = {
    _EN: {
        "counts": "{sites}, {findings} findings: {classes}; {rest} not indicated.",
        "left": "After controls and labels that count: {classes}.",
        "worst": "Worst: {label} {risk}: {path}",
        "none_open": "Worst: no finding is open.",
        "waived": "Waived: {n}.",
        "known": "Known from the baseline: {n}; open: {classes}.",
        "blind": "Chain unknown beyond here: {sites} of tier 1 in high-risk sectors, "
        "such as {name}.",
        "orphans": "Actions for findings that do not exist here: {list}.",
        "overdue": "Actions that are late: {n}.",
        "without": "P1 findings without an action: {n}.",
        "joined": "Listed more than once, so talk once: {list}.",
        "ahead": "A date lies after the day of the scan at {sites}, such as {name}: check it.",
        "remarks": "{n} more remarks about goods: see imvo-scan explain.",
        "gaps": "Not known: {list}. What is not known ranks as high risk.",
        "gap": "{name} ({sites})",
        "site": "1 site",
        "sites": "{n} sites",
        "tables": "imvo-scan {version}, tables {edition} of {date}, sha256 {sha}",
        "own": "These are your own tables, not those that come with imvo-scan.",
        "read": "Ratings of a country and a sector say where to look first; they prove nothing "
        "about a named site. The environment is outside this scan.",
    },
    _NL: {
        "counts": "{sites}, {findings} bevindingen: {classes}; {rest} niet aangewezen.",
        "left": "Na maatregelen en keurmerken die tellen: {classes}.",
        "worst": "Ergste: {label} {risk}: {path}",
        "none_open": "Ergste: er staat geen bevinding open.",
        "waived": "Vrijgesteld: {n}.",
        "known": "Bekend uit de baseline: {n}; open: {classes}.",
        "blind": "Keten hierna onbekend: {sites} van schakel 1 in risicosectoren, zoals {name}.",
        "orphans": "Acties voor bevindingen die hier niet bestaan: {list}.",
        "overdue": "Acties die te laat zijn: {n}.",
        "without": "P1-bevindingen zonder actie: {n}.",
        "joined": "Meer dan eens genoemd, dus praat één keer: {list}.",
        "ahead": "Een datum ligt na de dag van de scan bij {sites}, zoals {name}: kijk die na.",
        "remarks": "Nog {n} opmerkingen over goederen: zie imvo-scan explain.",
        "gaps": "Niet bekend: {list}. Wat niet bekend is, telt als hoog risico.",
        "gap": "{name} ({sites})",
        "site": "1 locatie",
        "sites": "{n} locaties",
        "tables": "imvo-scan {version}, tabellen {edition} van {date}, sha256 {sha}",
        "own": "Dit zijn uw eigen tabellen, niet die van imvo-scan zelf.",
        "read": "De score van een land en een sector zegt waar u eerst moet kijken; zij bewijst "
        "niets over een genoemde locatie. Het milieu valt buiten deze scan.",
    },
}
_GAPS = {
    _EN: {},
    _NL: {
        "country": "land",
        "sector": "sector",
        "country rating": "score van het land",
        "sector rating": "score van de sector",
        "workers": "werknemers",
        "tier": "schakel",
        "grievance channel": "klachtenregeling",
        "evidence under 12 months old": "bewijs van minder dan 12 maanden oud",
        "country and sector of the company itself": "land en sector van het bedrijf zelf",
    },
}


def summary(
    report: Report, language: Language, version: str, verdict: Verdict = EVERYTHING_OPEN
) -> Iterator[str]:
    """The lines of the summary; `version` is that of the program."""
    said = _SAID[language]
    counts = report.counts
    indicated = sum(counts[priority] for priority in CLASSES)
    yield said["counts"].format(
        sites=_sites(said, len(report.sites)),
        findings=f"{indicated:,}",
        classes=", ".join(f"{p.label} {counts[p]:,}" for p in CLASSES),
        rest=f"{counts[Priority.NOT_INDICATED]:,}",
    )
    if report.residual_counts != counts:
        left = report.residual_counts
        yield said["left"].format(classes=", ".join(f"{p.label} {left[p]:,}" for p in CLASSES))
    yield said["waived"].format(n=f"{verdict.number_of(Status.WAIVED):,}")
    if verdict.has_baseline:
        opened = verdict.open_counts(report)
        yield said["known"].format(
            n=f"{verdict.number_of(Status.BASELINE):,}",
            classes=", ".join(f"{p.label} {opened[p]:,}" for p in CLASSES),
        )
    yield _worst(report, language, verdict)
    yield from _chain(report, said)
    yield from _actions(report, said)
    if report.gaps:
        names = _GAPS[language]
        gaps = (
            said["gap"].format(name=names.get(name, name), sites=_sites(said, count))
            for name, count in report.gaps.items()
        )
        yield said["gaps"].format(list=", ".join(gaps))
    if report.dated_ahead:
        first = clean(report.dated_ahead[0].supplier.name)
        yield said["ahead"].format(sites=_sites(said, len(report.dated_ahead)), name=first)
    yield from _goods(report, said, Speaker(language))
    edition = report.edition
    yield said["tables"].format(
        version=version, edition=edition.number, date=edition.date, sha=edition.sha256
    )
    if edition.own_tables:
        yield said["own"]
    yield said["read"]


def _worst(report: Report, language: Language, verdict: Verdict) -> str:
    """The worst finding that is open, with the way to it and its file where there are several."""
    said, worst = _SAID[language], verdict.worst(report)
    if worst is None:
        return said["none_open"]
    risk = Wording(report.evidence.taxonomy, Speaker(language)).risk(worst.risk, short=True).lower()
    path = clean(" > ".join(worst.site.short_path))
    if len(report.inventories) > 1:
        path += f" ({clean(shown(worst.site.at.source))})"
    return said["worst"].format(label=worst.priority.label, risk=risk, path=path)


def _goods(report: Report, said: Mapping[str, str], speaker: Speaker) -> Iterator[str]:
    """What the goods tables have to say, of most sites first."""
    remarks = sorted(report.goods_remarks.items(), key=lambda one: -one[1])
    for remark, count in remarks[:MOST_REMARKS]:
        yield f"{_sites(said, count)}: {speaker.tell(remark)}"
    if len(remarks) > MOST_REMARKS:
        yield said["remarks"].format(n=len(remarks) - MOST_REMARKS)


def _chain(report: Report, said: Mapping[str, str]) -> Iterator[str]:
    """Where the chain is not known further, and sites that stand in the lists twice."""
    blind = report.blind_spots
    if blind:
        name = clean(blind[0].supplier.name)
        yield said["blind"].format(sites=_sites(said, len(blind)), name=name)
    if report.joined:
        groups = sorted({tuple(sorted((place, *more))) for place, more in report.joined.items()})
        several = len(report.inventories) > 1
        named = "; ".join(
            " = ".join(f"{shown(p.source)}: {p.id}" if several else p.id for p in group)
            for group in groups[:MOST_NAMED]
        )
        yield clean(said["joined"].format(list=named + ("; ..." * (len(groups) > MOST_NAMED))))


def _actions(report: Report, said: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the actions; nothing where no inventory has any."""
    if not any(inventory.actions for inventory in report.inventories):
        return
    from imvo_scan.diligence.actions import Actions

    actions = Actions(report)
    if actions.orphans:
        yield clean(said["orphans"].format(list=", ".join(actions.orphans[:MOST_NAMED])))
    if actions.overdue:
        yield said["overdue"].format(n=len(actions.overdue))
    if actions.urgent_without:
        yield said["without"].format(n=actions.urgent_without)


def _sites(said: Mapping[str, str], count: int) -> str:
    return said["site"] if count == 1 else said["sites"].format(n=f"{count:,}")

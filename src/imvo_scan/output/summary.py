"""The remarks after a scan: how many findings of each class, the worst, the gaps, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from imvo_scan.chain import Report
from imvo_scan.sanitise import clean
from imvo_scan.scoring.wording import Wording
from imvo_scan.vocabulary import CLASSES, Language, Priority

_EN, _NL = Language.ENGLISH, Language.DUTCH
_SAID = {
    _EN: {
        "counts": "{sites}, {findings} findings: {classes}; {rest} not indicated.",
        "worst": "Worst: {label} {risk}: {path}",
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
        "worst": "Ergste: {label} {risk}: {path}",
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
    },
}


def summary(report: Report, language: Language, version: str) -> Iterator[str]:
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
    worst = report.worst
    risk = Wording(report.evidence.words, language).risk(worst.risk, short=True).lower()
    path = clean(" > ".join(worst.site.path))
    yield said["worst"].format(label=worst.priority.label, risk=risk, path=path)
    if report.gaps:
        names = _GAPS[language]
        gaps = (
            said["gap"].format(name=names.get(name, name), sites=_sites(said, count))
            for name, count in report.gaps.items()
        )
        yield said["gaps"].format(list=", ".join(gaps))
    for remark, count in report.goods_remarks.items():
        yield f"{_sites(said, count)}: {remark}"
    edition = report.edition
    yield said["tables"].format(
        version=version, edition=edition.number, date=edition.date, sha=edition.sha256
    )
    if edition.own_tables:
        yield said["own"]
    yield said["read"]


def _sites(said: Mapping[str, str], count: int) -> str:
    return said["site"] if count == 1 else said["sites"].format(n=f"{count:,}")

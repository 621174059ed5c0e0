"""What is known of a country, sector or good as nine rows, worst first, with their sources."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from imvo_scan.evidence import Evidence
from imvo_scan.evidence.sources import Source, load_sources
from imvo_scan.inventory import Supplier
from imvo_scan.output.explained import columns
from imvo_scan.scoring import Assessment, Scorer, profile_of
from imvo_scan.scoring.explanation import Explainer, Explanation
from imvo_scan.scoring.score import goods_of
from imvo_scan.scoring.wording import Wording
from imvo_scan.vocabulary import Language

SCHEMA_VERSION = "1"
_NO_DAY = date(1970, 1, 1)  # no site evidence is looked up, so no age is judged
_HEADS = {
    Language.ENGLISH: ("Class", "Risk", "Vector", "Country", "Sector", "Listed", "Sources"),
    Language.DUTCH: ("Klasse", "Risico", "Vector", "Land", "Sector", "Op lijst", "Bronnen"),
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One risk: what is known, and what it rests on."""

    assessment: Assessment
    explanation: Explanation


def write_lookup(
    evidence: Evidence, place: Supplier, language: Language, version: str, *, as_json: bool
) -> tuple[str, tuple[str, ...]]:
    """The text of a lookup and the remarks that go with it."""
    profile = profile_of(place)
    explainer = Explainer(evidence)
    rows = [
        _Row(assessment, explainer.explain(assessment, place))
        for assessment in sorted(Scorer(evidence, _NO_DAY).score(profile), key=_worst_first(place))
    ]
    notices = goods_of(evidence, profile).notices
    if as_json:
        return _json(evidence, place, rows, version), notices
    lines = [*_head(evidence, place, language), "", *_table(evidence, place, rows, language), ""]
    lines += _sources(rows, load_sources(evidence.directory))
    edition = evidence.edition
    lines.append(
        f"imvo-scan {version}, tables {edition.number} of {edition.date}, sha256 {edition.sha256}"
    )
    return "\n".join(lines) + "\n", notices


def _worst_first(place: Supplier):  # type: ignore[no-untyped-def] # noqa: ANN202 - see below
    """With country and sector the rank of METHOD 4; with one of them, the rating that is known."""

    def key(assessment: Assessment) -> tuple[int, ...]:
        if place.country is not None and place.sector is not None:
            return assessment.rank
        c, s = assessment.likelihood.counted
        known = s if place.country is None else c
        return (-known, *assessment.rank)

    return key


def _head(evidence: Evidence, place: Supplier, language: Language) -> Iterator[str]:
    words = evidence.words
    named = [
        ", ".join(place.goods),
        words.sector_name(place.sector, language) if place.sector else "",
        words.country_name(place.country, language) if place.country else "",
        place.region or "",
    ]
    yield " · ".join(part for part in named if part)
    if place.sector is not None and place.sector not in words.high_risk_sectors:
        yield {
            Language.ENGLISH: "This sector is not one of the twelve high-risk sectors.",
            Language.DUTCH: "Deze sector is niet een van de twaalf risicosectoren.",
        }[language]


def _table(
    evidence: Evidence, place: Supplier, rows: list[_Row], language: Language
) -> Iterator[str]:
    wording = Wording(evidence.words, language)
    both = place.country is not None and place.sector is not None
    body = []
    for row in rows:
        likelihood = row.assessment.likelihood
        body.append(
            (
                row.assessment.priority.label if both else "",
                wording.risk(row.assessment.risk),
                row.assessment.vector if both else "",
                str(likelihood.country_rating) if place.country else "",
                str(likelihood.sector_rating) if place.sector else "",
                ", ".join(dict.fromkeys(one.label(language) for one in likelihood.listings)),
                ", ".join(source.id for source in row.explanation.sources),
            )
        )
    yield from columns(_HEADS[language], tuple(body))


def _sources(rows: list[_Row], sources: Mapping[str, Source]) -> Iterator[str]:
    used = dict.fromkeys(source.id for row in rows for source in row.explanation.sources)
    table = tuple((key, sources[key].short, sources[key].licence) for key in used)
    yield from columns(("", "", ""), table)


def _json(evidence: Evidence, place: Supplier, rows: list[_Row], version: str) -> str:
    edition = evidence.edition
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "imvo-scan", "version": version},
        "tables": {"edition": edition.number, "date": edition.date, "sha256": edition.sha256},
        "country": place.country,
        "sector": place.sector,
        "goods": list(place.goods),
        "risks": [
            {
                "risk": row.assessment.risk.value,
                "priority": row.assessment.priority.label,
                "vector": row.assessment.vector,
                "country_rating": _or_none(row.assessment.likelihood.country_rating),
                "sector_rating": _or_none(row.assessment.likelihood.sector_rating),
                "listings": [one.said for one in row.assessment.likelihood.listings],
                "sources": [source.id for source in row.explanation.sources],
            }
            for row in rows
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _or_none(rating: object) -> int | None:
    return rating if isinstance(rating, int) else None

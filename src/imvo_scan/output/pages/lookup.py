"""What is known of a country, sector or good as nine rows, worst first, with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from imvo_scan.core.language import Language
from imvo_scan.core.message import Text
from imvo_scan.core.sanitise import json_text
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Supplier
from imvo_scan.messages.explanation import Explainer, Explanation
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.console import console_for, grid, plain
from imvo_scan.output.interface import Sink
from imvo_scan.output.pages.explain import cited
from imvo_scan.output.sections import SCHEMA_VERSION, tables_line
from imvo_scan.scoring import Assessment, Scorer, profile_of
from imvo_scan.scoring.score import goods_of

_NO_DAY = date(1970, 1, 1)  # no site evidence is looked up, so no age is judged
_HEADS = {
    Language.ENGLISH: ("Class", "Risk", "Vector", "Country", "Sector", "Listed", "Sources"),
    Language.DUTCH: ("Klasse", "Risico", "Vector", "Land", "Sector", "Op lijst", "Bronnen"),
}
_OUTSIDE = {
    Language.ENGLISH: "This sector is not one of the twelve high-risk sectors.",
    Language.DUTCH: "Deze sector is niet een van de twaalf risicosectoren.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One risk: what is known, and what it rests on."""

    assessment: Assessment
    explanation: Explanation


@dataclass(frozen=True)
class Lookup:
    """What is known of a place: a country, a sector, goods, or some of these."""

    evidence: Evidence
    place: Supplier
    language: Language

    @cached_property
    def rows(self) -> list[Row]:
        """Nine rows: by the rank of METHOD 4, or by the one rating that is known."""
        scored = Scorer(self.evidence, _NO_DAY).score(profile_of(self.place))
        explainer = Explainer(self.evidence)
        return [
            Row(one, explainer.explain(one, self.place)) for one in sorted(scored, key=self._rank)
        ]

    @property
    def notices(self) -> tuple[Text, ...]:
        """What the goods tables have to say beyond listings."""
        return goods_of(self.evidence, profile_of(self.place)).notices

    def write_json(self, sink: Sink, version: str) -> None:
        """Write the rows as JSON; `version` is that of the program."""
        sink.write(json_text(self._document(version), indent=2) + "\n")

    def write_text(self, sink: Sink, version: str) -> None:
        """Write the rows as a table, and the sources they name by number."""
        console = console_for(sink)
        for line in self._title():
            console.print(plain(line, "bold"))
        used = dict.fromkeys(source for row in self.rows for source in row.explanation.sources)
        numbers = {source.id: number for number, source in enumerate(used, start=1)}
        body = [self._cells(row, numbers) for row in self.rows]
        heads = _HEADS[self.language]
        kept = [n for n in range(len(heads)) if any(cells[n] for cells in body)]
        shown = [[cells[n] for n in kept] for cells in body]
        console.print(grid([heads[n] for n in kept], shown, console))
        for source in used:
            console.print(plain(f"[{numbers[source.id]}] {cited(source)}"))
        console.print(plain("\n" + tables_line(self.evidence.edition, version)))

    @property
    def _whole(self) -> bool:
        """Whether country and sector are both known, so that the risks can be ranked."""
        return self.place.country is not None and self.place.sector is not None

    def _rank(self, assessment: Assessment) -> tuple[int, ...]:
        if self._whole:
            return assessment.rank
        c, s = assessment.likelihood.counted
        return (-(s if self.place.country is None else c), *assessment.rank)

    def _title(self) -> Iterator[str]:
        taxonomy, place = self.evidence.taxonomy, self.place
        named = [
            ", ".join(place.goods),
            taxonomy.sector_name(place.sector, self.language) if place.sector else "",
            taxonomy.country_name(place.country, self.language) if place.country else "",
            place.region or "",
        ]
        yield " · ".join(part for part in named if part)
        if place.sector is not None and place.sector not in taxonomy.high_risk_sectors:
            yield _OUTSIDE[self.language]

    def _cells(self, row: Row, numbers: Mapping[str, int]) -> tuple[str, ...]:
        likelihood = row.assessment.likelihood
        listed = dict.fromkeys(one.label(self.language) for one in likelihood.listings)
        return (
            row.assessment.priority.label if self._whole else "",
            Wording(self.evidence.taxonomy, Speaker(self.language)).risk(row.assessment.risk),
            row.assessment.vector if self._whole else "",
            str(likelihood.country_rating) if self.place.country else "",
            str(likelihood.sector_rating) if self.place.sector else "",
            ", ".join(listed),
            ", ".join(str(numbers[source.id]) for source in row.explanation.sources),
        )

    def _document(self, version: str) -> dict[str, object]:
        edition = self.evidence.edition
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "imvo-scan", "version": version},
            "tables": edition.described,
            "country": self.place.country,
            "sector": self.place.sector,
            "goods": list(self.place.goods),
            "risks": [_as_json(row) for row in self.rows],
        }


def _as_json(row: Row) -> dict[str, object]:
    likelihood = row.assessment.likelihood
    return {
        "risk": row.assessment.risk.value,
        "priority": row.assessment.priority.label,
        "vector": row.assessment.vector,
        "country_rating": _or_none(likelihood.country_rating),
        "sector_rating": _or_none(likelihood.sector_rating),
        "listings": [str(one.statement) for one in likelihood.listings],
        "sources": [source.id for source in row.explanation.sources],
    }


def _or_none(rating: object) -> int | None:
    return rating if isinstance(rating, int) else None

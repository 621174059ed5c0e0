"""What is known of a country, sector or good as nine rows, worst first, with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress

from imvo_scan.core.levels import Unknown
from imvo_scan.core.message import Text
from imvo_scan.core.sanitise import json_text
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Supplier
from imvo_scan.messages.explanation import Explainer, Explanation
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.citations import cited
from imvo_scan.output.console import console_for, grid, plain
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import SCHEMA_VERSION, tables_line
from imvo_scan.scoring import Assessment, Scorer, profile_of
from imvo_scan.scoring.signals import goods_of

_NO_DAY = date(1970, 1, 1)  # no site evidence is looked up, so no age is judged
_COLUMNS = (
    "table.class",
    "table.risk",
    "table.vector",
    "table.country",
    "table.sector",
    "lookup.listed",
    "page.sources",
)


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
    speaker: Speaker

    @cached_property
    def rows(self) -> list[Row]:
        """Nine rows: by the rank of METHOD 4, or by the one rating that is known."""
        scored = Scorer(self.evidence, _NO_DAY).score(profile_of(self.place))
        explainer = Explainer(self.evidence, self.speaker)
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
        filled = [any(column) for column in zip(*body, strict=True)]
        head, *rows = (list(compress(cells, filled)) for cells in (_COLUMNS, *body))
        console.print(grid(list(map(self.speaker.say, head)), rows, console))
        for source in used:
            console.print(plain(f"[{numbers[source.id]}] {cited(source, self.speaker)}"))
        console.print(plain("\n" + tables_line(self.evidence.edition, version, self.speaker)))

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
        taxonomy, place, language = self.evidence.taxonomy, self.place, self.speaker.language
        named = [
            ", ".join(place.goods),
            taxonomy.sector_name(place.sector, language) if place.sector else "",
            taxonomy.country_name(place.country, language) if place.country else "",
            place.region or "",
        ]
        yield " · ".join(part for part in named if part)
        if place.sector is not None and place.sector not in taxonomy.high_risk_sectors:
            yield self.speaker.say("lookup.no-high-risk-sector")

    def _cells(self, row: Row, numbers: Mapping[str, int]) -> tuple[str, ...]:
        likelihood = row.assessment.likelihood
        listed = dict.fromkeys(one.label(self.speaker.language) for one in likelihood.listings)
        return (
            row.assessment.priority.label if self._whole else "",
            Wording(self.evidence.taxonomy, self.speaker).risk(row.assessment.risk),
            row.assessment.vector if self._whole else "",
            self._rating(likelihood.country_rating) if self.place.country else "",
            self._rating(likelihood.sector_rating) if self.place.sector else "",
            ", ".join(listed),
            ", ".join(str(numbers[source.id]) for source in row.explanation.sources),
        )

    def _rating(self, rating: object) -> str:
        unknown = isinstance(rating, Unknown)
        return self.speaker.say("lookup.unknown") if unknown else str(rating)

    def _document(self, version: str) -> dict[str, object]:
        edition = self.evidence.edition
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "imvo-scan", "version": version},
            "tables": edition.described,
            "country": self.place.country,
            "sector": self.place.sector,
            "goods": list(self.place.goods),
            "risks": [_as_json(row, self.speaker) for row in self.rows],
        }


def _as_json(row: Row, speaker: Speaker) -> dict[str, object]:
    likelihood = row.assessment.likelihood
    return {
        "risk": row.assessment.risk.value,
        "priority": row.assessment.priority.label,
        "vector": row.assessment.vector,
        "country_rating": _or_none(likelihood.country_rating),
        "sector_rating": _or_none(likelihood.sector_rating),
        "listings": [speaker.tell(one.statement) for one in likelihood.listings],
        "sources": [source.id for source in row.explanation.sources],
    }


def _or_none(rating: object) -> int | None:
    return rating if isinstance(rating, int) else None

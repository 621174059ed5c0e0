"""An explanation as text, Markdown or JSON; all three say the same, from one list of sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from imvo_scan.core.levels import Unknown
from imvo_scan.core.message import message
from imvo_scan.core.version import __version__
from imvo_scan.evidence import Edition
from imvo_scan.messages.explanation import (
    Circumstance,
    CountryRating,
    Explanation,
    FigureUsed,
    SectorRating,
)
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.citations import cited
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections


def write_explanations(
    explanations: Sequence[Explanation],
    edition: Edition,
    form: Form,
    sink: Sink,
    speaker: Speaker,
) -> None:
    """Write explanations in a form, in the language in which they were made."""
    if form is Form.JSON:
        findings = list(map(_document, explanations))
        sink.write(as_json({"findings": findings}, edition, __version__))
        return
    page = _Page(speaker)
    parts = (section for one in explanations for section in page.sections(one))
    write_sections(parts, tables_line(edition, __version__, speaker), form, sink)


def _document(it: Explanation) -> dict[str, object]:
    return {**asdict(it), "sources": [source._asdict() for source in it.sources]}


@dataclass(frozen=True, slots=True)
class _Page:
    """The sections of an explanation, in one language."""

    speaker: Speaker

    def sections(self, it: Explanation) -> Iterator[Section]:
        """Everything an explanation says, in reading order."""
        say = self.speaker.say
        yield self._top(it)
        yield Section(
            say("explain.sum"),
            head=self._head("step", "from", "result"),
            rows=tuple((step.name, step.sum, step.result) for step in it.steps),
        )
        if it.incident or it.observed:
            happened = (*filter(None, [it.incident]), *it.remedy, *it.observed)
            yield Section(say("explain.happened"), happened)
        yield from self._country(it.country)
        yield from map(self._sector, it.sectors)
        if it.listings:
            yield self._circumstances(say("explain.listed-goods"), it.listings)
        if it.aggravators:
            yield self._circumstances(say("explain.aggravators"), it.aggravators)
        if it.override:
            yield Section(say("explain.by-hand"), (it.override,))
        if it.credits or it.on_the_path:
            yield Section(say("explain.credits"), (*it.credits, *it.on_the_path))
        yield Section(say("explain.involvement"), (it.involvement,))
        confidence = (it.confidence_why, *it.stale, it.confidence_next)
        yield Section(say("explain.confidence"), confidence)
        yield Section(say("explain.norms"), it.norms)
        yield Section(say("explain.next"), (it.next_step,))
        cited_sources = tuple(cited(source, self.speaker) for source in it.sources)
        yield Section(say("explain.sources"), cited_sources, links=True)

    def _top(self, it: Explanation) -> Section:
        """The finding and where it is; the file where there are several, as ids are of one file."""
        title = self.speaker.say(
            "explain.title",
            label=it.priority.label,
            residual=it.residual.label,
            risk=it.risk_name,
            supplier=it.supplier,
        )
        finding = f"{it.file}: " * bool(it.file) + f"{it.site_id}/{it.risk}"
        where = self.speaker.say(
            "explain.where", finding=finding, vector=it.vector, confidence=it.confidence.value
        )
        return Section(title, (where, it.reason), top=True)

    def _head(self, *columns: str) -> tuple[str, ...]:
        return tuple(self.speaker.tell(message(f"explain.column-{name}")) for name in columns)

    def _circumstances(self, title: str, circumstances: Iterable[Circumstance]) -> Section:
        rows = tuple(
            (one.what, self.speaker.tell(message(f"origin.{one.origin}")), one.reason, one.source)
            for one in circumstances
        )
        return Section(title, head=self._head("what", "from", "why", "source"), rows=rows)

    def _sector(self, sector: SectorRating) -> Section:
        about = message(f"sector-about.{sector.about}")
        basis = message(f"basis.{sector.basis}")
        rating = self.speaker.say(
            "explain.sector-rating", rating=str(sector.rating), about=about, basis=basis
        )
        lines = [rating, sector.reason]
        if sector.sources:
            lines.append(self.speaker.say("explain.sources-of-rating", sources=sector.sources))
        return Section(self.speaker.say("explain.sector", name=sector.sector), tuple(lines))

    def _country(self, country: CountryRating | None) -> Iterator[Section]:
        if country is None:
            return
        lines = [self.speaker.say("explain.country-rating", rating=str(country.rating))]
        if country.mean:
            lines.append(self.speaker.say("explain.mean", mean=country.mean))
        elif isinstance(country.rating, Unknown):
            lines = [self.speaker.say("explain.no-figure")]
        lines += [f"{text} ({source})" if source else text for text, source in country.adjustments]
        head = self._head("figure", "value", "year", "bands", "band", "counts-as", "source")
        rows = tuple(map(self._figure, country.figures))
        title = self.speaker.say("explain.country", name=country.country)
        yield Section(title, tuple(lines), head if rows else (), rows)

    def _figure(self, figure: FigureUsed) -> tuple[str, ...]:
        sign = "<=" if figure.direction == "higher-is-worse" else ">="
        cuts = " ".join(f"{sign}{self._number(cut)}" for cut in figure.cuts)
        counts = "-" if figure.counts_as is None else str(figure.counts_as)
        return (
            figure.title,
            f"{self._number(figure.value)} {figure.unit}",
            figure.year,
            self.speaker.say("explain.bands", cuts=cuts),
            str(figure.band),
            f"{counts} ({figure.remark})" if figure.remark else counts,
            figure.source,
        )

    def _number(self, text: str) -> str:
        return self.speaker.number(Decimal(text))

"""An explanation as text, Markdown or JSON; all three say the same, from one list of sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from imvo_scan.core.levels import Unknown
from imvo_scan.evidence import Edition
from imvo_scan.messages.explanation import CountryRating, Explanation, FigureUsed
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.citations import cited
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections


def write_explanations(
    explanations: Sequence[Explanation],
    edition: Edition,
    version: str,
    form: Form,
    sink: Sink,
) -> None:
    """Write explanations in a form; `version` is that of the program."""
    if form is Form.JSON:
        sink.write(as_json({"findings": list(map(_document, explanations))}, edition, version))
        return
    parts = (section for one in explanations for section in sections(one))
    write_sections(parts, tables_line(edition, version, Speaker()), form, sink)


def _document(it: Explanation) -> dict[str, object]:
    return {**asdict(it), "sources": [source._asdict() for source in it.sources]}


def sections(it: Explanation) -> Iterator[Section]:
    """Everything an explanation says, in reading order."""
    yield Section(
        f"{it.priority.label} (residual {it.residual.label})  {it.risk_name}: {it.supplier}",
        (
            f"{_at(it)}{it.site_id}/{it.risk}   {it.vector}   confidence {it.confidence.value}",
            it.reason,
        ),
        top=True,
    )
    yield Section(
        "The sum",
        head=("Step", "From", "Result"),
        rows=tuple((step.name, step.sum, step.result) for step in it.steps),
    )
    if it.incident or it.observed:
        happened = (*filter(None, [it.incident]), *it.remedy, *it.observed)
        yield Section("What happened here", happened)
    yield from _country(it.country)
    for sector in it.sectors:
        about = {"own": "own operations", "chain": "the chain behind it"}.get(sector.about, "both")
        lines = [f"Rating {sector.rating} of 5, about {about}; basis: {sector.basis}."]
        lines += [sector.reason, *_from(sector.sources)]
        yield Section(f"Sector: {sector.sector}", tuple(lines))
    for title, found in (("Listed goods", it.listings), ("What makes it worse", it.aggravators)):
        if found:
            said = tuple((one.what, one.origin, one.reason, one.source) for one in found)
            yield Section(title, head=("What", "From", "Why", "Source"), rows=said)
    if it.override:
        yield Section("Set by hand", (it.override,))
    if it.credits or it.on_the_path:
        yield Section("Labels and controls", (*it.credits, *it.on_the_path))
    yield Section("Involvement", (it.involvement,))
    yield Section("Confidence", (it.confidence_why, *it.stale, it.confidence_next))
    yield Section("Norms", it.norms)
    yield Section("What to do next", (it.next_step,))
    yield Section("Sources", tuple(cited(one, Speaker()) for one in it.sources), links=True)


def _at(it: Explanation) -> str:
    """The file before an id, where there are several: ids are unique within a file only."""
    return f"{it.file}: " if it.file else ""


def _country(country: CountryRating | None) -> Iterator[Section]:
    if country is None:
        return
    lines = [f"Rating {country.rating} of 5."]
    if country.mean:
        lines.append(f"Mean of the bands: {country.mean}.")
    elif isinstance(country.rating, Unknown):
        lines = ["No figure for this risk, so the rating is unknown and counts as 4."]
    lines += [f"{text} ({source})" if source else text for text, source in country.adjustments]
    head = ("Figure", "Value", "Year", "Bands 1 to 5", "Band", "Counts as", "Source")
    rows = tuple(_figure_row(figure) for figure in country.figures)
    yield Section(f"Country: {country.country}", tuple(lines), head if rows else (), rows)


def _figure_row(figure: FigureUsed) -> tuple[str, ...]:
    sign = "<=" if figure.direction == "higher-is-worse" else ">="
    counts = "-" if figure.counts_as is None else str(figure.counts_as)
    if figure.remark:
        counts += f" ({figure.remark})"
    return (
        figure.title,
        f"{figure.value} {figure.unit}",
        figure.year,
        " ".join(f"{sign}{cut}" for cut in figure.cuts) + " else",
        str(figure.band),
        counts,
        figure.source,
    )


def _from(sources: Iterable[str]) -> list[str]:
    named = ", ".join(sources)
    return [f"From: {named}."] if named else []

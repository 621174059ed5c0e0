"""An explanation as text, Markdown or JSON; all three say the same, from one list of sections."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from imvo_scan.evidence import Edition
from imvo_scan.output.console import console_for, grid, plain
from imvo_scan.output.interface import Sink
from imvo_scan.sanitise import clean
from imvo_scan.scoring.explanation import CountryRating, Explanation, FigureUsed
from imvo_scan.vocabulary import Priority, Unknown

if TYPE_CHECKING:
    from rich.console import Console

    from imvo_scan.evidence.sources import Source

SCHEMA_VERSION = "1"


class Form(StrEnum):
    """How an explanation is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with lines, and perhaps a table: its head and its rows."""

    title: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def write_explanations(
    explanations: Sequence[Explanation],
    edition: Edition,
    version: str,
    form: Form,
    sink: Sink,
) -> None:
    """Write explanations in a form; `version` is that of the program."""
    if form is Form.JSON:
        sink.write(_json(explanations, edition, version))
        return
    closing = tables_line(edition, version)
    if form is Form.MARKDOWN:
        pages = ["\n".join(_markdown(one)) for one in explanations]
        sink.write("\n\n".join([*pages, closing]) + "\n")
        return
    console = console_for(sink)
    for one in explanations:
        _print(console, one)
    console.print(plain(closing))


def tables_line(edition: Edition, version: str) -> str:
    """Which program and which tables: the line that every output carries."""
    number, date, sha256 = edition.number, edition.date, edition.sha256
    return f"imvo-scan {version}, tables {number} of {date}, sha256 {sha256}"


def sections(it: Explanation) -> Iterator[Section]:
    """Everything an explanation says, in reading order."""
    yield Section(
        f"{it.priority.label}  {it.risk_name}: {it.supplier}",
        (f"{it.site_id}/{it.risk}   {it.vector}   confidence {it.confidence.value}", it.reason),
    )
    yield Section(
        "The sum",
        head=("Step", "From", "Result"),
        rows=tuple((step.name, step.sum, step.result) for step in it.steps),
    )
    if it.incident or it.observed:
        yield Section("What happened here", (*filter(None, [it.incident]), *it.observed))
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
    yield Section("Confidence", (it.confidence_why, it.confidence_next))
    yield Section("Norms", it.norms)
    yield Section("What to do next", (it.next_step,))
    yield Section("Sources", tuple(map(cited, it.sources)))


def cited(source: Source) -> str:
    """A source on one line: id, who, what, when, edition, licence, address."""
    return f"{source.id}: {source.short}; {source.edition}. {source.licence}. {source.url}"


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


# -- forms --------------------------------------------------------------------------------------


def _print(console: Console, it: Explanation) -> None:
    """On a terminal folded to its width, elsewhere one line each."""
    from rich.padding import Padding

    wide = not console.is_terminal
    for number, section in enumerate(sections(it)):
        console.print(plain(section.title, "bold"))
        if number == 0:
            console.print(plain("=" * len(section.title)))
        for line in section.lines:
            console.print(Padding(plain(line), (0, 0, 0, 2), expand=False))
        if section.rows:
            console.print(Padding(grid(section.head, section.rows, wide=wide), (0, 0, 0, 1)))
        else:
            console.print()


def _markdown(it: Explanation) -> Iterator[str]:
    for number, section in enumerate(sections(it)):
        yield f"{'#' if number == 0 else chr(10) + '##'} {_escaped(section.title)}\n"
        for line in section.lines:
            yield f"{_escaped(line)}  "
        if section.rows:
            yield from ("", _row(section.head), _row("---" for _ in section.head))
            yield from (_row(map(_escaped, row)) for row in section.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is: no markup, no HTML, no link of its own."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>()#|!~$" else char for char in clean(text))


def _json(explanations: Sequence[Explanation], edition: Edition, version: str) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "imvo-scan", "version": version},
        "tables": asdict(edition),
        "findings": [_plain(asdict(one)) for one in explanations],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    """Values as JSON says them: classes by label, unknown as null."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, Unknown):
        return None
    return value.label if isinstance(value, Priority) else value

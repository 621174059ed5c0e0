"""How published figures become a country's ratings: one pure rule, in whole numbers (METHOD 7).

Used to build `country_risks.yaml` and, at run time, to show and check where a rating comes from.
Only integers, fractions and decimals: a person with a pocket calculator gets the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TypeVar

from imvo_scan.table_file import Place, TableFile
from imvo_scan.vocabulary import RISKS, EvidenceError, Problem, Risk

RULES_FILE: Final = "rating_rules.yaml"
FIGURES_FILE: Final = "country_indicators.csv"
COLUMNS: Final = ("country", "indicator", "value", "unit", "year", "source")
_CUTS: Final = 4
_HALF: Final = Fraction(1, 2)
_Choice = TypeVar("_Choice", bound=StrEnum)


class Role(StrEnum):
    """What a figure may do to a rating."""

    COUNTS = "counts"
    FILLS_IN = "fills-in"
    RAISES = "raises"


class Direction(StrEnum):
    """What a high value of an indicator means."""

    BETTER = "higher-is-better"
    WORSE = "higher-is-worse"


class Kind(StrEnum):
    """What an adjustment does."""

    DROP = "drop"
    AT_LEAST = "at-least"


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure. `year` is text: it may be a span or say that the year is lost."""

    country: str
    indicator: str
    value: Decimal
    unit: str
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class Bound:
    """How far an indicator's band may stray from the mean band of others; None is no limit."""

    to: tuple[str, ...]
    below: int | None
    above: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published series and how a risk uses it.

    `cuts` are the ends of bands 1 to 4; a value equal to a cut belongs to the better band.
    `low` and `high` are the least and the greatest value that the series can hold.
    """

    id: str
    title: str
    unit: str
    source: str
    role: Role
    direction: Direction
    cuts: tuple[Decimal, ...]
    low: Decimal
    high: Decimal
    why: str
    blind: str
    bound: Bound | None = None

    def band(self, value: Decimal) -> int:
        """The band 1-5 of a value: 1 plus the number of cuts it is worse than."""
        if self.direction is Direction.WORSE:
            return 1 + sum(value > cut for cut in self.cuts)
        return 1 + sum(value < cut for cut in self.cuts)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A written exception for a group of countries: what, for whom, why, and who says so."""

    kind: Kind
    countries: tuple[str, ...]
    risk: Risk
    indicator: str
    level: int
    reason: str
    source: str
    applies_to: str = ""


@dataclass(frozen=True, slots=True)
class Aggravated:
    """A circumstance that holds for a whole country and makes a risk more severe there."""

    country: str
    risk: Risk
    aggravator: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Banded:
    """A figure with its band, and what became of it.

    `counts_as` is the band that went into the mean; it differs from `band` where a bound held it.
    `why_not` says why a figure did not count, or why it counted as another band; else it is empty.
    """

    figure: Figure
    band: int
    cuts: tuple[Decimal, ...]
    direction: Direction
    title: str
    source: str
    role: Role
    counted: bool
    counts_as: int
    why_not: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """One country x risk: its figures, their mean, and what was done to it. None is unknown."""

    country: str
    risk: Risk
    banded: tuple[Banded, ...]
    mean: Fraction | None
    rounded: int | None
    raised_by: tuple[Banded, ...]
    adjustments: tuple[Adjustment, ...]
    rating: int | None
    aggravators: tuple[Aggravated, ...]

    @property
    def counted(self) -> tuple[Banded, ...]:
        """The figures that went into the mean."""
        return tuple(banded for banded in self.banded if banded.counted)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for all nine risks."""

    version: str
    date: str
    indicators: Mapping[Risk, Mapping[str, Indicator]]
    adjustments: tuple[Adjustment, ...]
    aggravated: tuple[Aggravated, ...]

    def at(self, country: str, risk: Risk) -> tuple[Adjustment, ...]:
        """The adjustments written for a country and a risk, in the order of the file."""
        return tuple(a for a in self.adjustments if a.risk is risk and country in a.countries)

    def known_indicators(self) -> dict[str, Indicator]:
        """Every indicator by id; where several risks use one, its first use."""
        out: dict[str, Indicator] = {}
        for group in self.indicators.values():
            for name, indicator in group.items():
                out.setdefault(name, indicator)
        return out


@dataclass(frozen=True, slots=True)
class Figures:
    """All published figures by country and indicator."""

    rows: tuple[Figure, ...]
    by_cell: Mapping[tuple[str, str], Figure] = field(repr=False)

    @classmethod
    def of(cls, rows: Iterable[Figure]) -> Figures:
        """Index the rows."""
        kept = tuple(rows)
        return cls(kept, {(row.country, row.indicator): row for row in kept})

    def find(self, country: str, indicator: str) -> Figure | None:
        """The figure of a country for an indicator, or None where nothing was published."""
        return self.by_cell.get((country, indicator))


# -- the rule ---------------------------------------------------------------------------------


def half_up(value: Fraction) -> int:
    """Round to a whole number; a half goes up, to the worse band (METHOD 7: precaution)."""
    return (value + _HALF).__floor__()


def derive(rules: Rules, figures: Figures, country: str, risk: Risk) -> Derivation:
    """Rate one country for one risk and keep every step (METHOD 7).

    The rating is the mean of the counting bands, half rounded up; laws and listings may then raise
    it, and so may an adjustment. Without a counting figure it is unknown, whatever a law says.
    """
    adjustments = rules.at(country, risk)
    dropped = {a.indicator: a.reason for a in adjustments if a.kind is Kind.DROP}
    raw = _banded(rules.indicators[risk], figures, country, dropped)
    banded = _settled(raw, rules.indicators[risk])
    counting = [item.counts_as for item in banded if item.counted]
    mean = Fraction(sum(counting), len(counting)) if counting else None
    rounded = None if mean is None else half_up(mean)
    raising = tuple(
        item for item in banded if _raises(item) and rounded is not None and item.band > rounded
    )
    floors = [a for a in adjustments if a.kind is Kind.AT_LEAST]
    return Derivation(
        country=country,
        risk=risk,
        banded=banded,
        mean=mean,
        rounded=rounded,
        raised_by=raising,
        adjustments=adjustments,
        rating=_rating(rounded, raising, floors),
        aggravators=tuple(a for a in rules.aggravated if a.country == country and a.risk is risk),
    )


def derive_all(
    rules: Rules, figures: Figures, countries: Iterable[str]
) -> dict[str, dict[Risk, Derivation]]:
    """Rate every country for every risk."""
    return {
        country: {risk: derive(rules, figures, country, risk) for risk in RISKS}
        for country in countries
    }


def _rating(
    rounded: int | None, raising: Iterable[Banded], floors: Iterable[Adjustment]
) -> int | None:
    if rounded is None:
        return None
    return max([rounded, *(item.band for item in raising), *(a.level for a in floors)])


def _raises(item: Banded) -> bool:
    return item.role is Role.RAISES and not item.why_not


def _banded(
    indicators: Mapping[str, Indicator],
    figures: Figures,
    country: str,
    dropped: Mapping[str, str],
) -> list[Banded]:
    """The figures at hand with their bands, none of them counted yet."""
    out = []
    for name, indicator in indicators.items():
        figure = figures.find(country, name)
        if figure is not None:
            out.append(_as_banded(figure, indicator, dropped.get(name, "")))
    return out


def _as_banded(figure: Figure, indicator: Indicator, why_not: str) -> Banded:
    band = indicator.band(figure.value)
    return Banded(
        figure=figure,
        band=band,
        cuts=indicator.cuts,
        direction=indicator.direction,
        title=indicator.title,
        source=figure.source,
        role=indicator.role,
        counted=False,
        counts_as=band,
        why_not=why_not,
    )


def _settled(raw: Sequence[Banded], indicators: Mapping[str, Indicator]) -> tuple[Banded, ...]:
    """Decide which figures count, and as which band."""
    primary = [item for item in raw if item.role is Role.COUNTS and not item.why_not]
    enough = len(primary) >= 2  # noqa: PLR2004 - two figures, so that none stands alone
    bands = {item.figure.indicator: item.band for item in raw if not item.why_not}
    return tuple(
        _decide(item, indicators[item.figure.indicator], bands, enough=enough) for item in raw
    )


def _decide(
    item: Banded, indicator: Indicator, bands: Mapping[str, int], *, enough: bool
) -> Banded:
    if item.why_not or item.role is Role.RAISES:
        return item
    if item.role is Role.FILLS_IN and enough:
        return _with(item, counted=False, why_not="fills in only where fewer than two others count")
    held = _held(item.band, indicator.bound, bands)
    if held == item.band:
        return _with(item, counted=True, why_not="")
    why = f"held to band {held} by the other figures"
    return _with(item, counted=True, why_not=why, counts_as=held)


def _with(item: Banded, *, counted: bool, why_not: str, counts_as: int | None = None) -> Banded:
    band = item.band if counts_as is None else counts_as
    return replace(item, counted=counted, why_not=why_not, counts_as=band)


def _held(band: int, bound: Bound | None, bands: Mapping[str, int]) -> int:
    """A band held within its bound around the mean band of the figures it is bound to."""
    anchors = [bands[name] for name in bound.to if name in bands] if bound else []
    if bound is None or not anchors:
        return band
    middle = half_up(Fraction(sum(anchors), len(anchors)))
    if bound.below is not None:
        band = max(band, middle - bound.below)
    if bound.above is not None:
        band = min(band, middle + bound.above)
    return band


# -- the table --------------------------------------------------------------------------------


def render_country_risks(
    rules: Rules, derivations: Mapping[str, Mapping[Risk, Derivation]], names: Mapping[str, str]
) -> str:
    """The text of `country_risks.yaml`: one line a country, `~` where the rating is unknown."""
    lines = [
        "# Generated by tools/build_country_risks.py from country_indicators.csv and "
        "rating_rules.yaml. Do not edit by hand.",
        f'version: "{rules.version}"',
        f'date: "{rules.date}"',
        f"risks: [{', '.join(risk.value for risk in RISKS)}]",
        "countries:",
        *(_country_line(code, derivations[code], names[code]) for code in sorted(derivations)),
        "aggravated:",
        *_aggravated_lines(rules.aggravated),
    ]
    return "\n".join(lines) + "\n"


def _country_line(code: str, row: Mapping[Risk, Derivation], name: str) -> str:
    cells = ", ".join("~" if row[risk].rating is None else str(row[risk].rating) for risk in RISKS)
    return f"  {code}: [{cells}]  # {name}"


def _aggravated_lines(entries: Sequence[Aggravated]) -> Iterator[str]:
    for code in sorted({entry.country for entry in entries}):
        cells = []
        for risk in RISKS:
            ids = [e.aggravator for e in entries if e.country == code and e.risk is risk]
            if ids:
                cells.append(f"{risk.value}: [{', '.join(ids)}]")
        yield f"  {code}: {{{', '.join(cells)}}}"


# -- reading the figures ----------------------------------------------------------------------


def load_figures(path: Path) -> Figures:
    """Read `country_indicators.csv`. Raises `EvidenceError` with every faulty row and its line."""
    problems: list[Problem] = []
    rows: dict[tuple[str, str], Figure] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        if tuple(next(reader, ())) != COLUMNS:
            problems.append(Problem(str(path), 1, 1, f"the header must be {','.join(COLUMNS)}"))
        for cells in reader:
            figure = _figure(cells)
            if figure is None:
                what = "six cells are wanted here, with a plain number as value"
                problems.append(Problem(str(path), reader.line_num, 1, what))
            elif (figure.country, figure.indicator) in rows:
                what = f"{figure.country} has {figure.indicator} twice"
                problems.append(Problem(str(path), reader.line_num, 1, what))
            else:
                rows[figure.country, figure.indicator] = figure
    if problems:
        raise EvidenceError(problems)
    return Figures.of(rows.values())


def _figure(cells: Sequence[str]) -> Figure | None:
    if len(cells) != len(COLUMNS) or not all(cells):
        return None
    country, indicator, text, unit, year, source = cells
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return Figure(country, indicator, value, unit, year, source) if value.is_finite() else None


# -- reading the rules ------------------------------------------------------------------------


def load_rules(path: Path) -> Rules:
    """Read `rating_rules.yaml`. Raises `EvidenceError` with every fault and its line."""
    table = TableFile(path)
    risks = table.group(("risks",), table.root.get("risks"))
    groups = table.group(("groups",), table.root.get("groups"))
    rules = Rules(
        version=str(table.root.get("version")),
        date=str(table.root.get("date")),
        indicators={risk: _indicators(table, risk, risks) for risk in RISKS},
        adjustments=tuple(
            _adjustment(table, ("adjustments", n), item, groups)
            for n, item in enumerate(_items(table, "adjustments"))
        ),
        aggravated=tuple(
            _aggravated(table, ("aggravated", n), item)
            for n, item in enumerate(_items(table, "aggravated"))
        ),
    )
    table.check()
    return rules


def _items(table: TableFile, key: str) -> list[Any]:
    items = table.root.get(key)
    if isinstance(items, list):
        return items
    table.fail((key,), "a list is wanted here")
    return []


def _indicators(table: TableFile, risk: Risk, risks: Mapping[str, Any]) -> dict[str, Indicator]:
    here: Place = ("risks", risk.value)
    if risk.value not in risks:
        table.fail(here, f"the risk {risk.value} is missing")
    group = table.group(
        (*here, "indicators"), table.group(here, risks.get(risk.value)).get("indicators")
    )
    return {
        name: _indicator(table, (*here, "indicators", name), name, item)
        for name, item in group.items()
    }


def _indicator(table: TableFile, here: Place, name: str, item: Any) -> Indicator:
    entry = table.group(here, item)
    low, high = _numbers(table, here, entry, "range", 2)
    direction = _choice(table, here, entry, "direction", Direction)
    cuts = _numbers(table, here, entry, "cuts", _CUTS)
    if list(cuts) != sorted(cuts, reverse=direction is Direction.BETTER):
        table.fail((*here, "cuts"), "the cut points must run from band 1 to band 5")
    return Indicator(
        id=name,
        title=_text(table, here, entry, "title"),
        unit=_text(table, here, entry, "unit"),
        source=_text(table, here, entry, "source"),
        role=_choice(table, here, entry, "role", Role),
        direction=direction,
        cuts=cuts,
        low=low,
        high=high,
        why=_text(table, here, entry, "why"),
        blind=_text(table, here, entry, "blind"),
        bound=_bound(table, (*here, "bound"), entry.get("bound")),
    )


def _bound(table: TableFile, here: Place, item: Any) -> Bound | None:
    if item is None:
        return None
    entry = table.group(here, item)
    return Bound(
        to=table.texts((*here, "to"), entry.get("to")),
        below=_step(table, (*here, "below"), entry.get("below")),
        above=_step(table, (*here, "above"), entry.get("above")),
    )


def _step(table: TableFile, here: Place, value: Any) -> int | None:
    return None if value is None else table.level(here, value)


def _adjustment(
    table: TableFile,
    here: Place,
    item: Any,
    groups: Mapping[str, Any],
) -> Adjustment:
    entry = table.group(here, item)
    kind = _choice(table, here, entry, "kind", Kind)
    group = entry.get("group")
    listed = entry.get("countries") if group is None else groups.get(group)
    countries = table.texts(here, listed)
    if not countries:
        table.fail(here, "no country is named here", "Write `countries` or a known `group`.")
    indicator = _text(table, here, entry, "indicator") if kind is Kind.DROP else ""
    level = table.level((*here, "level"), entry.get("level")) if kind is Kind.AT_LEAST else None
    return Adjustment(
        kind=kind,
        countries=countries,
        risk=_choice(table, here, entry, "risk", Risk),
        indicator=indicator,
        level=level or 0,
        reason=_text(table, here, entry, "reason"),
        source=_text(table, here, entry, "source"),
        applies_to=group or "",
    )


def _aggravated(table: TableFile, here: Place, item: Any) -> Aggravated:
    entry = table.group(here, item)
    return Aggravated(
        country=_text(table, here, entry, "country"),
        risk=_choice(table, here, entry, "risk", Risk),
        aggravator=_text(table, here, entry, "aggravator"),
        reason=_text(table, here, entry, "reason"),
        source=_text(table, here, entry, "source"),
    )


def _text(table: TableFile, here: Place, entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if isinstance(value, str) and value:
        return value
    table.fail(here, f"`{key}` is missing")
    return ""


def _choice(
    table: TableFile, here: Place, entry: Mapping[str, Any], key: str, options: type[_Choice]
) -> _Choice:
    value = entry.get(key)
    for option in options:
        if option.value == value:
            return option
    table.fail((*here, key), f"{value!r} is not one of {', '.join(options)}")
    return next(iter(options))


def _numbers(
    table: TableFile, here: Place, entry: Mapping[str, Any], key: str, count: int
) -> tuple[Decimal, ...]:
    try:
        numbers = tuple(Decimal(text) for text in entry[key])
    except (KeyError, TypeError, InvalidOperation):
        numbers = ()
    if len(numbers) == count and all(number.is_finite() for number in numbers):
        return numbers
    table.fail((*here, key), f"{count} numbers are wanted here")
    return tuple(Decimal(0) for _ in range(count))

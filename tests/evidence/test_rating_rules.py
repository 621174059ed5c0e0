"""The rule from figures to ratings: in whole numbers, monotone, and never a guess."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.errors import EvidenceError
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.evidence.rating_rules import (
    Figure,
    Figures,
    Rules,
    derive,
    derive_all,
    half_up,
    load_figures,
    load_rules,
    render_country_risks,
)
from imvo_scan.evidence.rule_rows import (
    Adjustment,
    AdjustmentKind,
    Aggravated,
    Bound,
    Direction,
    FigureRole,
    Indicator,
)

RISK = Risk.UNSAFE_WORK
ROOT = Path(__file__).resolve().parents[2]
REAL = load_rules(ROOT / "data" / "rating_rules.yaml")
REAL_FIGURES = load_figures(ROOT / "data" / "country_indicators.csv")


def indicator(  # noqa: PLR0913 - a builder with a default for everything
    name: str,
    *,
    role: FigureRole = FigureRole.COUNTS,
    direction: Direction = Direction.WORSE,
    cuts: tuple[int, ...] = (1, 2, 3, 4),
    bound: Bound | None = None,
    alone: tuple[int, int] = (1, 5),
) -> Indicator:
    """An indicator whose value is its band, unless told otherwise."""
    return Indicator(
        id=name,
        title=name,
        unit="unit",
        source="source",
        role=role,
        direction=direction,
        cuts=tuple(Decimal(cut) for cut in cuts),
        range=(Decimal(0), Decimal(10)),
        why="why",
        blind="blind",
        bound=bound,
        alone=alone,
    )


def rules(*indicators: Indicator, adjustments: tuple[Adjustment, ...] = ()) -> Rules:
    """Rules with these indicators for every risk."""
    group = {one.id: one for one in indicators}
    return Rules("1", "2026-01-01", dict.fromkeys(RISKS, group), adjustments, ())


def figures(**values: str) -> Figures:
    """Figures of one country, NL, by indicator."""
    return Figures.of(
        Figure("NL", name, Decimal(value), "unit", "2020", "source")
        for name, value in values.items()
    )


def adjustment(kind: AdjustmentKind, indicator_id: str = "", level: int = 0) -> Adjustment:
    """An adjustment for NL."""
    return Adjustment(kind, RISK, "reason", "source", ("NL",), "", indicator_id, level)


def rating(given_rules: Rules, **values: str) -> int | None:
    """The rating of NL."""
    return derive(given_rules, figures(**values), "NL", RISK).rating


A, B, C = indicator("a"), indicator("b"), indicator("c")


def test_a_value_on_a_cut_is_in_the_better_band() -> None:
    """A cut point belongs to the band it ends, whichever way is good."""
    better = indicator("x", direction=Direction.BETTER, cuts=(4, 3, 2, 1))
    assert [A.band(Decimal(n)) for n in (0, 1, 2, 3, 4, 5)] == [1, 1, 2, 3, 4, 5]
    assert [better.band(Decimal(n)) for n in (0, 1, 2, 3, 4, 5)] == [5, 4, 3, 2, 1, 1]


def test_rating_is_the_mean_of_the_bands() -> None:
    """Two figures in bands 1 and 3 make 2, and the exact mean is kept."""
    found = derive(rules(A, B, C), figures(a="1", b="3", c="3"), "NL", RISK)
    assert found.mean == Fraction(7, 3)
    assert (found.rounded, found.rating) == (2, 2)


@pytest.mark.parametrize(("a", "b", "wanted"), [("1", "2", 2), ("2", "3", 3), ("4", "5", 5)])
def test_a_half_rounds_up(a: str, b: str, wanted: int) -> None:
    """Precaution: a half goes to the worse rating, also after an even number."""
    assert rating(rules(A, B), a=a, b=b) == wanted


@given(st.integers(1, 20), st.integers(1, 9))
def test_rounding_is_to_the_nearest(over: int, under: int) -> None:
    """Never more than a half away, and a half goes up."""
    exact = Fraction(over, under)
    assert Fraction(-1, 2) < half_up(exact) - exact <= Fraction(1, 2)


def test_no_figure_is_unknown() -> None:
    """Missing is missing: no figure, no mean, no rating."""
    found = derive(rules(A), figures(), "NL", RISK)
    assert (found.mean, found.rounded, found.rating) == (None, None, None)


def test_a_law_or_a_floor_alone_leaves_unknown() -> None:
    """Neither a law nor an adjustment turns unknown into a number."""
    law = indicator("law", role=FigureRole.RAISES)
    floor = adjustment(AdjustmentKind.AT_LEAST, level=4)
    assert rating(rules(A, law, adjustments=(floor,)), law="5") is None


def test_a_law_raises_and_never_lowers() -> None:
    """A law in a worse band lifts the rating to it; in a better band it does nothing."""
    with_law = rules(A, B, indicator("law", role=FigureRole.RAISES))
    assert rating(with_law, a="2", b="2", law="4") == 4
    assert rating(with_law, a="3", b="3", law="1") == 3
    raised = derive(with_law, figures(a="2", b="2", law="4"), "NL", RISK).raised_by
    assert [item.figure.indicator for item in raised] == ["law"]
    assert derive(with_law, figures(a="3", b="3", law="1"), "NL", RISK).raised_by == ()


def test_a_floor_raises_and_never_lowers() -> None:
    """An at-least adjustment holds from below only."""
    floor = (adjustment(AdjustmentKind.AT_LEAST, level=4),)
    assert rating(rules(A, adjustments=floor), a="1") == 4
    assert rating(rules(A, adjustments=floor), a="5") == 5


def test_a_dropped_figure_stays_visible_with_its_reason() -> None:
    """A doubtful figure does not count but is shown, with why."""
    dropping = rules(A, B, adjustments=(adjustment(AdjustmentKind.DROP, "a"),))
    found = derive(dropping, figures(a="5", b="2"), "NL", RISK)
    assert found.rating == 2
    assert [(item.counted, str(item.why_not)) for item in found.banded] == [
        (False, "reason"),
        (True, ""),
    ]


def test_a_dropped_figure_holds_no_other() -> None:
    """What is too doubtful to count is too doubtful to bound a report."""
    report = indicator("report", bound=Bound(("a",), below=1, above=1))
    dropping = rules(A, report, adjustments=(adjustment(AdjustmentKind.DROP, "a"),))
    assert rating(dropping, a="1", report="5") == 5


def test_a_filling_figure_counts_only_where_fewer_than_two_others_do() -> None:
    """With one other figure it counts, with two it does not."""
    filling = rules(A, B, indicator("fill", role=FigureRole.FILLS_IN))
    assert rating(filling, a="1", fill="5") == 3
    assert rating(filling, a="1", b="1", fill="5") == 1


def test_a_bound_holds_a_figure_near_the_others() -> None:
    """A report counts at most so far from what was measured; without it, in full."""
    held = indicator("report", bound=Bound(("a",), below=1, above=2))
    found = derive(rules(A, held), figures(a="1", report="5"), "NL", RISK)
    assert [item.counts_as for item in found.banded] == [1, 3]
    assert found.banded[1].band == 5
    assert str(found.banded[1].why_not) == "held to band 3 by the other figures"
    assert rating(rules(A, held), a="4", report="1") == half_up(Fraction(4 + 3, 2))
    assert rating(rules(A, held), report="5") == 5


def test_a_holding_figure_does_nothing_by_itself() -> None:
    """It holds the figure bound to it, and neither counts nor fills a gap."""
    trust = indicator("trust", role=FigureRole.HOLDS)
    deaths = indicator("deaths", bound=Bound(("trust",), below=1, above=None))
    assert rating(rules(trust, deaths), trust="5", deaths="1") == 4
    assert rating(rules(trust, deaths), trust="1", deaths="5") == 5
    assert rating(rules(trust, deaths), trust="5") is None


def test_a_figure_that_stands_alone_is_held() -> None:
    """One report alone gives neither the best nor, where so written, the worst rating."""
    report = rules(A, indicator("report", alone=(2, 4)))
    assert rating(report, report="1") == 2
    assert rating(report, report="5") == 4
    assert rating(report, report="5", a="5") == 5


BANDS = st.integers(1, 5)
KEYS = ("a", "b", "c", "fill", "report", "law")
FULL = rules(
    A,
    B,
    C,
    indicator("fill", role=FigureRole.FILLS_IN),
    indicator("report", bound=Bound(("a", "b"), below=1, above=2), alone=(2, 4)),
    indicator("law", role=FigureRole.RAISES),
    adjustments=(adjustment(AdjustmentKind.AT_LEAST, level=2),),
)


@given(st.dictionaries(st.sampled_from(KEYS), BANDS, min_size=1), st.sampled_from(KEYS), BANDS)
def test_a_worse_figure_never_lowers_a_rating(
    bands: dict[str, int], changed: str, worse: int
) -> None:
    """Whatever else is known, raising the band of one figure never makes the country safer."""
    if changed not in bands:
        return
    after = {**bands, changed: max(bands[changed], worse)}
    before_rating = rating(FULL, **{key: str(band) for key, band in bands.items()})
    after_rating = rating(FULL, **{key: str(band) for key, band in after.items()})
    assert (before_rating is None) == (after_rating is None)
    assert (after_rating or 0) >= (before_rating or 0)


def _worst(one: Indicator) -> Decimal:
    return one.high if one.direction is Direction.WORSE else one.low


@pytest.mark.parametrize("risk", RISKS)
def test_no_published_figure_made_worse_lowers_a_rating(risk: Risk) -> None:
    """With the real rules and every real figure: the worst possible value never lowers a rating."""
    for country in sorted({row.country for row in REAL_FIGURES.rows}):
        before = derive(REAL, REAL_FIGURES, country, risk).rating
        for name, one in REAL.indicators[risk].items():
            figure = REAL_FIGURES.find(country, name)
            if figure is None:
                continue
            changed = dict(REAL_FIGURES.by_cell)
            changed[country, name] = Figure(country, name, _worst(one), "u", "y", "s")
            after = derive(REAL, Figures((), changed), country, risk).rating
            assert (after or 0) >= (before or 0), (country, name)


def test_the_table_is_one_line_a_country() -> None:
    """Ratings in the order of the risks, `~` for unknown, the aggravators below."""
    entry = Aggravated("NL", Risk.FORCED_LABOUR, "state-imposed", "reason", "source")
    made = Rules("2026.11", "2026-11-23", {key: {"a": A} for key in RISKS}, (), (entry,))
    all_of = derive_all(made, figures(a="2"), ["NL", "NO"])
    text = render_country_risks(made, all_of, {"NL": "Netherlands", "NO": "Norway"})
    assert "  NL: [2, 2, 2, 2, 2, 2, 2, 2, 2]  # Netherlands\n" in text
    assert "  NO: [~, ~, ~, ~, ~, ~, ~, ~, ~]  # Norway\n" in text
    assert text.endswith("aggravated:\n  NL: {forced-labour: [state-imposed]}\n")


def test_faulty_figures_are_refused_with_their_lines(tmp_path: Path) -> None:
    """Every faulty row at once: no number, a cell too few, the same figure twice."""
    path = tmp_path / "figures.csv"
    rows = ["NL,a,much,u,2020,s", "NL,a,1,u,2020", "NL,a,1,u,2020,s", "NL,a,2,u,2020,s"]
    path.write_text("country,indicator,value,unit,year,source\n" + "\n".join(rows) + "\n")
    with pytest.raises(EvidenceError) as caught:
        load_figures(path)
    assert [problem.line for problem in caught.value.problems] == [2, 3, 5]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("cuts: [0.9, 0.8, 0.65, 0.35]", "cuts: [0.9, 0.8, 0.65]", "4 numbers are wanted here"),
        ("cuts: [0.9, 0.8, 0.65, 0.35]", "cuts: [0.1, 0.8, 0.65, 0.35]", "must run from band 1"),
        ("role: counts", "role: cuonts", "'cuonts' is not one of"),
        ("group: gulf-states", "group: golf-states", "no country is named here"),
        ("kind: at-least", "kind: at-most", "'at-most' is not one of"),
        ("level: 4", "level: 9", "is not a level"),
        ("alone: [2, 4]", "alone: [4, 2]", "the best and the worst band"),
    ],
)
def test_faulty_rules_are_refused(tmp_path: Path, old: str, new: str, what: str) -> None:
    """A rule that is cut short or misspelt is refused with what is wrong."""
    text = (ROOT / "data" / "rating_rules.yaml").read_text(encoding="utf-8")
    path = tmp_path / "rating_rules.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EvidenceError, match=what):
        load_rules(path)

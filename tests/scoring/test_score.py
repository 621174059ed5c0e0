"""METHOD 1-4 and 6, held as examples and as properties over all levels."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.levels import UNKNOWN, Basis, Confidence
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import Flag, SourceType
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.ratings import Rating
from imvo_scan.evidence.rows import SectorCell
from imvo_scan.inventory import SiteFacts, Supplier
from imvo_scan.inventory.facts import (
    Affected,
    Incident,
    Override,
    SiteAggravator,
    SiteEvidence,
)
from imvo_scan.messages.findings import Wording
from imvo_scan.scoring import Assessment, Profile, Scorer
from imvo_scan.scoring.assessment import Origin
from imvo_scan.scoring.likelihood import base_likelihood
from imvo_scan.scoring.priority import priority_of
from imvo_scan.scoring.profile import scope_class
from imvo_scan.scoring.severity import severity_of

TODAY = date(2026, 11, 23)
LEVELS = range(1, 6)
CELL = SectorCell(3, "own", Basis.JUDGEMENT, "A reason.")


def tables(
    evidence: Evidence,
    country: Rating = 3,
    sector: Rating = 3,
    goods: Rating = 3,
    aggravators: Mapping[Risk, tuple[str, ...]] | None = None,
) -> Evidence:
    """The shipped words with made-up ratings: country XA, sectors `own` and `sold`."""

    def row(rating: Rating) -> dict[Risk, SectorCell]:
        return {risk: CELL._replace(rating=rating) for risk in RISKS}

    return replace(
        evidence,
        taxonomy=replace(evidence.taxonomy, default_scope={"own": 2, "sold": 4}),
        country_ratings={"XA": dict.fromkeys(RISKS, country)},
        country_aggravators={"XA": aggravators or {}},
        sector_cells={"own": row(sector), "sold": row(goods)},
    )


HERE = Profile("XA", "own", scope=2)


def one(tables: Evidence, profile: Profile = HERE, risk: Risk = Risk.UNSAFE_WORK) -> Assessment:
    """The assessment of one risk."""
    return Scorer(tables, TODAY).score(profile)[RISKS.index(risk)]


def test_every_profile_gets_all_nine_risks_in_order(evidence: Evidence) -> None:
    """There is no silent blank (METHOD 1)."""
    assert [a.risk for a in Scorer(tables(evidence), TODAY).score(HERE)] == list(Risk)


@pytest.mark.parametrize(
    ("risk", "base", "aggravated"),
    [
        ("human-rights", (4, 4), (5, 5)),
        ("forced-labour", (5, 4), (5, 5)),
        ("child-labour", (4, 5), (5, 5)),
        ("discrimination", (3, 3), (5, 4)),
        ("living-wage", (3, 2), (4, 3)),
        ("unsafe-work", (4, 4), (5, 5)),
        ("excessive-hours", (3, 2), (4, 3)),
        ("job-insecurity", (2, 2), (3, 3)),
        ("freedom-of-association", (3, 3), (5, 5)),
    ],
)
def test_severity_priors_are_those_of_the_method(
    evidence: Evidence, risk: str, base: tuple[int, int], aggravated: tuple[int, int]
) -> None:
    """METHOD 2, base and aggravated S and I of each risk."""
    definition = evidence.taxonomy.risks[Risk(risk)]
    assert (definition.scale[0], definition.irremediability[0]) == base
    assert (definition.scale[1], definition.irremediability[1]) == aggravated


@pytest.mark.parametrize(
    ("workers", "scope"),
    [(0, 1), (9, 1), (10, 2), (99, 2), (100, 3), (999, 3), (1_000, 4), (9_999, 4), (10_000, 5)],
)
def test_scope_follows_the_number_of_workers(workers: int, scope: int) -> None:
    """METHOD 2, at every boundary."""
    assert scope_class(workers) == scope


def test_unknown_workers_take_the_default_of_the_sector_and_say_so(evidence: Evidence) -> None:
    """The vector marks an assumed scope with a question mark."""
    assessed = one(tables(evidence), Profile("XA", "own"))
    assert (assessed.scope.level, assessed.scope.assumed) == (2, True)
    assert "/C:2?/" in assessed.vector


def test_an_unknown_sector_takes_the_widest_default(evidence: Evidence) -> None:
    """Unknown is never low."""
    assert one(tables(evidence), Profile("XA", None)).scope.level == 4


@pytest.mark.parametrize(
    ("who", "scope"), [("half-of-workers", 3), ("vulnerable-group", 3), ("systemic", 5)]
)
def test_scope_widens_for_those_hit(evidence: Evidence, who: str, scope: int) -> None:
    """One class more for half the workers or a vulnerable group; the top for systemic harm."""
    affected = Affected.model_validate({"risk": "unsafe-work", "who": who, "reason": "Seen."})
    profile = HERE._replace(facts=SiteFacts(affected=(affected,)))
    assert one(tables(evidence), profile).scope.level == scope
    assert one(tables(evidence), profile, Risk.LIVING_WAGE).scope.level == 2


@pytest.mark.parametrize(("c", "s"), list(itertools.product(LEVELS, LEVELS)))
def test_base_likelihood_is_the_formula(c: int, s: int) -> None:
    """L = min(max(c, s), min(c, s) + 1), or 0 where c + s <= 3 and nothing is flagged."""
    expected = min(max(c, s), min(c, s) + 1)
    assert base_likelihood(c, s, flagged=True) == expected
    assert base_likelihood(c, s, flagged=False) == (0 if c + s <= 3 else expected)


@given(*[st.integers(1, 5)] * 4)
def test_likelihood_never_falls_when_a_rating_rises(
    c: int, s: int, more_c: int, more_s: int
) -> None:
    """Monotone in both ratings."""
    low = base_likelihood(min(c, more_c), min(s, more_s), flagged=False)
    assert base_likelihood(max(c, more_c), max(s, more_s), flagged=False) >= low


def test_flags_add_one_each_and_at_most_two(evidence: Evidence) -> None:
    """METHOD 3; and never past 5."""
    low = tables(evidence, 1, 2)
    found = [one(low, HERE._replace(flags=tuple(Flag)[:n])).likelihood.level for n in range(5)]
    assert found == [0, 3, 4, 4, 4]
    assert one(tables(evidence, 5, 5), HERE._replace(flags=tuple(Flag))).likelihood.level == 5


def test_an_incident_makes_its_risk_actual_and_no_other(evidence: Evidence) -> None:
    """L = 5, actual; the other eight stay as they were."""
    incident = Incident(
        risk=Risk.UNSAFE_WORK, date="2020", source_type=SourceType.NGO, what="Fire."
    )
    profile = HERE._replace(facts=SiteFacts(incidents=(incident,)))
    before, after = one(tables(evidence, 1, 1)), one(tables(evidence, 1, 1), profile)
    assert (before.likelihood.level, before.actual) == (0, False)
    assert (after.likelihood.level, after.actual) == (5, True)
    assert not one(tables(evidence, 1, 1), profile, Risk.LIVING_WAGE).actual


def test_of_several_incidents_the_latest_is_the_one_shown(evidence: Evidence) -> None:
    """METHOD 3: what happened last, of those of this risk, whatever their order in the file."""
    told = [("2024-05", "Second."), ("2023", "First."), ("2025-01-09", "Last."), ("2025", "Early.")]
    for order in (told, told[::-1]):
        incidents = tuple(
            Incident(risk=Risk.UNSAFE_WORK, date=day, source_type=SourceType.NGO, what=what)
            for day, what in order
        )
        newer = incidents[0].model_copy(update={"risk": Risk.LIVING_WAGE, "date": "2026"})
        profile = HERE._replace(facts=SiteFacts(incidents=(*incidents, newer)))
        shown = one(tables(evidence, 1, 1), profile).likelihood.incident
        assert shown is not None
        assert shown.what == "Last."


@pytest.mark.parametrize(("country", "sector"), [(UNKNOWN, 2), (2, UNKNOWN), (UNKNOWN, UNKNOWN)])
def test_an_unknown_rating_counts_as_four_with_confidence_d(
    evidence: Evidence, country: Rating, sector: Rating
) -> None:
    """Unknown is never low, and is said (METHOD 3 and 6)."""
    unknown, as_four = (
        one(tables(evidence, *pair))
        for pair in (
            (country, sector),
            (4 if country is UNKNOWN else country, 4 if sector is UNKNOWN else sector),
        )
    )
    assert unknown.likelihood.level == as_four.likelihood.level
    assert (unknown.confidence, as_four.confidence) == (Confidence("D"), Confidence("C"))


def test_a_trader_carries_the_worse_of_its_own_sector_and_that_of_its_goods(
    evidence: Evidence,
) -> None:
    """METHOD 3, per risk; an unknown rating counts as 4 there too."""
    trader = HERE._replace(goods_sector="sold")
    assert one(tables(evidence, 3, 2, 5), trader).likelihood.sector_rating == 5
    assert one(tables(evidence, 3, 5, 2), trader).likelihood.sector_rating == 5
    assert one(tables(evidence, 3, 3, UNKNOWN), trader).likelihood.sector_rating is UNKNOWN
    nobody = trader._replace(sector=None)
    assert one(tables(evidence, 3, 2, 5), nobody).likelihood.sector_rating == 5
    assert one(tables(evidence, 3, 2, 3), nobody).likelihood.sector_rating is UNKNOWN


def test_a_rating_of_the_chain_behind_a_site_says_so(evidence: Evidence) -> None:
    """A prior about the chain is not presented as one about the factory (METHOD 8)."""
    own, chain = tables(evidence), tables(evidence)
    cells = {"own": dict.fromkeys(RISKS, CELL._replace(about="chain"))}
    chain = replace(chain, sector_cells=cells)
    assert not one(own).likelihood.in_the_chain
    assert one(chain).likelihood.in_the_chain
    site = Supplier("x", "X", "NL", "textiles")
    said = Wording(evidence.taxonomy).reason(one(chain), site)
    assert "(in the chain behind it)" in said


def test_an_aggravator_raises_severity_of_its_risk(evidence: Evidence) -> None:
    """From the country table, or from the site with its reason (METHOD 2)."""
    by_country = tables(evidence, aggravators={Risk.UNSAFE_WORK: ("heat",)})
    seen = SiteAggravator(risk=Risk.UNSAFE_WORK, what="heat", reason="45 degrees in the hall.")
    profile = HERE._replace(facts=SiteFacts(aggravators=(seen,)))
    assert one(tables(evidence)).severity == 4
    assert one(by_country).severity == one(tables(evidence), profile).severity == 5
    assert one(by_country, risk=Risk.LIVING_WAGE).severity == 3


def test_what_is_seen_at_a_site_is_never_not_indicated(evidence: Evidence) -> None:
    """A site aggravator lifts L 0 to the likelihood of its ratings."""
    seen = SiteAggravator(risk=Risk.UNSAFE_WORK, what="heat", reason="Seen.")
    profile = HERE._replace(facts=SiteFacts(aggravators=(seen,)))
    assert one(tables(evidence, 1, 2)).likelihood.level == 0
    assert one(tables(evidence, 1, 2), profile).likelihood.level == 2


def test_an_override_sets_levels_and_keeps_its_reason(evidence: Evidence) -> None:
    """METHOD 2: a finding may be overridden with a reason."""
    override = Override(risk=Risk.UNSAFE_WORK, scale=2, irremediability=1, scope=1, reason="Desk.")
    found = one(tables(evidence), HERE._replace(facts=SiteFacts(overrides=(override,))))
    assert (found.scale, found.scope.level, found.irremediability, found.severity) == (2, 1, 1, 2)
    assert found.override is override


EXPECTED_MATRIX = {
    5: "P2 P2 P2 P1 P1",
    4: "P3 P3 P2 P2 P1",
    3: "P4 P3 P3 P2 P2",
    2: "P4 P4 P3 P3 P3",
    1: "P4 P4 P4 P4 P4",
}


@pytest.mark.parametrize("severity", LEVELS)
def test_the_matrix_is_that_of_the_method(severity: int) -> None:
    """METHOD 4, every cell; and likelihood 0 has no class."""
    row = [priority_of(severity, likelihood).label for likelihood in LEVELS]
    assert row == EXPECTED_MATRIX[severity].split()
    assert priority_of(severity, 0) is Priority.NOT_INDICATED


def test_the_class_never_improves_when_anything_rises() -> None:
    """METHOD 4: monotone in S, C, I and L."""
    for s, c, i, likelihood in itertools.product(LEVELS, repeat=4):
        here = priority_of(severity_of(s, c, i), likelihood)
        for more in ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)):
            worse = [min(5, a + b) for a, b in zip((s, c, i, likelihood), more, strict=True)]
            assert priority_of(severity_of(*worse[:3]), worse[3]) <= here


def test_a_step_of_severity_weighs_at_least_a_step_of_likelihood() -> None:
    """METHOD 4: one more severity is never worth less than one more likelihood."""
    for severity, likelihood in itertools.product(range(1, 5), range(1, 5)):
        assert priority_of(severity + 1, likelihood) <= priority_of(severity, likelihood + 1)


def test_severity_three_is_never_p1_and_five_at_four_always_is() -> None:
    """METHOD 4: P1 is kept scarce on purpose."""
    assert all(priority_of(s, lk) is not Priority.P1 for s in (1, 2, 3) for lk in LEVELS)
    assert priority_of(5, 4) is priority_of(5, 5) is Priority.P1


def test_severity_is_the_worst_of_three() -> None:
    """METHOD 2: max(S, I, C - 1)."""
    for s, c, i in itertools.product(LEVELS, repeat=3):
        assert severity_of(s, c, i) == max(s, i, c - 1)


def fact(day: str, kind: str, risks: tuple[Risk, ...] = (Risk.UNSAFE_WORK,)) -> SiteFacts:
    """One piece of site evidence."""
    return SiteFacts(
        evidence=(SiteEvidence(risks=risks, date=day, source_type=SourceType(kind), what="Seen."),)
    )


@pytest.mark.parametrize(
    ("facts", "confidence"),
    [
        (SiteFacts(), "C"),
        (fact("2026-10-01", "union"), "A"),
        (fact("2026-10", "worker-interview"), "A"),
        (fact("2025-11-24", "union"), "A"),
        (fact("2025-11-23", "union"), "C"),
        (fact("2025-11", "union"), "C"),
        (fact("2027-01-01", "union"), "C"),
        (fact("2026-10-01", "audit"), "B"),
        (fact("2026-10-01", "grievance"), "B"),
        (fact("2026-10-01", "questionnaire"), "C"),
        (fact("2026-10-01", "company"), "C"),
        (fact("2026-10-01", "union", (Risk.LIVING_WAGE,)), "C"),
    ],
)
def test_confidence_follows_fresh_evidence_on_this_risk(
    evidence: Evidence, facts: SiteFacts, confidence: str
) -> None:
    """METHOD 6: A worker voice under 12 months, B audit or grievance, C prior."""
    found = one(tables(evidence), HERE._replace(facts=facts))
    assert found.confidence == confidence
    assert found.priority is one(tables(evidence)).priority


@pytest.mark.parametrize(
    ("seen", "today", "confidence"),
    [
        ("2023-03-01", date(2024, 2, 29), "A"),
        ("2024-01-02", date(2025, 1, 1), "A"),
        ("2024-01-02", date(2025, 1, 2), "C"),
        ("2025-12-31", date(2026, 12, 30), "A"),
        ("2025-12-31", date(2026, 12, 31), "C"),
        ("2024", date(2024, 12, 31), "A"),
        ("2024", date(2025, 1, 1), "C"),
        ("0001", date(1, 12, 31), "C"),
    ],
)
def test_evidence_is_fresh_for_twelve_months_also_over_a_leap_day(
    evidence: Evidence, seen: str, today: date, confidence: str
) -> None:
    """METHOD 6: under 12 months old, which is no number of days."""
    found = Scorer(tables(evidence), today).score(HERE._replace(facts=fact(seen, "union")))
    assert found[RISKS.index(Risk.UNSAFE_WORK)].confidence == confidence


def test_the_rank_puts_severity_and_irreversibility_before_likelihood(evidence: Evidence) -> None:
    """METHOD 4: priority, severity, I, L, S, C. Irreversible harm before frequent harm (D3, D4)."""
    found = Scorer(tables(evidence, 4, 5), TODAY).score(HERE)
    ranked = [a.risk for a in sorted(found, key=lambda a: a.rank)]
    assert ranked.index(Risk.CHILD_LABOUR) < ranked.index(Risk.EXCESSIVE_HOURS)
    assert ranked[:2] == [Risk.CHILD_LABOUR, Risk.FORCED_LABOUR]
    assert ranked[-1] is Risk.JOB_INSECURITY


def test_a_listed_good_makes_its_risk_at_least_likely(evidence: Evidence) -> None:
    """METHOD 3: L is 4 or more where the good is listed for the country, however low its prior."""
    low = replace(tables(evidence, 1, 1), country_ratings={"MG": dict.fromkeys(RISKS, 1)})
    place = HERE._replace(country="MG")
    listed = place._replace(goods=("vanilla",))
    assert one(low, place, Risk.CHILD_LABOUR).likelihood.level == 0
    assert one(low, listed, Risk.CHILD_LABOUR).likelihood.level == 4
    assert one(low, listed, Risk.LIVING_WAGE).likelihood.level == 0
    high = replace(low, country_ratings={"MG": dict.fromkeys(RISKS, 5)})
    high = replace(high, sector_cells=tables(evidence, 5, 5).sector_cells)
    assert one(high, listed, Risk.CHILD_LABOUR).likelihood.level == 5


def test_the_goods_of_a_trader_bring_their_aggravators(evidence: Evidence) -> None:
    """METHOD 2: what comes with the work of the sector of the goods comes with selling them."""
    plain = tables(evidence)
    worse = {**plain.sector_cells["sold"], Risk.UNSAFE_WORK: CELL._replace(aggravators=("mining",))}
    both = replace(plain, sector_cells={**plain.sector_cells, "sold": worse})
    assert one(both).aggravations == ()
    found = one(both, HERE._replace(goods_sector="sold")).aggravations
    assert [(a.what, a.origin) for a in found] == [("mining", Origin.SECTOR)]

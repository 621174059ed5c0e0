"""Site facts that turn into findings by number, at every boundary (rows N2-N8, X4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.core.site_terms import Flag, SourceType
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import SiteFacts
from imvo_scan.inventory.facts import Hours, Wages, Workforce
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring import Assessment, Profile, Scorer
from imvo_scan.scoring.site_facts import gap_percent, observations

SEEN = {"date": "2026-10-01", "source_type": "union"}


def found(facts: SiteFacts, minimum_age: int = 15) -> list[tuple[Risk, tuple[str, ...]]]:
    """What the facts breach, with what makes it worse."""
    return [(one.risk, one.aggravators) for one in observations(facts, minimum_age)]


def assessed(evidence: Evidence, facts: SiteFacts, risk: Risk, country: str = "NL") -> Assessment:
    """The assessment of one risk of an office with these facts."""
    profile = Profile(country, "professional-services", scope=2, facts=facts)
    return Scorer(evidence, date(2026, 11, 23)).score(profile)[RISKS.index(risk)]


@pytest.mark.parametrize(
    ("week", "days", "forced", "expected"),
    [
        (48, 6, False, None),
        (49, 6, False, ()),
        (60, 6, False, ()),
        (61, 6, False, ("over-60-hours",)),
        (40, 7, False, ("seven-day-week",)),
        (70, 7, True, ("over-60-hours", "seven-day-week", "forced-overtime")),
        (40, None, False, None),
    ],
)
def test_hours_are_compared_with_the_norm(
    week: int, days: int | None, forced: bool, expected: tuple[str, ...] | None
) -> None:
    """N6: more than 48 hours breaches; more than 60, seven days or force aggravates."""
    hours = Hours.model_validate({"week": week, "days": days, "forced": forced, **SEEN})
    wanted = [] if expected is None else [(Risk.EXCESSIVE_HOURS, expected)]
    assert found(SiteFacts(hours=hours)) == wanted


@pytest.mark.parametrize(
    ("paid", "minimum", "living", "expected"),
    [
        ("40", "160", None, ("below-legal-minimum",)),
        ("160", "160", None, None),
        ("160", "160", "320", ()),
        ("159.99", "160", "300", ("below-legal-minimum",)),
        ("149", None, "300", ("under-half-living-wage",)),
        ("150", None, "300", ()),
        ("300", "160", "300", None),
        ("40", "160", "300", ("below-legal-minimum", "under-half-living-wage")),
        ("40", None, None, None),
    ],
)
def test_wages_are_compared_with_minimum_and_living_wage(
    paid: str, minimum: str | None, living: str | None, expected: tuple[str, ...] | None
) -> None:
    """N4: below a living wage breaches; below the minimum or half of it aggravates."""
    wages = Wages.model_validate(
        {
            "paid": paid,
            "legal_minimum": minimum,
            "living_wage": living,
            "currency": "EUR",
            "period": "month",
            **SEEN,
        }
    )
    wanted = [] if expected is None else [(Risk.LIVING_WAGE, expected)]
    assert found(SiteFacts(wages=wages)) == wanted


@pytest.mark.parametrize(
    ("paid", "norm", "gap"),
    [("40", "160", 75), ("160", "160", 0), ("200", "160", 0), ("1", "3", 66)],
)
def test_the_wage_gap_is_in_percent_of_the_norm(paid: str, norm: str, gap: int) -> None:
    """X4: 40 a month where the legal minimum is 160 is a gap of 75 percent."""
    assert gap_percent(Decimal(paid), Decimal(norm)) == gap


def workforce(**numbers: object) -> SiteFacts:
    """The facts of a site with this workforce."""
    return SiteFacts(workforce=Workforce.model_validate({**numbers, **SEEN}))


@pytest.mark.parametrize(
    ("youngest", "minimum_age", "expected"),
    [
        (15, 15, None),
        (14, 15, ()),
        (14, 14, None),
        (13, 14, ()),
        (12, 15, ()),
        (11, 15, ("under-12",)),
    ],
)
def test_a_child_below_the_minimum_age_is_found(
    youngest: int, minimum_age: int, expected: tuple[str, ...] | None
) -> None:
    """N2: 15, or 14 where C138 allows it; under 12 aggravates."""
    wanted = [] if expected is None else [(Risk.CHILD_LABOUR, expected)]
    assert found(workforce(youngest=youngest), minimum_age) == wanted


def test_the_minimum_age_is_that_of_the_country(evidence: Evidence) -> None:
    """A worker of 14 is a child in the Netherlands and not in Guatemala."""
    facts = workforce(youngest=14)
    assert assessed(evidence, facts, Risk.CHILD_LABOUR, "NL").actual
    assert not assessed(evidence, facts, Risk.CHILD_LABOUR, "GT").actual


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"temporary": 49}, None),
        ({"temporary": 30, "agency": 30}, None),
        ({"temporary": 60, "agency": 60}, ()),
        ({"temporary": 49, "agency": 49, "day_labour": 49}, None),
        ({"temporary": 50, "agency": 10}, ()),
        ({"no_contract": 1}, ()),
        ({"no_contract": 50}, ("no-contract",)),
        ({"day_labour": 50}, ("day-labour",)),
        ({"women": 100}, None),
    ],
)
def test_insecure_contracts_are_found(
    numbers: dict[str, int], expected: tuple[str, ...] | None
) -> None:
    """N7: work without a contract, or insecure work for at least half of the workers."""
    wanted = [] if expected is None else [(Risk.JOB_INSECURITY, expected)]
    assert found(workforce(**numbers)) == wanted


def test_overlapping_shares_are_told_apart_and_never_added() -> None:
    """One worker can be temporary and of an agency: 60 and 30 percent are not 90."""
    (seen,) = observations(workforce(temporary=60, agency=30), 15)
    assert str(seen.what) == "of the workers 60 % temporary, 30 % through agencies"
    dutch = "van de werknemers 60 % tijdelijk, 30 % via een bureau"
    assert Speaker("nl").tell(seen.what) == dutch


def test_agency_or_migrant_workers_who_pay_fees_set_the_flag(evidence: Evidence) -> None:
    """METHOD 3: the flag is set by the numbers, once."""
    facts = workforce(migrants=20, recruitment_fees=True)
    likelihood = assessed(evidence, facts, Risk.FORCED_LABOUR).likelihood
    assert likelihood.flags == (Flag.AGENCY_LABOUR,)
    without = assessed(evidence, workforce(migrants=20), Risk.FORCED_LABOUR).likelihood
    assert without.flags == ()


def test_a_workforce_of_women_widens_the_scope_of_discrimination(evidence: Evidence) -> None:
    """N3: at least half of the workers are women."""
    assert assessed(evidence, workforce(women=50), Risk.DISCRIMINATION).scope.level == 3
    assert assessed(evidence, workforce(women=49), Risk.DISCRIMINATION).scope.level == 2
    assert assessed(evidence, workforce(women=50), Risk.LIVING_WAGE).scope.level == 2


def test_what_is_found_at_a_site_is_actual_and_known(evidence: Evidence) -> None:
    """A breach is L 5; told by a union within the year it has confidence A."""
    hours = Hours(week=66, date="2026-10-01", source_type=SourceType.UNION)
    one = assessed(evidence, SiteFacts(hours=hours), Risk.EXCESSIVE_HOURS)
    assert (one.actual, one.likelihood.level, one.confidence, one.severity) == (True, 5, "A", 4)

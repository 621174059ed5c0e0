"""Site facts that turn into findings by number, not by opinion (METHOD 2-3; rows N2-N8).

Hours, wages, ages and contracts are compared with the norm. A breach is actual, as an incident is;
how far it goes decides whether it aggravates. Meeting a norm lowers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.language import Language
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Flag, SourceType
from imvo_scan.inventory import SiteFacts

if TYPE_CHECKING:
    from imvo_scan.inventory.facts import Hours, Wages, Workforce

HOURS_OF_THE_NORM = 48
HOURS_THAT_AGGRAVATE = 60
DAYS_THAT_AGGRAVATE = 7
AGE_THAT_AGGRAVATES = 12
HALF = 50

_EN = Language.ENGLISH
_INSECURE = {
    "no_contract": ("without a contract", "zonder contract"),
    "day_labour": ("day labourers", "dagloners"),
    "temporary": ("temporary", "tijdelijk"),
    "agency": ("through agencies", "via een bureau"),
}
"""The shares of a workforce that have little security, which overlap."""
_PERIODS = {"hour": "uur", "day": "dag", "week": "week", "month": "maand", "year": "jaar"}


class Observation(NamedTuple):
    """A fact at the site that breaches a norm: which risk, what, and what makes it worse."""

    risk: Risk
    said: tuple[str, str]
    aggravators: tuple[str, ...]
    date: str
    source_type: SourceType

    def text(self, language: Language) -> str:
        """What was found, in a language."""
        return self.said[0 if language is _EN else 1]


def observations(facts: SiteFacts, minimum_age: int) -> tuple[Observation, ...]:
    """Every breach that the numbers of a site show; `minimum_age` is that of its country."""
    observations: list[Observation] = []
    if facts.hours is not None:
        observations.extend(_hours(facts.hours))
    if facts.wages is not None:
        observations.extend(_wages(facts.wages))
    if facts.workforce is not None:
        observations.extend(_workforce(facts.workforce, minimum_age))
    return tuple(observations)


def _hours(hours: Hours) -> Iterator[Observation]:
    """More than 48 hours a week, or seven days, breaches ILO C1 (N6)."""
    worse = []
    if hours.week > HOURS_THAT_AGGRAVATE:
        worse.append("over-60-hours")
    if hours.days is not None and hours.days >= DAYS_THAT_AGGRAVATE:
        worse.append("seven-day-week")
    if hours.forced:
        worse.append("forced-overtime")
    if hours.week > HOURS_OF_THE_NORM or worse:
        days = (f" on {hours.days} days", f" op {hours.days} dagen") if hours.days else ("", "")
        said = (
            f"{hours.week} hours a week{days[0]}, where 48 is the norm",
            f"{hours.week} uur per week{days[1]}, waar 48 de norm is",
        )
        yield Observation(Risk.EXCESSIVE_HOURS, said, tuple(worse), hours.date, hours.source_type)


def gap_percent(paid: Decimal, norm: Decimal) -> int:
    """How far pay falls short of a norm, in whole percent of the norm, rounded down.

    40 of 160 is a gap of 75; pay above the norm is a gap of 0.
    """
    return max(0, int((norm - paid) * 100 / norm)) if norm else 0


def _wages(wages: Wages) -> Iterator[Observation]:
    """Pay below a living wage, or below the legal minimum, is a breach (N4)."""
    paid = Decimal(wages.paid)
    minimum, living = (Decimal(text) if text else None for text in _norms(wages))
    worse, english, dutch = [], [], []
    if minimum is not None and paid < minimum:
        worse.append("below-legal-minimum")
        gap = gap_percent(paid, minimum)
        english.append(f"{gap} % below the legal minimum of {wages.legal_minimum}")
        dutch.append(f"{gap} % onder het wettelijk minimum van {wages.legal_minimum}")
    if living is not None and paid < living:
        if paid * 2 < living:
            worse.append("under-half-living-wage")
        gap = gap_percent(paid, living)
        english.append(f"{gap} % below a living wage of {wages.living_wage}")
        dutch.append(f"{gap} % onder een leefbaar loon van {wages.living_wage}")
    if english:
        pay = f"{wages.paid} {wages.currency}"
        said = (
            f"paid {pay} a {wages.period}, {' and '.join(english)}",
            f"loon {pay} per {_PERIODS[wages.period]}, {' en '.join(dutch)}",
        )
        yield Observation(Risk.LIVING_WAGE, said, tuple(worse), wages.date, wages.source_type)


def _norms(wages: Wages) -> tuple[str | None, str | None]:
    return wages.legal_minimum, wages.living_wage


def _workforce(workforce: Workforce, minimum_age: int) -> Iterator[Observation]:
    """Children below the minimum age (N2), and work without security (N7)."""
    age = workforce.youngest
    if age is not None and age < minimum_age:
        said = (
            f"the youngest worker is {age}, where the minimum age is {minimum_age}",
            f"de jongste werknemer is {age}, waar de minimumleeftijd {minimum_age} is",
        )
        young = ("under-12",) if age < AGE_THAT_AGGRAVATES else ()
        yield _seen(workforce, Risk.CHILD_LABOUR, said, young)
    shares = (("no-contract", workforce.no_contract), ("day-labour", workforce.day_labour))
    worse = tuple(name for name, share in shares if share is not None and share >= HALF)
    insecure = {name: share for name in _INSECURE if (share := getattr(workforce, name))}
    # One worker can be in several shares, so they are never added up: the greatest counts.
    if workforce.no_contract or max(insecure.values(), default=0) >= HALF:
        said = (_shares(insecure, _EN), _shares(insecure, Language.DUTCH))
        yield _seen(workforce, Risk.JOB_INSECURITY, said, worse)


def _shares(insecure: Mapping[str, int], language: Language) -> str:
    """Who has no security, each share as stated: `30 % temporary, 30 % through agencies`."""
    column = 0 if language is _EN else 1
    parts = (f"{share} % {_INSECURE[name][column]}" for name, share in insecure.items())
    return f"{('of the workers', 'van de werknemers')[column]} {', '.join(parts)}"


def _seen(
    workforce: Workforce, risk: Risk, said: tuple[str, str], worse: tuple[str, ...]
) -> Observation:
    return Observation(risk, said, worse, workforce.date, workforce.source_type)


def flags_of(workforce: Workforce | None) -> tuple[Flag, ...]:
    """The flags that the numbers of a workforce set by themselves (METHOD 3)."""
    if workforce is None or not workforce.recruitment_fees:
        return ()
    return (Flag.AGENCY_LABOUR,) if workforce.agency or workforce.migrants else ()


def hits_mostly_women(workforce: Workforce | None) -> bool:
    """Whether at least half of the workers are women: a scope fact for discrimination (N3)."""
    return workforce is not None and (workforce.women or 0) >= HALF

"""Site facts that turn into findings by number, not by opinion (METHOD 2-3; rows N2-N8).

Hours, wages, ages and contracts are compared with the norm. A breach is actual, as an incident is;
how far it goes decides whether it aggravates. Meeting a norm lowers nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.message import Message, message
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

_INSECURE = ("no_contract", "day_labour", "temporary", "agency")
"""The shares of a workforce that have little security, which overlap."""


class Observation(NamedTuple):
    """A fact at the site that breaches a norm: which risk, what, and what makes it worse."""

    risk: Risk
    what: Message
    aggravators: tuple[str, ...]
    date: str
    source_type: SourceType


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
        what = message("observed.hours", week=hours.week)
        if hours.days:
            what = message("observed.hours-on-days", week=hours.week, n=hours.days)
        yield Observation(Risk.EXCESSIVE_HOURS, what, tuple(worse), hours.date, hours.source_type)


def gap_percent(paid: Decimal, norm: Decimal) -> int:
    """How far pay falls short of a norm, in whole percent of the norm, rounded down.

    40 of 160 is a gap of 75; pay above the norm is a gap of 0.
    """
    return max(0, int((norm - paid) * 100 / norm)) if norm else 0


def _wages(wages: Wages) -> Iterator[Observation]:
    """Pay below a living wage, or below the legal minimum, is a breach (N4)."""
    paid = Decimal(wages.paid)
    minimum, living = (Decimal(text) if text else None for text in _norms(wages))
    worse, short = [], {}
    if minimum is not None and paid < minimum:
        worse.append("below-legal-minimum")
        gap = gap_percent(paid, minimum)
        short["minimum"] = message("observed.below-minimum", gap=gap, norm=minimum)
    if living is not None and paid < living:
        if paid * 2 < living:
            worse.append("under-half-living-wage")
        gap = gap_percent(paid, living)
        short["living"] = message("observed.below-living-wage", gap=gap, norm=living)
    if short:
        what = _pay(wages, short)
        yield Observation(Risk.LIVING_WAGE, what, tuple(worse), wages.date, wages.source_type)


def _pay(wages: Wages, short: Mapping[str, Message]) -> Message:
    """What is paid, and how far that falls short of one norm or of both."""
    code = "observed.pay-below-both"
    if len(short) == 1:
        code, short = "observed.pay-below-one", {"gap": next(iter(short.values()))}
    period = message(f"period.{wages.period}")
    paid, currency = Decimal(wages.paid), wages.currency
    return message(code, paid=paid, currency=currency, period=period, **short)


def _norms(wages: Wages) -> tuple[str | None, str | None]:
    return wages.legal_minimum, wages.living_wage


def _workforce(workforce: Workforce, minimum_age: int) -> Iterator[Observation]:
    """Children below the minimum age (N2), and work without security (N7)."""
    age = workforce.youngest
    if age is not None and age < minimum_age:
        what = message("observed.young", age=age, minimum=minimum_age)
        young = ("under-12",) if age < AGE_THAT_AGGRAVATES else ()
        yield _seen(workforce, Risk.CHILD_LABOUR, what, young)
    shares = (("no-contract", workforce.no_contract), ("day-labour", workforce.day_labour))
    worse = tuple(name for name, share in shares if share is not None and share >= HALF)
    insecure = {name: share for name in _INSECURE if (share := getattr(workforce, name))}
    # One worker can be in several shares, so they are never added up: the greatest counts.
    if workforce.no_contract or max(insecure.values(), default=0) >= HALF:
        yield _seen(workforce, Risk.JOB_INSECURITY, _shares(insecure), worse)


def _shares(insecure: Mapping[str, int]) -> Message:
    """Who has no security, each share as stated: `30 % temporary, 30 % through agencies`."""
    shares = tuple(message(f"insecure.{name}", share=share) for name, share in insecure.items())
    return message("observed.insecure", shares=shares)


def _seen(workforce: Workforce, risk: Risk, what: Message, worse: tuple[str, ...]) -> Observation:
    return Observation(risk, what, worse, workforce.date, workforce.source_type)


def flags_of(workforce: Workforce | None) -> tuple[Flag, ...]:
    """The flags that the numbers of a workforce set by themselves (METHOD 3)."""
    if workforce is None or not workforce.recruitment_fees:
        return ()
    return (Flag.AGENCY_LABOUR,) if workforce.agency or workforce.migrants else ()


def hits_mostly_women(workforce: Workforce | None) -> bool:
    """Whether at least half of the workers are women: a scope fact for discrimination (N3)."""
    return workforce is not None and (workforce.women or 0) >= HALF

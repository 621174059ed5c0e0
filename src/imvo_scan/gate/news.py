"""What counts as news of a finding (METHOD 6): the one rule of gate, diff and history.

A finding is news when it is new, when its class or L is worse, when harm is reported where there
was a prior, or when a further incident is added.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from imvo_scan.core.priorities import Priority

if TYPE_CHECKING:
    from imvo_scan.inventory import SiteFacts
    from imvo_scan.scoring import Assessment


class News(StrEnum):
    """Why a finding is news."""

    NEW = "new"
    CLASS = "class"
    LIKELIHOOD = "likelihood"
    HARM = "harm"
    INCIDENT = "incident"


class Known(NamedTuple):
    """What is known of a finding at one time.

    `incidents` holds the day of each report of harm as written, in order: incidents, and facts of
    the site that breach a norm. They are days and not a number, so that a newer incident in the
    place of an older one is seen.
    """

    priority: Priority
    likelihood: int
    harm: bool = False
    incidents: tuple[str, ...] = ()


def known_of(assessment: Assessment, facts: SiteFacts) -> Known:
    """What an assessment of a site with these facts makes known."""
    return Known(
        assessment.priority,
        assessment.likelihood.level,
        assessment.actual,
        days_of_harm(assessment, facts),
    )


def days_of_harm(assessment: Assessment, facts: SiteFacts) -> tuple[str, ...]:
    """The day of each report of harm behind an assessment, as written, in order."""
    if not assessment.actual:
        return ()
    incidents = (one.date for one in facts.incidents if one.risk is assessment.risk)
    return tuple(sorted((*incidents, *(one.date for one in assessment.likelihood.observed))))


def news_of(before: Known | None, now: Known) -> tuple[News, ...]:
    """All that makes a finding news, held against what was known; empty where nothing does."""
    if before is None:
        return (News.NEW,)
    if before == now:
        return ()
    harm = now.harm and not before.harm
    reasons = {
        News.CLASS: now.priority < before.priority,
        News.LIKELIHOOD: now.likelihood > before.likelihood,
        News.HARM: harm,
        News.INCIDENT: not harm and bool(Counter(now.incidents) - Counter(before.incidents)),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)

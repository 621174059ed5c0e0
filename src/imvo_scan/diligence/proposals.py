"""Which measures of the library fit a finding: those for its situation first, leaving never.

What comes first (`needs`) is proposed before what builds on it: without an independent union there
is nobody to negotiate with (SD2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from imvo_scan.chain import Site
from imvo_scan.chain.scan import lacks_channel
from imvo_scan.core.matching import normal
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS
from imvo_scan.core.site_terms import DialogueState, Flag, Involvement
from imvo_scan.evidence.action_library import Measures
from imvo_scan.evidence.measure_rows import LAST, Measure, When
from imvo_scan.scoring import Assessment
from imvo_scan.taxonomy.taxonomy import Taxonomy

MOST_PROPOSED = {Priority.P1: 5, Priority.P2: 2}
MOST_REMEDIES = {Priority.P1: 2, Priority.P2: 1}  # prevention is never crowded out
_BAN = "legal-ban"
_UNION_CONTROLS = frozenset({"independent-union", "collective-agreement"})


def situation_of(site: Site, taxonomy: Taxonomy, *, joint: bool) -> frozenset[When]:
    """What is so at a site; `joint`: others buy there too."""
    it = site.supplier
    union = any(control.kind in _UNION_CONTROLS for control in it.facts.controls)
    union = union and Flag.NO_INDEPENDENT_UNION not in it.flags
    banned = any(a.what == _BAN for one in site.assessments for a in one.aggravations)
    states = (
        (When.UNION_BANNED, banned),
        (When.NO_UNION, not union and not banned),
        (When.UNION_THERE, union),
        (When.NO_CHANNEL, lacks_channel(site)),
        (When.PARTNER_UNION, it.country in taxonomy.partner_unions),
        (When.OTHER_BUYERS, joint),
    )
    return frozenset(when for when, holds in states if holds)


class Proposer:
    """Proposes measures for the findings of one site, each measure once.

    `met`: the measures that are under way or done there, on which others may build.
    """

    def __init__(
        self, site: Site, library: Measures, situation: frozenset[When], begun: Collection[str]
    ) -> None:
        self.site = site
        self.library = library
        self.situation = situation
        self.goods = frozenset(map(normal, site.supplier.goods))
        self.met = {*begun, *_reached(site, library, situation)}
        self.named: set[str] = set()

    def propose(self, assessment: Assessment) -> tuple[Measure, ...]:
        """The measures that fit a finding best and were not proposed for one before it.

        What harms now is remedied first; then the company's own part, then what is meant for this
        good, sector or situation. Leaving is never proposed.
        """
        situation = self.situation | ({When.ACTUAL} if assessment.actual else set())
        fitting = [
            measure
            for measure in self.library.of_risk(assessment.risk)
            if measure.key not in self.met and self._fits(measure, assessment, situation)
        ]
        close = self._close_to(fitting)
        fitting.sort(key=lambda measure: _order(measure, assessment, close))
        chosen: dict[str, Measure] = {}
        for measure in fitting:
            first = self._first_needed(measure)
            if first.key not in self.named and situation.issuperset(first.when):
                chosen.setdefault(first.key, first)
            _drop_last_remedy(chosen, MOST_REMEDIES[assessment.priority])
            if len(chosen) == MOST_PROPOSED[assessment.priority]:
                break
        self.named.update(chosen)
        return tuple(chosen.values())

    def _fits(self, measure: Measure, assessment: Assessment, situation: frozenset[When]) -> bool:
        """Whether a measure for this risk is also one for this site and situation."""
        it = self.site.supplier
        return (
            assessment.involvement in measure.involvement
            and measure.kind != LAST
            and situation.issuperset(measure.when)
            and (not measure.sectors or bool(measure.sectors & {it.sector, it.goods_sector}))
            and (not measure.goods or not self.goods.isdisjoint(map(normal, measure.goods)))
        )

    def _close_to(self, fitting: Iterable[Measure]) -> frozenset[str]:
        """The measures for this very good, with those that a source names in one breath."""
        named = {measure.key for measure in fitting if measure.goods}
        groups = (group for group in self.library.groups.values() if named.intersection(group))
        return frozenset(named.union(*groups))

    def _first_needed(self, measure: Measure) -> Measure:
        """The measure itself, or what has to come before it (SD2)."""
        before = next((key for key in measure.needs if key not in self.met), None)
        return measure if before is None else self._first_needed(self.library.by_key[before])


def _reached(site: Site, library: Measures, situation: frozenset[When]) -> tuple[str, ...]:
    """The steps of dialogue that a site has behind it: a union, and the states it reached."""
    ladder = library.ladders.get("dialogue", ())
    steps = site.supplier.relations.dialogue
    if steps:
        return ladder[: 2 + tuple(DialogueState).index(steps[-1].state)]
    return ladder[:1] if When.UNION_THERE in situation else ()


def _drop_last_remedy(chosen: dict[str, Measure], most: int) -> None:
    remedies = [key for key, measure in chosen.items() if measure.kind == "remedy"]
    if len(remedies) > most:
        del chosen[remedies[-1]]


def _order(measure: Measure, assessment: Assessment, close: frozenset[str]) -> tuple[bool, ...]:
    """False comes first."""
    own_part = assessment.involvement is not Involvement.LINKED
    return (
        not (assessment.actual and measure.kind == "remedy"),
        not (own_part and measure.kind == "purchasing"),
        measure.key not in close,
        not measure.when,
        not measure.sectors,
        len(measure.risks) == len(RISKS),
        measure.kind == "remedy",
    )

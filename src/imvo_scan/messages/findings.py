"""A score in plain words: why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from imvo_scan.core.language import in_language, inside_sentence
from imvo_scan.core.levels import Unknown
from imvo_scan.core.matching import all_of
from imvo_scan.core.message import Day, message
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Involvement
from imvo_scan.evidence.goods import Listing
from imvo_scan.inventory import Supplier
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring.assessment import Aggravation, Assessment, Credit, Origin, Refusal
from imvo_scan.taxonomy.taxonomy import Taxonomy

_TO_BE_FILLED = frozenset({"country", "sector"})
"""The gaps that the reader can fill; the others are those of our tables."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Says assessments in one language; `known` keeps what was said once."""

    taxonomy: Taxonomy
    speaker: Speaker = field(default_factory=Speaker)
    known: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def language(self) -> str:
        """The language that is spoken."""
        return self.speaker.language

    def reason(self, assessment: Assessment, site: Supplier) -> str:
        """One sentence: what the score rests on; ratings speak of places, not of a site."""
        key = (
            assessment.risk,
            assessment.likelihood,
            assessment.aggravations,
            assessment.override,
            site.country,
            site.sector,
            site.goods_sector,
        )
        if key not in self.known:
            text = "; ".join(self._parts(assessment, site))
            self.known[key] = f"{_upper(text)}."
        return self.known[key]

    def recommendation(self, assessment: Assessment) -> str:
        """What to do: the step of the class, and the first question for this risk."""
        key = (
            assessment.risk,
            assessment.priority,
            assessment.actual,
            assessment.gaps,
            assessment.involvement,
            assessment.involved_by,
        )
        if key not in self.known:
            self.known[key] = " ".join(self._steps(assessment))
        return self.known[key]

    def _steps(self, assessment: Assessment) -> Iterator[str]:
        priority = assessment.priority
        if assessment.actual:
            yield self.speaker.say("next.actual")
        yield from self._involved(assessment)
        missing = [self.gap(gap) for gap in assessment.gaps if gap in _TO_BE_FILLED]
        if missing:
            yield self.speaker.say("next.fill-in", gaps=all_of(missing))
        yield self.speaker.tell(message(f"next.class-{priority.label}"))
        if priority.at_least(Priority.P2):
            yield in_language(self.taxonomy.risks[assessment.risk].ask, self.language)

    def _involved(self, assessment: Assessment) -> Iterator[str]:
        """What the company's own part asks of it (METHOD 5, D9)."""
        how, reason = assessment.involvement, assessment.involved_by.rstrip(".")
        if how is Involvement.LINKED:
            if assessment.priority.at_least(Priority.P2):
                yield self.speaker.say("next.linked")
        elif not reason:
            yield self.speaker.say("next.own-site")
        elif how is Involvement.CAUSE:
            yield self.speaker.say("next.cause", reason=reason)
        else:
            yield self.speaker.say("next.contribute", reason=reason)

    def residual(self, assessment: Assessment) -> str:
        """Why the residual class is what it is; empty where nothing is stated that is about it.

        A control says itself which rights it is for, so elsewhere it goes without saying.
        """
        told = tuple(
            one
            for one in assessment.credits
            if one.is_label or one.refusal is not Refusal.OTHER_RIGHT
        )
        if not told:
            return ""
        key = (assessment.risk, assessment.priority, assessment.residual, told)
        if key not in self.known:
            effects = dict.fromkeys(map(self.credit, told))
            self.known[key] = self.speaker.say(
                "reason.residual",
                left=assessment.residual.label,
                first=assessment.priority.label,
                credits=_upper("; ".join(effects)),
            )
        return self.known[key]

    def credit(self, credit: Credit) -> str:
        """A label or control, with its effect or why it has none."""
        name = credit.name
        if not credit.is_label:
            name = in_language(self.taxonomy.controls[credit.name].names, self.language)
        if credit.refusal is None:
            return self.speaker.say("reason.credit-counts", name=name)
        why = message(f"refusal.{credit.refusal.value}")
        return self.speaker.say("reason.credit-refused", name=name, why=why)

    def gap(self, gap: str) -> str:
        """The name of what is missing."""
        return self.speaker.tell(message(f"missing.{gap.replace(' ', '-')}"))

    def risk(self, risk: Risk, *, short: bool = False) -> str:
        """The name of a risk."""
        risk_definition = self.taxonomy.risks[risk]
        names = risk_definition.short if short else risk_definition.names
        return in_language(names, self.language)

    def aggravator(self, risk: Risk, what: str) -> str:
        """The name of an aggravator of a risk."""
        return in_language(self.taxonomy.risks[risk].aggravators[what], self.language)

    def _parts(self, assessment: Assessment, site: Supplier) -> Iterator[str]:
        likelihood, say = assessment.likelihood, self.speaker.say
        if likelihood.incident is not None:
            source = message(f"source-type.{likelihood.incident.source_type.value}")
            yield say("reason.happened", source=source, date=Day(likelihood.incident.date))
        for observed in likelihood.observed:
            source = message(f"source-type.{observed.source_type.value}")
            yield say("reason.observed", what=observed.what, source=source, date=Day(observed.date))
        if likelihood.listings:
            yield say("reason.listed", goods=self._listed(likelihood.listings))
        yield from self._ratings(assessment, site)
        if likelihood.flags:
            flags = tuple(message(f"flag.{flag.value}") for flag in likelihood.flags)
            yield say("reason.flags", flags=flags)
        if assessment.aggravations:
            yield say("reason.aggravated", aggravators=tuple(self._aggravations(assessment)))
        if assessment.override is not None:
            yield say("reason.override", reason=assessment.override.reason.rstrip("."))

    def _ratings(self, assessment: Assessment, site: Supplier) -> Iterator[str]:
        likelihood, say = assessment.likelihood, self.speaker.say
        country = self.taxonomy.country_name(site.country, self.language)
        sector = inside_sentence(self.taxonomy.sector_name(site.sector, self.language))
        if site.goods_sector is not None:
            sector = say("reason.sector-with-goods", sector=sector)
        c, s = likelihood.country_rating, likelihood.sector_rating
        if not isinstance(c, Unknown) and not isinstance(s, Unknown):
            ratings = say("reason.ratings", country=country, c=c, sector=sector, s=s)
            yield ratings + (say("reason.in-the-chain") if likelihood.in_the_chain else "")
            return
        for rating, gap, name in (
            (c, "reason.no-country", country),
            (s, "reason.no-sector", sector),
        ):
            if not isinstance(rating, Unknown):
                yield say("reason.rating", name=name, rating=rating)
            elif name != "?":
                yield say("reason.no-rating", name=name)
            else:
                yield say(gap)

    def _listed(self, listings: tuple[Listing, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(listing.label(self.language) for listing in listings))

    def _aggravations(self, assessment: Assessment) -> Iterator[str]:
        first: dict[str, Aggravation] = {}
        for one in assessment.aggravations:
            first.setdefault(one.what, one)
        for what, one in first.items():
            name = self.aggravator(assessment.risk, what)
            own = one.origin is Origin.SITE and not assessment.likelihood.observed
            yield f"{name} ({self.speaker.tell(one.reason).rstrip('.')})" if own else name


def _upper(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]

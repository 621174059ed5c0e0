"""A score in plain words, in English or Dutch: why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from imvo_scan.core.language import Language
from imvo_scan.core.levels import UNKNOWN
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Flag, Involvement, SourceType
from imvo_scan.evidence.goods import Listing
from imvo_scan.inventory import Supplier
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring.assessment import Aggravation, Assessment, Credit, Origin, Refusal
from imvo_scan.taxonomy.taxonomy import Taxonomy

_EN, _NL = Language.ENGLISH, Language.DUTCH

_PHRASES: dict[Language, dict[str, str]] = {
    _EN: {
        "happened": "It happened here ({source}, {date})",
        "rates": "{country} rates {c} of 5 and {sector} {s} of 5",
        "chain": " (in the chain behind it)",
        "unknown": "{what} unknown, counted as 4",
        "no_country": "the country is",
        "no_sector": "the sector is",
        "no_rating": "the rating of {name} is",
        "goods": "{sector} with the goods it sells",
        "flags": "likelier through {list}",
        "observed": "found here: {found} ({source}, {date})",
        "listed": "{list} listed",
        "worse": "worse through {list}",
        "override": "severity set by hand: {reason}",
        "and": " and ",
        "actual": "Stop the harm and see to remedy for the people hit.",
        "cause": "You cause this ({reason}): stop it and provide remedy.",
        "cause_": "At your own site you would be the cause: prevent it, and provide remedy where "
        "it happens.",
        "contribute": "You contribute ({reason}): end your own part, use your leverage for the "
        "rest, and share in remedy.",
        "linked": "Use your leverage; leaving comes last.",
        "held": "{name}: held, no effect, because {why}",
        "counts": "{name}: counts for one step",
        "residual": "Residual {left}, inherent {first}. {list}.",
        "first_fill": "First state the {gaps} of this site.",
        "P1": "Act now.",
        "P2": "Assess in depth this year.",
        "P3": "Plan.",
        "P4": "Monitor.",
        "L0": "Not indicated. Look again when something changes.",
    },
    _NL: {
        "happened": "Het gebeurde hier ({source}, {date})",
        "rates": "{country} scoort {c} van 5 en {sector} {s} van 5",
        "chain": " (in de keten erachter)",
        "unknown": "{what} onbekend, telt als 4",
        "no_country": "het land is",
        "no_sector": "de sector is",
        "no_rating": "de score van {name} is",
        "goods": "{sector} met de goederen die er verkocht worden",
        "flags": "waarschijnlijker door {list}",
        "observed": "hier gevonden: {found} ({source}, {date})",
        "listed": "{list} staat op een lijst",
        "worse": "erger door {list}",
        "override": "ernst met de hand bepaald: {reason}",
        "and": " en ",
        "actual": "Stop de schade en zorg voor herstel voor de getroffen mensen.",
        "cause": "U veroorzaakt dit ({reason}): stop ermee en zorg voor herstel.",
        "cause_": "Op uw eigen locatie zou u de oorzaak zijn: voorkom het, en zorg voor herstel "
        "waar het gebeurt.",
        "contribute": "U draagt bij ({reason}): beëindig uw eigen deel, gebruik uw invloed voor de "
        "rest en draag bij aan herstel.",
        "linked": "Gebruik uw invloed; vertrekken komt als laatste.",
        "held": "{name}: aanwezig, geen effect, want {why}",
        "counts": "{name}: telt voor één stap",
        "residual": "Restklasse {left}, inherent {first}. {list}.",
        "first_fill": "Vul eerst {gaps} van deze locatie in.",
        "P1": "Handel nu.",
        "P2": "Onderzoek dit jaar grondig.",
        "P3": "Plan in.",
        "P4": "Volg.",
        "L0": "Niet aangewezen. Kijk opnieuw als er iets verandert.",
    },
}

FLAG_NAMES: dict[Language, dict[Flag, str]] = {
    _EN: {
        Flag.AGENCY_LABOUR: "agency labour or recruitment fees",
        Flag.HOME_WORK: "home work or hidden subcontracting",
        Flag.RUSH_ORDERS: "rush orders or seasonal peaks",
        Flag.NO_INDEPENDENT_UNION: "no independent union",
    },
    _NL: {
        Flag.AGENCY_LABOUR: "uitzendarbeid of wervingskosten",
        Flag.HOME_WORK: "thuiswerk of verborgen onderaanneming",
        Flag.RUSH_ORDERS: "spoedorders of seizoenspieken",
        Flag.NO_INDEPENDENT_UNION: "geen onafhankelijke vakbond",
    },
}

SOURCE_NAMES: dict[Language, dict[SourceType, str]] = {
    _EN: {kind: kind.value.replace("-", " ") for kind in SourceType},
    _NL: {
        SourceType.UNION: "vakbond",
        SourceType.WORKER_INTERVIEW: "gesprek met werknemers",
        SourceType.GRIEVANCE: "klacht",
        SourceType.AUDIT: "audit",
        SourceType.NGO: "ngo",
        SourceType.MEDIA: "media",
        SourceType.GOVERNMENT: "overheid",
        SourceType.COMPANY: "bedrijf",
        SourceType.QUESTIONNAIRE: "vragenlijst",
    },
}

REFUSALS: dict[Language, dict[Refusal, str]] = {
    _EN: {
        Refusal.OTHER_RIGHT: "it does not cover this right",
        Refusal.NOT_ITS_KIND: "a measure of this kind does not bear on this right",
        Refusal.OTHER_TIER: "the certificate of another site does not reach this one",
        Refusal.NOT_OF_A_SITE: "it speaks of a company, and nobody looks at the site for it",
        Refusal.UNKNOWN_LABEL: "this label is not known here",
        Refusal.ENDED: "the scheme has ended",
        Refusal.SELF_DECLARED: "the site only says so itself",
        Refusal.OWN_WORD: "only the supplier or the company says so",
        Refusal.NO_DATE: "it says no date until which it is valid",
        Refusal.EXPIRED: "it has expired",
        Refusal.STALE: "nobody saw it work in the past 12 months",
        Refusal.NOT_INDEPENDENT: "those who check are not shown to be independent",
        Refusal.TOO_FEW_ANSWERS: "it answers fewer than five of the seven questions with yes",
        Refusal.ACTUAL: "the harm has happened here",
        Refusal.LISTED: "the good is listed for this risk",
        Refusal.STATE_IMPOSED: "the state imposes the labour",
        Refusal.NO_ASSOCIATION: "the country leaves no room for unions",
        Refusal.FLOOR: "the likelihood is at its lowest for this country and sector",
        Refusal.ALREADY: "one step in all is the most",
    },
    _NL: {
        Refusal.OTHER_RIGHT: "het gaat niet over dit recht",
        Refusal.NOT_ITS_KIND: "een maatregel van deze soort werkt niet op dit recht",
        Refusal.OTHER_TIER: "het certificaat van een andere locatie reikt niet tot hier",
        Refusal.NOT_OF_A_SITE: "het gaat over een bedrijf, en niemand kijkt ervoor op de locatie",
        Refusal.UNKNOWN_LABEL: "dit keurmerk is hier niet bekend",
        Refusal.ENDED: "het keurmerk bestaat niet meer",
        Refusal.SELF_DECLARED: "alleen de locatie zelf zegt het",
        Refusal.OWN_WORD: "alleen de leverancier of het bedrijf zegt het",
        Refusal.NO_DATE: "er staat niet bij tot wanneer het geldig is",
        Refusal.EXPIRED: "het is verlopen",
        Refusal.STALE: "niemand zag het de afgelopen 12 maanden werken",
        Refusal.NOT_INDEPENDENT: "niet gebleken is dat de controle onafhankelijk is",
        Refusal.TOO_FEW_ANSWERS: "het zegt op minder dan vijf van de zeven vragen ja",
        Refusal.ACTUAL: "de schade is hier gebeurd",
        Refusal.LISTED: "het goed staat voor dit risico op een lijst",
        Refusal.STATE_IMPOSED: "de staat legt de arbeid op",
        Refusal.NO_ASSOCIATION: "het land laat geen ruimte voor vakbonden",
        Refusal.FLOOR: "de kans staat al op zijn laagst voor dit land en deze sector",
        Refusal.ALREADY: "meer dan één stap in totaal kan niet",
    },
}

_GAP_NAMES: dict[Language, dict[str, str]] = {
    _EN: {"country": "country", "sector": "sector"},
    _NL: {"country": "het land", "sector": "de sector"},
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says assessments in one language; what was said once is kept in `said`."""

    taxonomy: Taxonomy
    speaker: Speaker = field(default_factory=Speaker)
    said: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return Language(self.speaker.language)

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
        if key not in self.said:
            text = "; ".join(self._parts(assessment, site))
            self.said[key] = f"{_upper(text)}."
        return self.said[key]

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
        if key not in self.said:
            self.said[key] = " ".join(self._steps(assessment))
        return self.said[key]

    def _steps(self, assessment: Assessment) -> list[str]:
        steps = [self._say("actual")] if assessment.actual else []
        steps += self._involved(assessment)
        missing = [gap for gap in assessment.gaps if gap in _GAP_NAMES[self.language]]
        if missing:
            names = self._say("and").join(_GAP_NAMES[self.language][gap] for gap in missing)
            steps.append(self._say("first_fill", gaps=names))
        steps.append(self._say(assessment.priority.label))
        if assessment.priority.at_least(Priority.P2):
            steps.append(self.taxonomy.risks[assessment.risk].ask[self.language])
        return steps

    def _involved(self, assessment: Assessment) -> Iterator[str]:
        """What the company's own part asks of it (METHOD 5, D9)."""
        how, reason = assessment.involvement, assessment.involved_by.rstrip(".")
        if how is Involvement.LINKED:
            if assessment.priority.at_least(Priority.P2):
                yield self._say("linked")
        else:
            yield self._say(how.value if reason else "cause_", reason=reason)

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
        if key not in self.said:
            said = dict.fromkeys(map(self.credit, told))
            self.said[key] = self._say(
                "residual",
                left=assessment.residual.label,
                first=assessment.priority.label,
                list=_upper("; ".join(said)),
            )
        return self.said[key]

    def credit(self, credit: Credit) -> str:
        """A label or control, with its effect or why it has none."""
        name = credit.name
        if not credit.is_label:
            name = self.taxonomy.controls[credit.name].names[self.language]
        if credit.refusal is None:
            return self._say("counts", name=name)
        return self._say("held", name=name, why=REFUSALS[self.language][credit.refusal])

    def risk(self, risk: Risk, *, short: bool = False) -> str:
        """The name of a risk."""
        risk_definition = self.taxonomy.risks[risk]
        return (risk_definition.short if short else risk_definition.names)[self.language]

    def aggravator(self, risk: Risk, what: str) -> str:
        """The name of an aggravator of a risk."""
        return self.taxonomy.risks[risk].aggravators[what][self.language]

    def _parts(self, assessment: Assessment, site: Supplier) -> Iterator[str]:
        likelihood = assessment.likelihood
        if likelihood.incident is not None:
            source = SOURCE_NAMES[self.language][likelihood.incident.source_type]
            yield self._say("happened", source=source, date=likelihood.incident.date)
        for observed in likelihood.observed:
            source = SOURCE_NAMES[self.language][observed.source_type]
            found = observed.text(self.language)
            yield self._say("observed", found=found, source=source, date=observed.date)
        if likelihood.listings:
            yield self._say("listed", list=self._listed(likelihood.listings))
        yield from self._ratings(assessment, site)
        if likelihood.flags:
            names = FLAG_NAMES[self.language]
            yield self._say("flags", list=", ".join(names[flag] for flag in likelihood.flags))
        if assessment.aggravations:
            yield self._say("worse", list=", ".join(self._aggravations(assessment)))
        if assessment.override is not None:
            yield self._say("override", reason=assessment.override.reason.rstrip("."))

    def _ratings(self, assessment: Assessment, site: Supplier) -> Iterator[str]:
        likelihood = assessment.likelihood
        country = self.taxonomy.country_name(site.country, self.language)
        sector = self.taxonomy.sector_name(site.sector, self.language)
        if site.goods_sector is not None:
            sector = self._say("goods", sector=sector)
        c, s = likelihood.country_rating, likelihood.sector_rating
        if UNKNOWN not in (c, s):
            said = self._say("rates", country=country, c=c, sector=_lower(sector), s=s)
            yield said + (self._say("chain") if likelihood.in_the_chain else "")
            return
        for rating, key, name in ((c, "no_country", country), (s, "no_sector", _lower(sector))):
            if rating is UNKNOWN:
                what = self._say("no_rating", name=name) if name != "?" else self._say(key)
                yield self._say("unknown", what=what)
            else:
                yield f"{name} {rating} / 5"

    def _listed(self, listings: tuple[Listing, ...]) -> str:
        return ", ".join(dict.fromkeys(listing.label(self.language) for listing in listings))

    def _aggravations(self, assessment: Assessment) -> Iterator[str]:
        seen: dict[str, Aggravation] = {}
        for one in assessment.aggravations:
            seen.setdefault(one.what, one)
        for what, one in seen.items():
            name = self.aggravator(assessment.risk, what)
            own = one.origin is Origin.SITE and not assessment.likelihood.observed
            yield f"{name} ({one.reason.rstrip('.')})" if own else name

    def _say(self, key: str, **values: object) -> str:
        return _PHRASES[self.language][key].format(**values)


def _upper(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _lower(name: str) -> str:
    """A sector's name inside a sentence: `ICT services` keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]

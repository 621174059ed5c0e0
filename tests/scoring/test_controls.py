"""What a label or a control is worth: METHOD 5, rows L1-L11, N9, N14."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.language import languages
from imvo_scan.core.levels import Confidence
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.label_rows import LabelKind, Question, Reach, Reply
from imvo_scan.inventory import SiteFacts
from imvo_scan.inventory.facts import Control, HeldLabel, Incident, SiteEvidence
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.scoring import Assessment, Profile, Scorer
from imvo_scan.scoring.assessment import Refusal
from imvo_scan.scoring.controls import label_refused
from tests.conftest import TODAY

SA8000 = HeldLabel.model_validate(
    {"label": "SA 8000", "proof": "certificate", "valid_until": "2027-06"}
)


def control(kind: str, *risks: Risk, date: str = "2026-06", by: str = "union") -> Control:
    """A control seen by somebody."""
    return Control.model_validate(
        {"kind": kind, "risks": list(risks), "date": date, "source_type": by, "what": "Seen."}
    )


def label(name: str, **changes: Any) -> HeldLabel:
    """A label held with a valid certificate, unless changed."""
    stated = {"label": name, "proof": "certificate", "valid_until": "2027-06", **changes}
    return HeldLabel.model_validate(stated)


def assessed(evidence: Evidence, risk: Risk, facts: SiteFacts, **place: Any) -> Assessment:
    """The assessment of one risk at a textile site in Sri Lanka, unless said otherwise."""
    profile = Profile(
        **{"country": "LK", "sector": "textiles", "scope": 3, "facts": facts, **place}
    )
    return Scorer(evidence, TODAY).score(profile)[RISKS.index(risk)]


def refusals(assessment: Assessment) -> list[Refusal | None]:
    """Why each credit has no effect, None where it has."""
    return [credit.refusal for credit in assessment.credits]


# -- the table: L1-L11 ---------------------------------------------------------------------------

NAMED = {
    "SA8000": (LabelKind.CERTIFICATE, "L1"),
    "GRI": (LabelKind.REPORTING_FRAME, "L2"),
    "Global Compact": (LabelKind.MEMBERSHIP, "L3"),
    "ISO 26000": (LabelKind.GUIDANCE, "L4"),
    "FWF": (LabelKind.MEMBERSHIP, "L5"),
    "BSCI": (LabelKind.AUDIT_SCHEME, "L6"),
    "Max Havelaar": (LabelKind.CERTIFICATE, "L7"),
    "Fair Trade": (LabelKind.CERTIFICATE, "L8"),
    "ETI": (LabelKind.MEMBERSHIP, "L9"),
    "FSC": (LabelKind.CERTIFICATE, "L10"),
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [pytest.param(name, kind, id=f"{row} {name}") for name, (kind, row) in NAMED.items()],
)
def test_l1_to_l10_every_label_of_the_booklet_is_known(
    evidence: Evidence, name: str, kind: LabelKind
) -> None:
    """L1-L10: found by the name a buyer writes, with its type."""
    found = evidence.labels.find(name)
    assert found is not None
    assert found.kind is kind


def test_l11_every_label_answers_the_seven_questions(evidence: Evidence) -> None:
    """L11: each of the seven, with a reason, and with a source unless it is unknown."""
    for one in evidence.labels.by_key.values():
        assert list(one.answers) == list(Question)
        assert all(answer.why for answer in one.answers.values())
        for answer in one.answers.values():
            assert answer.sources or answer.reply is Reply.UNKNOWN, one.key


def test_every_source_of_a_label_exists(evidence: Evidence) -> None:
    """No answer rests on a source that is not in sources.yaml."""
    from imvo_scan.evidence.sources import load_sources

    known = load_sources(evidence.directory)
    for one in evidence.labels.by_key.values():
        cited = {key for answer in one.answers.values() for key in answer.sources}
        assert cited | set(one.sources) <= known.keys(), one.key


def test_l11_fsc_at_tier_1_does_not_lower_a_wage_risk_at_tier_3(evidence: Evidence) -> None:
    """L11: neither the right nor the tier is covered, and both are said."""
    tier_3 = SiteFacts(labels=(label("FSC", held_by="board-mill"),))
    place = {"country": "ID", "sector": "wood-paper"}
    found = assessed(evidence, Risk.LIVING_WAGE, tier_3, **place)
    assert found.residual is found.priority
    assert refusals(found) == [Refusal.OTHER_RIGHT]
    covered = assessed(evidence, Risk.FORCED_LABOUR, tier_3, **place)
    assert covered.residual is covered.priority
    assert covered.credits[0].refusal in {Refusal.OTHER_TIER, Refusal.TOO_FEW_ANSWERS}


# -- SA8000: one step, and where not -------------------------------------------------------------


def test_sa8000_at_the_site_lowers_one_step(evidence: Evidence) -> None:
    """Valid, seen and at the site: one step of likelihood, no step of severity."""
    with_label = assessed(evidence, Risk.EXCESSIVE_HOURS, SiteFacts(labels=(SA8000,)))
    without = assessed(evidence, Risk.EXCESSIVE_HOURS, SiteFacts())
    assert refusals(with_label) == [None]
    assert with_label.residual_likelihood == without.likelihood.level - 1
    assert (with_label.severity, with_label.priority) == (without.severity, without.priority)


def incident(risk: Risk) -> Incident:
    """Something that happened this spring."""
    return Incident.model_validate(
        {"risk": risk, "date": "2026-04", "source_type": "union", "what": "It happened."}
    )


@pytest.mark.parametrize(
    ("risk", "facts", "place", "why"),
    [
        (
            Risk.EXCESSIVE_HOURS,
            {"incidents": (incident(Risk.EXCESSIVE_HOURS),)},
            {},
            Refusal.ACTUAL,
        ),
        (Risk.CHILD_LABOUR, {}, {"country": "IN", "goods": ("garments",)}, Refusal.LISTED),
        (Risk.FORCED_LABOUR, {}, {"country": "CN"}, Refusal.STATE_IMPOSED),
        (Risk.FREEDOM_OF_ASSOCIATION, {}, {"country": "CN"}, Refusal.NO_ASSOCIATION),
        (Risk.DISCRIMINATION, {}, {"country": "CN"}, Refusal.NO_ASSOCIATION),
        (Risk.HUMAN_RIGHTS, {}, {}, Refusal.OTHER_RIGHT),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_sa8000_never_lowers(
    evidence: Evidence, risk: Risk, facts: dict[str, Any], place: dict[str, Any], why: Refusal
) -> None:
    """Never an actual impact, a listed good, state labour, or association where it is rated 5."""
    found = assessed(evidence, risk, SiteFacts(labels=(SA8000,), **facts), **place)
    assert refusals(found) == [why]
    assert found.residual is found.priority


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"valid_until": "2026-11-22"}, Refusal.EXPIRED),
        ({"valid_until": "2026-11-23"}, None),
        ({"valid_until": "2026-11"}, None),
        ({"valid_until": "2026"}, None),
        ({"valid_until": "2025"}, Refusal.EXPIRED),
        ({"valid_until": None}, Refusal.NO_DATE),
        ({"proof": "self-declared"}, Refusal.SELF_DECLARED),
        ({"proof": "register"}, None),
        ({"held_by": "other"}, Refusal.OTHER_TIER),
        ({"label": "Mother's Seal of Approval"}, Refusal.UNKNOWN_LABEL),
    ],
)
def test_held_no_effect_because(
    evidence: Evidence, changes: dict[str, Any], why: Refusal | None
) -> None:
    """Expired, undated, self-declared, of another site or unknown: each says its own reason."""
    held = label(**{"name": "SA8000", **{k: v for k, v in changes.items() if k != "label"}})
    if "label" in changes:
        held = label(changes["label"])
    assert label_refused(held, Risk.UNSAFE_WORK, evidence, TODAY) is why


@pytest.mark.parametrize("name", ["GRI", "Global Compact", "ISO 26000", "ETI", "EcoVadis", "FWF"])
def test_n14_paper_of_a_company_lowers_nothing(evidence: Evidence, name: str) -> None:
    """N14: no membership, reporting frame, guidance or questionnaire has any effect."""
    for risk in RISKS:
        found = assessed(evidence, risk, SiteFacts(labels=(label(name),)))
        assert found.residual is found.priority
        assert refusals(found) == [Refusal.NOT_OF_A_SITE]


def test_every_label_holds_to_the_test(evidence: Evidence) -> None:
    """Every row: only what covers the right, is of a site, independent and says yes five times."""
    for one in evidence.labels.by_key.values():
        for risk in RISKS:
            counts = label_refused(label(one.name), risk, evidence, TODAY) is None
            fit = (
                one.kind in {LabelKind.CERTIFICATE, LabelKind.AUDIT_SCHEME}
                and one.reach is not Reach.COMPANY
            )
            assert counts == (
                fit and one.active and risk in one.covers and one.independent and one.yes >= 5
            ), (one.key, risk)


# -- controls ------------------------------------------------------------------------------------


def test_n9_a_collective_agreement_bears_on_association_only(evidence: Evidence) -> None:
    """N9: whatever rights it is stated for."""
    facts = SiteFacts(controls=(control("collective-agreement", *RISKS),))
    for risk in RISKS:
        found = assessed(evidence, risk, facts)
        if risk is Risk.FREEDOM_OF_ASSOCIATION:
            assert found.residual_likelihood == found.likelihood.level - 1
        else:
            assert refusals(found) == [Refusal.NOT_ITS_KIND]
            assert "does not bear on this right" in Wording(evidence.taxonomy).residual(found)
            assert found.confidence is not Confidence.SITE_VOICE


def test_two_controls_are_worth_one_step(evidence: Evidence) -> None:
    """At most one step in all; the second says so."""
    facts = SiteFacts(
        controls=(
            control("safety-programme", Risk.UNSAFE_WORK),
            control("safety-committee", Risk.UNSAFE_WORK),
        ),
        labels=(SA8000,),
    )
    found = assessed(evidence, Risk.UNSAFE_WORK, facts)
    assert refusals(found) == [None, Refusal.ALREADY, Refusal.ALREADY]
    assert found.residual_likelihood == found.likelihood.level - 1


@pytest.mark.parametrize("by", ["company", "questionnaire"])
def test_own_word_lowers_nothing(evidence: Evidence, by: str) -> None:
    """A self-assessment questionnaire is evidence with no effect (METHOD 5)."""
    facts = SiteFacts(controls=(control("safety-programme", Risk.UNSAFE_WORK, by=by),))
    assert refusals(assessed(evidence, Risk.UNSAFE_WORK, facts)) == [Refusal.OWN_WORD]


def test_d6_a_control_that_nobody_saw_this_year_lowers_nothing(evidence: Evidence) -> None:
    """D6: older than 12 months is stale, has no effect and says so."""
    facts = SiteFacts(controls=(control("safety-programme", Risk.UNSAFE_WORK, date="2025-11-22"),))
    found = assessed(evidence, Risk.UNSAFE_WORK, facts)
    assert refusals(found) == [Refusal.STALE]
    assert found.stale == ("2025-11-22",)


def test_the_floor_holds_where_a_rating_is_high(evidence: Evidence) -> None:
    """L 2 is the least where country or sector rates 4 or 5 (METHOD 5)."""
    facts = SiteFacts(controls=(control("independent-union", *RISKS),))
    scorer = Scorer(evidence, TODAY)
    seen = set()
    for country in evidence.country_ratings:
        for one in scorer.score(Profile(country, "textiles", scope=3, facts=facts)):
            if max(one.likelihood.counted) >= 4:
                assert one.residual_likelihood >= min(2, one.likelihood.level)
                seen.add(one.likelihood.level - one.residual_likelihood)
    assert seen == {0, 1}


def test_c4_union_evidence_gives_confidence_a(evidence: Evidence) -> None:
    """C4: unions are eyes and ears; an audit is B; what is old counts no more."""

    def confidence(date: str, by: str) -> Confidence:
        told = {"risks": ["unsafe-work"], "date": date, "source_type": by, "what": "Seen."}
        facts = SiteFacts(evidence=(SiteEvidence.model_validate(told),))
        return assessed(evidence, Risk.UNSAFE_WORK, facts).confidence

    assert confidence("2026-06", "union") is Confidence.SITE_VOICE
    assert confidence("2026-06", "audit") is Confidence.SITE_AUDIT
    assert confidence("2025-06", "union") is Confidence.PRIOR
    assert confidence("2026-06", "questionnaire") is Confidence.PRIOR


def test_the_residual_is_explained_in_both_languages(evidence: Evidence) -> None:
    """Inherent and residual stand side by side, with the reason (METHOD 5)."""
    facts = SiteFacts(labels=(SA8000, label("Global Compact")))
    found = assessed(evidence, Risk.UNSAFE_WORK, facts)
    english = Wording(evidence.taxonomy).residual(found)
    dutch = Wording(evidence.taxonomy, Speaker("nl")).residual(found)
    assert "SA8000: counts for one step" in english
    assert "UN Global Compact: held, no effect, because it speaks of a company" in english
    assert "aanwezig, geen effect, want" in dutch


@pytest.mark.parametrize("language", languages())
def test_every_reason_for_a_refusal_can_be_said(language: str) -> None:
    """No control or label is refused without a word."""
    codes = {f"refusal.{refusal.value}" for refusal in Refusal}
    assert codes.isdisjoint(map(Speaker(language).say, codes))


KINDS = st.sampled_from(
    ["independent-union", "grievance-mechanism", "training", "safety-programme", "hotline"]
)
CONTROLS = st.builds(
    control,
    KINDS,
    st.sampled_from(RISKS),
    date=st.sampled_from(["2026-06", "2020"]),
    by=st.sampled_from(["union", "audit", "company"]),
)
LABELS = st.builds(label, st.sampled_from(["SA8000", "FSC", "GRI", "Unheard-of"]))


PLACES = st.tuples(
    st.sampled_from(["NL", "BD", "CN", "GT", None]),
    st.sampled_from(["textiles", "agriculture", "finance", None]),
)


@given(
    PLACES,
    st.lists(CONTROLS, max_size=3),
    st.lists(LABELS, max_size=2),
    CONTROLS,
)
def test_a_control_never_does_more_than_one_class(
    evidence: Evidence,
    place: tuple[str | None, str | None],
    controls: list[Control],
    labels: list[HeldLabel],
    added: Control,
) -> None:
    """Adding one never changes severity, inherent class or order, and at most one class is left."""
    scorer = Scorer(evidence, TODAY)

    def score(given_: tuple[Control, ...]) -> tuple[Assessment, ...]:
        facts = SiteFacts(controls=given_, labels=tuple(labels))
        return scorer.score(Profile(*place, scope=3, facts=facts))

    for before, after in zip(score(tuple(controls)), score((*controls, added)), strict=True):
        assert (after.severity, after.priority, after.rank) == (
            before.severity,
            before.priority,
            before.rank,
        )
        assert 0 <= before.residual_likelihood - after.residual_likelihood <= 1
        assert after.likelihood.level - after.residual_likelihood <= 1
        if after.priority is not Priority.NOT_INDICATED:
            assert 0 <= after.residual - after.priority <= 1


@given(st.lists(st.sampled_from(RISKS), min_size=1, max_size=4), st.data())
def test_removing_an_incident_never_worsens(
    evidence: Evidence, risks: list[Risk], data: st.DataObject
) -> None:
    """Neither the class nor what is left of it."""
    incidents = tuple(map(incident, risks))
    gone = data.draw(st.integers(0, len(incidents) - 1))
    fewer = incidents[:gone] + incidents[gone + 1 :]
    scorer = Scorer(evidence, TODAY)
    before, after = (
        scorer.score(Profile("VN", "textiles", facts=SiteFacts(incidents=kept, labels=(SA8000,))))
        for kept in (incidents, fewer)
    )
    for one, other in zip(before, after, strict=True):
        assert other.rank >= one.rank
        assert other.residual >= one.residual


def test_a_certificate_of_a_company_is_none_of_a_site(evidence: Evidence) -> None:
    """B Corp certifies a company as a whole, so it says nothing of one factory."""
    known = evidence.labels.find("B Corp")
    assert known is not None
    assert known.kind is LabelKind.CERTIFICATE
    found = assessed(evidence, Risk.LIVING_WAGE, SiteFacts(labels=(label("B Corp"),)))
    assert refusals(found) == [Refusal.NOT_OF_A_SITE]


@pytest.mark.parametrize(("day", "confidence"), [("2026-06", "A"), ("2024-06", "C")])
def test_a_control_that_nobody_saw_this_year_gives_no_confidence(
    evidence: Evidence, day: str, confidence: str
) -> None:
    """METHOD 6: what the union saw years ago is no evidence from the site today."""
    held = control("hotline", Risk.DISCRIMINATION, date=day)
    found = assessed(evidence, Risk.DISCRIMINATION, SiteFacts(controls=(held,)))
    assert found.confidence == confidence

"""What shape alone cannot show: dialogue, actions, Open Supply Hub ids, words of the tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.errors import InventoryError
from imvo_scan.core.site_terms import DialogueState
from imvo_scan.inventory import Inventory, parse_inventory
from imvo_scan.inventory.os_hub_id import is_open_supply_id

HEAD = "imvo: 1\ncompany: {name: Us}\nsuppliers:\n  - {id: mill, name: Mill"


def read(more: str = "", tail: str = "") -> Inventory:
    """An inventory of one supplier with more keys, and more at the end of the file."""
    return parse_inventory(f"{HEAD}{more}}}\n{tail}".encode(), "chain.yaml")


def refused(more: str = "", tail: str = "") -> str:
    """What is said of it."""
    with pytest.raises(InventoryError) as caught:
        read(more, tail)
    return str(caught.value)


# -- social dialogue: SD1 ------------------------------------------------------------------------

CYCLE = list(DialogueState)


def dialogue(*states: str) -> str:
    """Dated steps as written."""
    steps = (f"{{state: {state}, date: {2020 + n}}}" for n, state in enumerate(states))
    return f", dialogue: [{', '.join(steps)}]"


def test_sd1_the_cycle_runs_round() -> None:
    """SD1: four states, and after the evaluation a new round begins."""
    steps = read(dialogue(*CYCLE, *CYCLE[:2])).suppliers[0].relations.dialogue
    assert [step.state for step in steps] == [*CYCLE, *CYCLE[:2]]


@given(st.lists(st.sampled_from(CYCLE), min_size=1, max_size=6))
def test_sd1_illegal_jumps_are_refused(states: list[DialogueState]) -> None:
    """SD1: exactly the rounds of the cycle are accepted; a jump says what comes next."""
    legal = all(state is CYCLE[place % 4] for place, state in enumerate(states))
    if legal:
        read(dialogue(*states))
    else:
        assert "the cycle goes on with" in refused(dialogue(*states))


def test_sd1_steps_stand_in_the_order_of_their_dates() -> None:
    """A step dated before the one above it is a slip of the pen."""
    text = ", dialogue: [{state: discuss, date: 2024}, {state: agreement, date: 2023}]"
    assert "chain.yaml:4:" in refused(text)
    assert "before the one above" in refused(text)


@pytest.mark.parametrize(
    ("dates", "backward"),
    [
        (("2026-03", "2026"), False),
        (("2026-03-15", "2026-03"), False),
        (("2026", "2026-03"), False),
        (("2026-03", "2026-02"), True),
        (("2026-03", "2025"), True),
        (("2026-12", "2026", "2026-03"), True),
    ],
)
def test_sd1_a_date_in_parts_is_a_span(dates: tuple[str, ...], backward: bool) -> None:
    """A step runs backwards only where no day of its month or year fits behind all before it."""
    pairs = zip(CYCLE, dates, strict=False)
    text = ", ".join(f"{{state: {state}, date: {date}}}" for state, date in pairs)
    if backward:
        assert "before the one above" in refused(f", dialogue: [{text}]")
    else:
        read(f", dialogue: [{text}]")


# -- Open Supply Hub ids: D12 --------------------------------------------------------------------


def test_d12_the_check_digit_is_verified() -> None:
    """Published ids fit; one with a sign changed does not, and says where."""
    assert is_open_supply_id("CN2021250D1DTN7")
    assert is_open_supply_id("VN20200292ECB60")
    assert not is_open_supply_id("CN2021250D1DTN8")
    assert "check digit" in refused(", os_id: CN2021250D1DTN8")
    assert read(", os_id: CN2021250D1DTN7").suppliers[0].relations.os_id == "CN2021250D1DTN7"


@given(st.integers(0, 14), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_sign_is_always_noticed(place: int, sign: str) -> None:
    """A single wrong digit changes the sum, so it never passes."""
    right = "CN2021250D1DTN7"
    wrong = right[:place] + sign + right[place + 1 :]
    assert is_open_supply_id(wrong) == (wrong == right)


def test_the_id_of_the_company_is_kept_for_it() -> None:
    """No supplier may be called `company`."""
    with pytest.raises(InventoryError, match="stands for the company itself"):
        parse_inventory(
            b"imvo: 1\ncompany: {name: Us}\nsuppliers: [{id: company, name: X}]", "chain.yaml"
        )


# -- actions: C2, D13, D17 -----------------------------------------------------------------------

ACTION = "findings: [mill/child-labour], measure: check-age, owner: buying, status: planned"


def action(**changes: str) -> str:
    """An action of three years with its yearly review, with some keys changed."""
    keys = {"start": "2026-01", "target_year": "2029", "review": "2027-01", **changes}
    rest = ", ".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"actions:\n  - {{{ACTION}, {rest}}}\n"


@pytest.mark.parametrize(
    ("year", "fine"), [(2028, False), (2029, True), (2031, True), (2032, False)]
)
def test_c2_a_goal_is_three_to_five_years_away(year: int, fine: bool) -> None:
    """C2: counted from the year it starts."""
    tail = action(target_year=str(year))
    if fine:
        assert read(tail=tail).actions[0].target_year == year
    else:
        assert "three to five years" in refused(tail=tail)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "2026-03", "due": "2026"},
        {"start": "2026-03-15", "due": "2026-03"},
        {"start": "2026", "due": "2026-03", "review": "2026-02"},
        {"start": "2026-03", "review": "2026"},
    ],
)
def test_c2_dates_in_parts_are_spans(changes: dict[str, str]) -> None:
    """A start is its first day, and an end its last."""
    read(tail=action(**changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": "2026-03", "due": "2026-02"}, "the end is before the start"),
        ({"start": "2026-03", "review": "2026-02-28"}, "the review is before the start"),
        ({"review": ""}, "has no `review`"),
        ({"target_year": ""}, "does not say when"),
        ({"due": "2025"}, "the end is before the start"),
        ({"review": "2025-12"}, "the review is before the start"),
        ({"measure": "chek-age"}, 'Did you mean "check-age"?'),
        ({"measure": "~"}, "does not say what is done"),
        ({"findings": "[mill]"}, "is not a finding"),
        ({"findings": "[mill/childlabour]"}, "is not a finding"),
        ({"owner": "Jan"}, "is not a word that is known here"),
    ],
)
def test_c2_what_is_wrong_with_an_action(changes: dict[str, str], said: str) -> None:
    """C2, D13: each with the line of the action."""
    tail = action(**{k: v for k, v in changes.items() if k not in {"measure", "findings", "owner"}})
    for key in ("measure", "findings", "owner"):
        if key in changes:
            old = {"measure": "check-age", "findings": "[mill/child-labour]", "owner": "buying"}[
                key
            ]
            tail = tail.replace(f"{key}: {old}", f"{key}: {changes[key]}")
    text = refused(tail=tail)
    assert said in text
    assert "chain.yaml:6:" in text


# -- words of the tables -------------------------------------------------------------------------


CONTROL = ", controls: [{kind: unoin, risks: [unsafe-work], date: 2026, source_type: ngo, what: x}]"
PRACTICE = ", purchasing: [{practice: short-lead-time, date: 2026, what: x}]"
INVOLVED = "{risk: unsafe-work, how: cause, reason: x}"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (CONTROL, "'unoin' is not a control that is known"),
        (PRACTICE, 'Did you mean "short-lead-times"?'),
        (f", involvement: [{INVOLVED}, {INVOLVED}]", "stands twice under involvement"),
        (", labels: [{label: SA8000, proof: seen}]", "is not a word that is known here"),
    ],
)
def test_words_that_are_not_known_say_what_is(more: str, said: str) -> None:
    """A control or practice outside the table is an error; an unknown label is not."""
    assert said in refused(more)
    read(", labels: [{label: Some new label, proof: certificate}]")

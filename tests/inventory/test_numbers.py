"""Numbers of an inventory: in one way or not at all, whatever the field (CONVENTIONS, Input)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.errors import InventoryError
from imvo_scan.core.number_readings import readings
from imvo_scan.inventory import Inventory, parse_inventory, read_inventory
from tests.conftest import SHARED

SEEN = "date: 2026-03, source_type: union"
PAY = f"currency: EUR, period: month, {SEEN}"
WHOLE = {
    "workers": "workers: {}",
    "tier": "tier: {}",
    "women": f"workforce: {{{{women: {{}}, {SEEN}}}}}",
    "youngest": f"workforce: {{{{youngest: {{}}, {SEEN}}}}}",
    "week": f"hours: {{{{week: {{}}, {SEEN}}}}}",
    "days": f"hours: {{{{week: 40, days: {{}}, {SEEN}}}}}",
    "scale": "overrides: [{{risk: unsafe-work, scale: {}, reason: x}}]",
}
MONEY = {
    "spend": "spend: {}",
    "paid": f"wages: {{{{paid: {{}}, {PAY}}}}}",
    "legal_minimum": f"wages: {{{{paid: 1, legal_minimum: {{}}, {PAY}}}}}",
    "living_wage": f"wages: {{{{paid: 1, living_wage: {{}}, {PAY}}}}}",
}


def read(keys: str) -> Inventory:
    """An inventory of one supplier with these keys."""
    text = f"imvo: 1\ncompany: {{name: Us}}\nsuppliers:\n  - {{id: x, name: X, {keys}}}\n"
    return parse_inventory(text.encode(), "chain.yaml")


def refused(keys: str) -> str:
    """What is said of it."""
    with pytest.raises(InventoryError) as caught:
        read(keys)
    return str(caught.value)


@pytest.mark.parametrize("field", [*WHOLE.values(), *MONEY.values()], ids=[*WHOLE, *MONEY])
@pytest.mark.parametrize("text", ["5.000", "'5,000'"])
def test_a_number_with_two_readings_is_refused(field: str, text: str) -> None:
    """In every whole number and every amount; both readings are named, with the place."""
    told = refused(field.format(text))
    assert "chain.yaml:4:" in told
    assert f"{text.strip(chr(39))!r} can be read as 5 or as 5000" in told
    assert "Write 5, or write 5000." in told


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1.200", "can be read as 1.2 or as 1200"),
        ("1.200", "Write 1200."),
        ("12'000", "Write 12000."),
        ("12\u2019000", "Write 12000."),
        ("12 000", "Write 12000."),
        ("12\u202f000", "Write 12000."),
        ("1.234.000", "Write 1234000."),
        ('"1,234,000"', "Write 1234000."),
        ('"12.000,00"', "Write 12000."),
        ("12.5", "Write digits only, such as 250."),
        ("many", "Write digits only, such as 250."),
        ("[1]", "but this is a list"),
    ],
)
def test_another_way_of_writing_is_refused_with_what_it_means(text: str, hint: str) -> None:
    """Apostrophe, blank, point, comma: where one reading is left, the hint is that number."""
    assert hint in refused(f"workers: {text}")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('"1.200,50"', "Write 1200.5."),
        ('"1,200.50"', "Write 1200.5."),
        ('"12,5"', "Write 12.5."),
        ('"0,125"', "Write 0.125."),
        ("12.345", "can be read as 12.345"),
        ("12.345", "or as 12345"),
        ("1e5", "Write digits and a point only, such as 12500 or 12500.50."),
        ("-5", "Write digits and a point only"),
        ("\u0661\u0662", "Write digits and a point only"),
    ],
)
def test_an_amount_in_another_way_of_writing(text: str, hint: str) -> None:
    """The separators of every language, for money."""
    assert hint in refused(f"spend: {text}")


@pytest.mark.parametrize(
    ("text", "number"),
    [("250", 250), ("12.0", 12), ("12.00", 12), ("1200.000", 1200), ("0", 0), ("0.000", 0)],
)
def test_a_whole_number_in_one_reading_is_accepted(text: str, number: int) -> None:
    """No group of thousands has two digits, and none stands behind four or behind a zero."""
    assert read(f"workers: {text}").suppliers[0].workers == number


@pytest.mark.parametrize(
    "text", ["40", "12.5", "12.50", "0.125", "0.500", "1234.567", "12.3450", "999999999999999"]
)
def test_an_amount_in_one_reading_is_kept_as_written(text: str) -> None:
    """It is printed back with the digits that were written."""
    assert read(f"spend: {text}").suppliers[0].spend == text


@given(st.text(alphabet="0123456789.,' _", min_size=1, max_size=12))
def test_what_is_accepted_has_one_reading_and_that_value(text: str) -> None:
    """Nothing that could be another number gets through, and no value is another than written."""
    try:
        site = read(f'workers: "{text}", spend: "{text}"').suppliers[0]
    except InventoryError:
        return
    (found,) = readings(text.replace("_", "") if "_" in text else text)
    assert site.spend is not None
    assert site.workers is not None
    assert [Decimal(site.workers), Decimal(site.spend)] == [found.value, found.value]


@given(st.integers(0, 10**15 - 1), st.integers(0, 999_999), st.sampled_from(["{:,}", "{:_}"]))
def test_every_number_is_among_the_readings_of_how_it_is_written(
    whole: int, rest: int, style: str
) -> None:
    """With and without thousands and decimals; its plain form has that one reading."""
    texts = {f"{whole}": Decimal(whole), style.format(whole): Decimal(whole)}
    texts[f"{style.format(whole)}.{rest:06}"] = Decimal(f"{whole}.{rest:06}")
    for text, value in texts.items():
        found = readings(text)
        assert value in [one.value for one in found]
        assert all(len(readings(one.plain)) == 1 for one in found)
        assert all(readings(one.plain)[0].value == one.value for one in found)


@pytest.mark.parametrize("digits", ["10000001", "9" * 22, "9" * 4300, "9" * 4301])
@pytest.mark.parametrize("place", ["company: {{name: Us, {}}}", "suppliers: [{{name: X, {}}}]"])
def test_more_workers_than_there_can_be_are_refused(digits: str, place: str) -> None:
    """Two numbers of 4,300 digits have a sum that Python does not write."""
    other = "suppliers: [{name: X}]" if place.startswith("company") else "company: {name: Us}"
    text = f"imvo: 1\n{place.format(f'workers: {digits}')}\n{other}\n"
    with pytest.raises(InventoryError, match=r"is out of range|of a sensible size"):
        parse_inventory(text.encode(), "chain.yaml")


def test_as_many_workers_as_there_can_be() -> None:
    """The bound itself is a number like others."""
    assert read("workers: 10000000").suppliers[0].workers == 10_000_000


def test_the_case_of_twelve_thousand_workers() -> None:
    """A Dutch or German twelve thousand is never read as twelve."""
    case: Path = SHARED / "cases" / "hostile" / "workers-12.000.yaml"
    if not case.is_file():
        pytest.skip("the shared cases are not beside this checkout")
    with pytest.raises(InventoryError, match=r"'12\.000' can be read as 12 or as 12000"):
        read_inventory(case)

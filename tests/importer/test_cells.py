"""Cells: noise goes, meaning stays, and a number that is not certain is no number."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.importer.rows import cells
from tests.importer.lists import read


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  a\u00a0 b\u200b\n c ", "a b c"),
        (90.0, "90"),
        (14.13, "14.13"),
        (True, "yes"),
        (None, ""),
        (datetime(2026, 3, 1), "2026-03-01"),  # noqa: DTZ001 - a spreadsheet knows no time zone
    ],
)
def test_a_cell_becomes_plain_text(value: object, text: str) -> None:
    """One line, without invisible signs; a whole number has no point."""
    assert cells.text_of(value) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,000", {1, 1000}),
        ("1.000", {1, 1000}),
        ("ca. 12.000", {12, 12000}),
        ("1,000 - 2,000", {2, 2000}),
        ("100 - 2,000", 2000),
        ("10,0 - 12,000", 12),
        ("1,250 - 12,000", 12000),
        ("1,250", 1250),
        ("1,000 - 1.250", 1250),
        ("1,234,000", 1234000),
        ("12.00", 12),
        ("0.000", 0),
        ("1.000,00", 1000),
        ("50 à 100", 100),
        ("1 000", 1000),
        ("1'000", 1000),
        ("25000", 25000),
        ("90.0", 90),
        ("100-150", 150),
        ("1001 \u2013 5000", 5000),
        ("1,001 to 5,000", 5000),
        (">500", 500),
        ("1000+", 1000),
        ("ca. 80", 80),
        ("250 werknemers", 250),
        ("71.0%", None),
        ("1.5", None),
        ("150-100", None),
        ("many", None),
        ("99999999999", None),
        ("0" * 200 + "5", None),
        ("\u0663", None),
    ],
)
def test_a_number_of_people(text: str, number: int | set[int] | None) -> None:
    """Thousands in every style; of a range the upper end, so that nobody is counted out."""
    found = {int(one.value) for one in cells.head_counts(text)}
    assert found == (number if isinstance(number, set) else {number} - {None})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\u20ac 1.234,56", "1234.56"),
        ("1,234.50", "1234.50"),
        ("1.234", "1.234 or 1234"),
        ("1,234", "1.234 or 1234"),
        ("\u20ac 12.500", "12.500 or 12500"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        ("1'234", "1234"),
        ("1 234", "1234"),
        ("1 234,567", "1234.567"),
        ("1.234.567", "1234567"),
        (".5", "0.5"),
        ("0.1234567", "0.123456"),
        ("999999999999999", "999999999999999"),
        ("1000000000000000", None),
        ("12.5", "12.5"),
        ("1,000,000", "1000000"),
        ("EUR 5000", "5000"),
        ("-5", None),
        ("(5)", None),
        ("free", None),
    ],
)
def test_an_amount(text: str, said: str | None) -> None:
    """Points and commas as Europeans and Americans write them; nothing negative."""
    assert amount(text) == said


def amount(text: str) -> str | None:
    """Every amount that a text can mean."""
    return " or ".join(one.digits for one in cells.amounts(text)) or None


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("SÄ±vat Caddesi", "S\u0131vat Caddesi"),
        ("AtatÃ¼rk BulvarÄ±", "Atatürk Bulvar\u0131"),
        ("Müller", None),
        ("BahÎÂ§elievler", None),
        ("Ä", None),
    ],
)
def test_mojibake_is_repaired_only_where_certain(text: str, better: str | None) -> None:
    """Once damaged is repaired; twice damaged and sound text is left as it is."""
    assert cells.repaired(text) == better


@given(st.text())
def test_sound_text_is_never_repaired_into_another(text: str) -> None:
    """What is repaired comes out as it was before it was damaged."""
    try:
        damaged = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    better = cells.repaired(damaged)
    assert better is None or better == cells.text_of(text)


@given(st.text())
def test_no_text_breaks_a_cell(text: str) -> None:
    """Whatever stands in it, a cell is read without a fault."""
    plain = cells.text_of(text)
    assert "\n" not in plain
    assert "\u200b" not in plain
    cells.head_counts(plain)
    cells.amounts(plain)
    cells.repaired(plain)
    list(cells.parts_of(plain, "|;,"))


def test_a_number_that_is_no_count_is_said() -> None:
    """A range is read as its upper end, and the reader is told."""
    imported = read("Supplier,Country,Workers\nA,BD,100-150\nB,BD,ca. 80\nC,BD,5000+\nD,BD,71\n")
    (warned,) = imported.report.warnings
    assert (str(warned.kind), warned.count) == ("a rough number of workers", 3)
    assert [site.workers for site in imported.inventory.suppliers] == [150, 80, 5000, 71]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2M", "1200000"),
        ("€ 10k", "10000"),
        ("12,5k", "12500"),
        ("2 mln", "2000000"),
        ("0.0005 M", "500"),
        ("1,5 Mrd", "1500000000"),
        ("3 Monate", "3"),
        ("12%", None),
        ("1e6", "1000000"),
        ("1.5e+3", "1500"),
        ("1.2.3", None),
        ("k", None),
    ],
)
def test_amounts_in_thousands_and_millions(text: str, expected: str | None) -> None:
    """A letter behind the digits multiplies; a percentage is no amount."""
    assert amount(text) == expected


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ("Spend (k EUR)", "12,5", "12500"),
        ("Spend (k\u20ac)", "12", "12000"),
        ("Spend in k\u20ac", "3", "3000"),
        ("Spend (x 000)", "3", "3000"),
        ("Spend in EUR mln", "1.5", "1500000"),
        ("Spend (mln EUR)", "0.125", "125000"),
        ("Spend (mln EUR)", "0,125", "125000"),
        ("Spend (mln EUR)", "1.125", "1125000 or 1125000000"),
        ("Spend (EUR)", "12", "12"),
        ("Spend in 2024", "12", "12"),
        ("Spend (k EUR)", "12k", "12000"),
    ],
)
def test_an_amount_in_the_unit_of_its_column(header: str, text: str, expected: str) -> None:
    """The header may say that the amounts are in thousands or millions."""
    assert amount(cells.in_units(text, header)) == expected


SETTLED = [
    # cells of the column, the cell that can be read in two ways, and what it is
    ("spend", ["1.234,56"], "12.500", "12500"),
    ("spend", ["1,234.56"], "12.500", "12.5"),
    ("spend", ["0,125"], "12.500", "12500"),
    ("spend", ["0.125"], "12.500", "12.5"),
    ("spend", ["1.234.567"], "12.500", "12500"),
    ("spend", ["1,234,567"], "12.500", "12.5"),
    ("spend", ["99,5"], "12,500", "12.5"),
    ("spend", ["350"], "12.500", None),
    ("spend", ["1.234,56", "1,234.56"], "12.500", None),
    ("spend", ["1,5", "1,234,567"], "12.500", None),
    ("spend", ["0.125", "0,250"], "12.500", None),
    ("spend", ["0,250", "0.125"], "12,500", None),
    ("spend", ["1.234.567", "1,234,567"], "12.500", None),
    ("spend", ["1,234.56", "0,250"], "12.500", None),
    ("spend", [], "12.500", None),
    ("workers", ["1.250"], "12.000", "12000"),
    ("workers", ["350"], "12.000", "12000"),
    ("workers", ["80.0"], "12.000", "12"),
    ("workers", ["80,00"], "12.000", "12000"),
    ("workers", ["1,250"], "12.000", None),
    ("workers", ["1.250", "80.0"], "12.000", None),
    ("workers", ["4500"], "12.000", None),
    ("workers", [], "12.000", None),
]


@pytest.mark.parametrize(("name", "others", "cell", "expected"), SETTLED)
def test_a_column_settles_what_one_cell_does_not(
    name: str, others: list[str], cell: str, expected: str | None
) -> None:
    """Wherever the other cells stand, below too; it is said, and so is what cannot be read."""
    for order in ([*others, cell], [cell, *others]):
        rows = "".join(f'S{n};BD;"{text}"\n' for n, text in enumerate(order))
        imported = read(f"Supplier;Country;{name.title()}\n{rows}")
        site = imported.inventory.suppliers[order.index(cell)]
        value = getattr(site, name)
        assert (None if value is None else str(value)) == expected
        told = [one for one in imported.report.warnings if "as its column" in str(one.kind)]
        assert len(told) == (expected is not None)
        unread = {one.value: str(one.suggestion) for one in imported.report.unknown}
        if expected is None:
            assert "It can be read as 12" in unread[cell]
            assert " or as 12" in unread[cell]


def test_a_number_that_the_file_holds_as_one_has_one_reading() -> None:
    """A workbook, JSON or Parquet says 12.345 with the point of a machine."""
    rows = [{"Supplier": "A", "Country": "BD", "Spend": 12.345, "Workers": 12.0}]
    (site,) = read(json.dumps(rows), "list.json").inventory.suppliers
    assert (site.spend, site.workers) == ("12.3450", 12)


def test_the_most_frequent_remark_comes_first() -> None:
    """Whatever row it was met on first."""
    rows = "A,BD,ca. 80,BD\n,BD,,\n,IN,,\n,CN,,\n"
    report = read(f"Supplier,Country,Workers,Address\n{rows}".replace(",,\n", ",,Road\n")).report
    counts = [one.count for one in report.warnings]
    assert len(counts) > 1
    assert counts == sorted(counts, reverse=True)
    assert str(report.warnings[0].kind) == "no name"

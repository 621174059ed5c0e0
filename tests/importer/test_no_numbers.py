"""NaN, the infinite and numbers larger than any: said, and never a name or a count."""

from __future__ import annotations

import io
from typing import Any

import pytest

from imvo_scan.importer.read import Imported
from tests.importer.lists import accounted, read
from tests.sandbox.books import xlsx

HEAD = "name,country,workers,spend,tier\n"


def unread(imported: Imported) -> set[tuple[str, str]]:
    """The fields and the texts that meant nothing."""
    return {(one.field, one.value) for one in imported.report.unknown}


def sites(imported: Imported) -> list[tuple[str, Any, Any, Any]]:
    """What became of the rows."""
    assert accounted(imported)
    return [(one.name, one.workers, one.spend, one.tier) for one in imported.inventory.suppliers]


@pytest.mark.parametrize("text", ["NaN", "nan", "-nan", "inf", "-inf", "1e999", "#NUM!", "1e99999"])
def test_text_that_is_no_number(text: str) -> None:
    """It stays unknown and is said, as any number that cannot be read."""
    imported = read(f"{HEAD}Mill,BD,{text},{text},{text}\n")
    assert sites(imported)[0][:3] == ("Mill", None, None)
    assert {("workers", text), ("spend", text)} <= unread(imported)


@pytest.mark.parametrize("text", ["1e999", "12a34", "1.2e3.4", "500 of 900", "3 mills, 4"])
def test_letters_between_digits_are_no_amount(text: str) -> None:
    """The digits around them are not one number."""
    imported = read(f'{HEAD}Mill,BD,,"{text}",\n')
    assert sites(imported)[0][2] is None
    assert ("spend", text) in unread(imported)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("EUR 1.234,56", "1234.56"),
        ("Rs. 500", "500"),
        ("Rs.1,500.25", "1500.25"),
        ("500 p.a.", "500"),
        ("12,5 Mio. EUR", "12500000"),
        ("5e6", "5000000"),
    ],
)
def test_letters_around_digits_are_a_unit(text: str, amount: str) -> None:
    """A currency, or a word for thousands and millions."""
    assert sites(read(f'{HEAD}Mill,BD,,"{text}",\n'))[0][2] == amount


def cell(name: str, value: str, kind: str = "") -> str:
    """A cell of an xlsx."""
    return f'<c r="{name}"{kind}><v>{value}</v></c>'


def test_a_workbook() -> None:
    """A name in letters stays as it was written; a number that is none is nobody's name."""
    text = ' t="str"'
    head = "".join(cell(f"{c}1", t, text) for c, t in zip("ABCD", HEAD.split(",")[:4], strict=True))
    rows = [("1e999999", text, "NaN"), ("1e999999", "", "5"), ("Mill", text, "-1e400")]
    body = "".join(
        f'<row r="{n}">{cell(f"A{n}", name, kind)}{cell(f"B{n}", "BD", text)}'
        f"{cell(f'C{n}', workers)}{cell(f'D{n}', workers)}</row>"
        for n, (name, kind, workers) in enumerate(rows, 2)
    )
    imported = read(xlsx(f'<row r="1">{head}</row>{body}'), "list.xlsx")
    assert sites(imported) == [("1e999999", None, None, None), ("Mill", None, None, None)]
    assert unread(imported) == {("workers", "#NUM!"), ("spend", "#NUM!")}
    assert imported.report.not_kept == 1


def test_json() -> None:
    """It is said as it is written there."""
    text = """[{"name": 1e999999, "country": "BD", "workers": NaN, "spend": 1e999},
        {"name": "B", "country": "BD", "workers": -Infinity, "spend": 12.5}]"""
    imported = read(text, "list.json")
    assert sites(imported) == [("1e999999", None, None, None), ("B", None, "12.5", None)]
    assert unread(imported) == {("workers", "NaN"), ("workers", "-Infinity"), ("spend", "1e999")}


def test_parquet() -> None:
    """There NaN is how an empty cell is written; the infinite is said."""
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    table = {"name": ["A", "B"], "country": ["BD"] * 2, "workers": [float("nan"), float("inf")]}
    pq.write_table(pa.table(table), out)
    imported = read(out.getvalue(), "list.parquet")
    assert sites(imported) == [("A", None, None, None), ("B", None, None, None)]
    assert unread(imported) == {("workers", "#NUM!")}

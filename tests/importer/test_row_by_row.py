"""A row goes in, a value with its remarks comes out: nothing depends on the rows read before it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from imvo_scan.core.message import message
from imvo_scan.importer.account import account_of
from imvo_scan.importer.columns.columns import Judge
from imvo_scan.importer.columns.header_row import Asked, Table, find_table
from imvo_scan.importer.read import ImportOptions, Tools, load_tools, row_reader, sheets_of
from imvo_scan.importer.report import ImportReport
from imvo_scan.importer.rows.remarks import RowWarning, SiteNote, UnknownCell
from imvo_scan.importer.rows.results import ListCompany, ListSite, NotKept, RowResult
from imvo_scan.inventory.entities import Supplier
from tests.importer.lists import read, tools

HEADER = (
    "Supplier",
    "Country",
    "Address",
    "City",
    "Sector",
    "Product type",
    "Workers",
    "Annual spend",
    "Tier",
    "os_id",
    "Status",
    "Whatever",
)
NAMES = ("Foo", "Bar", "Baz Ltd", "", "Total", "unknown", "F\u00c3\u00b6rde", "x" * 400)
PLACES = ("China", "NA", "Bangaldesh", "", "Germany / Poland", "Viet Nam", "Elbonia")
CELLS = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(PLACES),
    st.sampled_from(["Road 1", "Road 2, Bangladesh", "", "Street 5, Hanoi, Vietnam"]),
    st.sampled_from(["", "Dhaka", "Hanoi"]),
    st.sampled_from(["Apparel", "Food|Farming|Apparel", "14.13", "widgets", "", "Wholesale"]),
    st.sampled_from(["shirts", "coffee; tin", "gizmo", "", "S\u00c4\u00b1vat"]),
    st.sampled_from(["12", "1.200", "12.500", "100-150", "ca. 80", "many", ""]),
    st.sampled_from(["1.000", "1.234,56", "2 mln", "", "-5"]),
    st.sampled_from(["1", "2", "first", ""]),
    st.sampled_from(["", "VN20200292ECB60", "VN20200292ECB61"]),
    st.sampled_from(["", "closed", "open"]),
    st.sampled_from(["", "q", "w"]),
)
ROWS = st.lists(CELLS, min_size=1, max_size=15)


@cache
def other_tools() -> Tools:
    """Tables that no other test has read with."""
    return load_tools()


def text_of_rows(rows: Sequence[Sequence[str]]) -> bytes:
    """A list with these rows."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    return out.getvalue().encode()


def table_of(rows: Sequence[Sequence[str]]) -> Table:
    """The table of a list with these rows."""
    with sheets_of(text_of_rows(rows), "list.csv") as sheets:
        judge = Judge(tools().headers, tools().places.is_country, {})
        return find_table(sheets, "list.csv", judge, Asked())


@settings(max_examples=60)
@given(ROWS, st.randoms(use_true_random=False))
def test_a_row_alone_reads_as_among_others(
    rows: list[tuple[str, ...]], chance: random.Random
) -> None:
    """Whatever was read before it, by whichever reader, a row becomes the same."""
    table = table_of(rows)
    numbered = list(table.body())
    among = row_reader(table, tools(), ImportOptions())
    results = {number: among.read(number, row) for number, row in numbered}
    chance.shuffle(numbered)
    for number, row in numbered:
        alone = row_reader(table, other_tools(), ImportOptions())
        assert alone.read(number, row) == results[number]


def without_line(site: Supplier) -> Supplier:
    """A site without the row where it stands."""
    return site._replace(line=0)


@settings(max_examples=60)
@given(ROWS.filter(lambda rows: any(row[0] in {"Foo", "Bar"} for row in rows)), st.data())
def test_rows_in_another_order_are_the_same_sites(
    rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Moving rows moves sites; ids, values and counts stay."""
    moved = data.draw(st.permutations(rows))
    before, after = read(text_of_rows(rows)), read(text_of_rows(moved))
    sites = [set(map(without_line, one.inventory.suppliers)) for one in (before, after)]
    assert sites[0] == sites[1]
    assert counts_of(before.report) == counts_of(after.report)


def counts_of(report: ImportReport) -> dict[str, object]:
    """What a report counts, without the rows where it was met and the order of that."""
    plain = report.as_dict()
    warnings = {(one["kind"], one["count"]) for one in plain["warnings"]}
    return {**plain, "warnings": warnings, "skipped": None, "notices": None}


def test_reading_says_all_that_it_saw() -> None:
    """A site comes out with its gaps, notes and remarks; nothing was written elsewhere."""
    table = table_of([("Foo", "Elbonia", "", "", "Apparel", "gizmo", "many", "", "", "", "", "")])
    [(number, row)] = table.body()
    result = row_reader(table, tools(), ImportOptions()).read(number, row)
    assert isinstance(result.outcome, ListSite)
    assert result.outcome.supplier == Supplier("", "Foo", None, "textiles", line=2)
    assert result.outcome.gaps == ("country",)
    assert result.remarks == (
        UnknownCell("country", "Elbonia"),
        SiteNote(message("note.country-not-known", text="Elbonia")),
        UnknownCell("goods", "gizmo"),
        SiteNote(message("note.also-made", goods="gizmo")),
        UnknownCell("workers", "many"),
    )
    assert len(result.outcome.notes) == 2


def test_the_account_counts_every_kind_of_row() -> None:
    """Sites, repeats, blank rows, rows that are none and the company, each once."""
    supplier = Supplier("", "Foo", "CN", None, line=2)
    site = ListSite(supplier, "1", "", "", ("sector",), (), "", (), b"foo", 1)
    results = [
        RowResult(
            2, site, (RowWarning(message("warning.no-name"), message("seen.called", name="Foo")),)
        ),
        RowResult(3, None),
        RowResult(4, site._replace(unread=2), (UnknownCell("tier", "x"),)),
        RowResult(5, NotKept(message("reason.total"))),
        RowResult(6, ListCompany("NL", None), (UnknownCell("tier", "x"),)),
        RowResult(7, ListCompany("DE", None), (UnknownCell("tier", "x"),)),
    ]
    account = account_of(results, message("importer.unit-row", name="list.csv"))
    assert (account.rows, account.blank, account.merged, account.differing) == (5, 1, 1, 1)
    assert account.sites == (site,)
    assert account.company == ListCompany("NL", None)
    assert account.gaps == (("sector", 1),)
    assert account.with_gaps == 1
    assert {str(reason): count for reason, count in account.reasons} == {
        "a total, not a supplier": 1,
        "the company itself, not a supplier": 2,
    }
    assert [one.row for one in account.skipped] == [5, 6, 7]
    assert [list(map(str, one.examples)) for one in account.warnings] == [
        ["list.csv: row 2: called 'Foo'"]
    ]
    assert account.unknown == ((UnknownCell("tier", "x"), 2),)

"""The CSV: fixed header, one row a finding, and nothing that a spreadsheet could run."""

from __future__ import annotations

import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.chain import Report, scan
from imvo_scan.core.priorities import Priority
from imvo_scan.core.sanitise import cell, clean
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import Buyer
from imvo_scan.output import Options, writer_of
from imvo_scan.output.finding_columns import frame_of
from tests.conftest import TODAY

HEADER = (
    "site_id,supplier,country,sector,tier,path,risk,priority,severity,scale,scope,"
    "irremediability,likelihood,vector,actual,aggravated,confidence,country_rating,"
    "sector_rating,reason,recommendation,spend,data_version,"
    "joint_leverage,residual,residual_reason,involvement,"
    "status,waived_by,waived_reason,waived_until,file"
)
SITES = (
    Supplier("b", "Weaver, Ltd", "BD", "textiles", tier=1, workers=900, spend="10.50"),
    Supplier("a", 'The "Mine"', "CD", "mining", tier=3, workers=40),
    Supplier("c", "Office", "NL", "professional-services", tier=1, workers=5),
    Supplier("d", "Nobody knows", None, None),
)


def inventory(*sites: Supplier) -> Inventory:
    """An inventory of these sites."""
    return Inventory("chain.yaml", Buyer("Us", None, None), sites)


def text(report: Report, **options: object) -> str:
    """The CSV of a report."""
    out = io.StringIO()
    writer_of("csv")(report, out, Options(**options))  # type: ignore[arg-type] # as a caller might
    return out.getvalue()


def rows(report: Report, **options: object) -> list[dict[str, str]]:
    """The rows that a standard parser reads."""
    return list(csv.DictReader(io.StringIO(text(report, **options)), strict=True))


@pytest.fixture(scope="module")
def report(evidence: Evidence) -> Report:
    """A report on the four sites."""
    return scan(inventory(*SITES), evidence=evidence, today=TODAY)


def test_the_header_is_fixed(report: Report) -> None:
    """Columns are stable and documented."""
    assert text(report).split("\n", 1)[0] == HEADER


def test_everything_is_nine_rows_a_site(report: Report) -> None:
    """Under --all there is no silent blank."""
    found = [(row["site_id"], row["risk"]) for row in rows(report, everything=True)]
    assert len(found) == len(set(found)) == 9 * len(SITES)


def test_what_is_not_indicated_is_left_out_unless_asked_for(report: Report) -> None:
    """L 0 has no class and is shown with --all."""
    hidden = len(rows(report, everything=True)) - len(rows(report))
    assert hidden == report.counts[Priority.NOT_INDICATED] > 0
    assert {row["priority"] for row in rows(report, everything=True)[-hidden:]} == {"L0"}


def test_the_least_class_filters_the_rows(report: Report) -> None:
    """--min-priority only filters what is shown."""
    assert {row["priority"] for row in rows(report, least=Priority.P1)} == {"P1"}


def test_cells_say_what_was_given(report: Report) -> None:
    """Names are quoted as RFC 4180 asks; what is not known is empty or says so."""
    by_site = {row["site_id"]: row for row in rows(report, everything=True)}
    assert by_site["a"]["supplier"] == 'The "Mine"'
    assert by_site["a"]["path"] == 'Us > ? > The "Mine"'
    assert (by_site["b"]["spend"], by_site["b"]["tier"]) == ("10.50", "1")
    nobody = by_site["d"]
    assert (nobody["country"], nobody["tier"], nobody["country_rating"]) == ("", "", "unknown")
    assert nobody["confidence"] == "D"
    assert {row["data_version"] for row in by_site.values()} == {report.edition.label}


def test_rows_stand_worst_first(report: Report) -> None:
    """METHOD 4: priority, severity, I, L, S, C, id."""
    levels = ("severity", "irremediability", "likelihood", "scale", "scope")
    ranks = [
        (
            row["priority"].replace("L0", "P9"),
            *(-int(row[level]) for level in levels),
            row["site_id"],
        )
        for row in rows(report, everything=True)
    ]
    assert ranks == sorted(ranks)


def test_order_of_suppliers_and_spend_change_nothing(evidence: Evidence) -> None:
    """Shuffled, or with other spend, the ranking is the same (METHOD 4)."""
    lines = text(scan(inventory(*SITES), evidence=evidence, today=TODAY), everything=True)
    shuffled = list(SITES)
    random.Random(7).shuffle(shuffled)
    again = scan(inventory(*shuffled), evidence=evidence, today=TODAY)
    assert text(again, everything=True) == lines
    rich = [site._replace(spend="99999") for site in SITES]
    spent = rows(scan(inventory(*rich), evidence=evidence, today=TODAY), everything=True)
    before = rows(again, everything=True)
    assert [{**row, "spend": ""} for row in spent] == [{**row, "spend": ""} for row in before]


def test_the_frame_holds_the_same_findings(report: Report) -> None:
    """`frame_of` has the columns of the CSV and its order."""
    frame = frame_of(report)
    assert list(frame.columns) == HEADER.split(",")
    in_csv = [(row["site_id"], row["risk"]) for row in rows(report, everything=True)]
    assert list(zip(frame["site_id"], frame["risk"], strict=True)) == in_csv
    assert frame["country_rating"].isna().sum() == 9


@pytest.mark.parametrize("column", ["priority", "residual"])
def test_the_frame_sorts_classes_as_the_method_does(report: Report, column: str) -> None:
    """P1 first and L0 last, also where somebody sorts or compares the column."""
    classes = frame_of(report)[column]
    order = ["P1", "P2", "P3", "P4", "L0"]
    assert list(classes.cat.categories) == order
    assert list(dict.fromkeys(classes.sort_values())) == [c for c in order if c in set(classes)]
    assert {"P1", "L0"} <= set(frame_of(report)["priority"])
    assert set(classes[classes <= "P2"]) <= {"P1", "P2"}


HOSTILE = "[/bold] =cmd|' /C calc'!A0 \x1b[2J"


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+31 6", "'+31 6"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", " x"),
        ("\uff1dx", "'\uff1dx"),
        (HOSTILE, "[/bold] =cmd|' /C calc'!A0 \ufffd[2J"),
        ("a\nb\r\nc", "a b  c"),
        ("a\u202eb\u200bc", "a\ufffdb\ufffdc"),
        ("Jürgen & 工場", "Jürgen & 工場"),
    ],
)
def test_a_cell_is_harmless(raw: str, safe: str) -> None:
    """No formula, no control sign, no turned text; ordinary names stay as they are."""
    assert cell(raw) == safe


@given(st.text())
def test_cleaned_text_holds_nothing_unseen(raw: str) -> None:
    """Cleaning twice is cleaning once, and nothing in it moves a cursor."""
    once = clean(raw)
    assert clean(once) == once
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in once)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_hostile_names_stay_in_their_cell(evidence: Evidence, names: list[str]) -> None:
    """Whatever a supplier is called, a standard parser reads as many rows as there are findings."""
    sites = [Supplier(f"s{n}", name, "BD", "textiles", tier=1) for n, name in enumerate(names)]
    found = rows(scan(inventory(*sites), evidence=evidence, today=TODAY), everything=True)
    assert len(found) == 9 * len(names)
    by_id = {site.id: site.name for site in sites}
    assert all(row["supplier"] == cell(by_id[row["site_id"]]) for row in found)

"""No row is lost: every row of any table is kept, merged or reported with its number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from imvo_scan.chain import scan
from imvo_scan.core.errors import InventoryError
from imvo_scan.evidence import Evidence
from imvo_scan.importer.read import Imported, ImportOptions, read_spreadsheet
from tests.conftest import SHARED, TODAY
from tests.importer.lists import accounted, read, tools

SUPPLIERS = SHARED / "data" / "suppliers"
HEADERS = ["Supplier", "Country", "Sector", "Address", "Product type", "Workers", "Tier", "Region"]
HEADERS += ["id", "os_id", "NACE", "HS code", "Annual spend", "parent_supplier", "Whatever", "Year"]
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["China", "NL", "NA", "n/a", "-", "Unknown", "#N/A", "Georgia (US)", "100-150"]
    ),
    st.sampled_from(
        ["Apparel|Health", "14.13", "C", "shirts, trousers", "a;b", "1", "2022", "Total"]
    ),
    st.sampled_from(
        ["VN20200292ECB60", "SÄ±vat", "\u200b", "x" * 400, "Road 1, Bangladesh", "'=1+1"]
    ),
)


def read_or_none(raw: bytes, name: str = "list.csv") -> Imported | None:
    """A list; None where it was refused with one plain problem."""
    refused: InventoryError | None = None
    try:
        return read(raw, name)
    except InventoryError as error:
        refused = error
    assert len(refused.problems) == 1
    return None


@settings(max_examples=150)
@example(  # a bar in a cell of a ragged list is no delimiter where the header says which one is
    header=["Supplier", "Country"],
    rows=[["", "\r", "Apparel|Health"], ["China", "Apparel|Health"]],
    delimiter=",",
)
@given(
    header=st.lists(st.sampled_from(HEADERS), min_size=2, max_size=9, unique=True),
    rows=st.lists(st.lists(CELLS, max_size=11), max_size=12),
    delimiter=st.sampled_from(",;\t|"),
)
def test_every_row_of_a_messy_table_is_accounted_for(
    header: list[str], rows: list[list[str]], delimiter: str
) -> None:
    """Rows in = kept + merged + not kept, whatever stands in them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["Supplier", *(one for one in header if one != "Supplier")], *rows])
    imported = read_or_none(out.getvalue().encode("utf-8", "replace"))
    if imported is None:
        return
    report = imported.report
    assert accounted(imported)
    assert report.rows + report.blank == len(rows)
    assert len({site.id for site in imported.inventory.suppliers}) == report.sites


@given(st.binary(max_size=300), st.sampled_from(["list.csv", "list.xlsx", "list.json"]))
def test_no_bytes_break_the_reader(raw: bytes, name: str) -> None:
    """Any bytes are a list or one plain problem."""
    imported = read_or_none(raw, name)
    assert imported is None or accounted(imported)


REAL = {
    "apple_supplier_list_2012-2022.csv": (7558, 5570, 1988, 0),
    "uk_contracts_finder_awards_2025.csv": (267, 252, 15, 0),
    "wikirate_tier1_22brands_2018.csv": (431, 424, 7, 0),
    "formats/catenax_fake_business_partners.json": (52, 50, 0, 2),
    "formats/omts-import-example.xlsx": (2, 2, 0, 0),
    "formats/omts-supplier-list-example.xlsx": (7, 7, 0, 0),
    "formats/scdex_example.json": (1, 1, 0, 0),
    "oshub/e2e_test_release.csv": (3, 3, 0, 0),
    "oshub/e2e_test_release.xlsx": (10, 10, 0, 0),
    "oshub/facilities_with_bom.csv": (2, 2, 0, 0),
    "oshub/osh_list_2.csv": (83, 80, 3, 0),
    "oshub/osh_list_12.xls": (15, 15, 0, 0),
    "oshub/osh_list_12.xlsx": (15, 15, 0, 0),
    "oshub/osh_list_15.csv": (351, 351, 0, 0),
}
REFUSED = (
    "formats/catenax_country_rating_template.csv",
    "formats/omts-supplier-list-template.xlsx",
    "oshub/contribot_error_codes.xlsx",
    "oshub/oshub_sectors.json",
)


def shared(name: str) -> Path:
    """A file of the shared collection; the test is skipped out loud where it is not there."""
    if not SUPPLIERS.is_dir():
        pytest.skip(f"the shared files are not here: {SUPPLIERS.name}")
    path = SUPPLIERS / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared files")
    return path


@pytest.mark.parametrize("name", REAL)
def test_real_lists_are_accounted_for(name: str, evidence: Evidence) -> None:
    """Rows, sites, repeats and what is not kept, as recorded when each report was read."""
    imported = read_spreadsheet(shared(name), ImportOptions(sector="textiles"), tools=tools())
    report = imported.report
    assert accounted(imported)
    assert (report.rows, report.sites, report.merged, report.not_kept) == REAL[name]
    assert len(scan(imported.inventory, evidence=evidence, today=TODAY).sites) == report.sites


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_list_of_suppliers_is_refused(name: str) -> None:
    """Templates, catalogues and tables of countries hold no supplier: one line says so."""
    with pytest.raises(InventoryError) as caught:
        read_spreadsheet(shared(name), tools=tools())
    assert len(caught.value.problems) == 1


def test_all_lists_of_open_supply_hub() -> None:
    """Every row has a country and a sector; none is lost."""
    paths = sorted(shared("oshub").glob("osh_list_*"))
    reports = [read_spreadsheet(p, tools=tools()).report for p in paths if p.suffix != ".md"]
    assert not any(list(report.missing()) for report in reports)
    assert all(not report.unknown for report in reports)


def test_a_workbook_in_three_formats_reads_the_same() -> None:
    """The same list as CSV, xls and xlsx gives the same sites."""
    sites = [
        {
            (site.name, site.country, site.sector)
            for site in read_spreadsheet(
                shared(f"oshub/osh_list_12{end}"), tools=tools()
            ).inventory.suppliers
        }
        for end in (".xls", ".xlsx")
    ]
    assert sites[0] == sites[1]

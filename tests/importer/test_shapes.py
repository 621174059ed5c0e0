"""Files in every shape: delimiters, encodings, banners, sheets, merged cells, JSON, Parquet."""

from __future__ import annotations

import io
import json
import sys
import zipfile

import pytest

from imvo_scan.core.errors import InventoryError, UsageError
from imvo_scan.importer.formats.sniff import Kind, kind_of
from tests.importer.lists import accounted, fields, read, workbook

PLAIN = "Supplier,Country,Sector\nÅkerlund,Sweden,Textiles\nŁódź Textil,Poland,Textiles\n"
BANNER = "Suppliers of Example BV\n\nPrinted 2026-01-01; confidential\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    """The four delimiters in the Unicode encodings, with and without a mark in front."""
    imported = read(PLAIN.replace(",", delimiter).encode(encoding))
    assert [site.name for site in imported.inventory.suppliers] == ["Åkerlund", "Łódź Textil"]
    assert [site.country for site in imported.inventory.suppliers] == ["SE", "PL"]


def test_text_from_windows() -> None:
    """Windows-1252 is read and said; `--encoding` overrules."""
    raw = "Lieferant;Land\nMüller;Österreich\n".encode("cp1252")
    imported = read(raw)
    assert imported.inventory.suppliers[0].name == "Müller"
    assert imported.inventory.suppliers[0].country == "AT"
    assert any("Windows-1252" in str(notice) for notice in imported.report.notices)
    assert read(raw, encoding="cp850").inventory.suppliers[0].name != "Müller"
    with pytest.raises(InventoryError):
        read(raw, encoding="utf-8")
    with pytest.raises(UsageError, match="no encoding"):
        read(raw, encoding="no-such-encoding")


def test_the_delimiter_line_of_excel() -> None:
    """`sep=;` on the first line is obeyed and is no header."""
    imported = read("sep=;\r\nSupplier;Country\r\nA, B and C;Italy\r\n")
    assert imported.report.header_row == 2
    assert imported.inventory.suppliers[0].name == "A, B and C"


@pytest.mark.parametrize("above", ["", "\n", "Title\n", BANNER, BANNER * 5])
def test_the_header_may_stand_lower(above: str) -> None:
    """Below banners, instructions and blank rows; row numbers are those of the file."""
    imported = read(above + PLAIN)
    row = above.count("\n") + 1
    assert imported.report.header_row == row
    assert [site.line for site in imported.inventory.suppliers] == [row + 1, row + 2]


def test_ragged_rows_blank_rows_and_repeated_headers() -> None:
    """Short rows are read, long ones too, blank ones are no rows, a header again is said."""
    text = (
        "Country,Name,Sector\nNL\nNL,A\nNL,B,Food,extra,more\n,,\n\nCountry,Name,Sector\nTotal,,\n"
    )
    imported = read(text)
    assert [site.name for site in imported.inventory.suppliers] == ["A", "B"]
    assert imported.report.blank == 2
    assert imported.report.as_dict()["reasons"] == {
        "no name, id or address": 1,
        "the header again": 1,
        "a total, not a supplier": 1,
    }
    assert accounted(imported)


def test_a_workbook_with_instructions_and_merged_cells() -> None:
    """The sheet that holds the list is found; a country merged over rows counts for each."""
    raw = workbook(
        {
            "Read me": [["Instructions"], ["Fill in name and country"]],
            "Sites": [
                ["Example"],
                [],
                ["Country", "Site name", "Employees", "NACE"],
                ["", "F1", 120, 14.13],
                ["", "F2", "#N/A", "C"],
                ["Viet\u00a0Nam", "F3\nplant 2", 90.5, "1413"],
            ],
        },
        {"A4:A5": "China"},
    )
    imported = read(raw, "list.xlsx")
    assert (imported.report.sheet, imported.report.header_row) == ("Sites", 3)
    sites = imported.inventory.suppliers
    assert [site.country for site in sites] == ["CN", "CN", "VN"]
    assert [site.name for site in sites] == ["F1", "F2", "F3 plant 2"]
    assert [site.workers for site in sites] == [120, None, None]
    assert [site.sector for site in sites] == ["textiles", None, "textiles"]


def test_a_sheet_by_name_or_number() -> None:
    """`--sheet` decides; the other lists in the workbook are named."""
    raw = workbook(
        {
            "Old": [["Supplier", "Country"], ["A", "NL"]],
            "New": [["Supplier", "Country"], ["B", "DE"]],
        }
    )
    first = read(raw, "list.xlsx")
    assert any("'New'" in str(notice) for notice in first.report.notices)
    for sheet in ("new", "2"):
        assert read(raw, "list.xlsx", sheet=sheet).inventory.suppliers[0].name == "B"
    with pytest.raises(UsageError, match="no sheet"):
        read(raw, "list.xlsx", sheet="Newer")


@pytest.mark.parametrize(
    "document",
    [
        [{"name": "A", "country": "BD", "products": ["shirts", "trousers"]}],
        {"suppliers": [{"name": "A", "address": {"country": "BD"}, "products": "shirts|trousers"}]},
        {
            "meta": {"n": 1},
            "data": {"sites": [{"name": "A", "countryCode": "BD", "goods": "shirts"}]},
        },
    ],
)
def test_json_in_its_shapes(document: object) -> None:
    """A list of records, inside an object or not; groups and lists in a record are read."""
    (site,) = read(json.dumps(document), "list.json").inventory.suppliers
    assert (site.name, site.country, site.goods[0]) == ("A", "BD", "shirts")


def test_json_lines_and_what_is_no_record() -> None:
    """A record a line; a record that is none keeps its place and is reported."""
    lines = '{"name": "A", "country": "BD"}\n{"name": "B", "country": "NL"}\n'
    assert len(read(lines, "list.jsonl").inventory.suppliers) == 2
    imported = read('[{"name": "A", "country": "BD"}, "junk", null]', "list.json")
    assert imported.report.rows == 3
    assert imported.report.not_kept == 2


def test_a_list_inside_groups_is_the_only_list() -> None:
    """The groups around it are not taken for another."""
    imported = read(
        json.dumps({"data": {"suppliers": [{"supplierName": "A", "country": "BD"}]}}), "list.json"
    )
    assert not any("Other sheets" in str(notice) for notice in imported.report.notices)


def test_what_was_bought_stands_with_the_items_too() -> None:
    """OCDS puts codes at the items where a tender has several."""
    items = [{"classification": {"scheme": "CPV", "id": "90910000"}}]
    party = {"id": "1", "name": "Clean Ltd", "roles": ["supplier"]}
    release = {"ocid": "x", "parties": [party], "tender": {"items": items}}
    (site,) = read(json.dumps({"releases": [release]}), "list.json").inventory.suppliers
    assert site.sector == "cleaning-security"


def test_half_a_sign_is_left_out() -> None:
    """JSON can hold half of a sign, which no file could be written with."""
    (site,) = read('[{"name": "A\\ud800 Ltd", "country": "BD"}]', "list.json").inventory.suppliers
    assert site.name == "A Ltd"


def test_ocds_releases() -> None:
    """A row for each supplier of a release, with the code of what was bought; no buyers."""
    release = {
        "ocid": "ocds-1",
        "parties": [
            {"id": "GB-1", "name": "Town", "roles": ["buyer"]},
            {
                "id": "GB-2",
                "name": "Builder",
                "roles": ["supplier"],
                "address": {"countryName": "England"},
            },
        ],
        "tender": {"classification": {"scheme": "CPV", "id": "45000000"}},
    }
    (site,) = read(json.dumps({"releases": [release]}), "ocds.json").inventory.suppliers
    assert (site.id, site.name, site.country, site.sector) == (
        "GB-2",
        "Builder",
        "GB",
        "construction",
    )


def test_parquet() -> None:
    """A Parquet table is a list of records; without the reader one line says what to install."""
    arrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(arrow.table({"name": ["A", "B"], "country": ["BD", None]}), out)
    imported = read(out.getvalue(), "list.parquet")
    assert [site.country for site in imported.inventory.suppliers] == ["BD", None]


def test_parquet_without_its_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """One plain line with the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InventoryError, match=r"imvo-scan\[parquet\]"):
        read(b"PAR1" + bytes(20), "list.parquet")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04broken", "damaged"),
        (b"<html><table></table></html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"", "empty"),
        (b" \n\n", "empty"),
        (bytes(range(256)) * 4, "no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be opened"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (b'{"a": ', "JSON"),
        (b"[" * 100_000, "nested"),
        (b'{"a": ' * 50_000, "nested"),
        (b'{"a": ' * 900 + b"[]" + b"}" * 900, "no list of records"),
        (b'{"a": 1}', "no list of records"),
        (b"Acme,NL,Food\nBeta,DE,Textiles\n", "column names"),
        (b"just one line of prose", "column names"),
        (b"Supplier,Country\n", "nothing to scan"),
        (b'Supplier,Country\n"A,NL\n', ""),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(raw: bytes, said: str) -> None:
    """Whatever it is called: one problem, in plain words, about the file."""
    try:
        imported = read(raw, "suppliers.xls")
    except InventoryError as error:
        (problem,) = error.problems
        assert said in str(problem)
        assert problem.file == "suppliers.xls"
        assert "\n" not in str(problem)
    else:
        assert not said
        assert accounted(imported)


def test_the_name_of_a_file_proves_nothing() -> None:
    """A workbook called .csv is a workbook; text called .xlsx is text."""
    assert kind_of(workbook({"S": [["a"]]}), "list.csv") is Kind.WORKBOOK
    assert kind_of(b"a;b\n", "list.xlsx") is Kind.TEXT


def test_systems_with_customers_in_the_same_list() -> None:
    """DATEV: the second line is the header, and accounts of customers are no suppliers."""
    text = (
        '"EXTF";700;16;"Debitoren/Kreditoren"\nKonto;Name (Adressattyp Unternehmen);Ort;Land\n'
        "10001;Kunde;Ulm;Deutschland\n70001;Weberei;Istanbul;Türkei\n"
    )
    imported = read(text.encode("cp1252"))
    assert [site.name for site in imported.inventory.suppliers] == ["Weberei"]
    assert imported.report.not_kept == 1


def test_opendocument() -> None:
    """An ods sheet is a workbook like any other."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = [["Leverancier", "Land"], ["Wever", "Bangladesh"]]
    body = "".join(
        f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows
    )
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Lijst">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    imported = read(out.getvalue(), "lijst.ods")
    assert [(s.name, s.country) for s in imported.inventory.suppliers] == [("Wever", "BD")]


def test_rows_marked_as_deleted_are_said() -> None:
    """SAP: a deletion flag takes a row out, and the report says so."""
    imported = read("LIFNR;NAME1;LAND1;LOEVM\n1;A;DE;\n2;B;DE;X\n")
    assert imported.report.as_dict()["reasons"] == {"marked as deleted": 1}
    assert fields(imported)["LOEVM"] == "deleted"


def test_the_list_itself_among_other_sheets() -> None:
    """Not the example, the hidden copy, the pivot or the list of countries to choose from."""
    head = ["Supplier", "Country", "Sector"]
    real: list[list[object]] = [[*head], ["Real", "BD", "Textiles"]]
    others: dict[str, list[list[object]]] = {
        "Example": [[*head], ["EXAMPLE Ltd", "NL", "Food"]],
        "Countries": [["Name", "Country code", "Country"], ["China", "CN", "China"]],
        "Pivot": [["Country", "Number of suppliers"], ["BD", 5]],
    }
    for name, other in others.items():
        for sheets in ({name: other, "Data": real}, {"Data": real, name: other}):
            imported = read(workbook(sheets), "list.xlsx")
            assert [site.name for site in imported.inventory.suppliers] == ["Real"], name


def test_sites_inside_a_record_of_a_supplier() -> None:
    """Each is a site, where it is and not where its supplier is; one without any is its own."""
    said = [
        {
            "name": "Trader",
            "country": "NL",
            "locations": [],
            "factories": [{"name": "Knit", "address": {"country": "BD", "city": "Dhaka"}}],
        },
        {"name": "Alone", "country": "VN", "factories": []},
    ]
    for document in ({"suppliers": said}, {"S1": said[0], "S2": said[1]}):
        imported = read(json.dumps(document), "list.json")
        found = [(site.name, site.country) for site in imported.inventory.suppliers]
        assert found == [("Knit", "BD"), ("Alone", "VN")]
        assert accounted(imported)


@pytest.mark.parametrize("inside", ["contacts", "products", "certificates"])
def test_what_stands_inside_a_supplier_is_no_supplier(inside: str) -> None:
    """People, products and papers of one supplier, or of each of several."""
    one = {"name": "A", "country": "NL", inside: [{"name": "X", "code": "1"}, {"name": "Y"}]}
    for document in (one, {"S1": one, "S2": {**one, "name": "B"}}, [one]):
        names = [s.name for s in read(json.dumps(document), "list.json").inventory.suppliers]
        assert names in (["A"], ["A", "B"])


def test_who_lost_a_tender_is_no_supplier() -> None:
    """Of an OCDS release only those who were awarded are read."""
    parties = [
        {"name": "Lost", "roles": ["tenderer"], "address": {"countryName": "France"}},
        {"name": "Won", "roles": ["tenderer", "supplier"], "address": {"countryName": "Spain"}},
    ]
    imported = read(json.dumps({"releases": [{"ocid": "1", "parties": parties}]}), "list.json")
    assert [site.name for site in imported.inventory.suppliers] == ["Won"]


def test_more_cells_than_column_names_are_said() -> None:
    """What stands beyond the header is named, for it may have moved there."""
    report = read("Supplier,Country\nA,NL\nB,CN,extra\n").report
    assert [str(one.kind) for one in report.warnings] == ["more cells than column names"]


def test_totals_headings_and_companies_called_total() -> None:
    """A row that adds up, or names the country of the rows below, is no site; Total SA is."""
    imported = read(
        "Supplier,Country,Sector\nTOTAL,FR,Oil\nBANGLADESH,,\nA,BD,Textiles\nTotal,,\n"
        "Total suppliers: 2,,\n"
    )
    assert [site.name for site in imported.inventory.suppliers] == ["TOTAL", "A"]
    assert imported.report.as_dict()["reasons"] == {
        "a total, not a supplier": 2,
        "a heading, not a supplier": 1,
    }


@pytest.mark.parametrize(
    ("header", "value"),
    [("Active", "No"), ("Geblokkeerd", "Ja"), ("Status", "Inactive"), ("Closed", "x")],
)
def test_a_site_that_is_called_closed(header: str, value: str) -> None:
    """It is kept, and said."""
    report = read(f"Supplier,Country,{header}\nA,NL,{value}\nB,CN,\n").report
    assert [(str(one.kind), one.count) for one in report.warnings] == [
        ("called closed or inactive, and kept", 1)
    ]
    assert report.sites == 2


@pytest.mark.parametrize(
    "document",
    [
        [["name", "country"], ["A", "NL"], ["B", "CN"]],
        {"name": {"0": "A", "1": "B"}, "country": {"0": "NL", "1": "CN"}},
        {"name": {"1": "B", "0": "A"}, "country": {"0": "NL", "1": "CN"}},
        {"name": ["A", "B"], "country": ["NL", "CN"]},
        {"data": {"name": ["A", "B"], "country": ["NL", "CN"]}},
        {"columns": ["name", "country"], "index": [0, 1], "data": [["A", "NL"], ["B", "CN"]]},
        {"a": {"name": "A", "country": "NL"}, "b": {"name": "B", "country": "CN"}},
        {
            "n": 2,
            "page": 1,
            "data": {"suppliers": [{"name": "A", "country": "NL"}, {"name": "B", "country": "CN"}]},
        },
    ],
)
def test_json_in_every_shape(document: object) -> None:
    """By rows, by columns, by key, and below a heading."""
    imported = read(json.dumps(document), "list.json")
    found = [(site.name, site.country) for site in imported.inventory.suppliers]
    assert sorted(found) == [("A", "NL"), ("B", "CN")]
    assert accounted(imported)


def test_one_record_is_a_list_of_one() -> None:
    """One line of JSON lines, or the answer of a service for one supplier."""
    (site,) = read('{"name": "A", "country": "NL"}\n', "list.jsonl").inventory.suppliers
    assert (site.name, site.country) == ("A", "NL")


def test_a_total_in_the_column_of_numbers() -> None:
    """`Total` stands first, and the number of suppliers under their names."""
    imported = read("No.;Supplier;Country\n1;A;NL\n2;B;CN\nTotal;2;\n")
    assert [site.name for site in imported.inventory.suppliers] == ["A", "B"]


def test_a_row_with_one_word_of_the_header_is_a_supplier() -> None:
    """Only a row that repeats the whole header is one."""
    imported = read("Supplier,Country\nSupplier,BD\nMill,BD\nSupplier,Country\n")
    assert [site.name for site in imported.inventory.suppliers] == ["Supplier", "Mill"]
    assert imported.report.as_dict()["reasons"] == {"the header again": 1}


def test_in_a_list_of_names_alone_a_country_is_a_name() -> None:
    """Where nothing else could stand in a row, one filled cell is no heading."""
    imported = read("Supplier\nChina\nMill\n", mapping={"name": ("Supplier",)})
    assert [site.name for site in imported.inventory.suppliers] == ["China", "Mill"]


@pytest.mark.parametrize(
    "above",
    ["Supplier;Country;fill in;by hand;please;thank;you", "Supplier;Country;Supplier;Country;;;"],
)
def test_the_header_is_the_row_that_is_all_header(above: str) -> None:
    """Words that are no names of columns, and names that stand twice, speak against a row."""
    text = f"{above}\nName;Land;;;;;\nMill;BD;;;;;\nWeaver;IN;;;;;\n"
    imported = read(text)
    assert imported.report.header_row == 2
    assert [site.name for site in imported.inventory.suppliers] == ["Mill", "Weaver"]

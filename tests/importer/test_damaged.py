"""Files that were cut off, pasted badly or made to do harm: one line each, and nothing lost."""

from __future__ import annotations

import io
import struct

import pytest

from imvo_scan.cli.lists import is_table
from imvo_scan.core.errors import InventoryError
from imvo_scan.sandbox.ole2 import goes_round
from tests.conftest import SHARED
from tests.importer.lists import accounted, read, workbook

LIST = [["Supplier", "Country", "Sector"], ["A", "NL", "Food"], ["B", "CN", "Textiles"]]
NO_SECTOR = 0xFFFFFFFF


def compound(*sectors: bytes) -> bytes:
    """The header of an old workbook, whose table of sectors is sector 0, and sectors behind it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[NO_SECTOR] * 108)
    return head + b"".join(sectors)


def table(*following: int) -> bytes:
    """A sector that says which sector follows which."""
    return struct.pack("<128I", *following, *[NO_SECTOR] * (128 - len(following)))


@pytest.mark.parametrize("raw", [compound(), compound(bytes(100)), compound(table(1, 0))])
def test_an_old_workbook_that_was_cut_off(raw: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """One line, though the reader below panics: it writes nothing to standard error."""
    with pytest.raises(InventoryError, match="cannot be opened"):
        read(raw, "cut.xls")
    assert capfd.readouterr().err == ""


def test_sectors_in_a_circle_are_found() -> None:
    """Chains that end are fine, wherever they lead; one that comes back to itself is not."""
    assert not goes_round(compound(table(0xFFFFFFFD, 2, 3, 0xFFFFFFFE, 5, 700)))
    assert goes_round(compound(table(0xFFFFFFFD, 2, 3, 1)))
    assert goes_round(compound(table(0xFFFFFFFD, 1)))


@pytest.mark.parametrize("end", [0.2, 0.5, 0.9, 0.99])
def test_a_new_workbook_that_was_cut_off(end: float) -> None:
    """It is refused, never read in part."""
    raw = workbook({"List": LIST})
    with pytest.raises(InventoryError, match="damaged"):
        read(raw[: int(len(raw) * end)], "cut.xlsx")


def test_a_parquet_file_with_a_damaged_page() -> None:
    """Its footer may be whole where a page is not."""
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    rows = {"Supplier": [f"Site {n}" for n in range(500)], "Country": ["NL"] * 500}
    parquet.write_table(pa.table(rows), out, compression="gzip")
    raw = bytearray(out.getvalue())
    raw[60:600] = bytes(540)
    with pytest.raises(InventoryError, match="damaged"):
        read(bytes(raw), "list.parquet")


def test_a_quotation_mark_that_does_not_close() -> None:
    """It would swallow the rows below; the error names the line where it opens."""
    text = 'Supplier,Country,Sector\nA,NL,Food\n"B,CN,Food\nC,IN,Food\nD,VN,Food\n'
    with pytest.raises(InventoryError, match=r"list\.csv:3:1: a quotation mark opens"):
        read(text)


def test_a_quotation_mark_that_closes_far_below() -> None:
    """Whole rows in one cell: the mark of another row closed it."""
    rows = [f"Site {n},NL,Food,Utrecht,10" for n in range(9)]
    rows[2], rows[7] = f'"{rows[2]}', f'"{rows[7]}'
    with pytest.raises(InventoryError, match=r"list\.csv:4:1"):
        read("\n".join(["Supplier,Country,Sector,City,Workers", *rows]))


def test_an_address_over_several_lines_is_one_cell() -> None:
    """Also with commas in it, and on the last row."""
    text = 'Supplier,Country,Address\nA,NL,"1, Road, Ville\n2, Floor, Hall\n3, x, y\nNL"\n'
    imported = read(text)
    assert len(imported.inventory.suppliers) == 1
    assert "2, Floor, Hall" in (imported.inventory.suppliers[0].relations.address or "")


@pytest.mark.parametrize(
    "raw",
    [
        b'"Supplier,Country,Sector"\n"A,NL,Food"\n"B ""x"",CN,Textiles"\n',
        workbook({"List": [[",".join(row)] for row in LIST]}),
        workbook({"List": [[";".join(row)] for row in LIST]}),
    ],
)
def test_a_list_pasted_into_one_column(raw: bytes) -> None:
    """Rows of delimited text in one column are a table too."""
    imported = read(raw, "list")
    assert [site.country for site in imported.inventory.suppliers] == ["NL", "CN"]
    assert "in one column" in str(imported.report.how)
    assert accounted(imported)


def test_a_list_put_together_from_two_encodings() -> None:
    """UTF-8 with one row of Windows-1252 keeps every name."""
    rows = ["Şişli Tekstil;TR", "Łódź Wełna;PL", "Águas Sá;PT", "Đồng Nai May;VN"]
    raw = "\n".join(["Supplier;Country", *rows]).encode() + "\nMüller;DE\n".encode("cp1252")
    imported = read(raw)
    names = [site.name for site in imported.inventory.suppliers]
    assert names == [*(row.split(";")[0] for row in rows), "Müller"]
    assert any("not all of it" in str(notice) for notice in imported.report.notices)


@pytest.mark.parametrize("before", ["", '{"name": "B", "country": "NL"}\n'])
def test_a_record_that_names_a_value_twice(before: str) -> None:
    """One of the two would be lost: it is refused, also in JSON lines."""
    with pytest.raises(InventoryError, match="'name' more than once"):
        read(before + '{"name": "A", "name": "B", "country": "NL"}\n', "list.jsonl")


def test_a_line_break_in_a_list_in_one_column() -> None:
    """It is a blank, wherever it came from."""
    raw = b'"Supplier,Country"\r\n"A\r,NL"\r\n"B\n,CN"\r\n'
    assert [site.name for site in read(raw).inventory.suppliers] == ["A", "B"]


def test_a_quotation_mark_in_a_narrow_table() -> None:
    """Two rows in one are found too, where the mark that closes them opens another cell."""
    text = 'Supplier,Product,Country\nA,"12 inch pipe,NL\nB,"5 inch pipe",CN\nC,rope,IN\n'
    with pytest.raises(InventoryError, match=r"list\.csv:2:1"):
        read(text)


def test_remarks_with_many_commas_are_one_cell() -> None:
    """Properly closed, whatever stands in it."""
    note = '"a,b,c,d\nb,c,d,e\nc,d,e,f\nd,e,f,g"'
    imported = read(f"Supplier,Country,Sector,Remark\nA,NL,Food,{note}\nB,CN,Food,x\n")
    assert [site.name for site in imported.inventory.suppliers] == ["A", "B"]


@pytest.mark.parametrize("release", [{"parties": 1.5}, {"awards": True}, {"parties": ["x"]}])
def test_a_release_with_nonsense_in_it(release: dict[str, object]) -> None:
    """No traceback: there is no supplier in it."""
    import json

    with pytest.raises(InventoryError):
        read(json.dumps({"releases": [{"ocid": "1", **release}]}), "list.json")


def test_a_value_named_twice_that_says_the_same() -> None:
    """Nothing is lost, so it is read."""
    record = '{"name": "A", "name": "A", "country": "NL"}'
    assert len(read(f"[{record}]", "list.json").inventory.suppliers) == 1


@pytest.mark.parametrize(
    "header",
    ["Annual Spend", "Total Workers", "NACE", "HS code", "Products", "Country", "Address", "Tier"],
)
@pytest.mark.parametrize(
    "cell", ["9" * 5_000, "1 " * 100_000, " " * 100_000 + "x", "1" * 5_000 + "k", "-/" * 100_000]
)
def test_one_huge_cell(header: str, cell: str) -> None:
    """It is a text like any other: no number of that length, no code, and no other row is lost."""
    imported = read(f'Supplier,Country,Sector,{header}\nA,NL,Food,"{cell}"\nB,CN,Food,\n')
    assert [site.name for site in imported.inventory.suppliers] == ["A", "B"]
    assert imported.inventory.suppliers[0].spend is None
    assert imported.inventory.suppliers[0].workers is None


@pytest.mark.parametrize("name", ["blank1500.txt", "list300.txt"])
def test_blank_lines_above_a_list(name: str) -> None:
    """Whether a file is an inventory is found in one pass, however many lines are blank."""
    file = SHARED / "cases" / "hostile" / name
    if not file.exists():
        pytest.skip(f"the shared cases are not here: {name}")
    assert is_table(name, file.read_bytes() + b"\n" * 100_000)


@pytest.mark.parametrize(
    ("text", "inventory"),
    [
        (b"imvo: 1\n", True),
        (b"\xef\xbb\xbf\n \n  imvo: 1\n", True),
        (b'{\n "imvo": 1}', True),
        (b'{ "imvo" : 1}', True),
        (b"Supplier;imvo: 1\n", False),
        (b"name;imvo\n", False),
    ],
)
def test_an_inventory_with_the_name_of_a_text(text: bytes, *, inventory: bool) -> None:
    """What says `imvo:` where a line begins, in braces or not, is no list."""
    assert is_table("chain.txt", text) is not inventory

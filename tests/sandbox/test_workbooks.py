"""Workbooks made to do harm: one line each, and what is in reach is read."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from imvo_scan.core.errors import InventoryError
from imvo_scan.sandbox import archive, limits
from imvo_scan.sandbox.extent import check_records, wants_a_look
from imvo_scan.sandbox.process import opened
from imvo_scan.sandbox.unreadable import UnreadableError, reason
from tests.conftest import SHARED
from tests.importer.lists import read
from tests.sandbox.books import LIST, ods, ods_cell, ods_row, packed, strings, xlsx

TEXT = 't="inlineStr"><is><t>x</t></is></c>'
FAR = {
    "a far cell": LIST + f'<row r="1048576"><c r="XFD1048576" {TEXT}</row>',
    "in the row of another": f'<row r="1"><c r="A1" {TEXT}<c r="XFD1048576" {TEXT}</row>',
    "far to the right, and far down": (
        f'<row r="1"><c r="XFD1" {TEXT}</row><row r="9"><c r="A1048576" {TEXT}</row>'
    ),
    "without names of cells": (
        f'<row r="1">{f"<c {TEXT}" * 2_000}</row><row r="1048576"><c {TEXT}</row>'
    ),
    "with a prefix": '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "in small letters": f'<row r="1"><c r="A1" {TEXT}<c r="xfd1048576" {TEXT}</row>',
    "with a blank in its name": f"<row r=\"1\"><c\nr = 'XFD1048576' {TEXT}</row>",
    "beyond every sheet": f'<row r="1"><c r="A1" {TEXT}<c r="AAAAAA9" {TEXT}</row>',
    "below every sheet": f'<row r="1"><c r="AZ1" {TEXT}<c r="A999999999" {TEXT}</row>',
    "after a comment": (
        f'<!-- <row r="1"> --><row r="1048576"><!-- <c r="A1"> --><c r="ZZZ1048576" {TEXT}</row>'
    ),
    "wide, and long": (
        f'<row r="1"><c r="ZZ1" {TEXT}</row><row r="900000"><c r="A900000" {TEXT}</row>'
    ),
}


@pytest.mark.parametrize("case", FAR)
@pytest.mark.parametrize("dimension", ["", "A1:B2"])
def test_a_cell_far_from_the_list(case: str, dimension: str) -> None:
    """The reader would keep a place for every cell up to it, whatever the sheet says of itself."""
    with pytest.raises(InventoryError, match=r"list\.xlsx: a sheet of this workbook spans [\d,]+"):
        read(xlsx(FAR[case], dimension=dimension), "list.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        LIST,
        LIST + '<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        LIST + '<row r="3"><c r="XFD3" s="1"></c><c r="A1048576" s="1"><f>1</f></c></row>',
        LIST.replace(' r="A1"', "").replace(' r="B1"', ""),
        LIST + '<row r="3"><c r="ZZ3" t="inlineStr"><is><t>x</t></is></c></row>',
    ],
)
def test_what_is_in_reach_is_read(rows: str) -> None:
    """Cells with only a format may stand anywhere; what a sheet says of itself is no fact."""
    for dimension in ("", "A1:XFD1048576"):
        suppliers = read(xlsx(rows, dimension=dimension), "list.xlsx").inventory.suppliers
        assert [(site.name, site.country) for site in suppliers] == [("Foo", "BD")]


def test_a_sheet_in_another_folder() -> None:
    """A sheet is what is used as one, wherever it stands and whatever it is called."""
    raw = xlsx("", xl__other=LIST)
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = parts.pop("xl/worksheets/sheet1.xml")
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"other.dat")
    far = sheet.replace(b"<sheetData>", f"<sheetData>{FAR['a far cell']}".encode())
    with pytest.raises(UnreadableError, match=r"sandbox\.far-cell"):
        archive.check(packed({**parts, "xl/_rels/workbook.xml.rels": links, "xl/other.dat": far}))


@pytest.mark.parametrize(
    "name",
    [
        "xlsx-far-cell-no-dimension.xlsx",
        "xlsx-lying-dimension.xlsx",
        "xlsx-sheet-elsewhere.xlsx",
        "bin-xls-death-6-0.xls",
        "bin-xls-death-6-5.xls",
    ],
)
def test_the_cases(name: str) -> None:
    """Each ended the whole run without a word."""
    file = SHARED / "cases" / "hostile" / name
    if not file.exists():
        pytest.skip(f"the shared cases are not here: {name}")
    with pytest.raises(InventoryError) as caught:
        read(file.read_bytes(), name)
    assert len(caught.value.problems) == 1
    assert str(caught.value).startswith(f"{name}: ")


def _cell(name: str, inside: str) -> str:
    return f'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="{name}"{inside}</c></row>'


@pytest.mark.parametrize(
    "inside",
    [
        ' t="s"><v>-99</v>',
        ' t="s"><v>-1</v>',
        ' t="s"><v>1.0</v>',
        ' t="s"><v>1e0</v>',
        ' t="s"><v> 1</v>',
        ' t="s"><v>one</v>',
        " t='s'><v>-1</v>",
        ' s="0" t="s"><v>-1</v>',
        ' t="s" s="0"><v>-1</v>',
        ' t="s" cm="1"><v>-1</v>',
        ' t="s" ><v>-1</v>',
        ' t="s"><f>A1</f><v>-1</v>',
        ' t="s">\n<v>-1</v>',
        ' t="s"><x:v>-1</x:v>',
        ' s="-3"><v>5</v>',
        ' s="x"><v>5</v>',
        ' cm="1" s="-3"><v>5</v>',
    ],
)
def test_an_index_that_is_no_number(inside: str) -> None:
    """The reader takes it for 0, and gives the first text or style of the workbook."""
    raw = xlsx(_cell("AB1", inside), xl__sharedStrings_xml=strings("Supplier", "Country"))
    with pytest.raises(InventoryError) as caught:
        read(raw, "list.xlsx")
    (problem,) = caught.value.problems
    assert problem.file == "list.xlsx"
    assert "sheet 'S' is damaged: cell AB1 names " in str(problem)


@pytest.mark.parametrize(
    "inside", [' t="s"><v>1</v>', " t='s'><v>1</v>", ' s="0" t="s"><v>0001</v>', ' t="s">']
)
def test_an_index_that_is_a_number(inside: str) -> None:
    """It is the text of that number, however the cell is written; one without a value is empty."""
    archive.check(xlsx(_cell("B1", inside), xl__sharedStrings_xml=strings("Supplier", "Country")))


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 300])
def test_plain_cells_need_no_look_wherever_the_text_is_cut(piece: int) -> None:
    """A cell that stands in two pieces is as plain as any."""
    texts = "".join(f'<c r="A{n}" s="1" t="s"><v>{n}</v></c>' for n in range(1, 50))
    raw = f'<cols/><row>{texts}<c r="B1" s="2"><v>1.5</v></c></row>'.encode()
    assert not wants_a_look(raw[at : at + piece] for at in range(0, len(raw), piece))
    odd = raw.replace(b"<v>30<", b"<v>-1<")
    assert wants_a_look(odd[at : at + piece] for at in range(0, len(odd), piece))


# -- the zip --------------------------------------------------------------------------------------


def test_a_part_packed_too_tightly() -> None:
    """As only a file is that was made to unpack to more than there is."""
    bomb = b" " * (limits.LARGE + 1)
    with pytest.raises(InventoryError, match=r"unpacks to 1,0\d\d times its size"):
        read(xlsx(LIST, xl__more_xml=bomb), "list.xlsx")


def test_a_part_that_is_longer_than_it_says() -> None:
    """The lengths are counted, not believed."""
    raw = bytearray(xlsx(LIST, xl__more_xml=b" " * 100_000))
    for where in (raw.find(b"PK\x01\x02"), raw.find(b"xl/more.xml")):
        assert where > 0
    at = raw.rfind(b"xl/more.xml") - 46
    struct.pack_into("<I", raw, at + 24, 10)
    with pytest.raises(InventoryError, match="damaged"):
        read(bytes(raw), "list.xlsx")


def test_more_files_than_a_workbook_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each costs something to look at."""
    monkeypatch.setattr(limits, "MEMBERS", 5)
    with pytest.raises(UnreadableError) as refused:
        archive.check(xlsx(LIST, xl__more_xml=""))
    assert refused.value.what == reason("sandbox.many-members", members=6)


def test_more_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """All parts together."""
    monkeypatch.setattr(limits, "UNPACKED", 1_000)
    with pytest.raises(UnreadableError, match=r"sandbox\.unpacks-to-too-much"):
        archive.check(xlsx(LIST))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_as_no_program_makes_it(method: int) -> None:
    """Only what spreadsheet programs write is unpacked."""
    raw = xlsx(LIST)
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        parts: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    with pytest.raises(InventoryError, match="damaged"):
        read(packed(parts, method), "list.xlsx")


def test_a_zip_that_is_not_packed() -> None:
    """Some programs only put the parts together."""
    with zipfile.ZipFile(io.BytesIO(xlsx(LIST))) as old:
        parts: dict[str, str | bytes] = {name: old.read(name) for name in old.namelist()}
    assert len(read(packed(parts, zipfile.ZIP_STORED), "list.xlsx").inventory.suppliers) == 1


# -- XML, texts and values ------------------------------------------------------------------------


def test_words_defined_in_the_xml() -> None:
    """Entities that stand for one another are not written out."""
    lines = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    before = f'<!DOCTYPE x [<!ENTITY e0 "ha">{lines}]>'
    rows = LIST.replace("Foo", "&e39;").replace(' r="B1"', "")
    with pytest.raises(InventoryError, match=r"list\.xlsx: "):
        read(xlsx(rows, before), "list.xlsx")


def test_one_text_used_a_million_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may stand for more text than there is memory."""
    monkeypatch.setattr(limits, "MEMORY", 400 << 20)
    cells = "".join(f'<row><c t="s"><v>0</v></c><c r="B{n}"/></row>' for n in range(1, 5_000))
    raw = xlsx(cells, xl__sharedStrings_xml=strings("Supplier" + "a" * 900_000))
    with pytest.raises(InventoryError, match=r"list\.xlsx: .*memory|letters"):
        read(raw, "list.xlsx")


def test_one_cell_with_too_much_text() -> None:
    """A cell of a list is as long as in a CSV, at the most."""
    rows = LIST.replace("Foo", "a" * (limits.CELL_TEXT + 1))
    with pytest.raises(InventoryError, match="a cell of this file holds 1,000,001 letters"):
        read(xlsx(rows), "list.xlsx")
    assert len(read(xlsx(LIST.replace("Foo", "a" * 500_000)), "list.xlsx").inventory.suppliers) == 1


def test_values_keep_their_kind() -> None:
    """Also days and times, over the border of the process."""
    moment = datetime(2026, 3, 1, 4, 5, 6)  # noqa: DTZ001 - a workbook knows no zones
    values = ["text \u00e9", 1.5, 3.0, True, moment, date(2026, 3, 1), time(4, 5)]
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("S")
    sheet.write_row(0, 0, values[:5])
    sheet.write_datetime(0, 5, values[5], book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_datetime(0, 6, values[6], book.add_format({"num_format": "hh:mm"}))
    book.close()
    with opened("workbook", out.getvalue()) as file:
        (row,) = file.pages[0].rows()
        assert row[:6] == values[:6]
        assert str(row[6]).startswith("04:05") or row[6] == time(4, 5)


def test_many_rows_in_several_answers() -> None:
    """Every row once and in order, also where another sheet is read in between."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in "AB":
        sheet = book.add_worksheet(name)
        for number in range(1_700):
            sheet.write_row(number, 0, [name, number])
    book.close()
    with opened("workbook", out.getvalue()) as file:
        pairs = list(zip(file.pages[0].rows(), file.pages[1].rows(), strict=True))
    assert pairs == [(["A", n], ["B", n]) for n in range(1_700)]


# -- other formats --------------------------------------------------------------------------------

EMPTY_CELLS = '<table:table-cell table:number-columns-repeated="16380"/>'
EMPTY_ROWS = ods_row(EMPTY_CELLS, 1_048_570)
HEAD = ods_row(ods_cell("Supplier") + ods_cell("Country") + EMPTY_CELLS)
ROW = ods_row(ods_cell("Foo") + ods_cell("BD") + EMPTY_CELLS)


def test_an_ods_with_blank_cells_to_its_end() -> None:
    """As LibreOffice writes it."""
    assert len(read(ods(HEAD + ROW + EMPTY_ROWS), "list.ods").inventory.suppliers) == 1


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(ods_cell("x", 99_999_999)),
        ods_row(EMPTY_CELLS * 9 + ods_cell("x")) + EMPTY_ROWS + ROW,
        ods_row(ods_cell("x"), 40_000_000),
    ],
)
def test_an_ods_that_repeats_too_much(rows: str) -> None:
    """A number in the file is no reason to take memory."""
    with pytest.raises(InventoryError, match=r"list\.ods: a sheet of this workbook spans"):
        read(ods(HEAD + ROW + rows), "list.ods")


def record(kind: int, data: bytes) -> bytes:
    """A record of an xlsb."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(data)]) + data


def test_an_xlsb_with_a_far_cell() -> None:
    """Its cells say only their column; the row says its own."""
    begin = record(129, b"")
    near = record(0, struct.pack("<I", 4)) + record(5, struct.pack("<IId", 3, 0, 1.0))
    blank = record(0, struct.pack("<I", 1_048_575)) + record(1, struct.pack("<II", 16_383, 0))
    far = record(0, struct.pack("<I", 1_048_575)) + record(5, struct.pack("<IId", 16_383, 0, 1.0))
    end = record(130, b"") + bytes(8)
    check_records([begin + near + blank + end])
    check_records([b"PNG" + far + end])  # no sheet
    whole = begin + near + far + end
    for size in (1, 7, len(whole)):
        with pytest.raises(UnreadableError, match=r"sandbox\.far-cell.*17179869184"):
            check_records(whole[at : at + size] for at in range(0, len(whole), size))


# -- bytes that nobody thought of -----------------------------------------------------------------

SEEDS = {
    "list.xlsx": xlsx(LIST, xl__sharedStrings_xml=strings("a", "b")),
    "list.ods": ods(HEAD + ROW),
}


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=25)
@given(data=st.data())
def test_mutated_parts(name: str, data: st.DataObject) -> None:
    """Whatever stands in the parts of a workbook, it is read or refused in one line."""
    with zipfile.ZipFile(io.BytesIO(SEEDS[name])) as old:
        parts: dict[str, str | bytes] = {part: old.read(part) for part in old.namelist()}
    victim = data.draw(st.sampled_from(sorted(parts)))
    parts[victim] = mutated(parts[victim], data)
    outcome(packed(parts), name)


@pytest.mark.parametrize("name", [*SEEDS, "list.xls", "list.parquet"])
@settings(max_examples=8)
@given(data=st.data())
def test_mutated_bytes(name: str, data: st.DataObject) -> None:
    """The same for the bytes of the file."""
    outcome(mutated(seed(name), data), name)


def seed(name: str) -> bytes:
    """A file that can be read, or one that nearly can."""
    if name == "list.parquet":
        pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        out = io.BytesIO()
        pq.write_table(pa.table({"Supplier": ["A", "B"], "Country": ["NL", "BD"]}), out)
        return out.getvalue()
    if name == "list.xls":
        file = SHARED / "cases" / "hostile" / "bin-xls-death-6-0.xls"
        if not file.exists():
            pytest.skip("the shared cases are not here")
        return file.read_bytes()
    return SEEDS[name]


def mutated(raw: str | bytes, data: st.DataObject) -> bytes:
    """Bytes with some of them changed, taken out or written twice."""
    buffer = bytearray(raw if isinstance(raw, bytes) else raw.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(4, max(len(buffer) - 1, 5)))
        new = data.draw(st.binary(max_size=4) | st.sampled_from([b"9999999", b"\xff" * 4, b"<c>"]))
        buffer[at : at + data.draw(st.integers(0, 4))] = new
    return bytes(buffer)


def outcome(raw: bytes, name: str) -> None:
    """Read a file; anything but a list or lines about it is a fault."""
    try:
        lines = [name * bool(read(raw, name).inventory.suppliers)]
    except InventoryError as error:
        lines = [str(problem) for problem in error.problems]
    assert lines
    assert lines[-1].startswith(name)

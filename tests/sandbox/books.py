"""Workbooks put together by hand, so that they can say what no spreadsheet program would."""

from __future__ import annotations

import io
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
LIST = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Supplier</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Country</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Foo</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>BD</t></is></c></row>'
)


def xlsx(rows: str, before: str = "", dimension: str = "", **members: str | bytes) -> bytes:
    """An xlsx with one sheet of these rows, which may say of itself how far it reaches.

    `before` stands above all in its XML; the name of a member `xl__more_xml` is `xl/more.xml`.
    """
    own = f'<dimension ref="{dimension}"/>' if dimension else ""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}" xmlns:x="{_MAIN}">'
            f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
            if dimension
            else f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}" xmlns:x="{_MAIN}">'
            f"{own}<sheetData>{rows}</sheetData></worksheet>"
        ),
        **{name.replace("__", "/").replace("_xml", ".xml"): text for name, text in members.items()},
    }
    return packed(parts)


def relations(*entries: tuple[str, str, str]) -> str:
    """What a part of a workbook refers to."""
    lines = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def strings(*texts: str) -> str:
    """The shared strings of an xlsx."""
    inside = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'<sst xmlns="{_MAIN}">{inside}</sst>'


def ods(rows: str) -> bytes:
    """An ods with one sheet of these rows."""
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(text: str, times: int = 1) -> str:
    """A filled cell of an ods, repeated by number."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods_row(cells: str, times: int = 1) -> str:
    """A row of an ods, repeated by number."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()

"""Where the fuzzer sets out from: examples, inputs of tests, and hostile cases where present."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

from imvo_scan.chain import scan
from imvo_scan.core.data_dir import data_directory
from imvo_scan.evidence import load_evidence
from imvo_scan.inventory import parse_inventory
from imvo_scan.output import Options, writer_of

ROOT = Path(__file__).resolve().parent.parent
HOSTILE = ROOT.parent / "shared" / "cases" / "hostile"
LISTS = ROOT.parent / "shared" / "cases" / "lists"
LARGEST = 64 * 1024
"""A fuzzed input is at most this long: faults show in short ones, and short ones run fast."""

ROWS = (
    ("Supplier", "Country", "Sector", "Workers", "Spend", "Since"),
    ("Mill One", "Bangladesh", "textiles", 900, 10.5, "2021-03-01"),
    ("The Mine", "CD", "mining", 40, "1.250,00", "03/2020"),
    ("Office", "Netherlands", "services", None, True, ""),
)
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def _files(folder: Path, *patterns: str) -> list[bytes]:
    """The short files of a folder; none where it is not there."""
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return [path.read_bytes() for path in paths if path.stat().st_size <= LARGEST]


def inventories() -> list[bytes]:
    """Examples, what the schema takes and refuses, and hostile ones."""
    return [
        *_files(ROOT / "examples", "chain.yaml", "cases/*.yaml"),
        *_files(ROOT / "tests" / "schemas" / "inventory", "*/*.yaml"),
        *_files(ROOT / "tests" / "inventory" / "refused", "*.yaml"),
        *_files(HOSTILE, "*.yaml"),
    ]


def lists() -> list[bytes]:
    """Lists as text and as JSON."""
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in ROWS)
    json = b'[{"supplier": "Mill", "country": "BD", "sites": [{"name": "A"}]}, {"supplier": 1}]'
    own = [text.encode(), text.replace(";", ",").encode("utf-16"), json, b'{"a": {"b": 1}}']
    return [*own, *_files(LISTS, "*.csv", "*.json"), *_files(HOSTILE, "*.txt")]


@cache
def xlsx_book() -> bytes:
    """A small workbook of two sheets."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in ("Suppliers", "Notes"):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.merge_range("A6:A8", "Merged")
    book.close()
    return out.getvalue()


@cache
def ods_book() -> bytes:
    """A small OpenDocument sheet, as little as a reader takes."""
    rows = "".join(f"<table:table-row>{_ods_cells(row)}</table:table-row>" for row in ROWS)
    spaces = " ".join(f'xmlns:{one}="{_OFFICE}:{one}:1.0"' for one in ("office", "table", "text"))
    sheet = f'<table:table table:name="Suppliers">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    manifest = f'<manifest:manifest xmlns:manifest="{_OFFICE}:manifest:1.0"/>'
    return _archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_cells(row: tuple[object, ...]) -> str:
    return "".join(
        '<table:table-cell office:value-type="string">'
        f"<text:p>{'' if cell is None else cell}</text:p></table:table-cell>"
        for cell in row
    )


def _archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in members.items():
            archive.writestr(zipfile.ZipInfo(name), raw)
    return out.getvalue()


def _members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parts(book: bytes) -> list[bytes]:
    """Each member of an archive, after a byte that says which it is."""
    return [bytes([number]) + raw for number, raw in enumerate(_members(book).values())]


def with_part(book: bytes, raw: bytes) -> bytes:
    """The archive with one member replaced: the first byte chooses it, the others are its text."""
    members = _members(book)
    name = list(members)[raw[0] % len(members)] if raw else "empty"
    return _archive({**members, name: raw[1:]})


def xlsx() -> list[bytes]:
    """Workbooks of Excel, hostile ones among them."""
    return [xlsx_book(), *_files(LISTS, "*.xlsx"), *_files(HOSTILE, "*.xlsx")]


def ods() -> list[bytes]:
    """Workbooks of OpenDocument."""
    return [ods_book(), *_files(LISTS, "*.ods")]


def xls() -> list[bytes]:
    """Workbooks of the old Excel, of which one is kept here."""
    return [*_files(ROOT / "fuzz", "list.xls"), *_files(HOSTILE, "*.xls")]


def parquet() -> list[bytes]:
    """A table of text, one of numbers and dates."""
    import pyarrow as pa
    from pyarrow import parquet as pq

    texts = {str(name): [str(row[at]) for row in ROWS[1:]] for at, name in enumerate(ROWS[0])}
    typed = {"supplier": ["A", None], "workers": [1, 2], "since": [date(2021, 3, 1), None]}
    raws = []
    for table in (pa.table(texts), pa.table(typed)):
        out = io.BytesIO()
        pq.write_table(table, out, compression="none")
        raws.append(out.getvalue())
    return raws


def settings() -> list[bytes]:
    """Settings files, after the byte that chooses YAML or TOML."""
    toml = b't[tool.imvo-scan]\nfail_on = "P1"\noutput = ["table", "csv=a.csv"]\ntop = 5\n'
    plain = _files(ROOT / "tests" / "schemas" / "config", "*/*.yaml")
    return [toml, *(b"y" + raw for raw in plain)]


def waivers() -> list[bytes]:
    """Waiver files."""
    return _files(ROOT / "tests" / "schemas" / "waivers", "*/*.yaml")


def baselines() -> list[bytes]:
    """Baselines, hostile ones among them."""
    return [
        *_files(ROOT / "tests" / "schemas" / "baseline", "*/*.json"),
        *_files(HOSTILE, "baseline*.json"),
    ]


def reports() -> list[bytes]:
    """A report on two suppliers as JSON."""
    evidence = load_evidence()
    text = (
        b"imvo: 1\ncompany: {name: Us}\nsuppliers:\n"
        b"  - {id: a, name: Mill, country: BD, sector: textiles, workers: 900}\n"
        b"  - {id: b, name: Office, country: NL, sector: ict}\n"
    )
    report = scan(parse_inventory(text, "a.yaml", evidence.taxonomy), evidence=evidence)
    out = io.StringIO()
    writer_of("json")(report, out, Options())
    return [out.getvalue().encode()]


@cache
def table_names() -> tuple[str, ...]:
    """The tables that `--data` may bring, in a fixed order."""
    return tuple(sorted(path.name for path in data_directory().glob("*.yaml")))


def tables() -> list[bytes]:
    """Each table, cut to its first lines, after the byte that says which it is."""
    raws = []
    for number, name in enumerate(table_names()):
        raw = (data_directory() / name).read_bytes()
        raws.append(bytes([number]) + raw[: raw.rfind(b"\n", 0, LARGEST) + 1])
    return raws

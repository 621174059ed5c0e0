"""What is said of a list is said in the language of the run; what machines read stays as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import InventoryError, UsageError
from imvo_scan.core.language import CATALOGUES
from imvo_scan.documents import tables
from imvo_scan.importer.columns.mapping import mapping_text
from imvo_scan.importer.list_tables import ColumnsTable
from imvo_scan.importer.to_yaml import inventory_text
from imvo_scan.messages.import_report import lines, public_lines
from imvo_scan.messages.speaker import Speaker
from tests.cli.test_scan import run
from tests.importer.lists import read
from tools.compile_catalogues import read as read_catalogue
from tools.compile_catalogues import texts

DUTCH, ENGLISH = Speaker("nl").tell, Speaker().tell
LIST = (
    "Supplier,Country,Sector,Workers,Postcode,Buyer\n"
    "Mill,Bangladesh,textiles,1.900 - 2.000,1234,Us\n"
    "Mill,Bangladesh,textiles,1.900 - 2.000,1234,Us\n"
    "Foo,Elbonia,textiles,,,\n"
    "Total,,,,,\n"
)


def test_the_import_report_is_said_in_dutch() -> None:
    """Every line of it, with the names of columns and what stands in cells as they are."""
    report = read(LIST).report
    assert list(lines(report, DUTCH)) == [
        "list.csv: gelezen als tekst in UTF-8 met komma als scheidingsteken, kolomnamen op rij 1.",
        (
            "  Gelezen kolommen: name = 'Supplier', country = 'Country', sector = 'Sector', "
            "workers = 'Workers'."
        ),
        "  Niet gelezen: 'Postcode': een postcode, wat de kolomnaam ook zegt.",
        "  Niet gelezen: 'Buyer': het zegt wie er inkoopt, niet wie er levert.",
        (
            "  4 rijen: 2 locaties, 1 die een andere rij herhaalt in alles wat is gelezen, "
            "1 niet behouden."
        ),
        "  Hiaten: 1 zonder land. Wat niet bekend is, telt als hoog risico.",
        "  Niet behouden: 1 rij - een totaal, geen leverancier (rij 5).",
        (
            "  Niet begrepen: country 'Elbonia', 1 keer. Schrijf een naam of een ISO-code zoals "
            "BD; laat het weg als het niet bekend is."
        ),
        "  Opmerking: een ruw aantal werknemers, 2 keer; zoals:",
        "    list.csv: rij 2: '1.900 - 2.000' is gelezen als 2.000",
        "    list.csv: rij 3: '1.900 - 2.000' is gelezen als 2.000",
        "  Het bedrijf heet 'list'; geef --company NAAM voor een ander.",
    ]
    assert list(public_lines(report, DUTCH)) == [
        "Een lijst is gelezen als tekst in UTF-8 met komma als scheidingsteken.",
        (
            "  4 rijen: 2 locaties, 1 die een andere rij herhaalt in alles wat is gelezen, "
            "1 niet behouden."
        ),
    ]


@pytest.mark.parametrize(
    ("tell", "one", "two"),
    [(ENGLISH, "  1 row: 1 site.", "  2 rows: 2 sites."), (DUTCH, "  1 rij", "  2 rijen: 2 loc")],
)
def test_one_is_one(tell: object, one: str, two: str) -> None:
    """Plurals by number, in both languages."""
    assert callable(tell)
    for names, line in (("Foo", one), ("Foo\nBar", two)):
        rows = "".join(f"{name},BD\n" for name in names.splitlines())
        report = read(f"Supplier,Country\n{rows}").report
        assert any(told.startswith(line) for told in lines(report, tell))


def test_the_report_for_machines_keeps_its_keys() -> None:
    """Sentences follow the language, keys and counts do not."""
    report = read(LIST).report
    english, dutch = report.as_dict(), json.loads(json.dumps(report.as_dict(DUTCH)))
    assert english.keys() == dutch.keys()
    assert dutch["gaps"] == english["gaps"] == {"country": 1}
    assert english["reasons"] == {"a total, not a supplier": 1}
    assert dutch["reasons"] == {"een totaal, geen leverancier": 1}
    assert dutch["skipped"] == [{"row": 5, "reason": "een totaal, geen leverancier"}]
    assert dutch["warnings"][0]["kind"] == "een ruw aantal werknemers"
    assert dutch["columns"][0] == {"header": "Supplier", "field": "name", "why_not": ""}


def test_what_leaves_nothing_out_is_no_gap() -> None:
    """A total is no supplier that is missing, whatever the language; a nobody is one."""
    report = read(f"{LIST}unknown supplier,BD,textiles,,,\n").report
    assert [DUTCH(told) for told in report.missing()] == [
        "1 zonder land",
        "1 niet behouden (zegt dat de leverancier niet bekend is)",
    ]


def test_comments_in_files_follow_the_language() -> None:
    """They are for people; keys and values are not."""
    imported = read(LIST)
    text = "".join(inventory_text(imported, DUTCH))
    assert "# Gemaakt met `imvo-scan convert` uit list.csv: 2 locaties uit 4 rijen." in text
    assert "    # country: niet bekend, wat als hoog risico telt\n" in text
    assert "    # de lijst zegt land 'Elbonia', en dat is niet bekend\n" in text
    bare = [line for line in text.splitlines() if "#" not in line]
    english = "".join(inventory_text(imported)).splitlines()
    assert bare == [line for line in english if "#" not in line]
    assert mapping_text(imported.report, DUTCH).startswith("# Welke kolom wat is: ")


@pytest.mark.parametrize(
    ("text", "options", "told"),
    [
        (
            "a b\nc d\n",
            {},
            "list.csv: er is geen rij met kolomnamen gevonden. Er staat geen tabel in.",
        ),
        (
            LIST,
            {"sheet": "x"},
            "imvo-scan: --sheet: dit bestand heeft geen werkbladen. Laat het weg.",
        ),
        (
            LIST,
            {"where": (("Countri", "x"),)},
            "imvo-scan: er is geen kolom 'Countri'. Bedoelt u \"Country\"?",
        ),
        (
            "Supplier,Country\nTotal,\n",
            {},
            (
                "list.csv: er staat geen leverancier in deze lijst, dus er is niets te scannen. "
                "Van 1 rij: 1 een totaal, geen leverancier."
            ),
        ),
        (f"Supplier,Country\n{'x' * 1_000_001},BD\n", {}, "list.csv:2:1: een cel heeft meer dan"),
        ('[{"name": 1,\n "x"', {}, "list.csv:2:5: dit is geen geldige JSON"),
        (f'{{"a": {"1" * 5000}}}', {}, "list.csv: een getal in deze JSON heeft te veel cijfers"),
        ("%PDF-1.4", {}, "list.csv: dit bestand is een PDF, geen tabel. Vraag om de lijst als"),
        (
            'Supplier,Country\n"Foo,BD\nBar,BD\n',
            {},
            "list.csv:2:1: in deze rij begint een aanhalingsteken dat niet wordt gesloten",
        ),
    ],
)
def test_what_is_wrong_is_said_in_dutch(text: str, options: dict[str, Any], told: str) -> None:
    """Faults of the file and of the options alike."""
    with pytest.raises((InventoryError, UsageError)) as caught:
        read(text, **options)
    (problem,) = caught.value.problems
    assert DUTCH(problem.as_message).startswith(told)


def test_the_command_line_says_it_in_dutch(tmp_path: Path) -> None:
    """Remarks, the report and the refusal by --strict."""
    (tmp_path / "lijst.csv").write_text(LIST, encoding="utf-8")
    done = run("lijst.csv", "--strict", "--lang", "nl", "--import-report", "r.json", cwd=tmp_path)
    assert done.returncode == 2
    told = done.stderr.decode()
    assert "  Hiaten: 1 zonder land. Wat niet bekend is, telt als hoog risico." in told
    assert "--strict: lijst.csv heeft hiaten: 1 zonder land." in told
    (report,) = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["lists"]
    assert report["reasons"] == {"een totaal, geen leverancier": 1}


def test_every_reason_in_the_table_of_columns_has_a_sentence() -> None:
    """The table names reasons by key, and no sentence is left that no column is refused for."""
    table = tables.read(data_directory() / "spreadsheet" / "columns.yaml", ColumnsTable)
    used = {f"ignored.{key}" for key in table.ignored}
    used |= {f"context.{one.why}" for one in table.contexts}
    told = {
        code
        for code in texts(read_catalogue(CATALOGUES / "en.po"))
        if code.startswith(("ignored.", "context."))
    }
    assert used == told

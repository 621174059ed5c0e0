"""Lists on the command line: scanned, converted, mapped by hand, refused in plain words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_scan import run
from tests.importer.lists import workbook

LIST = "Bedrijfsnaam;Land;Soort\nWever;Bangladesh;Kleding\nBoer;Atlantis;Groente\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a list in it."""
    (tmp_path / "lijst.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_a_list_is_scanned_directly(folder: Path) -> None:
    """The report goes to standard output; how the list was read goes to standard error."""
    done = run("lijst.csv", "-o", "csv", "--all", cwd=folder)
    said = done.stderr.decode()
    assert done.returncode == 0, said
    assert done.stdout.decode().count("Wever") >= 9
    assert "name = 'Bedrijfsnaam', country = 'Land'" in said
    assert "Not known, not read: 'Soort'" in said
    assert "2 rows: 2 sites." in said
    assert "Not understood: country 'Atlantis'" in said


def test_strict_refuses_gaps(folder: Path) -> None:
    """`--strict` turns gaps into exit 2; the report is there all the same."""
    refused = run("lijst.csv", "--strict", cwd=folder)
    assert refused.returncode == 2
    assert b"--strict: lijst.csv has gaps:" in refused.stderr
    whole = "supplier,country,sector\nA,NL,food\nTotal,,\n"
    (folder / "whole.csv").write_text(whole, encoding="utf-8")
    assert run("whole.csv", "--strict", cwd=folder).returncode == 0


def test_a_mapping_by_hand_and_kept(folder: Path) -> None:
    """`--map` overrides, `--save-mapping` keeps it, `--mapping` uses it again."""
    done = run(
        "convert", "lijst.csv", "--map", "sector=Soort", "--save-mapping", "m.yaml", cwd=folder
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "sector: [Soort]" in (folder / "m.yaml").read_text(encoding="utf-8")
    again = run("convert", "lijst.csv", "--mapping", "m.yaml", cwd=folder)
    assert again.stdout == done.stdout
    assert b"sector: textiles" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--map", "country=Landje"], "there is no column 'Landje'"),
        (["--map", "countri=Land"], "'countri' is no field"),
        (["--map", "country"], "names no column"),
        (["--where", "Land"], "names no value"),
        (["--where", "Jaar=2022"], "there is no column 'Jaar'"),
        (["--sector", "nonsense"], "--sector"),
        (["--mapping", "missing.yaml"], "cannot be read"),
        (["--mapping", "lijst.csv"], "mapping"),
        (["--encoding", "klingon"], "no encoding"),
        (["--sheet", "2"], "no sheets"),
        (["--import-report", "-"], "needs a file"),
    ],
)
def test_what_does_not_fit_is_said(folder: Path, arguments: list[str], said: str) -> None:
    """Exit 2 and one plain line, with what would be right."""
    done = run("lijst.csv", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_field_can_be_left_out(folder: Path) -> None:
    """`--map country=` reads no country at all."""
    done = run("convert", "lijst.csv", "--map", "country=", cwd=folder)
    assert done.returncode == 0
    assert b"country: BD" not in done.stdout


def test_the_report_for_machines(folder: Path) -> None:
    """`--import-report` accounts for every row as JSON."""
    done = run("lijst.csv", "--import-report", "report.json", cwd=folder)
    assert done.returncode == 0
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    (one,) = report["lists"]
    assert report["schema_version"] == 1
    assert one["rows"] == one["kept"] + one["merged"] + one["not_kept"] == 2
    assert one["gaps"] == {"sector": 2, "country": 1}
    assert one["unknown"][0]["value"] == "Atlantis"


def test_convert_writes_an_inventory_that_scans_the_same(folder: Path) -> None:
    """The findings of the YAML are those of the list."""
    assert run("convert", "lijst.csv", "-o", "chain.yaml", cwd=folder).returncode == 0
    first = run("lijst.csv", "-o", "csv", "--all", cwd=folder)
    again = run("chain.yaml", "-o", "csv", "--all", cwd=folder)
    assert again.returncode == 0
    assert again.stdout == first.stdout.replace(b",lijst.csv\n", b",chain.yaml\n")


def test_lists_and_inventories_together(folder: Path) -> None:
    """A workbook, a list on standard input and an inventory, told apart by what they hold."""
    (folder / "book.dat").write_bytes(workbook({"S": [["Supplier", "Country"], ["Mill", "IN"]]}))
    inventory = {"imvo": 1, "company": {"name": "Us"}, "suppliers": [{"name": "Json"}]}
    (folder / "inventory.json").write_text(json.dumps(inventory), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", "book.dat", "inventory.json", "-", "-o", "csv"],
        cwd=folder,
        input=LIST.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    for name in ("Mill", "Json", "Wever"):
        assert name in done.stdout.decode()


def test_an_inventory_on_standard_input_stays_one(folder: Path) -> None:
    """Also where a long comment, with commas, comes before its first key."""
    comment = "# one, two, three; four\n" * 400
    text = f"{comment}imvo: 1\ncompany: {{name: Us}}\nsuppliers:\n  - name: Yaml\n"
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", "-", "-o", "csv"],
        cwd=folder,
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Yaml" in done.stdout


def test_a_file_that_is_no_list_does_not_stop_the_others(folder: Path) -> None:
    """It is refused in one line; the rest is scanned; the exit is 2."""
    (folder / "photo.xls").write_bytes(b"\xff\xd8\xff\xe0")
    done = run("photo.xls", "lijst.csv", "-o", "csv", cwd=folder)
    assert done.returncode == 2
    assert b"JPEG" in done.stderr
    assert b"Wever" in done.stdout


def test_an_inventory_is_scanned_without_the_list_reader(folder: Path) -> None:
    """A plain YAML scan imports neither the list reader nor what reads workbooks."""
    (folder / "chain.yaml").write_text(
        "imvo: 1\ncompany: {name: Us}\nsuppliers:\n  - name: A\n", encoding="utf-8"
    )
    program = (
        "import sys\n"
        "sys.argv = ['imvo-scan', 'chain.yaml', '-o', 'csv']\n"
        "import os; os._exit = lambda code: None\n"
        "from imvo_scan.cli import main\n"
        "main()\n"
        "loaded = [n for n in ('imvo_scan.importer', 'python_calamine', 'pyarrow', 'pandas')"
        " if n in sys.modules]\n"
        "print(loaded, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, check=False
    )
    assert done.stderr.decode().strip().endswith("[]"), done.stderr.decode()


def test_convert_names_a_file_for_what_it_holds(folder: Path) -> None:
    """A list becomes YAML and an inventory CSV: another ending is refused, nothing is written."""
    wrong = run("convert", "lijst.csv", "-o", "out.xlsx", cwd=folder)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"out.yaml" in wrong.stderr
    assert not (folder / "out.xlsx").exists()
    assert run("convert", "lijst.csv", "-o", "out.yaml", cwd=folder).returncode == 0
    again = run("convert", "out.yaml", "-o", "again.yaml", cwd=folder)
    assert again.returncode == 2
    assert not (folder / "again.yaml").exists()

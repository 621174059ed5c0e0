"""What is fuzzed: for each reader of bytes from outside, one function and its seeds.

A target takes any bytes. It returns, or raises one of our own errors: anything else is a crash.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fuzz import seeds
from imvo_scan.chain import scan
from imvo_scan.core.data_dir import data_directory
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import Evidence, load_evidence
from imvo_scan.gate.baseline import read_baseline
from imvo_scan.gate.waivers import read_waivers
from imvo_scan.history.diff import snapshot_of_json
from imvo_scan.importer.read import Tools, load_tools, parse_spreadsheet
from imvo_scan.inventory import Inventory, parse_inventory
from imvo_scan.output import Options, writer_of
from imvo_scan.settings.file import read_settings

_DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader and the inputs from which the fuzzer sets out."""

    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]


@cache
def _evidence() -> Evidence:
    return load_evidence()


@cache
def _tools() -> Tools:
    return load_tools(_evidence())


@cache
def _folder() -> Path:
    """A folder of this process for readers that want a file."""
    return Path(tempfile.mkdtemp(prefix="imvo-fuzz-"))


def _file(name: str, raw: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(raw)
    return path


def _yaml(raw: bytes) -> None:
    document = strict_yaml.load_bytes(raw, "fuzz.yaml")
    _ = document.positions


def _inventory(raw: bytes) -> None:
    _reported(parse_inventory(raw, "fuzz.yaml", _evidence().taxonomy))


def _list(raw: bytes) -> None:
    _reported(parse_spreadsheet(raw, "fuzz", tools=_tools()).inventory)


def _reported(inventory: Inventory) -> None:
    """What could be read must also be scanned and written, whatever stands in it."""
    report = scan(inventory, evidence=_evidence(), today=_DAY)
    for form in ("csv", "json", "markdown"):
        writer_of(form)(report, io.StringIO(), Options(everything=True))


def _part_of(template: bytes) -> Callable[[bytes], None]:
    """A target that puts its bytes into one member of an archive, whose checksums stay right."""

    def read(raw: bytes) -> None:
        _list(seeds.with_part(template, raw))

    return read


def _settings(raw: bytes) -> None:
    """The first byte chooses the file: YAML, or the TOML of a project."""
    name = "pyproject.toml" if raw[:1] == b"t" else "imvo-scan.yaml"
    read_settings(_file(name, raw[1:]))


def _tables(raw: bytes) -> None:
    """One of the tables replaced; the first byte chooses which."""
    names = seeds.table_names()
    if not raw:
        return
    folder = _own_tables()
    changed = folder / names[raw[0] % len(names)]
    original = changed.read_bytes()
    changed.write_bytes(raw[1:])
    try:
        evidence = load_evidence(folder)
        _ = evidence.goods, evidence.labels, evidence.measures
    finally:
        changed.write_bytes(original)


@cache
def _own_tables() -> Path:
    return Path(shutil.copytree(data_directory(), _folder() / "data"))


TARGETS: dict[str, Target] = {
    "yaml": Target(_yaml, seeds.inventories),
    "inventory": Target(_inventory, seeds.inventories),
    "list": Target(_list, seeds.lists),
    "xlsx": Target(_list, seeds.xlsx),
    "xlsx-part": Target(_part_of(seeds.xlsx_book()), lambda: seeds.parts(seeds.xlsx_book())),
    "ods": Target(_list, seeds.ods),
    "ods-part": Target(_part_of(seeds.ods_book()), lambda: seeds.parts(seeds.ods_book())),
    "xls": Target(_list, seeds.xls),
    "parquet": Target(_list, seeds.parquet),
    "settings": Target(_settings, seeds.settings),
    "waivers": Target(lambda raw: read_waivers(_file("waivers.yaml", raw)), seeds.waivers),
    "baseline": Target(lambda raw: read_baseline(_file("baseline.json", raw)), seeds.baselines),
    "report": Target(lambda raw: snapshot_of_json(raw, "report.json"), seeds.reports),
    "tables": Target(_tables, seeds.tables),
}

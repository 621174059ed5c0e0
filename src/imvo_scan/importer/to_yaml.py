"""A list as read, written as a YAML inventory: tidy, commented, and the same for the same list."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from imvo_scan.core.sanitise import clean
from imvo_scan.documents.yaml_text import scalar
from imvo_scan.importer.read import Imported
from imvo_scan.importer.report import ImportReport, counted
from imvo_scan.importer.to_csv import COLUMNS
from imvo_scan.inventory.build import value_of
from imvo_scan.inventory.entities import Buyer, Inventory, Supplier

_NUMBERS = frozenset({"tier", "workers", "spend"})
_WIDTH = 100


def inventory_text(imported: Imported) -> Iterator[str]:
    """The lines of the inventory, sorted by name and id so that a new export changes little."""
    yield from _head(imported.report)
    yield from _company(imported.inventory.company)
    sites = zip(imported.inventory.suppliers, imported.notes, strict=True)
    for site, notes in sorted(sites, key=lambda pair: (pair[0].name.casefold(), pair[0].id)):
        yield from _site(site, notes)


def plain_text(inventory: Inventory) -> Iterator[str]:
    """The same of an inventory alone, without what the list said beyond it."""
    yield from _company(inventory.company)
    for site in sorted(inventory.suppliers, key=lambda site: site.id):
        yield from _site(site, ())


def _stated(site: Supplier, key: str) -> Any:
    value = value_of(site, key)
    return list(value) if isinstance(value, tuple) else value


def _company(company: Buyer) -> Iterator[str]:
    yield f"imvo: 1\ncompany:\n  name: {scalar(company.name)}\n"
    for key, value in (("country", company.country), ("sector", company.sector)):
        yield f"  {key}: {value}\n" if value else ""
    yield "suppliers:\n"


def _head(report: ImportReport) -> Iterator[str]:
    sheet = f", sheet {report.sheet}" if report.sheet else ""
    read = ", ".join(f"{one.field} from {one.header!r}" for one in report.columns if one.field)
    yield "# yaml-language-server: $schema=inventory.schema.json\n#\n"
    many = f"{counted(report.kept, 'site')} from {counted(report.rows, 'row')}"
    yield from _comment(
        f"Made by `imvo-scan convert` from {PurePath(report.source).name}{sheet}: "
        f"{many}. Read: {read}. A comment at a site says "
        "what the list could not tell. The schema, for editors: "
        "imvo-scan schema inventory > inventory.schema.json"
    )


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in textwrap.wrap(clean(text), _WIDTH - 2 - len(indent)):
        yield f"{indent}# {line}\n"


def _site(site: Supplier, notes: Iterable[str]) -> Iterator[str]:
    stated = {key: _stated(site, key) for key in COLUMNS}
    present = [(key, value) for key, value in stated.items() if value not in (None, [])]
    for place, (key, value) in enumerate(present):
        yield f"  {' ' if place else '-'} {key}: {_value(key, value)}\n"
    for missing in ("country", "sector"):
        if stated[missing] is None:
            yield f"    # {missing}: not known, which ranks as high risk\n"
    for note in notes:
        yield from _comment(note, "    ")


def _value(key: str, value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    return str(value) if key in _NUMBERS else scalar(str(value))

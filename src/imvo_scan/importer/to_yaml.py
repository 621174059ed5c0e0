"""A list as read, written as a YAML inventory: tidy, commented, and the same for the same list."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import Any, TypeAlias

from imvo_scan.core.message import Message, Text, message
from imvo_scan.core.sanitise import clean
from imvo_scan.documents.yaml_text import scalar
from imvo_scan.importer.read import Imported
from imvo_scan.importer.report import ImportReport
from imvo_scan.importer.to_csv import COLUMNS
from imvo_scan.inventory.build import value_of
from imvo_scan.inventory.entities import Buyer, Inventory, Supplier

_NUMBERS = frozenset({"tier", "workers", "spend"})
_WIDTH = 100

Tell: TypeAlias = Callable[[Text], str]


def inventory_text(imported: Imported, tell: Tell = str) -> Iterator[str]:
    """The lines of the inventory, sorted by name and id so that a new export changes little.

    `tell` says its comments in a language.
    """
    yield from _head(imported.report, tell)
    yield from _company(imported.inventory.company)
    sites = zip(imported.inventory.suppliers, imported.notes, strict=True)
    for site, notes in sorted(sites, key=lambda pair: (pair[0].name.casefold(), pair[0].id)):
        yield from _site(site, notes, tell)


def plain_text(inventory: Inventory, tell: Tell = str) -> Iterator[str]:
    """The same of an inventory alone, without what the list said beyond it."""
    yield from _company(inventory.company)
    for site in sorted(inventory.suppliers, key=lambda site: site.id):
        yield from _site(site, (), tell)


def _stated(site: Supplier, key: str) -> Any:
    value = value_of(site, key)
    return list(value) if isinstance(value, tuple) else value


def _company(company: Buyer) -> Iterator[str]:
    yield f"imvo: 1\ncompany:\n  name: {scalar(company.name)}\n"
    for key, value in (("country", company.country), ("sector", company.sector)):
        yield f"  {key}: {value}\n" if value else ""
    yield "suppliers:\n"


def _head(report: ImportReport, tell: Tell) -> Iterator[str]:
    file = PurePath(report.source).name
    made = message(
        "yaml.made",
        source=message("yaml.sheet", file=file, sheet=report.sheet) if report.sheet else file,
        sites=message("import-report.sites", n=report.sites),
        rows=message("import-report.rows", n=report.rows),
        columns=tuple(
            message("yaml.column", field=one.field, header=one.header)
            for one in report.columns
            if one.field
        ),
    )
    yield "# yaml-language-server: $schema=inventory.schema.json\n#\n"
    yield from _comment(tell(made))


def _comment(text: str, indent: str = "") -> Iterator[str]:
    for line in textwrap.wrap(clean(text), _WIDTH - 2 - len(indent)):
        yield f"{indent}# {line}\n"


def _site(site: Supplier, notes: Iterable[Message], tell: Tell) -> Iterator[str]:
    stated = {key: _stated(site, key) for key in COLUMNS}
    present = [(key, value) for key, value in stated.items() if value not in (None, [])]
    for place, (key, value) in enumerate(present):
        yield f"  {' ' if place else '-'} {key}: {_value(key, value)}\n"
    for missing in ("country", "sector"):
        if stated[missing] is None:
            yield from _comment(tell(message("yaml.not-known", key=missing)), "    ")
    for note in notes:
        yield from _comment(tell(note), "    ")


def _value(key: str, value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(scalar, value))}]"
    return str(value) if key in _NUMBERS else scalar(str(value))

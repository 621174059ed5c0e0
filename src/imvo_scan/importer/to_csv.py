"""An inventory as a list: CSV with one row a site, which the list reader takes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from imvo_scan.core.sanitise import cell
from imvo_scan.inventory.entities import NO_FACTS, Inventory, Supplier

COLUMNS = (
    "id",
    "name",
    "country",
    "region",
    "address",
    "sector",
    "goods_sector",
    "tier",
    "supplies",
    "goods",
    "workers",
    "spend",
    "flags",
    "os_id",
)
OF_RELATIONS = frozenset({"address", "os_id"})
"""The columns that a site keeps apart, because few say them."""


def list_text(inventory: Inventory) -> Iterator[str]:
    """The lines of the list: UTF-8, commas, several values of a cell apart by bars."""
    yield _line(COLUMNS)
    for site in inventory.suppliers:
        yield _line([cell(text) for text in _texts(site)])


def with_more(inventory: Inventory) -> int:
    """How many sites say more than a list can hold: facts, other buyers, a dialogue."""
    return sum(
        site.facts != NO_FACTS or bool(site.relations.other_buyers or site.relations.dialogue)
        for site in inventory.suppliers
    )


def _texts(site: Supplier) -> Iterator[str]:
    for name in COLUMNS:
        value = getattr(site.relations if name in OF_RELATIONS else site, name)
        joined = "|".join(map(str, value)) if isinstance(value, tuple) else value
        yield "" if joined is None else str(joined)


def _line(texts: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(texts)
    return out.getvalue()

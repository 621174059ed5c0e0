"""An inventory as a list: CSV with one row a site, which the list reader takes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from imvo_scan.core.sanitise import cell
from imvo_scan.inventory.build import states_beyond, value_of
from imvo_scan.inventory.entities import Inventory, Supplier
from imvo_scan.inventory.plain_model import plain_model

COLUMNS: tuple[str, ...] = tuple(plain_model("list_columns"))
"""Of each site, the keys that a list can hold; new ones are only ever added at the end."""


def list_text(inventory: Inventory) -> Iterator[str]:
    """The lines of the list: UTF-8, commas, several values of a cell apart by bars."""
    yield _line(COLUMNS)
    for site in inventory.suppliers:
        yield _line([cell(text) for text in _texts(site)])


def with_more(inventory: Inventory) -> int:
    """How many sites say more than a list can hold, such as facts, other buyers, a dialogue."""
    return sum(states_beyond(site, COLUMNS) for site in inventory.suppliers)


def _texts(site: Supplier) -> Iterator[str]:
    for name in COLUMNS:
        value = value_of(site, name)
        joined = "|".join(map(str, value)) if isinstance(value, tuple) else value
        yield "" if joined is None else str(joined)


def _line(texts: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(texts)
    return out.getvalue()

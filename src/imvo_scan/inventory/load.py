"""From a file to an `Inventory`, or to every problem in it with line and column.

One pass over the text: each supplier is checked and turned into a value as it comes by. A long text
is read in parts, side by side. Only where something is wrong is the text read again, to say where.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from imvo_scan.core.data_dir import FolderReadOnce, data_directory
from imvo_scan.core.errors import InventoryError, Problem
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.documents import strict_yaml
from imvo_scan.inventory.entities import Inventory, Supplier
from imvo_scan.inventory.locate import problems_of
from imvo_scan.inventory.parallel import Part, each, parts_of, processors
from imvo_scan.inventory.reader import Reader
from imvo_scan.taxonomy.taxonomy import Taxonomy

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1")
_LISTS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"})


def read_inventory(path: str | Path, taxonomy: Taxonomy | None = None) -> Inventory:
    """Read a YAML inventory from a file; a list of suppliers is read by `read_spreadsheet`.

    Raises `InventoryError` with every problem found: file, line, column, what and a hint.
    """
    path = Path(path)
    try:
        raw = file_bytes(path)
    except OSError as error:
        what = message("inventory.unreadable", why=reason_of(error))
        raise InventoryError([Problem(str(path), 0, 0, what)]) from None
    if raw.startswith(_WORKBOOKS) or path.suffix.lower() in _LISTS:
        what, hint = message("inventory.is-a-list"), message("inventory.read-it-as-a-list")
        raise InventoryError([Problem(str(path), 0, 0, what, hint=hint)])
    return parse_inventory(raw, str(path), taxonomy)


def parse_inventory(raw: bytes, name: str, taxonomy: Taxonomy | None = None) -> Inventory:
    """Read a YAML inventory from memory; `name` is what problems call it.

    Raises `InventoryError` as `read_inventory` does.
    """
    taxonomy = taxonomy or _bundled_taxonomy()
    parts = parts_of(raw, processors())
    inventory = None
    if len(parts) > 1:
        reads = each(lambda part: _read_part(part, name, taxonomy), parts)
        inventory = _joined(reads, raw, name, taxonomy)
    return inventory or _read_whole(raw, name, taxonomy)


def _read_whole(raw: bytes, name: str, taxonomy: Taxonomy) -> Inventory:
    """The inventory of a text. Raises `InventoryError` with every problem."""
    reading = Reader(name, taxonomy)
    try:
        document = reading.stream(raw)
    except strict_yaml.YamlError as error:
        raise InventoryError(error.problems) from None
    inventory = reading.inventory(document)
    if reading.faults:
        raise InventoryError(problems_of(raw, name, reading.faults))
    return inventory


class _PartRead(NamedTuple):
    """What a part without any fault holds: suppliers, and the other keys of the file."""

    suppliers: list[Supplier]
    keys: dict[str, Any]


def _read_part(part: Part, name: str, taxonomy: Taxonomy) -> _PartRead | None:
    """A part of a text on its own; None where something about it is wrong."""
    reading = Reader(name, taxonomy, part.lines_before)
    try:
        data = reading.stream(part.text).data
    except strict_yaml.YamlError:
        return None
    if reading.faults or not isinstance(data, dict):
        return None
    return _PartRead(reading.suppliers, data)


def _bundled_taxonomy() -> Taxonomy:
    from imvo_scan.taxonomy.load import load_taxonomy

    return load_taxonomy(FolderReadOnce(data_directory(), trusted=True))


def _joined(
    reads: Sequence[_PartRead | None], raw: bytes, name: str, taxonomy: Taxonomy
) -> Inventory | None:
    """The inventory of parts that were read; None where they do not fit as one faultless file."""
    whole = [read for read in reads if read is not None]
    keys = [key for read in whole for key in read.keys]
    once = len(keys) - len(whole) + 1 == len(set(keys))
    in_one_list = all([*read.keys][-1:] == ["suppliers"] for read in whole[:-1])
    if len(whole) < len(reads) or not once or not in_one_list:
        return None
    reading = Reader(name, taxonomy)
    reading.suppliers = [supplier for read in whole for supplier in read.suppliers]
    if len({supplier.id for supplier in reading.suppliers}) < len(reading.suppliers):
        return None
    data = {key: value for read in whole for key, value in read.keys.items()}
    inventory = reading.inventory(strict_yaml.Document(name, data, raw))
    return None if reading.faults else inventory

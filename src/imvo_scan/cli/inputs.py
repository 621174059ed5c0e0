"""Which inventories a command was given: files, folders, standard input."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan.cli.progress import LONG_TEXT, doing
from imvo_scan.cli.terminal import remark
from imvo_scan.vocabulary import ImvoScanError, InventoryError, Problem, UsageError

if TYPE_CHECKING:
    from imvo_scan.chain import Report
    from imvo_scan.cli.importing import Importing
    from imvo_scan.evidence import Evidence
    from imvo_scan.inventory import Inventory

_IS_INVENTORY = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\"']?(?:imvo|suppliers)[\"']?[ \t]*:", re.MULTILINE
)
_ENDINGS = frozenset({".yaml", ".yml"})


def inventory_files(given: Sequence[str]) -> list[str]:
    """The files meant, each once and in order; `-` stays as it is.

    A folder stands for every inventory below it. Raises `UsageError` for a path that does not exist
    and for a folder without inventories.
    """
    files: dict[Path | str, str] = {}
    problems = []
    for name in given:
        path = Path(name)
        if name == "-":
            files.setdefault("-", name)
        elif path.is_dir():
            found = list(_inventories_in(path))
            if not found:
                problems.append(_missing(name, "there is no inventory in this folder"))
            for file in found:
                files.setdefault(file.resolve(), str(file))
        elif path.exists():
            files.setdefault(path.resolve(), name)
        else:
            problems.append(_missing(name, "this file does not exist"))
    if problems:
        raise UsageError(problems)
    return list(files.values())


def read_all(
    files: Sequence[str], evidence: Evidence, lists: Importing | None = None
) -> tuple[list[Inventory], bool]:
    """Every inventory that can be read, and whether that was all; says what is wrong as it goes."""
    read, complete = [], True
    for name in files:
        try:
            inventory = _read(name, evidence, lists)
        except ImvoScanError as error:
            complete = False
            for problem in error.problems:
                remark(str(problem), style="red")
            continue
        for notice in inventory.notices:
            remark(notice)
        read.append(inventory)
    return read, complete


def _read(name: str, evidence: Evidence, lists: Importing | None = None) -> Inventory:
    """An inventory, or a list of suppliers read as one."""
    return inventory_of(read_raw(name), name, evidence, lists)


def inventory_of(
    raw: bytes, name: str, evidence: Evidence, lists: Importing | None = None
) -> Inventory:
    """An inventory from memory, or a list of suppliers read as one. Raises `InventoryError`."""
    from imvo_scan.cli.importing import Importing, is_table
    from imvo_scan.inventory import parse_inventory

    if is_table(name, raw):
        return (lists or Importing()).read(raw, name, evidence).inventory
    with doing(f"Reading {name}", takes_long=len(raw) > LONG_TEXT):
        return parse_inventory(raw, name, evidence.words)


def read_raw(name: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises `InventoryError`."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        what = f"this file cannot be read: {error.strerror or error}"
        raise InventoryError([Problem(name, 0, 0, what)]) from None


def read_one(name: str, evidence: Evidence) -> Inventory:
    """The one inventory that is meant. Raises `InventoryError`."""
    inventory = _read(name, evidence)
    for notice in inventory.notices:
        remark(notice)
    return inventory


def report_of(files: Sequence[str], day: date | None, data: Path | None) -> Report:
    """The report on all the inventories given. Raises `ImvoScanError` where one cannot be read."""
    from imvo_scan.chain import scan
    from imvo_scan.evidence import load_evidence

    evidence = load_evidence(data)
    paths = inventory_files(files)
    inventories = [read_one(name, evidence) for name in paths]
    return scan(*inventories, evidence=evidence, today=day)


def parse_day(text: str | None) -> date | None:
    """A day as written on the command line; None stays None. Raises `UsageError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError.of(f"{text!r} is not a day", "Write it as 2026-11-23.") from None


def _inventories_in(folder: Path) -> Iterator[Path]:
    """YAML files below a folder that say `imvo:` or `suppliers:` at the start of a line.

    So one that is meant as an inventory and is none is refused, not passed over. Nothing hidden.
    """
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _ENDINGS and not hidden and path.is_file():
            try:
                if _IS_INVENTORY.search(path.read_bytes().replace(b"\0", b"")):
                    yield path
            except OSError as error:
                what = f"this file cannot be read: {error.strerror or error}"
                raise InventoryError([Problem(str(path), 0, 0, what)]) from None


def _missing(name: str, what: str) -> Problem:
    hint = "An inventory is a YAML file that begins with `imvo: 1`."
    return Problem(name, 0, 0, what, hint=hint if "folder" in what else "")

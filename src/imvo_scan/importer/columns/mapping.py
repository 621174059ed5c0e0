"""The mapping of columns by hand: `--map FIELD=HEADER` and the file that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import ImvoScanError, InventoryError, Problem, UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.matching import did_you_mean, known, normal, sentences
from imvo_scan.core.message import Text, message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.documents import strict_yaml
from imvo_scan.documents.yaml_text import scalar
from imvo_scan.importer.columns.headers import load_header_vocabulary
from imvo_scan.importer.report import ImportReport


def parse_pairs(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Field -> headers from texts such as `country=Land`; `region=` means: read no region.

    Raises `UsageError` for a field that does not exist.
    """
    mapping: dict[str, tuple[str, ...]] = {}
    for text in texts:
        field, separator, header = text.partition("=")
        if not separator:
            what = message("importer.map-names-no-column", text=text)
            raise UsageError.of(what, message("importer.write-map"))
        key = _field(field)
        mapping[key] = (*mapping.get(key, ()), *([header.strip()] if header.strip() else []))
    return mapping


def _field(name: str) -> str:
    fields = load_header_vocabulary(data_directory() / "spreadsheet").fields
    key = fields.get(normal(name))
    if key is None:
        hint = sentences(did_you_mean(name, fields), known(sorted(set(fields.values()))))
        raise UsageError.of(message("importer.no-field", field=name), hint)
    return key


def read_mapping(path: Path) -> tuple[dict[str, tuple[str, ...]], str | None]:
    """The columns and the sheet that a mapping file names.

    Raises `InventoryError` where it cannot be read and `UsageError` for an unknown field.
    """
    data = _data(path)
    columns = data.get("columns")
    if not isinstance(columns, dict):
        what, hint = message("importer.no-mapping"), message("importer.write-mapping")
        raise InventoryError([Problem(str(path), 1, 1, what, hint=hint)])
    mapping = {}
    for field, headers in columns.items():
        listed = headers if isinstance(headers, list) else [headers]
        mapping[_field(str(field))] = tuple(str(one) for one in listed if one is not None)
    sheet = data.get("sheet")
    return mapping, str(sheet) if sheet else None


def _data(path: Path) -> dict[str, Any]:
    """What stands in a mapping file; nothing where that has no keys."""
    try:
        data = strict_yaml.load_bytes(file_bytes(path), str(path)).data
    except OSError as error:
        what = message("importer.mapping-not-read", why=reason_of(error))
        raise InventoryError([Problem(str(path), 0, 0, what)]) from None
    return data if isinstance(data, dict) else {}


def refuse_to_replace(path: Path) -> None:
    """Refuse a file that is no mapping, which a new one must not take the place of.

    Raises `UsageError`.
    """
    if not path.is_file():
        return
    try:
        read_mapping(path)
    except ImvoScanError:
        what = message("importer.replaces-no-mapping", file=str(path))
        raise UsageError.of(what, message("importer.choose-another-name")) from None


def mapping_text(report: ImportReport, tell: Callable[[Text], str] = str) -> str:
    """A mapping file with the columns as they were read; `tell` says its comment in a language."""
    columns: dict[str, list[str]] = {}
    for one in report.columns:
        if one.field:
            columns.setdefault(one.field, []).append(one.header)
    text = [f"# {tell(message('importer.which-column'))}\n"]
    if report.sheet:
        text.append(f"sheet: {scalar(report.sheet)}\n")
    text.append("columns:\n")
    for field, headers in columns.items():
        text.append(f"  {scalar(field)}: [{', '.join(map(scalar, headers))}]\n")
    return "".join(text)

"""Lists in spreadsheets: telling one from an inventory, and reading it with its report said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan.cli.destinations import complete_file
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.speech import tell
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.sanitise import json_text

if TYPE_CHECKING:
    from imvo_scan.cli.options import ScoringOptions
    from imvo_scan.evidence import Evidence
    from imvo_scan.importer import Imported, ImportOptions, ImportReport

_HEAD = 4096
_ONLY_TABLES = frozenset(
    {".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".pq"}
)
_MOSTLY_TABLES = frozenset({".txt", ".json", ".jsonl", ".ndjson"})
_YAML_ENDINGS = frozenset({".yaml", ".yml"})
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF", b"\xff\xd8\xff", b"\x89PNG")
_INVENTORY_KEY = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[ \t\r]*(?:\{[ \t\r]*)?[\"']?imvo[\"']?[ \t]*:",
    re.MULTILINE,
)


def is_table(name: str, raw: bytes) -> bool:
    """Whether a file is a list of rows rather than an inventory, by what it holds and is called."""
    head, ending = raw[:_HEAD], Path(name).suffix.lower()
    if head.startswith(_BINARY):
        return True
    if ending in _YAML_ENDINGS or ending in _ONLY_TABLES:
        return ending in _ONLY_TABLES
    if _INVENTORY_KEY.search(raw.replace(b"\0", b"") if b"\0" in head else raw):
        return False
    if b"\0" in head:
        return True
    return ending in _MOSTLY_TABLES or _has_columns(head)


def _has_columns(head: bytes) -> bool:
    """Whether the first line looks like the header of a table."""
    first = head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n", 1)[0]
    if first.startswith(b"#"):
        return False
    return first[:1] in b"[{" or any(sign in first for sign in (b",", b";", b"\t", b"|"))


@dataclass
class ListImport:
    """How lists in spreadsheets are read in one run, and the reports on those that were."""

    columns: Sequence[str] = ()
    mapping: Path | None = None
    save_mapping: Path | None = None
    sector: str | None = None
    sheet: str | None = None
    where: Sequence[str] = ()
    company: str | None = None
    encoding: str | None = None
    strict: bool = False
    report_file: Path | None = None
    is_public: bool = False
    reports: list[ImportReport] = field(default_factory=list)

    @classmethod
    def of(cls, options: ScoringOptions) -> ListImport:
        """How the options say that lists are read."""
        return cls(
            columns=options.columns or (),
            mapping=options.mapping,
            save_mapping=options.save_mapping,
            sector=options.sector,
            sheet=options.sheet,
            where=options.where or (),
            company=options.company,
            encoding=options.encoding,
            strict=options.strict,
            report_file=options.import_report,
        )

    def read(self, raw: bytes, name: str, evidence: Evidence | None = None) -> Imported:
        """Read a list and say how. Raises `InventoryError` and `UsageError`."""
        from imvo_scan.cli.progress import watched
        from imvo_scan.importer.read import load_tools, parse_spreadsheet
        from imvo_scan.messages.import_report import lines, public_lines

        if self.save_mapping and self.reports:
            what = message("cli.one-mapping", name=name)
            raise UsageError.of(what, message("cli.one-by-one"))
        tools = load_tools(evidence)
        imported = parse_spreadsheet(raw, name, self._options(), tools=tools, watch=watched)
        self.reports.append(imported.report)
        of_report = public_lines if self.is_public else lines
        for line in of_report(imported.report, tell):
            remark(line)
        if self.save_mapping:
            from imvo_scan.importer.columns.mapping import mapping_text

            _write(self.save_mapping, mapping_text(imported.report, tell))
        return imported

    def refuse_to_replace(self) -> None:
        """See that the mapping to be saved replaces at most a mapping. Raises `UsageError`."""
        if self.save_mapping is not None:
            from imvo_scan.importer.columns.mapping import refuse_to_replace

            refuse_to_replace(self.save_mapping)

    def _options(self) -> ImportOptions:
        from imvo_scan.importer import ImportOptions
        from imvo_scan.importer.columns.mapping import parse_pairs, read_mapping

        saved, sheet = read_mapping(self.mapping) if self.mapping else ({}, None)
        return ImportOptions(
            mapping={**saved, **parse_pairs(self.columns)},
            sheet=self.sheet or sheet,
            sector=self.sector,
            company=self.company,
            encoding=self.encoding,
            where=tuple(map(_condition, self.where)),
        )

    def write_report(self) -> None:
        """Write what became of each row, for machines, where a file for it is named."""
        if self.report_file is None:
            return
        lists = [report.as_dict(tell) for report in self.reports]
        text = json_text({"schema_version": 1, "lists": lists}, indent=2)
        _write(self.report_file, text + "\n")

    def allowed(self, code: Exit) -> Exit:
        """The exit code of a run: `--strict` refuses a list with gaps, and says which."""
        missing = [(report.source, tuple(report.missing())) for report in self.reports]
        for source, gaps in missing:
            if self.strict and gaps:
                remark(message("cli.has-gaps", name=source, gaps=gaps), style="red")
                code = Exit.FAILED
        return code


def _condition(text: str) -> tuple[str, str]:
    header, separator, value = text.partition("=")
    if not separator:
        what = message("cli.where-without-value", text=text)
        raise UsageError.of(what, message("cli.write-where"))
    return header, value


def _write(file: Path, text: str) -> None:
    with complete_file(file) as sink:
        sink.write(text)
    remark(message("cli.wrote", file=str(file)))

"""One file per format; this registry is the whole plug-in system."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from imvo_scan.output.interface import Options, Sink, View, Writer

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "table": "imvo_scan.output.formats.table:write_table",
        "csv": "imvo_scan.output.formats.csv:write_csv",
        "csv-excel": "imvo_scan.output.formats.csv:write_csv_excel",
        "json": "imvo_scan.output.formats.json_report:write_json",
        "markdown": "imvo_scan.output.formats.markdown:write_markdown",
        "sarif": "imvo_scan.output.formats.sarif:write_sarif",
        "github": "imvo_scan.output.formats.github:write_github",
        "junit": "imvo_scan.output.formats.junit:write_junit",
        "gitlab": "imvo_scan.output.formats.gitlab:write_gitlab",
    }
)
"""Every format by name, with the function that writes it; imported only when asked for."""


def writer_of(name: str) -> Writer:
    """The writer of a format. Raises `KeyError` for a name that is not in `FORMATS`."""
    module, _, function = FORMATS[name].partition(":")
    writer: Writer = getattr(import_module(module), function)
    return writer


__all__ = ["FORMATS", "Options", "Sink", "View", "Writer", "writer_of"]

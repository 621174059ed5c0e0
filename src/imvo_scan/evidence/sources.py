"""Every source once: who published what, when, and under which licence."""

from __future__ import annotations

from collections.abc import Mapping

from imvo_scan.core.data_dir import Folder
from imvo_scan.documents import tables
from imvo_scan.evidence.rows import Source

SOURCES_FILE = "sources.yaml"


def load_sources(directory: Folder) -> Mapping[str, Source]:
    """Read all sources by id. Raises `EvidenceError` where one lacks a field."""
    return tables.read(directory / SOURCES_FILE, dict[str, Source])

"""Every source once: who published what, when, and under which licence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from imvo_scan.core.data_dir import Folder
from imvo_scan.documents.table_file import TableFile

SOURCES_FILE = "sources.yaml"
_WANTED = ("publisher", "title", "edition", "year", "licence", "url")


@dataclass(frozen=True, slots=True)
class Source:
    """One source; `note` says how its figures reached us and what is wrong with them."""

    id: str
    publisher: str
    title: str
    edition: str
    year: str
    licence: str
    url: str
    citation: str = ""
    note: str = ""

    @property
    def short(self) -> str:
        """Publisher, title and year on one line."""
        return f"{self.publisher}, {self.title}, {self.year}"


def load_sources(directory: Folder) -> Mapping[str, Source]:
    """Read all sources by id. Raises `EvidenceError` where one lacks a field."""
    table = TableFile(directory / SOURCES_FILE)
    out = {}
    for key in table.root:
        entry = table.group((key,), table.root[key])
        for name in _WANTED:
            if not isinstance(entry.get(name), str):
                table.fail((key,), f"the source has no {name}")
        texts = {name: str(entry.get(name) or "") for name in (*_WANTED, "citation", "note")}
        for name in entry.keys() - texts.keys():
            table.fail((key, name), f"{name!r} is not known of a source")
        out[key] = Source(key, **texts)
    table.check()
    return out

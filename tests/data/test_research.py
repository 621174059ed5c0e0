"""What was gathered for the next edition: every entry is whole, and says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.risks import RISKS
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import Evidence
from tests.conftest import ROOT

PATTERNS = ROOT / "research" / "documented_risks"
REGIONS = sorted(path for path in PATTERNS.glob("*.yaml") if "sources" not in path.name)
NEW_SECTORS = {"fishing", "domestic-work", "any"}
PAGE = re.compile(r"https?://[^/\s]+/\S+")
READ = {"full", "excerpt", "abstract"}
OLDEST = 2016
"""A pattern without evidence in the ten years before 2026 has lapsed (METHOD 3)."""


def loaded(path: Path) -> Any:
    """A file of research as plain values."""
    return strict_yaml.load(path).data


def test_no_entry_stands_twice() -> None:
    """Over all regions."""
    ids = [entry["id"] for path in REGIONS for entry in loaded(path)]
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", REGIONS, ids=lambda path: path.stem)
def test_every_entry_is_whole(path: Path, evidence: Evidence) -> None:
    """A place, a sector, a risk, both languages, and evidence that has not lapsed."""
    taxonomy = evidence.taxonomy
    sectors = {*taxonomy.sectors.names, *NEW_SECTORS}
    for entry in loaded(path):
        here = entry["id"]
        assert set(entry["countries"]) <= taxonomy.countries.names.keys(), here
        assert set(entry["sectors"]) <= sectors, here
        assert entry["risk"] in RISKS, here
        assert entry["en"], here
        assert entry["nl"] not in {"", entry["en"]}, here
        first, last = (int(year) for year in entry["period"])
        assert first <= last, here
        assert last >= OLDEST, here


@pytest.mark.parametrize("path", REGIONS, ids=lambda path: path.stem)
def test_every_entry_names_pages_that_were_opened(path: Path) -> None:
    """The page itself and not a front page, and how far it was read."""
    sources = loaded(path.with_name(f"{path.stem}.sources.yaml"))
    for entry in loaded(path):
        assert entry["sources"], entry["id"]
        for used in entry["sources"]:
            assert used["id"] in sources, entry["id"]
            assert used["read"] in READ, entry["id"]
    for name, source in sources.items():
        assert PAGE.fullmatch(source["address"]), name
        assert source["read"] in READ, name
        assert source["publisher"], name

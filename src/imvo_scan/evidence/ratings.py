"""What is known about countries and sectors: ratings 1-5 per risk, read once and never changed.

Only the ratings are read for a scan. The reasons and figures behind them are read when somebody
asks why (`ratings`, `sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from imvo_scan.core.data_dir import FolderReadOnce, TextFile, data_directory, hash_of
from imvo_scan.core.errors import EvidenceError, Problem
from imvo_scan.core.levels import UNKNOWN, Unknown
from imvo_scan.core.message import message
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.strict_yaml import Path_
from imvo_scan.taxonomy.taxonomy import Taxonomy

if TYPE_CHECKING:
    from imvo_scan.evidence.action_library import Measures
    from imvo_scan.evidence.goods import GoodsTable
    from imvo_scan.evidence.labels import Labels
    from imvo_scan.evidence.rows import CountryRisksTable, SectorCell

Rating: TypeAlias = int | Unknown

EDITION_TABLE = "edition.yaml"
COUNTRY_TABLE = "country_risks.yaml"
SECTOR_TABLE = "sector_risks.yaml"


class Edition(NamedTuple):
    """Which tables these are: their edition, its date, and a hash of all that a scan reads."""

    number: str
    date: str
    sha256: str
    own_tables: bool = False

    @property
    def described(self) -> dict[str, str | bool]:
        """Which tables these are, as every JSON says it."""
        return {
            "edition": self.number,
            "date": self.date,
            "sha256": self.sha256,
            "own_tables": self.own_tables,
        }

    @property
    def label(self) -> str:
        """Short form for a cell: edition and the first 12 digits of the hash."""
        own = "+own" if self.own_tables else ""
        return f"{self.number}{own}+{self.sha256[:12]}"


@dataclass(frozen=True)
class Evidence:
    """The tables a scan needs, typed and immutable."""

    tables: FolderReadOnce
    list_tables: FolderReadOnce
    edition: Edition
    taxonomy: Taxonomy
    country_ratings: Mapping[str, Mapping[Risk, Rating]]
    country_aggravators: Mapping[str, Mapping[Risk, tuple[str, ...]]]
    sector_cells: Mapping[str, Mapping[Risk, SectorCell]]

    @property
    def directory(self) -> Path:
        """The folder that the tables were read from."""
        return self.tables.path

    def country(self, key: str | None, risk: Risk) -> Rating:
        """The rating of a country for a risk; unknown where there is none."""
        return UNKNOWN if key is None else self.country_ratings.get(key, {}).get(risk, UNKNOWN)

    def sector(self, key: str | None, risk: Risk) -> Rating:
        """The rating of a sector for a risk; unknown where the sector is."""
        return UNKNOWN if key is None else self.sector_cells[key][risk].rating

    @cached_property
    def goods(self) -> GoodsTable:
        """The goods listings, read on first use."""
        from imvo_scan.evidence.goods_load import load_listings

        return load_listings(self.tables, self.taxonomy)

    @cached_property
    def labels(self) -> Labels:
        """The labels, read on first use."""
        from imvo_scan.evidence.labels import load_labels

        return load_labels(self.tables)

    @cached_property
    def measures(self) -> Measures:
        """The action library, read on first use."""
        from imvo_scan.evidence.action_library import load_measures

        return load_measures(self.tables)


def load_evidence(directory: Path | None = None) -> Evidence:
    """Read the tables from a folder, or those that come with imvo-scan.

    Raises `EvidenceError` (or its sibling `YamlError`) with every fault and its line.
    """
    from imvo_scan.taxonomy.load import load_taxonomy

    own = directory is not None
    folder = FolderReadOnce(directory or data_directory(), trusted=not own)
    lists = FolderReadOnce(data_directory() / "spreadsheet", trusted=True)
    _require(folder)
    taxonomy = load_taxonomy(folder, lists)
    countries = _load_countries(folder / COUNTRY_TABLE, taxonomy)
    return Evidence(
        tables=folder,
        list_tables=lists,
        edition=_load_edition(folder, lists, own=own),
        taxonomy=taxonomy,
        country_ratings={
            key: {
                risk: UNKNOWN if rating is None else rating
                for risk, rating in zip(countries.risks, row, strict=True)
            }
            for key, row in countries.countries.items()
        },
        country_aggravators=countries.aggravated,
        sector_cells=_load_sectors(folder / SECTOR_TABLE, taxonomy),
    )


SCAN_TABLES = (
    EDITION_TABLE,
    "risks.yaml",
    "sectors.yaml",
    "countries.yaml",
    COUNTRY_TABLE,
    SECTOR_TABLE,
    "goods.yaml",
    "goods_risks.yaml",
    "controls.yaml",
    "labels.yaml",
    "measures.yaml",
)
BACKGROUND_TABLES = ("rating_rules.yaml", "country_indicators.csv", "sources.yaml")
"""What `explain` and `data` read besides; tables of one's own may do without."""

LIST_TABLES = (
    "cells.yaml",
    "columns.yaml",
    "country_names.yaml",
    "places.yaml",
    "titles.yaml",
    "trade_words.yaml",
)
"""How lists of suppliers are read: always the tables that come with imvo-scan."""


def _require(folder: FolderReadOnce) -> None:
    missing = [name for name in SCAN_TABLES if name not in folder]
    if missing:
        what, hint = message("evidence.table-missing"), message("evidence.copy-tables")
        raise EvidenceError(
            [Problem(str(folder / name), 0, 0, what, hint=hint) for name in missing]
        )


def _load_edition(folder: FolderReadOnce, lists: FolderReadOnce, *, own: bool) -> Edition:
    """The edition, with one hash over every table that anything here may read.

    Nothing is read a second time, so what is hashed is what counts.
    """
    from imvo_scan.documents import tables
    from imvo_scan.evidence.rows import EditionRow

    row = tables.read(folder / EDITION_TABLE, EditionRow)
    names = (*SCAN_TABLES, *(name for name in BACKGROUND_TABLES if name in folder))
    stamped = [(name, folder / name) for name in names]
    stamped += [(f"spreadsheet/{name}", lists / name) for name in LIST_TABLES]
    return Edition(row.edition, row.date, hash_of(stamped), own)


def _load_countries(file: TextFile, taxonomy: Taxonomy) -> CountryRisksTable:
    from imvo_scan.documents import tables
    from imvo_scan.evidence.rows import CountryRisksTable

    def check(table: CountryRisksTable) -> Iterator[Fault]:
        if sorted(table.risks) != sorted(RISKS):
            yield Fault(("risks",), message("evidence.nine-risks"))
        for key, row in table.countries.items():
            if len(row) != len(RISKS):
                what = message("evidence.ratings-wanted", n=len(RISKS))
                yield Fault(("countries", key), what, message("evidence.write-unknown"))
        for name, rows in (("countries", table.countries), ("aggravated", table.aggravated)):
            for key in rows.keys() - taxonomy.countries.names.keys():
                yield Fault((name, key), message("evidence.no-country-code", key=key))
        for key, aggravators in table.aggravated.items():
            for risk, names in aggravators.items():
                yield from _aggravators(("aggravated", key, risk.value), names, risk, taxonomy)

    return tables.read(file, CountryRisksTable, check)


def _load_sectors(file: TextFile, taxonomy: Taxonomy) -> Mapping[str, Mapping[Risk, SectorCell]]:
    from imvo_scan.documents import tables
    from imvo_scan.evidence.rows import SectorCell

    def check(cells: Mapping[str, Mapping[Risk, SectorCell]]) -> Iterator[Fault]:
        for sector in taxonomy.sectors.names.keys() - cells.keys():
            yield Fault((sector,), message("evidence.sector-missing", sector=sector))
        for sector in cells.keys() - taxonomy.sectors.names.keys():
            what = message("evidence.no-sector", sector=sector)
            yield Fault((sector,), what, message("evidence.add-sector"))
        for sector, row in cells.items():
            for risk, cell in row.items():
                path = (sector, risk.value, "aggravators")
                yield from _aggravators(path, cell.aggravators, risk, taxonomy)

    return tables.read(file, dict[str, Mapping[Risk, SectorCell]], check)


def _aggravators(
    path: Path_, names: Iterable[str], risk: Risk, taxonomy: Taxonomy
) -> Iterator[Fault]:
    """The aggravators that are not known for their risk."""
    known = taxonomy.risks[risk].aggravators
    for name in names:
        if name not in known:
            what = message("evidence.no-aggravator", name=repr(name))
            yield Fault(path, what, message("hint.known", choices=tuple(known)))

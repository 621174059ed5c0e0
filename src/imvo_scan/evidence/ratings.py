"""What is known about countries and sectors: ratings 1-5 per risk, read once and never changed.

Only the ratings are read for a scan. The reasons and figures behind them are read when somebody
asks why (`ratings`, `sources`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from imvo_scan.core.data_dir import FolderReadOnce, TextFile, data_directory, hash_of
from imvo_scan.core.errors import EvidenceError, Problem
from imvo_scan.core.levels import UNKNOWN, Basis, Unknown
from imvo_scan.core.risks import RISKS, Risk
from imvo_scan.documents.table_file import Place, TableFile
from imvo_scan.taxonomy.load import load_taxonomy
from imvo_scan.taxonomy.taxonomy import Taxonomy

if TYPE_CHECKING:
    from imvo_scan.evidence.action_library import Measures
    from imvo_scan.evidence.goods import GoodsTable
    from imvo_scan.evidence.labels import Labels

Rating: TypeAlias = int | Unknown

ABOUT_CHAIN = "chain"
ABOUT = ("own", ABOUT_CHAIN, "both")
COUNTRY_TABLE = "country_risks.yaml"
SECTOR_TABLE = "sector_risks.yaml"


class SectorCell(NamedTuple):
    """One sector x risk: its rating, whether severity is aggravated, and what that rests on."""

    rating: Rating
    about: str
    aggravators: tuple[str, ...]
    basis: Basis
    reason: str
    sources: tuple[str, ...]


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

        return load_listings(self.tables, self.taxonomy.goods)

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
    own = directory is not None
    folder = FolderReadOnce(directory or data_directory(), trusted=not own)
    lists = FolderReadOnce(data_directory() / "spreadsheet", trusted=True)
    _require(folder)
    taxonomy = load_taxonomy(folder, lists)
    ratings, aggravators = _load_countries(folder / COUNTRY_TABLE, taxonomy)
    return Evidence(
        tables=folder,
        list_tables=lists,
        edition=_load_edition(folder, lists, own=own),
        taxonomy=taxonomy,
        country_ratings=ratings,
        country_aggravators=aggravators,
        sector_cells=_load_sectors(folder / SECTOR_TABLE, taxonomy),
    )


SCAN_TABLES = (
    "edition.yaml",
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
        hint = "Copy the tables that come with imvo-scan and change those."
        raise EvidenceError(
            [
                Problem(str(folder / name), 0, 0, "this table is missing", hint=hint)
                for name in missing
            ]
        )


def _load_edition(folder: FolderReadOnce, lists: FolderReadOnce, *, own: bool) -> Edition:
    """The edition, with one hash over every table that anything here may read.

    Nothing is read a second time, so what is hashed is what counts.
    """
    table = TableFile(folder / "edition.yaml")
    data = table.root
    if not (data.get("edition") and data.get("date")):
        table.fail((), "`edition` and `date` are wanted here")
    table.check()
    names = (*SCAN_TABLES, *(name for name in BACKGROUND_TABLES if name in folder))
    stamped = [(name, folder / name) for name in names]
    stamped += [(f"spreadsheet/{name}", lists / name) for name in LIST_TABLES]
    return Edition(str(data["edition"]), str(data["date"]), hash_of(stamped), own)


def _rating(table: TableFile, place: Place, text: Any) -> Rating:
    """A rating 1-5; a plain ~ is unknown, and stays so."""
    return UNKNOWN if text is None else table.level(place, text) or UNKNOWN


def _aggravators(
    table: TableFile,
    place: Place,
    value: Any,
    known: Iterable[str],
) -> tuple[str, ...]:
    """The aggravators named in a cell, each one of those known for its risk."""
    known = tuple(known)
    names = table.texts(place, value)
    for name in names:
        if name not in known:
            table.fail(place, f"{name!r} is no aggravator here", "Known: " + ", ".join(known) + ".")
    return tuple(name for name in names if name in known)


def _load_countries(
    path: TextFile, taxonomy: Taxonomy
) -> tuple[dict[str, dict[Risk, Rating]], dict[str, dict[Risk, tuple[str, ...]]]]:
    table = TableFile(path)
    order = _risk_order(table)
    rows = table.group(("countries",), table.root.get("countries"))
    ratings = {key: _country_row(table, key, row, order) for key, row in rows.items()}
    for key in rows.keys() - taxonomy.countries.names.keys():
        table.fail(("countries", key), f"{key} is not a country code of this table")
    aggravators: dict[str, dict[Risk, tuple[str, ...]]] = {}
    for key, row in table.group(("aggravated",), table.root.get("aggravated")).items():
        here = ("aggravated", key)
        aggravators[key] = {
            risk: _aggravators(
                table, (*here, risk.value), row[risk.value], taxonomy.risks[risk].aggravators
            )
            for risk in RISKS
            if isinstance(row, dict) and risk.value in row
        }
    table.check()
    return ratings, aggravators


def _risk_order(table: TableFile) -> tuple[Risk, ...]:
    order = table.root.get("risks")
    known = {risk.value: risk for risk in RISKS}
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(known):
        table.fail(("risks",), "the nine risks are wanted here, in the order of the columns")
        return RISKS
    return tuple(known[str(name)] for name in order)


def _country_row(
    table: TableFile,
    key: str,
    row: Any,
    order: tuple[Risk, ...],
) -> dict[Risk, Rating]:
    here = ("countries", key)
    if not isinstance(row, list) or len(row) != len(order):
        table.fail(here, f"{len(order)} ratings are wanted here", "Write ~ for unknown.")
        return {}
    return {
        risk: _rating(table, (*here, place), text)
        for place, (risk, text) in enumerate(zip(order, row, strict=True))
    }


def _load_sectors(path: TextFile, taxonomy: Taxonomy) -> dict[str, dict[Risk, SectorCell]]:
    table = TableFile(path)
    out: dict[str, dict[Risk, SectorCell]] = {}
    for sector in taxonomy.sectors.names:
        row = table.group((sector,), table.root.get(sector))
        if not row:
            table.fail((sector,), f"the sector {sector} is missing")
        out[sector] = {risk: _sector_cell(table, sector, risk, row, taxonomy) for risk in RISKS}
    for sector in table.root.keys() - taxonomy.sectors.names.keys():
        table.fail((sector,), f"{sector} is not a sector", "Add it to sectors.yaml first.")
    table.check()
    return out


def _sector_cell(
    table: TableFile, sector: str, risk: Risk, row: Mapping[str, Any], taxonomy: Taxonomy
) -> SectorCell:
    here = (sector, risk.value)
    cell = table.group(here, row.get(risk.value))
    rating, sources = cell.get("rating"), cell.get("sources") or []
    if rating is None:
        table.fail(here, "this cell has no rating")
    if not cell.get("reason"):
        table.fail(here, "this cell has no reason")
    basis = cell.get("basis")
    if basis not in list(Basis):
        table.fail(here, f"the basis {basis!r} is not known", "Known: " + ", ".join(Basis) + ".")
        basis = Basis.JUDGEMENT.value
    elif basis != Basis.JUDGEMENT.value and not sources:
        table.fail(here, "this cell names no source", "Name one, or call it a judgement.")
    known = taxonomy.risks[risk].aggravators
    if cell.get("about") not in ABOUT:
        table.fail(here, "`about` is wanted here", "Known: " + ", ".join(ABOUT) + ".")
    aggravators = _aggravators(table, (*here, "aggravators"), cell.get("aggravators"), known)
    if (cell.get("aggravated") == "true") != bool(aggravators):
        table.fail(here, "`aggravated` and `aggravators` contradict each other")
    return SectorCell(
        rating=_rating(table, (*here, "rating"), rating),
        about=str(cell.get("about") or ""),
        aggravators=aggravators,
        basis=Basis(basis),
        reason=str(cell.get("reason") or ""),
        sources=tuple(sources),
    )

"""Countries, sectors, goods and risks by key, with their names and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.language import ENGLISH, in_language
from imvo_scan.core.risks import Risk
from imvo_scan.documents import strict_yaml
from imvo_scan.taxonomy.countries import Countries
from imvo_scan.taxonomy.goods import Goods
from imvo_scan.taxonomy.sectors import Sectors

if TYPE_CHECKING:
    from imvo_scan.taxonomy.rows import Bearing, MinimumAges, RiskDefinition


@dataclass(frozen=True)
class Taxonomy:
    """Countries, sectors and risks, by key. Built by `load_taxonomy`."""

    countries: Countries
    minimum_ages: MinimumAges
    sectors: Sectors
    high_risk_sectors: frozenset[str]
    default_scope: Mapping[str, int]
    risks: Mapping[Risk, RiskDefinition]
    controls: Mapping[str, Bearing]
    practices: Mapping[str, Bearing]
    partner_unions: Mapping[str, str]
    directory: Folder

    @property
    def goods(self) -> Goods:
        """The goods by name and code, read on first use."""
        return self.sectors.goods()

    @cached_property
    def measures(self) -> frozenset[str]:
        """The keys of the action library; read only where an inventory has actions."""
        file = self.directory / "measures.yaml"
        table = strict_yaml.load_bytes(file.read_bytes(), str(file)).data
        entries = table.get("measures") if isinstance(table, dict) else None
        return frozenset(entries if isinstance(entries, dict) else ())

    def country_name(self, key: str | None, language: str = ENGLISH) -> str:
        """The name of a country for people; `?` where the country is not known."""
        return "?" if key is None else in_language(self.countries.names[key], language)

    def sector_name(self, key: str | None, language: str = ENGLISH) -> str:
        """The name of a sector for people; `?` where the sector is not known."""
        return "?" if key is None else in_language(self.sectors.names[key], language)

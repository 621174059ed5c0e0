"""Reading the tables of countries, sectors, risks and controls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, partial

from imvo_scan.core.data_dir import Folder, FolderReadOnce, data_directory
from imvo_scan.core.matching import normal
from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.documents import tables
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.tables import Claim
from imvo_scan.taxonomy.countries import Countries
from imvo_scan.taxonomy.goods_load import load_goods
from imvo_scan.taxonomy.list_names import ListNames
from imvo_scan.taxonomy.rows import (
    ControlsTable,
    CountriesTable,
    MinimumAges,
    RiskDefinition,
    SectorRow,
)
from imvo_scan.taxonomy.sectors import Sectors
from imvo_scan.taxonomy.taxonomy import Taxonomy

COUNTRIES_TABLE = "countries.yaml"
SECTORS_TABLE = "sectors.yaml"
RISKS_TABLE = "risks.yaml"
CONTROLS_TABLE = "controls.yaml"
_A_COUNTRY = message("taxonomy.a-country-of-this-table")
_NOT_DIGITS = re.compile(r"\D")


def load_taxonomy(directory: Folder, lists: Folder | None = None) -> Taxonomy:
    """Read the names and codes from a folder of tables, and those of lists from another.

    The names of lists always come with imvo-scan; they are read when a text needs them. Raises
    `EvidenceError` or `YamlError`.
    """
    list_names = ListNames(lists or FolderReadOnce(data_directory() / "spreadsheet"))
    countries = tables.read(directory / COUNTRIES_TABLE, CountriesTable, _check_countries)
    sectors = tables.read(directory / SECTORS_TABLE, dict[str, SectorRow], _check_sectors)
    risks = tables.read(directory / RISKS_TABLE, dict[Risk, RiskDefinition], _check_risks)
    controls = tables.read(directory / CONTROLS_TABLE, ControlsTable)
    return Taxonomy(
        countries=Countries(
            names={key: row.names for key, row in countries.countries.items()},
            index=tables.index(_country_claims(countries)),
            ambiguous={normal(text): keys for text, keys in countries.ambiguous.items()},
            list_names=list_names,
        ),
        sectors=Sectors(
            names={key: row.names for key, row in sectors.items()},
            index=tables.index(_sector_claims(sectors)),
            codes={s: tables.index(claims) for s, claims in _code_claims(sectors).items()},
            list_names=list_names,
            goods=cache(partial(load_goods, directory, list_names)),
        ),
        high_risk_sectors=frozenset(key for key, row in sectors.items() if row.high_risk),
        default_scope={key: row.default_scope for key, row in sectors.items()},
        risks=risks,
        minimum_ages=risks[Risk.CHILD_LABOUR].minimum_age or MinimumAges(15, 15),
        controls=controls.controls,
        practices=controls.practices,
        partner_unions=countries.partner_unions.states,
        directory=directory,
    )


def _country_claims(table: CountriesTable) -> Iterator[Claim]:
    """Codes, names and aliases, in the form in which they are compared."""
    for key, row in table.countries.items():
        path = ("countries", key)
        for text in (key, row.alpha3, *row.names.values(), *row.aliases):
            if text is not None:
                yield path, normal(text), key


def _check_countries(table: CountriesTable) -> Iterator[Fault]:
    yield from tables.clashes(_country_claims(table))
    unions = table.partner_unions.states
    yield from tables.strangers(("partner_unions",), unions, table.countries, _A_COUNTRY)
    for text, keys in table.ambiguous.items():
        yield from tables.strangers(("ambiguous", text), keys, table.countries, _A_COUNTRY)


def _sector_claims(sectors: Mapping[str, SectorRow]) -> Iterator[Claim]:
    for key, row in sectors.items():
        path = (key,)
        for text in (key, *row.names.values(), *row.aliases):
            yield path, normal(text), key


def _code_claims(sectors: Mapping[str, SectorRow]) -> dict[str, list[Claim]]:
    """The codes of each scheme, in digits."""
    claims: dict[str, list[Claim]] = {}
    for key, row in sectors.items():
        for scheme, codes in row.codes.items():
            path = (key, "codes", scheme)
            claims.setdefault(scheme, []).extend(
                (path, _NOT_DIGITS.sub("", code), key) for code in codes
            )
    return claims


def _check_sectors(sectors: Mapping[str, SectorRow]) -> Iterator[Fault]:
    yield from tables.clashes(_sector_claims(sectors))
    for claims in _code_claims(sectors).values():
        yield from tables.clashes(claims)


def _check_risks(risks: Mapping[Risk, RiskDefinition]) -> Iterator[Fault]:
    if risks[Risk.CHILD_LABOUR].minimum_age is None:
        yield Fault((Risk.CHILD_LABOUR.value,), message("taxonomy.no-minimum-age"))

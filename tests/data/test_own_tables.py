"""Tables that a user brings with --data: whatever stands in them, our own error says where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import ImvoScanError
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import load_evidence
from imvo_scan.evidence.coverage import check_tables
from imvo_scan.evidence.ratings import LIST_TABLES
from imvo_scan.importer.columns.headers import load_header_vocabulary
from imvo_scan.importer.rows.row import load_cell_terms
from imvo_scan.taxonomy.list_names import ListNames

PLACES = [
    ("sectors.yaml", ("textiles",)),
    ("sectors.yaml", ("textiles", "aliases")),
    ("sectors.yaml", ("textiles", "codes")),
    ("sectors.yaml", ("textiles", "codes", "isic")),
    ("countries.yaml", ("countries", "BD")),
    ("countries.yaml", ("countries", "BD", "alpha3")),
    ("countries.yaml", ("countries", "BD", "aliases")),
    ("countries.yaml", ("ambiguous",)),
    ("countries.yaml", ("partner_unions",)),
    ("controls.yaml", ("controls", "collective-agreement")),
    ("controls.yaml", ("controls", "collective-agreement", "basis")),
    ("risks.yaml", ("forced-labour", "aggravators")),
    ("risks.yaml", ("forced-labour", "norms")),
    ("sector_risks.yaml", ("construction", "forced-labour", "basis")),
    ("sector_risks.yaml", ("construction", "forced-labour", "aggravators")),
    ("country_risks.yaml", ("risks",)),
    ("country_risks.yaml", ("countries", "BD")),
    ("country_risks.yaml", ("aggravated", "CD")),
    ("goods.yaml", ("goods", "vanilla")),
    ("goods.yaml", ("goods", "vanilla", "aliases")),
    ("goods_risks.yaml", ("lists", "dol-goods-2022")),
    ("goods_risks.yaml", ("listings", "dol-goods-2022", "vanilla MG")),
    ("goods_risks.yaml", ("areas", "eu-cahra-2026-06", "countries", "CD")),
    ("labels.yaml", ("sa8000", "questions", "remedy")),
    ("labels.yaml", ("sa8000", "covers")),
    ("measures.yaml", ("measures", "guard-rules", "risks")),
    ("measures.yaml", ("ladders", "leverage")),
    ("measures.yaml", ("covenants",)),
    ("edition.yaml", ("edition",)),
    ("sources.yaml", ("pts-2024", "year")),
    ("rating_rules.yaml", ("risks", "living-wage", "indicators")),
    ("rating_rules.yaml", ("adjustments",)),
]
WRONG = [[["x"]], [None], [{"a": "b"}]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables, to change."""
    return Path(shutil.copytree(data_directory(), tmp_path_factory.mktemp("own") / "data"))


def put(node: Any, place: tuple[str, ...], value: Any) -> Any:
    """The same values with another one at a place."""
    if not place:
        return value
    return {**node, place[0]: put(node.get(place[0], {}), place[1:], value)}


@pytest.mark.parametrize("value", WRONG, ids=json.dumps)
@pytest.mark.parametrize(("name", "place"), PLACES, ids=lambda one: str(one)[-40:])
def test_a_value_of_another_shape_is_refused(
    folder: Path, name: str, place: tuple[str, ...], value: Any
) -> None:
    """It is named with its file and line, and is never a fault in the tool."""
    table = folder / name
    before = table.read_bytes()
    data = put(strict_yaml.load_bytes(before, name).data, place, value)
    table.write_text(json.dumps(data), encoding="utf-8")
    try:
        with pytest.raises(ImvoScanError) as refusal:
            check_tables(load_evidence(folder))
    finally:
        table.write_bytes(before)
    assert all(one.file == str(table) and one.line for one in refusal.value.problems)


def test_every_row_of_the_tables_that_come_with_us_is_as_declared() -> None:
    """They are trusted at every start because they are held here."""
    check_tables(load_evidence())


def test_tables_that_are_trusted_say_the_same_as_those_that_are_checked(folder: Path) -> None:
    """There is one way from a table to its values."""
    ours, theirs = load_evidence(), load_evidence(folder)
    assert ours.country_ratings == theirs.country_ratings
    assert ours.country_aggravators == theirs.country_aggravators
    assert ours.sector_cells == theirs.sector_cells
    assert ours.taxonomy.goods.goods == theirs.taxonomy.goods.goods
    assert ours.goods.entries == theirs.goods.entries
    assert ours.labels == theirs.labels
    assert ours.measures == theirs.measures


def test_every_table_of_how_lists_are_read_is_as_declared() -> None:
    """Nobody brings these, so only tests look into them."""
    lists = data_directory() / "spreadsheet"
    names = ListNames(lists)
    assert names.countries.names
    assert names.sectors.titles
    assert names.goods
    assert load_header_vocabulary(lists).exact
    assert load_cell_terms(lists).nothing
    assert {path.name for path in lists.glob("*.yaml")} == set(LIST_TABLES)


FAULTS = [
    ("sector_risks.yaml", "basis: stated", "basis: stating", "'stating' is not one of indicator"),
    ("sector_risks.yaml", "aggravated: true", "aggravated: false", "contradict each other"),
    ("sector_risks.yaml", "aggravators: [mining", "aggravators: [mines", "'mines' is no aggrav"),
    ("sector_risks.yaml", "about: both", "about: all", "'all' is not one of own, chain, both"),
    ("sector_risks.yaml", "\nconstruction:", "\nkonstruction:", "konstruction is not a sector"),
    ("sector_risks.yaml", "\nconstruction:", "\nbuilding:", "the sector construction is missing"),
    ("country_risks.yaml", "BD: [4, ", "BD: [", "9 ratings are wanted here, in countries > BD"),
    ("country_risks.yaml", "BD: [4, ", "BD: [9, ", "'9' is not a level, in countries > BD > 1"),
    ("country_risks.yaml", "  BD: [", "  BQD: [", "BQD is not a country code of this table"),
    ("country_risks.yaml", "[human-rights, f", "[f", "the nine risks are wanted here"),
    ("countries.yaml", "[Kingdom of Belgium]", "[Cuba]", "'cuba' already means BE"),
    ("countries.yaml", "  active: [", "  active: [QQ, ", "'QQ' is not a country code"),
    ("sectors.yaml", 'nace: ["20",', 'nace: ["23",', "'23' already means construction"),
    ("risks.yaml", "scale: {base: 4, aggravated: 5}", "scale: {base: 5, aggravated: 4}", "below"),
    ("risks.yaml", "  minimum_age:", "  minimum_ages:", "the key 'minimum_ages' is not known"),
    ("risks.yaml", "general: 15", "general: fifteen", "'fifteen' is not an age in years"),
    ("controls.yaml", "    sources: [cnv-imvo-booklet]\n", "", "this entry names no source"),
    ("labels.yaml", "answer: no,", "answer: nope,", "'nope' is not one of yes, partly, no"),
    ("labels.yaml", ", sources: [sai-side-by-side-2013, sai-unannounced]", "", "no source"),
    ("labels.yaml", "    remedy: {", "    remedi: {", "the key 'remedy' is missing"),
    ("labels.yaml", "  owner: Social Acc", "  owners: Social Acc", 'Did you mean "owner"?'),
    ("measures.yaml", "    needs: []", "    needs: [none]", "'none' is not a measure of"),
    ("measures.yaml", "    step: 3", "    step: 7", "'7' is not one of the six steps"),
    ("measures.yaml", "    owner: site", "    owner: me", "'me' is not one of management, buying"),
    ("measures.yaml", "    sources: [oecd-fao-agriculture-2016]\n", "", "measure names no source"),
    ("sources.yaml", "  licence: CC BY 4.0\n", "", "the key 'licence' is missing, in vdem-v16"),
    ("edition.yaml", 'date: "2026-11-23"', "", "the key 'date' is missing"),
    ("rating_rules.yaml", "range: [0, 1]", "range: [0]", "2 numbers are wanted here"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "what"), FAULTS)
def test_what_is_wrong_in_a_table_of_ones_own_is_said_with_its_place(
    folder: Path, name: str, old: str, new: str, what: str
) -> None:
    """Ranges, choices, reasons, sources and references between tables, each with file and line."""
    table = folder / name
    before = table.read_bytes()
    assert old in before.decode()
    table.write_text(before.decode().replace(old, new, 1), encoding="utf-8")
    try:
        with pytest.raises(ImvoScanError) as refusal:
            check_tables(load_evidence(folder))
    finally:
        table.write_bytes(before)
    assert [one for one in refusal.value.problems if what in str(one)], refusal.value
    assert all(one.file == str(table) and one.line for one in refusal.value.problems)

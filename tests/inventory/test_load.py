"""Reading inventories: every problem with its place, and values that are what was meant."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import InventoryError
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import Flag, SourceType
from imvo_scan.inventory import Inventory, parse_inventory, read_inventory
from imvo_scan.inventory.build import derived_id
from imvo_scan.messages.speaker import Speaker
from imvo_scan.taxonomy.load import load_taxonomy
from imvo_scan.taxonomy.taxonomy import Taxonomy

REFUSED = Path(__file__).parent / "refused"
HEAD = "imvo: 1\ncompany: {name: Test BV, country: NL, sector: retail}\nsuppliers:\n"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    """The words that come with imvo-scan."""
    return load_taxonomy(data_directory())


def read(suppliers: str, taxonomy: Taxonomy) -> Inventory:
    """An inventory with these suppliers."""
    return parse_inventory((HEAD + suppliers).encode(), "chain.yaml", taxonomy)


def problems(text: str, taxonomy: Taxonomy, language: str = "en") -> list[str]:
    """The lines that a refused text gives."""
    with pytest.raises(InventoryError) as caught:
        parse_inventory(text.encode(), "chain.yaml", taxonomy)
    speaker = Speaker(language)
    return [speaker.tell(problem.as_message) for problem in caught.value.problems]


def test_a_supplier_is_read_into_codes(taxonomy: Taxonomy) -> None:
    """Names become codes, numbers numbers, and the rest stays text."""
    text = """  - id: mill-1
    name: A mill
    country: Viet Nam
    region: Mekong
    sector: "nace:13.10"
    tier: 2
    goods: [cotton, "0123"]
    workers: 0250
    spend: 0010.50
    flags: [rush-orders, home-work]
    incidents:
      - {risk: child-labour, date: 2026-03, source_type: union, what: Seen at work.}
"""
    (site,) = read(text, taxonomy).suppliers
    assert (site.id, site.country, site.sector, site.tier) == ("mill-1", "VN", "textiles", 2)
    assert site.goods == ("cotton", "0123")
    assert (site.workers, site.spend, site.line) == (250, "0010.50", 4)
    assert site.flags == (Flag.RUSH_ORDERS, Flag.HOME_WORK)
    (incident,) = site.facts.incidents
    assert (incident.risk, incident.date) == (Risk.CHILD_LABOUR, "2026-03")
    assert incident.source_type is SourceType.UNION


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("NO", "NO"),
        ("CHINA", "CN"),
        ("Korea", "KR"),
        ("Slovak Republic", "SK"),
        ("Czech", "CZ"),
        ("UAE", "AE"),
        ("USA", "US"),
        ("Taiwan", "TW"),
        ("Puerto Rico", "PR"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Duitsland", "DE"),
        ("NLD", "NL"),
        ("  viet\u00a0nam ", "VN"),
        ("Côte d\u2019Ivoire", "CI"),
    ],
)
def test_a_country_is_known_by_its_codes_and_names(
    written: str, code: str, taxonomy: Taxonomy
) -> None:
    """Codes, English and Dutch names and the variants of real lists."""
    assert taxonomy.countries.find(written) == code


def test_a_missing_country_or_sector_is_a_gap_and_no_error(taxonomy: Taxonomy) -> None:
    """What is left out, or left empty, is not known."""
    (site,) = read("  - {name: Who, country: , sector: ~}\n", taxonomy).suppliers
    assert (site.country, site.sector) == (None, None)


@pytest.mark.parametrize("case", sorted(REFUSED.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_wrong_is_all_said_at_once(case: Path, taxonomy: Taxonomy, language: str) -> None:
    """Beside each refused file stands every line it must give: place, what, where, hint."""
    expected = case.with_suffix(f".{language}.txt").read_text(encoding="utf-8").splitlines()
    assert problems(case.read_text(encoding="utf-8"), taxonomy, language) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a group of keys is wanted here, but this is nothing"),
        ("[]", "a group of keys is wanted here, but this is a list"),
        ("imvo: 1\ncompany: {name: X}\nsuppliers: []\n", "there is nothing to scan"),
        ("imvo: 1\ncompany: {name: X}\nsuppliers:\n", "a list is wanted here"),
        ("imvo: 1\ncompany: {name: X}\nsuppliers: {a: b}\n", "a list is wanted here"),
        ("imvo: 1\ncompany: {name: X}\n", "the key 'suppliers' is missing"),
        (HEAD + "  - {name: [x], country: [a]}\n", "text is wanted here, but this is a list"),
        (HEAD + "  - {name: ' '}\n", "text is wanted here"),
        (HEAD + "  - {name: X, sector: nace:C}\n", "is a section letter"),
    ],
)
def test_what_is_no_inventory_is_said_plainly(text: str, said: str, taxonomy: Taxonomy) -> None:
    """An empty file, a list, an inventory without suppliers."""
    assert any(said in line for line in problems(text, taxonomy))


def test_an_unreadable_file_is_a_problem_and_not_a_crash(
    tmp_path: Path, taxonomy: Taxonomy
) -> None:
    """A folder or a missing file gives the usual error."""
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(InventoryError, match="cannot be read"):
            read_inventory(path, taxonomy)


def test_an_absent_id_is_made_from_the_name_and_said(taxonomy: Taxonomy) -> None:
    """The same name gives the same id, wherever it stands, and the reader hears of it."""
    lines = ["  - {name: Müller & Co.}\n", "  - {name: 工場}\n", "  - {id: z, name: Z}\n"]
    first = read("".join(lines), taxonomy)
    random.Random(1).shuffle(lines)
    second = read("".join(lines), taxonomy)
    assert {s.id for s in first.suppliers} == {s.id for s in second.suppliers}
    assert derived_id("Müller & Co.") == "muller-co"
    assert derived_id("Ab " * 40) == ("ab-" * 27)[:80]  # an id has 100 signs at most
    assert derived_id("工場").startswith("site-")
    (notice,) = first.notices
    assert "chain.yaml: 2 suppliers have no id; it was made" in str(notice)
    assert "chain.yaml: 2 leveranciers hebben geen id" in Speaker("nl").tell(notice)
    (notice,) = read("  - {name: Z}\n", taxonomy).notices
    assert "chain.yaml: 1 supplier has no id; it was made" in str(notice)
    assert "chain.yaml: 1 leverancier heeft geen id" in Speaker("nl").tell(notice)


def test_two_suppliers_with_one_name_and_no_id_must_be_told_apart(taxonomy: Taxonomy) -> None:
    """A made id that clashes is a problem with both lines, never a silent renaming."""
    (line,) = problems(HEAD + "  - {name: 3M}\n  - {name: 3m}\n", taxonomy)
    assert line.startswith("chain.yaml:5:12:")
    assert "already used on line 4" in line


@pytest.mark.parametrize("name", ["apparel_facilities.yaml", "electronics_sites_2022.yaml"])
def test_the_real_inventories_have_no_unknown_country(name: str, taxonomy: Taxonomy) -> None:
    """Country names as published in supplier lists are all understood."""
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "inventories" / name
    if not path.is_file():
        pytest.skip("the published supplier lists are not beside this checkout")
    inventory = read_inventory(path, taxonomy)
    assert all(site.country and site.sector for site in inventory.suppliers)

"""Sectors and goods: by words in several languages and by the codes of eight lists."""

from __future__ import annotations

import json

import pytest

from tests.conftest import SHARED
from tests.importer.lists import read, tools


@pytest.mark.parametrize(
    ("scheme", "code", "sector"),
    [
        ("nace", "14.13", "textiles"),
        ("nace", "C14.13", "textiles"),
        ("nace", "1413", "textiles"),
        ("nace", "1.1", "agriculture"),
        ("nace", "14.13 - Outerwear", "textiles"),
        ("isic", "1410", "textiles"),
        ("sbi", "14130", "textiles"),
        ("naics", "315", "textiles"),
        ("cpv", "45000000", "construction"),
        ("cpv", "90910000-9", "cleaning-security"),
        ("cpv", "3000000", "agriculture"),
        ("hs", "610910", "textiles"),
        ("hs", "6109.10", "textiles"),
        ("hs", "90111", "agriculture"),
        ("unspsc", "53100000", "textiles"),
    ],
)
def test_a_code(scheme: str, code: str, sector: str) -> None:
    """The longest prefix decides; a zero that a spreadsheet took away is put back."""
    assert tools().trades.of_code(scheme, code) == sector


@pytest.mark.parametrize("text", ["C", "Section C", "A", "1413", "XYZ", "31-33"])
def test_what_is_too_wide_or_says_no_list_is_refused(text: str) -> None:
    """A section letter moved between editions, and a bare number does not say of which list."""
    assert tools().trades.sector(text) is None


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Apparel", "textiles"),
        ("Textilien", "textiles"),
        ("Maschinenbau", "metal-electronics"),
        ("Schoonmaak", "cleaning-security"),
        ("C 07 TEXTILES", "textiles"),
        ("nace:14.13", "textiles"),
        ("NACE 14.13", "textiles"),
        ("Community health services", "public-education-health"),
        ("Mining & quarrying", "mining"),
        ("Textiel & kleding", "textiles"),
    ],
)
def test_a_word(text: str, sector: str) -> None:
    """Words of lists in English, Dutch and German, with or without a code before them."""
    assert tools().trades.sector(text) == sector


@pytest.mark.parametrize(
    ("text", "good", "sector"),
    [
        ("knit tops", "garments", "textiles"),
        ("Footwear", "Footwear", "textiles"),
        ("7318.15", None, "metal-electronics"),
        ("hs:610910", "hs:610910", "textiles"),
        ("plastic widgets", None, None),
    ],
)
def test_a_product(text: str, good: str | None, sector: str | None) -> None:
    """A product type becomes a good that the lists know, and a sector."""
    assert tools().trades.good(text) == (good, sector)


def test_codes_before_codes_before_a_word() -> None:
    """However many there are: a cell made of them is read as any other."""
    assert tools().trades.sector("A1 B2 C3 Apparel") == "textiles"
    assert tools().trades.sector("A1 " * 20_000 + "Apparel") is None


def test_several_sectors_in_a_row() -> None:
    """The first two count, the worse of them for each risk, and it is said."""
    (site,) = read("name,sector\nA,Apparel|Health\n").inventory.suppliers
    assert (site.sector, site.goods_sector) == ("textiles", "public-education-health")


def test_a_comma_can_belong_to_the_value() -> None:
    """A known name with a comma stays whole; otherwise the comma divides."""
    whole = read('name,sector\nA,"Professional, scientific and technical activities"\n')
    apart = read('name,sector\nA,"Apparel, Footwear"\n')
    assert whole.inventory.suppliers[0].sector == "professional-services"
    assert whole.inventory.suppliers[0].goods_sector is None
    assert apart.inventory.suppliers[0].goods_sector is None


def test_goods_apart_by_commas_are_each_kept() -> None:
    """A listed good is not lost behind another, nor one that can be two things."""
    cell = '"rugs, carpets, bags, spaceships"'
    (site,) = read(f"Supplier,Country,Products\nWeaver,IN,{cell}\n").inventory.suppliers
    assert site.goods == ("rugs", "carpets", "bags")


def test_a_sector_for_the_whole_file_fills_what_is_missing() -> None:
    """`--sector` counts where a row names none; a sector of its own stands."""
    imported = read("name,sector\nA,\nB,Food\nC,Whatever\n", sector="electronics")
    sectors = [site.sector for site in imported.inventory.suppliers]
    assert sectors == ["metal-electronics", "food", "metal-electronics"]
    assert [unknown.value for unknown in imported.report.unknown] == ["Whatever"]


def test_every_word_of_the_tables_has_a_known_sector() -> None:
    """No word points to a sector or a good that does not exist."""
    trades = tools().trades
    lists = trades.sectors.list_names
    products = {sector for sectors in lists.sectors.products.values() for sector in sectors}
    for table in (lists.sectors.names, trades.processes):
        assert set(table.values()) | products <= set(trades.sectors.names)
    for good in set(lists.goods.values()):
        assert trades.good(good)[1] is not None


def test_the_sectors_of_open_supply_hub() -> None:
    """Nearly all of its 117 sector names are known; those that name no trade are not guessed."""
    path = SHARED / "data" / "suppliers" / "oshub" / "oshub_sectors.json"
    if not path.exists():
        pytest.skip("the shared files are not here")
    names = [entry["pk"] for entry in json.loads(path.read_text(encoding="utf-8"))]
    unknown = {name for name in names if tools().trades.sector(name) is None}
    vague = {"Unspecified", "Allied Products", "Components", "Consumer Products", "Equipment"}
    assert unknown <= {*vague, "Multi-Category", "Hobby"}


@pytest.mark.parametrize(
    ("cell", "sectors"),
    [
        ("Apparel, Footwear; Toys", ("textiles", "other-manufacturing")),
        ("Textiles; Food", ("textiles", "food")),
        ("Apparel and furniture", ("textiles", "wood-paper")),
        ("Apparel/Electronics", ("textiles", "metal-electronics")),
        ("Food & Beverage", ("food", None)),
        ("Möbel und Einrichtung", ("wood-paper", None)),
        ("Wood, paper and pulp", ("wood-paper", None)),
        ("Agriculture, forestry and fishing", ("agriculture", None)),
    ],
)
def test_several_sectors_in_one_cell(cell: str, sectors: tuple[str, str | None]) -> None:
    """None is lost behind the last; a name that holds a comma or an "and" stays whole."""
    (site,) = read(f'name,sector\nA,"{cell}"\n').inventory.suppliers
    assert (site.sector, site.goods_sector) == sectors


@pytest.mark.parametrize(
    ("product", "sector"),
    [
        ("paper bags", "wood-paper"),
        ("bottle caps", "chemicals"),
        ("cable ties", "chemicals"),
        ("potato chips", "food"),
        ("toy cars", "other-manufacturing"),
        ("T-shirts and furniture", "textiles"),
        ("nuts and bolts", "metal-electronics"),
    ],
)
def test_the_last_word_does_not_mislead(product: str, sector: str) -> None:
    """Bags of paper are no textiles, chips of potato no electronics."""
    (site,) = read(f"Supplier,Country,Products\nA,CN,{product}\n").inventory.suppliers
    assert site.sector == sector


def test_several_customs_codes_in_one_cell() -> None:
    """Each names a good."""
    (site,) = read('Supplier,Country,HS code\nA,CN,"6109.10.00; 1801"\n').inventory.suppliers
    assert site.goods == ("hs:61091000", "hs:1801")


def test_the_number_of_an_article_is_no_customs_code() -> None:
    """Six, eight or ten digits in a column of products; the report says what to do if they are."""
    imported = read("Supplier,Country,Item\nA,CN,100234\n")
    assert imported.inventory.suppliers[0].goods == ()
    assert "--map hs=HEADER" in str(imported.report.unknown[0].suggestion)


def test_a_trader_is_also_read_by_what_it_trades() -> None:
    """A code of wholesale does not silence the words and the goods."""
    text = "Lieferant;Land;WZ-Code;Warengruppe;Produkt\nImport;BD;46.42;Bekleidung;T-Shirts\n"
    (site,) = read(text).inventory.suppliers
    assert (site.sector, site.goods_sector) == ("wholesale", "textiles")


def test_a_code_that_became_a_date_is_no_code() -> None:
    """A spreadsheet makes a day of some codes; the year in it is no division."""
    from datetime import datetime

    from tests.importer.lists import workbook

    day = datetime(2026, 11, 1)  # noqa: DTZ001 - a cell has no zone
    imported = read(
        workbook({"L": [["Supplier", "Country", "NACE"], ["A", "NL", str(day.date())]]})
    )
    assert imported.inventory.suppliers[0].sector is None
    assert "Format the column as text" in str(imported.report.unknown[0].suggestion)


@pytest.mark.parametrize(
    ("title", "sector"),
    [
        ("Manufacture of food products", "food"),
        ("Construction of buildings", "construction"),
        ("Crop and animal production, hunting and related service activities", "agriculture"),
        ("Manufacture of machinery for textile, apparel and leather production", "28"),
        ("Wholesale of textiles", "wholesale"),
        ("Growing of beverage crops", "agriculture"),
        ("Teelt van snijbloemen", "agriculture"),
    ],
)
def test_titles_of_the_european_list(title: str, sector: str) -> None:
    """A title of a division, and how the titles below begin; a machine for textiles is none."""
    (site,) = read(f'Supplier,Country,Sector\nA,CN,"{title}"\n').inventory.suppliers
    expected = tools().trades.sectors.find(f"nace:{sector}") if sector.isdigit() else sector
    assert (site.sector, site.goods_sector) == (expected, None)


@pytest.mark.parametrize(
    ("product", "sectors"),
    [
        ("Fish and chips", ("food", None)),
        ("Mobile phones and accessories", ("metal-electronics", None)),
        ("Plants and machinery", ("metal-electronics", None)),
    ],
)
def test_words_that_say_too_little_beside_another(
    product: str, sectors: tuple[str, str | None]
) -> None:
    """They do not make a second trade."""
    (site,) = read(f"Supplier,Country,Products\nA,CN,{product}\n").inventory.suppliers
    assert (site.sector, site.goods_sector) == sectors


def test_a_customs_code_without_its_first_zero() -> None:
    """A code has an even number of digits: 901.11 is 0901.11, coffee."""
    (site,) = read("Supplier,Country,HS code\nA,BR,901.11\n").inventory.suppliers
    assert site.goods == ("hs:090111",)

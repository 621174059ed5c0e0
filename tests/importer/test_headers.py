"""Headers of known exports mean what they should, and traps are never fallen into."""

from __future__ import annotations

import pytest

from tests.importer.lists import fields, read, tools


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Factory Name", "name"),
        ("factory_name", "name"),
        ("FactoryName", "name"),
        (" Name of supplier* ", "name"),
        ("Supplier name (required)", "name"),
        ("VendorOrganizationName", "name"),
        ("Leverancier", "name"),
        ("Naam leverancier", "name"),
        ("Lieferantenname", "name"),
        ("NAME1", "name"),
        ("WIN_NAME", "name"),
        ("parties/name", "name"),
        ("Supplier / Leverancier", "name"),
        ("Lieferantennummer", "id"),
        ("LIFNR", "id"),
        ("Leveranciersnummer", "id"),
        ("Vendor No.", "id"),
        ("os_id", "os_id"),
        ("Country/Region", "country"),
        ("Land", "country"),
        ("LAND1", "country"),
        ("Landcode", "country"),
        ("Länderschlüssel", "country"),
        ("Country of the factory", "country"),
        ("Herkunftsland", "country"),
        ("parties/address/countryName", "country"),
        ("State / Province", "region"),
        ("Bundesland", "region"),
        ("number_of_workers", "workers"),
        ("Aantal werknemers", "workers"),
        ("Anzahl Mitarbeiter", "workers"),
        ("NACE Rev. 2 code", "nace"),
        ("NACE Rev. 2.1", "nace2.1"),
        ("SBI-code", "sbi"),
        ("CPV", "cpv"),
        ("Product Type", "goods"),
        ("Warengruppe", "sector"),
        ("Inkoopwaarde", "spend"),
    ],
)
def test_a_header_means_its_field(header: str, field: str) -> None:
    """Whatever the case, the spelling and the language."""
    meaning = tools().headers.meaning(header)
    assert meaning is not None
    assert meaning.field == field


@pytest.mark.parametrize(
    "header",
    [
        "Commodity Code",
        "Postal Code",
        "ISO_COUNTRY_CODE of buyer",
        "CAE_NAME",
        "Buyer country",
        "Brand name",
        "Land van de afnemer",
        "Kundenname",
        "Headquarters country",
        "Parent Company",
        "Supplier Group",
        "Country of head office",
        "country_area",
        "Continent",
        "Contact Name",
        "Phone Number",
        "Number",
        "BRSCH",
        "Location (Country) of Mine(s) or if recycled or scrap sourced, state which",
        "borrower_country",
        "% Female Workers",
        "Workers (female)",
        "Workers - Migrant",
    ],
)
def test_a_trap_is_no_field(header: str) -> None:
    """What only looks like the supplier's name, id or country is left alone, with the reason."""
    meaning = tools().headers.meaning(header)
    assert meaning is not None
    assert (meaning.field, bool(meaning.why_not)) == ("", True)


def test_regions_of_the_world_are_no_region_of_a_country() -> None:
    """`Region` is read as a region only where regions of countries stand under it."""
    world = read("Factory,Country,Region\nA,Vietnam,SE ASIA\nB,India,S ASIA\n")
    country = read("Factory,Country,Region\nA,China,Xinjiang\nB,India,Punjab\n")
    assert "Region" not in fields(world)
    assert [site.region for site in country.inventory.suppliers] == ["Xinjiang", "Punjab"]


def test_telephone_numbers_are_no_ids() -> None:
    """`Factory_Number` holds telephone numbers in one well-known list; a key stays a key."""
    phone = read("Factory_Name,Country,Factory_Number\nA,Vietnam,+84 28 3822 1234\n")
    key = read("LIFNR;NAME1;LAND1\n0000100234;A;DE\n")
    assert phone.inventory.suppliers[0].id != "+84 28 3822 1234"
    assert key.inventory.suppliers[0].id == "0000100234"


def test_a_code_is_an_id_only_beside_a_postcode() -> None:
    """`Code` is the postcode in a well-known list; the account where that stands elsewhere."""
    alone = read("Country,Factory_Name,Code\nVietnam,A,810000\nChina,B,21400X\n")
    beside = read("Code;Naam;Postcode;Land\n60001;Jansen;3511 XK;NL\n60002;Dhaka Knit;;BD\n")
    assert "Code" not in fields(alone)
    assert [site.id for site in beside.inventory.suppliers] == ["60001", "60002"]
    assert "Code" not in fields(read("Supplier,Country,Zip,Code\nA,Chad,1,TD\nB,Chad,2,TD\n"))


def test_a_role_alone_may_be_a_number_or_a_yes() -> None:
    """`Vendor` with account numbers under it is the id; with yes and no it says who is one."""
    numbers = read("Vendor;Name 1;Cty\n0000100234;Dhaka Knit;BD\n0000100235;Chips;CN\n")
    assert [(site.id, site.name) for site in numbers.inventory.suppliers] == [
        ("0000100234", "Dhaka Knit"),
        ("0000100235", "Chips"),
    ]
    said = read("Account Name,Supplier (Y/N),Country\nAcme,Y,Bangladesh\nBeta,N,Netherlands\n")
    assert [site.name for site in said.inventory.suppliers] == ["Acme"]
    assert said.report.as_dict()["reasons"] == {"marked as no supplier": 1}


def test_the_plant_in_a_list_of_orders_is_the_buyers() -> None:
    """Beside an order the plant is where the goods go; in a list of factories it is the site."""
    order = read(
        "Plant;Plant Name;Plant Country;Vendor No.;Vendor Name;Vendor Country;PO Value\n"
        "1000;Rotterdam DC;NL;100234;Dhaka Knit Ltd;BD;12.500,00\n"
    )
    factory = read("Plant Name;Plant Country;Vendor Name;Vendor Country\nKnit;BD;Trader;NL\n")
    assert [(s.name, s.country) for s in order.inventory.suppliers] == [("Dhaka Knit Ltd", "BD")]
    assert [(s.name, s.country) for s in factory.inventory.suppliers] == [("Knit", "BD")]


@pytest.mark.parametrize(
    "header", ["Production Country/Region", "Country/Region of Production", "Origin", "Herkunft"]
)
def test_production_counts_before_a_bare_country(header: str) -> None:
    """However the header spells it."""
    imported = read(f"Supplier,{header},Country/Region\nA,Bangladesh,Netherlands\n")
    assert imported.inventory.suppliers[0].country == "BD"


def test_numbers_are_countries_only_where_the_header_says_which() -> None:
    """004 is Germany in one list and Afghanistan in another."""
    assert "Länderschlüssel" not in fields(read("Lieferant;Länderschlüssel\nA;004\nB;004\n"))
    known = read("Supplier,Country (M49)\nA,004\n")
    assert known.inventory.suppliers[0].country == "AF"


def test_the_place_of_production_comes_first() -> None:
    """A seller's country is never used for where things are made, even where that is missing."""
    imported = read(
        "Vendor Name,Vendor Country,Manufacturing Country,Sector\n"
        "Trader,NL,China,Electronics\nTrader two,NL,,Toys\n"
    )
    assert [site.country for site in imported.inventory.suppliers] == ["CN", None]


def test_the_buyer_is_not_the_supplier() -> None:
    """Where a list names both, the supplier is read, whatever the order of the columns."""
    imported = read(
        "CAE_NAME,ISO_COUNTRY_CODE,WIN_NAME,WIN_COUNTRY_CODE\nTown of X,NL,Builder,BE\n"
    )
    (site,) = imported.inventory.suppliers
    assert (site.name, site.country) == ("Builder", "BE")


def test_a_registered_seat_is_used_and_said() -> None:
    """Where only the seat is known it is used, with a warning that it may not be the place."""
    imported = read("supplier_name,jurisdiction\nA,GB\n")
    assert imported.inventory.suppliers[0].country == "GB"
    assert any("registered" in str(notice) for notice in imported.report.notices)


def test_a_flag_is_no_name() -> None:
    """A column `supplier` of yes and no says which partners supply; customers are reported."""
    imported = read("legalName,supplier,country\nA,true,DE\nB,false,DE\n")
    assert [site.name for site in imported.inventory.suppliers] == ["A"]
    assert imported.report.as_dict()["reasons"] == {"marked as no supplier": 1}


def test_names_that_stand_twice_take_the_heading_over_them() -> None:
    """Two rows of column names: Supplier and Factory over Name and Country."""
    imported = read(
        "Our list;;;;\nSupplier;;Factory;;\nName;Country;Name;Country;Sector\n"
        "Trader;NL;Knit;BD;Textiles\n"
    )
    assert [(s.name, s.country) for s in imported.inventory.suppliers] == [("Knit", "BD")]
    assert fields(imported)["Factory - Name"] == "name"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Country of sale", ""),
        ("Bestemmingsland", ""),
        ("Land des Hauptsitzes", ""),
        ("SIC Code", ""),
        ("UK SIC", "nace"),
        ("Artikelnummer", ""),
        ("N° fournisseur", "id"),
        ("Land productie", "country"),
        ("Spend category L2", "sector"),
        ("Effectifs", "workers"),
    ],
)
def test_more_headers(header: str, field: str) -> None:
    """Each is read as its field, or left with a reason."""
    meaning = tools().headers.meaning(header)
    assert meaning is not None
    assert meaning.field == field
    assert bool(meaning.why_not) is not bool(field)


@pytest.mark.parametrize("factory", ["Factory", "Manufacturer", "Fabrikant"])
def test_a_factory_comes_before_its_supplier(factory: str) -> None:
    """Two factories of one supplier are two sites."""
    imported = read(f"Supplier;{factory};Country\nAlpha;Unit One;CN\nAlpha;Unit Two;CN\nB;;NL\n")
    assert [site.name for site in imported.inventory.suppliers] == ["Unit One", "Unit Two", "B"]


def test_the_newest_year_is_read() -> None:
    """Of several columns with a year."""
    (site,) = read("Supplier,Spend 2022,Spend 2024,Spend 2023\nA,1,3,2\n").inventory.suppliers
    assert site.spend == "3"


@pytest.mark.parametrize("banner", ["Brand: Example;;;", "Corporate procurement;;;"])
def test_a_banner_is_no_heading(banner: str) -> None:
    """One cell above names that stand twice says nothing of them."""
    imported = read(f"{banner}\nName;Name;Country;Sector\nA;B;NL;Food\n")
    assert imported.inventory.suppliers[0].name == "A"


def test_headings_count_where_two_names_mean_the_same() -> None:
    """Country and Land are one name twice; a place of manufacture is a site."""
    imported = read(
        "Vendor;;Manufacturing location;;\nName;Country;Name;Land;Sector\nTrader;NL;Knit;BD;Food\n"
    )
    assert [(s.name, s.country) for s in imported.inventory.suppliers] == [("Knit", "BD")]


@pytest.mark.parametrize("header", ["Origin", "Herkomst"])
def test_an_origin_that_is_no_country(header: str) -> None:
    """`Import` and `Local` do not hide the country beside them."""
    imported = read(f"Supplier,Country,{header}\nA,CN,Import\nB,NL,Local\n")
    assert [site.country for site in imported.inventory.suppliers] == ["CN", "NL"]


def test_a_location_that_is_a_country_gives_way_to_the_country() -> None:
    """It is read only where no column says it better."""
    both = read("Supplier,Location,Country\nA,Vietnam,VN\nB,Shenzhen,CN\nC,India,IN\n")
    alone = read("Supplier,Location\nA,Vietnam\nB,India\n")
    assert [site.country for site in both.inventory.suppliers] == ["VN", "CN", "IN"]
    assert [site.country for site in alone.inventory.suppliers] == ["VN", "IN"]


def test_the_country_of_another_is_named_where_the_site_has_none() -> None:
    """It is not used, and the reader is told."""
    imported = read("Factory,Factory country,Supplier country\nA,,Netherlands\nB,BD,Netherlands\n")
    assert imported.inventory.suppliers[0].country is None
    assert [str(one.kind) for one in imported.report.warnings] == ["no country of the site"]


def test_a_mark_says_who_is_a_supplier() -> None:
    """`x` marks them; who has none is not one."""
    imported = read("Naam;Leverancier;Land\nA;x;NL\nB;;NL\nC;x;BE\n")
    assert [site.name for site in imported.inventory.suppliers] == ["A", "C"]
    assert imported.report.as_dict()["reasons"] == {"marked as no supplier": 1}


@pytest.mark.parametrize(("more", "field"), [((), "name"), (("0000100236",), "id")])
def test_half_of_a_column_is_no_majority(more: tuple[str, ...], field: str) -> None:
    """Values overrule a header only where more than half of them say so."""
    vendors = ("0000100234", "Dhaka Knit", *more)
    rows = "".join(f"{vendor};S{n};BD\n" for n, vendor in enumerate(vendors))
    assert fields(read(f"Vendor;Name 1;Cty\n{rows}"))["Vendor"] == field


@pytest.mark.parametrize(("more", "country"), [((), None), (("ZA",), "NA")])
def test_half_of_two_letter_codes_is_no_list_of_codes(
    more: tuple[str, ...], country: str | None
) -> None:
    """NA is Namibia only where more than half are codes of two letters."""
    named = ("NA", "NO", "Norway", "Belgium", *more)
    rows = "".join(f"S{n},{text}\n" for n, text in enumerate(named))
    assert read(f"name,country\n{rows}").inventory.suppliers[0].country == country


@pytest.mark.parametrize(("more", "told"), [(b"", False), ("\u00e9".encode(), True)])
def test_half_of_the_letters_is_no_utf8(more: bytes, told: bool) -> None:
    """A text is UTF-8 with some rows of Windows-1252 where more than half of its bytes say so."""
    raw = b"name,country\nCaf\xe9\xe8,NL\nCaf" + "\u00e9".encode() + more + b",NL\n"
    assert ("UTF-8" in str(read(raw).report.how)) is told

"""Ids stay when rows move and columns come; the same site stands once, others are kept apart."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tests.importer.lists import accounted, read

ROWS = [
    "V1,Weaver,Bangladesh,Road 1,Textiles,100",
    ",Weaver,Bangladesh,Road 2,Textiles,100",
    ",Mill,India,,Food,",
    ",Mill,India,,Textiles,",
    ",Мельница,India,,Food,20",
    "V2,Twice,China,A,Food,1",
    "V2,Twice,China,B,Food,1",
]
HEADER = "Supplier ID,Supplier,Country,Address,Sector,Workers"


def ids(rows: list[str], header: str = HEADER) -> dict[tuple[str, str | None, int | None], str]:
    """Name, address and number of workers of each site with its id."""
    sites = read("\n".join([header, *rows])).inventory.suppliers
    return {(s.name, f"{s.relations.address}{s.sector}", s.workers): s.id for s in sites}


@given(st.randoms(use_true_random=False))
def test_ids_stay_when_rows_are_reordered(chance: random.Random) -> None:
    """The same row has the same id wherever it stands."""
    shuffled = [*ROWS]
    chance.shuffle(shuffled)
    assert ids(shuffled) == ids(ROWS)


def test_ids_stay_when_a_column_is_added() -> None:
    """A column that is not read changes nothing, and one that is read changes no id here."""
    more = [f"{row},x{number}" for number, row in enumerate(ROWS)]
    assert ids(more, f"{HEADER},Remarks") == ids(ROWS)
    tiers = [f"{row},1" for row in ROWS]
    assert ids(tiers, f"{HEADER},Tier") == ids(ROWS)


def test_ids_are_unique_and_the_best_that_is_known() -> None:
    """Open Supply Hub's id, else the list's own, else one made from name, country and address."""
    text = "os_id,Vendor No,Name\nVN20200292ECB60,7,A\n,8,B\n,,C d\n"
    sites = read(text).inventory.suppliers
    assert [site.id for site in sites[:2]] == ["VN20200292ECB60", "8"]
    assert sites[2].id.startswith("c-d-")
    found = list(ids(ROWS).values())
    assert len(set(found)) == len(found) == 7
    assert "V1" in found
    assert "V2" not in found


def test_only_identical_rows_are_merged() -> None:
    """Rows that say the same are one site; a row that differs in anything read is kept."""
    text = "Name,Country,Workers,Year\nA,NL,5,2020\nA,NL,5,2021\nA,NL,6,2022\n"
    imported = read(text)
    assert (imported.report.sites, imported.report.merged) == (2, 1)
    assert accounted(imported)
    (warned,) = imported.report.warnings
    assert str(warned.kind) == "the same site with other details"


def test_links_between_rows() -> None:
    """A row may name whom it supplies; what does not exist or goes in a circle is said."""
    text = (
        "supplier_id,supplier_name,tier,parent_supplier\n"
        "a,Direct,1,\nb,Behind,2,a\nc,Lost,2,nobody\nd,Round,,e\ne,Trip,,d\n"
    )
    imported = read(text)
    sites = {site.id: site for site in imported.inventory.suppliers}
    assert sites["b"].supplies == ("a",)
    assert sites["b"].tier is None
    assert (sites["c"].supplies, sites["c"].tier) == ((), 2)
    assert {str(warned.kind) for warned in imported.report.warnings} == {
        "link not found",
        "link in a circle",
    }


def test_one_year_of_a_list() -> None:
    """`--where` reads the rows that are asked for; the others are counted with the reason."""
    text = "year,name,country\n2021,A,NL\n2022,B,NL\n"
    imported = read(text, where=(("Year", "2022"),))
    assert [site.name for site in imported.inventory.suppliers] == ["B"]
    assert imported.report.as_dict()["reasons"] == {"not asked for: --where Year=2022": 1}


def test_ids_stay_when_a_column_of_cities_is_added() -> None:
    """The city is part of the address that a person reads, not of the id."""
    before = read("Supplier,Country,Address\nA,NL,Road 1\nB,CN,\n").inventory.suppliers
    after = read("Supplier,Country,Address,City\nA,NL,Road 1,Delft\nB,CN,,Wuhan\n").inventory
    assert [site.id for site in after.suppliers] == [site.id for site in before]
    two = read("Supplier,Country,City\nA,CN,Wuhan\nA,CN,Xian\n").inventory.suppliers
    assert len({site.id for site in two}) == 2


def test_rows_that_differ_in_what_is_not_read() -> None:
    """They are one site, and the report says which column may tell them apart."""
    report = read("Supplier;Country;Filiale\nBig;CN;Wuhan\nBig;CN;Kashgar\nBig;CN;Wuhan\n").report
    assert (report.sites, report.merged) == (1, 2)
    assert any("1 ('Filiale')" in str(notice) for notice in report.notices)


def test_the_number_of_a_row_is_no_id() -> None:
    """It changes when rows move."""
    moved = "Lfd. Nr.;Lieferant;Land\n{};A;DE\n{};B;NL\n"
    one, two = (read(moved.format(*order)).inventory.suppliers for order in ((1, 2), (2, 1)))
    assert [site.id for site in one] == [site.id for site in two]


def test_an_id_told_apart_may_not_meet_another() -> None:
    """The id of one site with its mark is the id of another by itself: each keeps its own."""
    text = "id;name;country;sector\nphilips;Philips;NL;Food\nphilips;Philips Medical;NL;Food\n"
    found = read(f"{text};Philips;NL;Health\n").inventory.suppliers
    assert len({site.id for site in found}) == 3


def test_ids_that_were_told_apart_stay_when_cities_come() -> None:
    """By what the rows say of the work, before where it is."""
    rows = ["V1,A,NL,Road 1,5", "V1,A,NL,Road 1,6"]
    before = read("\n".join(["Vendor ID,Supplier,Country,Address,Workers", *rows]))
    more = [f"{row},Delft" for row in rows]
    after = read("\n".join(["Vendor ID,Supplier,Country,Address,Workers,City", *more]))
    ids = [[site.id for site in one.inventory.suppliers] for one in (before, after)]
    assert ids[0] == ids[1]


def test_no_site_takes_the_id_of_the_company() -> None:
    """`company` stands for the company itself wherever somebody says whom a site supplies."""
    (site,) = read("id,name,country\nCompany,Firm,NL\n").inventory.suppliers
    assert site.id.startswith("firm-")


def test_a_path_of_two_steps_says_the_company_only() -> None:
    """What stands before the site is no supplier, so no link is looked for."""
    text = "name,country,path\nA,NL,Us > A\nB,NL,Us > A > B\n"
    imported = read(text)
    assert imported.report.warnings == ()
    assert [len(site.supplies) for site in imported.inventory.suppliers] == [0, 1]
    assert imported.inventory.company.name == "Us"


def test_paths_of_two_companies_name_neither() -> None:
    """The company is then called after the file."""
    text = "name,country,path\nA,NL,Us > A\nB,NL,Them > B\n"
    assert read(text, "mine.csv").inventory.company.name == "mine"


def test_a_site_that_names_itself_supplies_nobody_known() -> None:
    """It is no circle of sites, and no link either."""
    text = "supplier_id,supplier_name,country,parent_supplier\na,Direct,NL,a\nb,Behind,NL,a\n"
    imported = read(text)
    assert [site.supplies for site in imported.inventory.suppliers] == [(), ("a",)]
    assert imported.report.warnings == ()

"""Countries in the spellings of lists: found where certain, refused where not, never repaired."""

from __future__ import annotations

import pytest

from imvo_scan.core.matching import NotFound
from tests.conftest import needs_locked
from tests.importer.lists import read, tools
from tools import build_country_names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHINA", "CN"),
        ("China.", "CN"),
        ("VR China", "CN"),
        ("中国", "CN"),
        ("[BD] Bangladesh", "BD"),
        ("EE.UU.", "US"),
        ("China (CN)", "CN"),
        ("CN - China", "CN"),
        ("P.R. China", "CN"),
        ("Deutschland", "DE"),
        ("Tschechische Republik", "CZ"),
        ("Elfenbeinküste", "CI"),
        ("Pays-Bas", "NL"),
        ("Corée du Sud", "KR"),
        ("États-Unis", "US"),
        ("España", "ES"),
        ("Oostenrijk", "AT"),
        ("EL", "GR"),
        ("UK", "GB"),
        ("XK", "XK"),
        ("GTM", "GT"),
        ("528", "NL"),
        ("004", "AF"),
        ("Puerto Rico", "PR"),
        ("Puerto Rico, USA", "PR"),
        ("Macau, China", "MO"),
        ("Hong Kong SAR", "HK"),
        ("Georgia", "GE"),
        ("Georgia (United States)", "US"),
        ("Georgia, USA", "US"),
        ("Inner Mongolia", "CN"),
        ("Scotland, United Kingdom", "GB"),
        ("Korea", "KR"),
    ],
)
def test_a_country_in_any_spelling(text: str, code: str) -> None:
    """English, Dutch, German, French and more; ISO codes of all three kinds; territories."""
    assert tools().places.country(text) == code


@pytest.mark.parametrize("text", ["Congo", "Sp'ain", "A'ustralia", "4", "D", "Asia", "NL / DE"])
def test_what_is_not_certain_is_no_country(text: str) -> None:
    """What may mean several, or is misspelt, is reported and not guessed."""
    assert isinstance(tools().places.country(text), NotFound)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("No. 2 Road, Suzhou, CHINA;", "CN"),
        ("495 Tower National University Gazipur-1704 Bangladesh", "BD"),
        ("30 Drive, Birmingham, United Kingdom, B17 0TP", "GB"),
        ("1 Road, Santa Fe, New Mexico", "US"),
        ("1 Road, Hohhot, Inner Mongolia", "CN"),
        ("1 Peachtree, Atlanta, Georgia", None),
        ("5 Via Italia", None),
        ("Lima, República del Perú", "PE"),
        ("Dakar, République du Sénégal", "SN"),
        ("1 Place de la Belgique", None),
        ("9 Fifth Avenue USA", "US"),
        ("12, Avenue de Belgique", None),
        ("12 Rue Neuve, Dakar, Senegal", "SN"),
        ("1 Road, Gary, IN", None),
        ("Plot no 22, Firozabad", None),
        ("King's Lynn, Norfolk", None),
        ("King's Lynn, Norfolk, PE30 5BY", "GB"),
        ("St Helier JE2 3QA", "JE"),
        ("Ottawa K1A 0B1", None),
        ("Amsterdam 1012 AB", None),
        ("", None),
    ],
)
def test_where_an_address_ends(address: str, code: str | None) -> None:
    """A country at the end is found; a state that shares its name or a code is not taken for it."""
    assert tools().places.of_address(address) == code


def test_a_contradiction_is_kept_and_said() -> None:
    """The list's own country stands; what contradicts it is a warning with file and row."""
    imported = read(
        "os_id,name,address,country,country code\n"
        'VN20200292ECB60,A,,China,\n,B,"1 Road, Hong Kong",China,\n,C,,China,VN\n,D,,China,CN\n'
    )
    assert {site.country for site in imported.inventory.suppliers} == {"CN"}
    (warned,) = imported.report.warnings
    assert (str(warned.kind), warned.count) == ("country contradicted", 3)
    assert str(warned.examples[0]).startswith("list.csv: row 2: ")


def test_an_os_id_or_an_address_reveals_the_country() -> None:
    """Where no column says it; and the report says where it came from."""
    imported = read('os_id,name,address\nVN20200292ECB60,A,\n,B,"Amman, Jordan"\n,C,Somewhere\n')
    assert [site.country for site in imported.inventory.suppliers] == ["VN", "JO", None]
    assert {str(warned.kind) for warned in imported.report.warnings} == {
        "country from the Open Supply Hub id",
        "country from the address",
    }


def test_the_table_of_names_is_that_of_its_tool() -> None:
    """Names come from the Unicode CLDR and numbers from ISO 3166, as the tool says."""
    needs_locked("babel")
    needs_locked("pycountry")
    assert build_country_names.TARGET.read_text(encoding="utf-8") == build_country_names.table()


def test_every_name_means_one_country() -> None:
    """No name that is added means a country that `countries.yaml` gives another."""
    places = tools().places
    countries = places.countries
    for name, code in countries.list_names.countries.names.items():
        assert countries.index.get(name, code) == code
        assert code in countries.names
    assert set(places.inside.values()) <= set(countries.names)
    assert {*places.part_of, *places.part_of.values()} <= set(countries.names)


def test_namibia_is_no_missing_value() -> None:
    """NA is Namibia among two-letter codes, and nothing among names."""
    codes = read("name,country\nA,NA\nB,NO\nC,ZA\n")
    names = read("name,country\nA,NA\nB,Norway\nC,South Africa\n")
    assert [site.country for site in codes.inventory.suppliers] == ["NA", "NO", "ZA"]
    assert names.inventory.suppliers[0].country is None


def test_a_country_in_broken_letters_is_repaired_and_said() -> None:
    """`TÃ¼rkei` is Türkei, whose UTF-8 was read as Windows-1252."""
    imported = read("Lieferant;Land\nA;TÃ¼rkei\n")
    assert imported.inventory.suppliers[0].country == "TR"
    assert [str(one.kind) for one in imported.report.warnings] == ["text repaired"]

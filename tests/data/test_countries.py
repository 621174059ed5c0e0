"""Every row of countries.yaml: complete, agreed with ISO and CLDR, and never ambiguous."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pycountry
import pytest
from babel import Locale

from imvo_scan.core.matching import normal
from imvo_scan.documents import strict_yaml

PATH = Path(__file__).resolve().parents[2] / "data" / "countries.yaml"
TABLE: Any = strict_yaml.load(PATH).data
COUNTRIES: dict[str, dict[str, Any]] = TABLE["countries"]
AMBIGUOUS: dict[str, list[str]] = TABLE["ambiguous"]
# Where the CLDR name is a stop-gap between two uses; the reason stands in the table's header.
OWN_NAMES = {"CD", "CG", "HK", "MM", "MO"}
# What ISO calls them is taken by, or could be, another country: the table asks.
ASKED = {"congo", "republic of china", "saint martin"}


def texts(code: str) -> list[str]:
    """Everything that stands for one country."""
    entry = COUNTRIES[code]
    return [code, entry["alpha3"], entry["en"], entry["nl"], *entry.get("aliases", [])]


def index() -> dict[str, set[str]]:
    """Every normal form with the countries that claim it."""
    out: dict[str, set[str]] = {}
    for code in COUNTRIES:
        for text in texts(code):
            out.setdefault(normal(text), set()).add(code)
    return out


FORMS = index()


def test_every_iso_country_is_there_and_kosovo() -> None:
    """The 249 entries of ISO 3166-1 and XK, in the order of their codes."""
    iso = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    assert len(iso) == 249
    assert {code: entry["alpha3"] for code, entry in COUNTRIES.items()} == {**iso, "XK": "XKX"}
    assert list(COUNTRIES) == sorted(COUNTRIES)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_names_are_those_of_the_cldr(language: str) -> None:
    """English and Dutch names agree with CLDR, but for the few named in the header."""
    territories = Locale(language).territories
    other = {code for code, entry in COUNTRIES.items() if entry[language] != territories[code]}
    assert other <= OWN_NAMES


@pytest.mark.parametrize("language", ["en", "nl"])
def test_cldr_names_find_their_country(language: str) -> None:
    """The CLDR name is understood even where another one is shown."""
    territories = Locale(language).territories
    assert {code: FORMS.get(normal(territories[code])) for code in COUNTRIES} == {
        code: {code} for code in COUNTRIES
    }


def test_iso_names_find_their_country() -> None:
    """ISO short, official and common names are understood, unless the table asks."""
    for country in pycountry.countries:
        for kind in ("name", "official_name", "common_name"):
            form = normal(getattr(country, kind, country.name))
            if form not in ASKED:
                assert FORMS.get(form) == {country.alpha_2}, form


def test_no_text_stands_for_two_countries() -> None:
    """Each form belongs to one country only."""
    assert {form: codes for form, codes in FORMS.items() if len(codes) > 1} == {}


def test_no_alias_says_what_is_already_said() -> None:
    """An alias that adds no form is noise in a reviewed table."""
    for code, entry in COUNTRIES.items():
        aliases = [normal(text) for text in entry.get("aliases", [])]
        known = {normal(text) for text in texts(code)[:4]}
        assert len(aliases) == len(set(aliases)), code
        assert not known & set(aliases), code


def test_what_is_ambiguous_is_nobodys_name() -> None:
    """A text that asks is claimed by no country, and offers two or more that exist."""
    for text, codes in AMBIGUOUS.items():
        assert normal(text) not in FORMS, text
        assert len(codes) > 1, text
        assert codes == sorted(set(codes) & set(COUNTRIES)), text


def test_no_text_carries_signs_that_cannot_be_seen() -> None:
    """No control, zero-width or odd blank in any name."""
    for code in COUNTRIES:
        for text in texts(code):
            assert text.isprintable(), text
            assert text == " ".join(text.split()), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CHINA", "CN"),
        (" China\u00a0", "CN"),
        ("P.R. China", "CN"),
        ("Korea", "KR"),
        ("Korea, Republic of", "KR"),
        ("Korea (North)", "KP"),
        ("Slovak Republic", "SK"),
        ("Czech", "CZ"),
        ("UAE", "AE"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("Verenigde Staten", "US"),
        ("Taiwan", "TW"),
        ("Puerto Rico", "PR"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("Viet Nam", "VN"),
        ("Burma", "MM"),
        ("Birma", "MM"),
        ("Ivory Coast", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("Cape Verde", "CV"),
        ("Swaziland", "SZ"),
        ("Macedonia", "MK"),
        ("Russia", "RU"),
        ("Syria", "SY"),
        ("Laos", "LA"),
        ("Moldova", "MD"),
        ("Bolivia", "BO"),
        ("Venezuela", "VE"),
        ("Tanzania", "TZ"),
        ("Hong Kong SAR", "HK"),
        ("Macau", "MO"),
        ("England", "GB"),
        ("Schotland", "GB"),
        ("Wales", "GB"),
        ("Northern Ireland", "GB"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("NO", "NO"),
        ("The Netherlands", "NL"),
        ("Holland", "NL"),
        ("DRC", "CD"),
        ("Congo, Rep.", "CG"),
        ("Niger", "NE"),
        ("Nigeria", "NG"),
        ("Guinea", "GN"),
        ("Guinea Bissau", "GW"),
        ("Equatorial Guinea", "GQ"),
        ("Papua New Guinea", "PG"),
        ("Dominica", "DM"),
        ("Dominican Republic", "DO"),
        ("Georgia", "GE"),
        ("Kosovo", "XK"),
        ("DE", "DE"),
        ("and", "AD"),
        ("NA", "NA"),
    ],
)
def test_what_supplier_lists_write_is_understood(text: str, code: str) -> None:
    """Spellings met in published lists, and the pairs that are easily taken for one another."""
    assert FORMS.get(normal(text)) == {code}


@pytest.mark.parametrize("text", ["Congo", "Virgin Islands", "Yugoslavia", "Republic of China"])
def test_what_could_be_two_countries_asks(text: str) -> None:
    """These stand in the ambiguous section and nowhere else."""
    assert normal(text) in {normal(word) for word in AMBIGUOUS}
    assert normal(text) not in FORMS

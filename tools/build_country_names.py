"""Make data/spreadsheet/country_names.yaml: country names in other languages, and numeric codes.

    python tools/build_country_names.py

The names are those of the Unicode CLDR, by the babel package; the numeric codes are ISO 3166-1, by
pycountry. A name that `countries.yaml` knows already is left out, and so is one that would mean
another country there. The hand-kept names at the end of this file are what the CLDR lacks.
"""

from __future__ import annotations

from pathlib import Path

import pycountry
from babel import Locale

from imvo_scan.core.matching import normal
from imvo_scan.taxonomy.load import load_taxonomy

DATA = Path(__file__).resolve().parents[1] / "data"
TARGET = DATA / "spreadsheet" / "country_names.yaml"
LANGUAGES = ("de", "fr", "es", "it", "pt", "pl", "tr")
HEAD = """\
# Country names that supplier lists write in other languages, and the numeric codes of ISO 3166-1.
#
# Made by tools/build_country_names.py: German, French, Spanish, Italian, Portuguese, Polish and
# Turkish names of the Unicode CLDR (Unicode Licence v3, see data/LICENSE.md), with names added by
# hand in the tool. Do not edit.
"""
BY_HAND = {
    "AE": ["VAE", "Emirats arabes unis", "Vereinigte Arab. Emirate"],
    "CD": ["République démocratique du Congo", "RD Congo", "RDC", "Demokratische Republik Kongo"],
    "CG": ["République du Congo", "Republik Kongo"],
    "BY": ["Weißrussland", "Weissrussland", "Biélorussie"],
    "CI": ["Elfenbeinküste", "Cote d Ivoire"],
    "CV": ["Kap Verde", "Kaapverdië", "Cap Vert"],
    "CZ": ["Tschechei", "Tschechische Republik", "République tchèque", "Česká republika", "Česko"],
    "DE": ["Bundesrepublik Deutschland", "BRD", "Alemania", "Tyskland"],
    "DK": ["Danmark"],
    "ES": ["Espana"],
    "FI": ["Suomi"],
    "GB": [
        "Grossbritannien",
        "Grande-Bretagne",
        "Engeland, VK",
        "Gran Bretaña",
        "Scotland UK",
        "Schottland",
        "Angleterre",
    ],
    "GR": ["Hellas", "Hellenic Republic"],
    "HK": ["Hongkong", "Hong-Kong", "HK SAR", "Hong Kong SAR China"],
    "HR": ["Hrvatska"],
    "HU": ["Magyarország"],
    "KP": ["Corée du Nord", "Nordkorea"],
    "KR": ["Corée du Sud", "République de Corée", "Republik Korea", "Korea (Süd)", "Südkorea"],
    "LA": ["Laos PDR"],
    "LU": ["Luxemburg"],
    "MK": ["Mazedonien", "Macédoine", "Nordmazedonien"],
    "MM": ["Birma", "Birmanie"],
    "MD": ["Moldawien", "Moldavie"],
    "NL": ["Pays Bas", "Niederlande", "Holland (NL)", "Hollande", "Paises Bajos"],
    "NO": ["Norge"],
    "PL": ["Polska"],
    "PT": ["Portugal continental"],
    "RO": ["România"],
    "RU": ["Russische Föderation", "Fédération de Russie", "Russland"],
    "SE": ["Sverige"],
    "SI": ["Slovenija"],
    "SK": ["Slowakische Republik", "Slovensko", "République slovaque"],
    "SV": ["Salvador"],
    "SZ": ["Swasiland"],
    "TL": ["Osttimor", "Timor oriental"],
    "TR": ["Türkei", "Republik Türkei"],
    "TW": ["Chinese Taipei", "Republik China (Taiwan)"],
    "US": ["Vereinigte Staaten von Amerika", "Etats-Unis d'Amérique", "Estados Unidos de América"],
    "VN": ["Viêtnam", "Sozialistische Republik Vietnam"],
}


def main() -> None:
    """Write the table."""
    TARGET.write_text(table(), encoding="utf-8")
    print(f"wrote {TARGET.relative_to(DATA.parent)}")


def table() -> str:
    """The text of the table."""
    taxonomy = load_taxonomy(DATA)
    numeric = {country.alpha_2: country.numeric for country in pycountry.countries}
    claimed = dict(taxonomy.countries.index)
    lines = [HEAD]
    for code in sorted(taxonomy.countries.names):
        names = _names(code, claimed, frozenset(taxonomy.countries.ambiguous))
        parts = [f'numeric: "{numeric[code]}"'] if code in numeric else []
        if names:
            parts.append("names: [" + ", ".join(f'"{name}"' for name in names) + "]")
        lines.append(f'"{code}": {{{", ".join(parts)}}}\n')
    return "".join(lines)


def _names(code: str, claimed: dict[str, str], ambiguous: frozenset[str]) -> list[str]:
    """The names of a country that nothing claims yet, in the order of the languages."""
    found = [Locale(language).territories.get(code, "") for language in LANGUAGES]
    kept = []
    for name in (*found, *BY_HAND.get(code, ())):
        form = normal(name)
        if form and form not in claimed and form not in ambiguous:
            claimed[form] = code
            kept.append(name)
    return kept


if __name__ == "__main__":
    main()

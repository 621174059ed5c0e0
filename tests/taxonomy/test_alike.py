"""A name means the same in an inventory, in a list, in an option and in `lookup`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.cli.lookup import _place
from imvo_scan.core.errors import ImvoScanError, InventoryError
from imvo_scan.core.matching import NotFound
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import load_evidence
from imvo_scan.inventory.load import parse_inventory
from tests.cli.test_scan import run
from tests.importer.lists import read

DATA = Path(__file__).resolve().parents[2] / "data"
EVIDENCE = load_evidence()
TAXONOMY = EVIDENCE.taxonomy
KINDS = {"country": TAXONOMY.countries, "sector": TAXONOMY.sectors}

AMBIGUOUS = [
    ("country", "Congo", "CD", "CG"),
    ("country", "the Congo", "CD", "CG"),
    ("country", "Kongo", "CD", "CG"),
    ("country", "Virgin Islands", "VG", "VI"),
    ("country", "Republic of China", "CN", "TW"),
    ("sector", "nuts", "agriculture", "metal-electronics"),
    ("sector", "Chips", "food", "metal-electronics"),
]
MISSPELT = [
    ("country", "Nigera", "NE (Niger)", "NG (Nigeria)"),
    ("country", "Austrlia", "AT (Austria)", "AU (Australia)"),
    ("country", "Congoo", "CD (DR Congo)", "CG (Republic of the Congo)"),
    ("country", "Bangladehs", "BD (Bangladesh)"),
    ("country", "Deutschlnd", "DE (Germany)"),
    ("sector", "textilez", '"textiles"'),
    ("sector", "Textilein", '"textiles"'),
    ("sector", "bouww", '"construction"'),
]
UNKNOWN = [
    ("country", "UNION EUROPEA"),
    ("country", "IN-TN"),
    ("country", "Atlantis"),
    ("country", "Q"),
    ("country", "ZZ"),
    ("country", "ABC"),
    ("country", "Middle-earth"),
    ("sector", "bla"),
    ("sector", "qqqqq"),
    ("sector", "Consumer Products"),
    ("sector", "C"),
    ("sector", "1413"),
    ("sector", "nace:14abc"),
    ("sector", "nace:2026-11-01"),
]


def table(name: str) -> Any:
    """A table as it stands in the folder."""
    return strict_yaml.load_bytes((DATA / name).read_bytes(), name).data


def names_of_countries() -> Iterator[tuple[str, str]]:
    """Each name with the code of its country: codes, English, Dutch, and seven more languages."""
    for code, row in table("countries.yaml")["countries"].items():
        for text in (code, row.get("alpha3"), row["en"], row["nl"], *row.get("aliases", ())):
            if text:
                yield text, code
    for code, row in table("spreadsheet/country_names.yaml").items():
        for text in (*row.get("names", ()), row.get("numeric")):
            if text:
                yield text, code
    for code, names in table("spreadsheet/places.yaml")["names"].items():
        yield from ((name, code) for name in names)


def names_of_sectors() -> Iterator[tuple[str, str]]:
    """Each name with its sector: keys, English, Dutch, what lists write, codes, titles of NACE."""
    for key, row in table("sectors.yaml").items():
        for text in (key, row["en"], row["nl"], *row.get("aliases", ())):
            yield text, key
        for scheme, codes in row.get("codes", {}).items():
            yield from ((f"{scheme}:{code}", key) for code in codes)
    for key, names in table("spreadsheet/trade_words.yaml")["sectors"].items():
        yield from ((name, key) for name in names)
    for code, title in table("spreadsheet/titles.yaml")["divisions"].items():
        sector = TAXONOMY.sectors.of_code("nace", code)
        if isinstance(sector, str):
            yield title, sector


def names_of_goods() -> Iterator[tuple[str, str]]:
    """Each name with the id of its good: English, Dutch, codes, and what lists write."""
    for key, row in table("goods.yaml")["goods"].items():
        names = (key, row["en"], row["nl"], *row.get("listed_as", ()), *row.get("aliases", ()))
        for text in (*names, *(f"hs:{code}" for code in row.get("hs", ()))):
            yield text, key


NAMES = {"country": dict(names_of_countries()), "sector": dict(names_of_sectors())}


def by_inventory(field: str, texts: Iterable[str]) -> list[str | None]:
    """What each text means as a field of a supplier in YAML."""
    suppliers = [{"name": "S", "id": f"s{n}", field: text} for n, text in enumerate(texts)]
    head = {"imvo": 1, "company": {"name": "Buyer"}, "suppliers": suppliers}
    raw = json.dumps(head, ensure_ascii=False).encode()
    return [getattr(one, field) for one in parse_inventory(raw, "a.yaml", TAXONOMY).suppliers]


def by_list(field: str, texts: Iterable[str]) -> dict[str, str | None]:
    """What each text means in a column of a list."""
    sheet = io.StringIO()
    write = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    write.writerow(["Supplier id", "Supplier name", field.capitalize()])
    texts = list(texts)
    write.writerows([f"S{n}", f"Mill {n}", text] for n, text in enumerate(texts))
    suppliers = read(sheet.getvalue()).inventory.suppliers
    found = {one.name: getattr(one, field) for one in suppliers}
    return {text: found.get(f"Mill {n}") for n, text in enumerate(texts)}


def by_lookup(field: str, text: str) -> str | None:
    """What a text means to `lookup`."""
    country, sector = (text, None) if field == "country" else (None, text)
    place = _place(EVIDENCE, country, sector, (), None)
    return place.country if field == "country" else place.sector


@pytest.mark.parametrize("field", ["country", "sector"])
def test_every_name_of_the_tables_means_one_thing_everywhere(field: str) -> None:
    """In the languages of the tables, as written there: inventory, list and `lookup`."""
    names = NAMES[field]
    wrong = {text for text, key in names.items() if KINDS[field].find(text) != key}
    assert not wrong
    assert by_inventory(field, names) == list(names.values())
    codes = [text for text in names if len(text) == 2]  # NA is Namibia beside other codes
    listed = by_list(field, names) | by_list(field, codes)
    assert listed == names
    assert {text: by_lookup(field, text) for text in names} == names


def test_the_option_of_lists_knows_every_name_of_a_sector() -> None:
    """`--sector`, for the rows of a list that name none."""
    for text, sector in NAMES["sector"].items():
        (site,) = read("Supplier,Country\nMill,BD\n", sector=text).inventory.suppliers
        assert site.sector == sector, text


def test_every_name_of_a_good_means_one_good_everywhere() -> None:
    """A good of an inventory, of a list and of `lookup` is looked up by one name."""
    goods = dict(names_of_goods())
    for text, key in goods.items():
        assert TAXONOMY.goods.find(text) == key
        assert (
            _place(EVIDENCE, None, None, (text,), None).sector == TAXONOMY.goods.goods[key].sector
        )
    for text in ("hoodies", "Knit tops", "printed circuit boards", "6109.10", "HS 6109.10"):
        good = TAXONOMY.goods.find(text)
        assert isinstance(good, str)
        listed = EVIDENCE.goods.assess((text,), "CN").listings
        assert listed == EVIDENCE.goods.assess((good,), "CN").listings


@pytest.mark.parametrize(("field", "text", "first", "second"), AMBIGUOUS)
def test_a_name_of_two_is_refused_everywhere_and_names_both(
    field: str, text: str, first: str, second: str
) -> None:
    """Nothing chooses for the user."""
    refusal = KINDS[field].find(text)
    assert isinstance(refusal, NotFound)
    assert set(refusal.candidates) == {first, second}
    assert first in str(refusal.hint)
    assert second in str(refusal.hint)
    refused_alike(field, text, refusal)


@pytest.mark.parametrize(("field", "text", "names"), [(f, t, n) for f, t, *n in MISSPELT])
def test_what_is_misspelt_is_refused_with_one_suggestion_everywhere(
    field: str, text: str, names: list[str]
) -> None:
    """Every name that is as near is in it."""
    refusal = KINDS[field].find(text)
    assert isinstance(refusal, NotFound)
    assert str(refusal.hint) == f"Did you mean {' or '.join(names)}?"
    refused_alike(field, text, refusal)


@pytest.mark.parametrize(("field", "text"), UNKNOWN)
def test_no_guess_is_better_than_a_wrong_one(field: str, text: str) -> None:
    """What is near to nothing gets advice and no guess."""
    refusal = KINDS[field].find(text)
    assert isinstance(refusal, NotFound)
    assert "Did you mean" not in str(refusal.hint)
    assert refusal.hint
    refused_alike(field, text, refusal)


def refused_alike(field: str, text: str, refusal: NotFound) -> None:
    """The inventory, the list, `lookup` and the option refuse a text, with the same suggestion."""
    with pytest.raises(InventoryError) as wrong:
        by_inventory(field, [text])
    (problem,) = wrong.value.problems
    assert (problem.what, problem.hint) == (refusal.what, refusal.hint)
    with pytest.raises(ImvoScanError) as asked:
        by_lookup(field, text)
    assert asked.value.problems[0].hint == refusal.hint
    imported = read(f'Supplier,{field.capitalize()}\nMill,"{text}"\n')
    assert getattr(imported.inventory.suppliers[0], field) is None
    (unknown,) = imported.report.unknown
    assert unknown.value == text
    assert str(unknown.suggestion).startswith(str(refusal.hint))
    if field == "sector":
        with pytest.raises(ImvoScanError) as option:
            read("Supplier,Country\nMill,BD\n", sector=text)
        assert option.value.problems[0].hint == refusal.hint


def test_a_part_of_a_country_is_asked_after_where_no_list_wrote_it() -> None:
    """A list has no better column for Xinjiang; an inventory has its region, so it asks."""
    refusal = TAXONOMY.countries.find("Xinjiang")
    assert isinstance(refusal, NotFound)
    assert str(refusal.hint) == "Did you mean CN (China)?"
    assert by_list("country", ["Xinjiang"]) == {"Xinjiang": "CN"}


def test_the_command_says_what_the_routine_says(tmp_path: Path) -> None:
    """`lookup` as it is run: a name in Polish, and one of two."""
    known = run("lookup", "Kostaryka", "--sector", "Bekleidung", "--good", "katoen", cwd=tmp_path)
    assert known.returncode == 0
    assert known.stdout.startswith("katoen · Textiles and clothing · Costa Rica".encode())
    both = run("lookup", "Nigera", cwd=tmp_path)
    assert both.returncode == 2
    assert b"Did you mean NE (Niger) or NG (Nigeria)?" in both.stderr

"""Goods: every listing is found again, by the words people use, and nothing passes in silence."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.errors import EvidenceError
from imvo_scan.core.matching import NotFound
from imvo_scan.core.risks import Risk
from imvo_scan.evidence.goods import GoodsAnswer, GoodsTable, Listing
from imvo_scan.evidence.goods_load import load_listings
from imvo_scan.evidence.ratings import SCAN_TABLES
from imvo_scan.messages.speaker import Speaker
from imvo_scan.taxonomy.load import load_taxonomy

DATA = Path(__file__).resolve().parents[2] / "data"
LISTS = DATA / "spreadsheet"
TAXONOMY = load_taxonomy(DATA, LISTS)
GOODS = TAXONOMY.goods
TABLE = load_listings(DATA, TAXONOMY)
CHILD, FORCED, RIGHTS = Risk.CHILD_LABOUR, Risk.FORCED_LABOUR, Risk.HUMAN_RIGHTS
with (DATA / "goods_listings.csv").open(encoding="utf-8", newline="") as _handle:
    ROWS = list(csv.DictReader(_handle))
DOL, CAHRA, UFLPA = "dol-goods-2022", "eu-cahra-2026-06", "uflpa-priority-sectors-2025"
REMOVED = {("Blueberries", "AR"), ("Salt", "KH"), ("Shrimp", "TH"), ("Fluorspar (mineral)", "MN")}


def found(text: str) -> str:
    """The id of the good that a text means; the test fails where it means none."""
    good = GOODS.find(text)
    assert isinstance(good, str), good
    return good


def by_list(answer: GoodsAnswer, source: str = DOL) -> dict[Risk, Listing]:
    """The listings that count, from one list, by risk."""
    return {one.risk: one for one in answer.listings if one.source == source}


def expected(row: dict[str, str]) -> set[Risk]:
    """The risks that a row of the published list stands for, removals and all."""
    risks = {CHILD} if "yes" in (row["child_labour"], row["forced_child_labour"]) else set()
    if "yes" in (row["forced_labour"], row["forced_child_labour"]):
        risks.add(FORCED)
    return risks


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['good']}-{row['country']}")
def test_every_row_of_the_list_is_found_again(row: dict[str, str]) -> None:
    """By its own name and by both names of the good; removed ones are seen and do not count."""
    key = found(row["good"])
    good = TABLE.goods[key]
    for word in (row["good"], *good.names.values()):
        counting = by_list(TABLE.assess((word,), row["country"], None, ()))
        if row["downstream_only"] == "yes":
            assert counting
            assert all(one.via for one in counting.values())
        elif (row["good"], row["country"]) in REMOVED:
            assert CHILD not in counting
            shown = TABLE.listings(key, row["country"])
            assert [one.removed for one in shown if one.risk is CHILD] == ["2024"]
        else:
            assert expected(row) <= set(counting)
    worst = row["forced_child_labour"] == "yes" and row["good"] != "Shrimp"
    if worst:
        aggravated = by_list(TABLE.assess((key,), row["country"], None, ()))[CHILD]
        assert aggravated.aggravators == ("worst-form",)


def test_every_alias_finds_its_good() -> None:
    """Each word of the index leads to a good, in capitals and between blanks too."""
    for word, key in GOODS.index.items():
        assert found(f" {word.upper()} ") == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("vanille", "vanilla"),
        ("vanilla pods", "vanilla"),
        ("Vanilla (Beans)", "vanilla"),
        ("hs:0905", "vanilla"),
        ("hs:09.05", "vanilla"),
        ("HS: 0905.10", "vanilla"),
        ("katoen", "cotton"),
        ("palmolie", "palm-oil"),
        ("kobalt", "cobalt-ore"),
        ("cacao", "cocoa"),
        ("cacaobonen", "cocoa"),
        ("goud", "gold"),
        ("bakstenen", "bricks"),
        ("baksteen", "bricks"),
        ("garnalen", "shrimp"),
        ("koffie", "coffee"),
        ("zonnepanelen", "solar-modules"),
        ("suikerriet", "sugarcane"),
        ("T-shirt", "t-shirts"),
        ("T-SHIRTS", "t-shirts"),
        ("brick", "bricks"),
        ("organic cotton", "cotton"),
        ("biologische koffie", "coffee"),
        ("frozen prawns", "shrimp"),
        ("dried fish", "dried-fish"),
        ("pepper", "pepper"),
        ("peppers", "peppers"),
        ("Açaí Berries", "acai"),
        ("Ac\u0327ai\u0301 berries", "acai"),
        ("hs:61", "garments"),
        ("hs:610910", "t-shirts"),
        ("hs:6115", "garments"),
        ("hs:030617", "shrimp"),
        ("hs:030711", "shellfish"),
        ("hs:8507.60.00", "lithium-ion-batteries"),
    ],
)
def test_the_words_people_use(text: str, key: str) -> None:
    """English and Dutch, singular and plural, codes with and without dots."""
    assert found(text) == key


@pytest.mark.parametrize("text", ["nuts", "noten", "batteries", "palm", "nut", "hs:26", "3TG"])
def test_an_ambiguous_good_asks(text: str) -> None:
    """A word for more than one good names them, and counts for none."""
    good = GOODS.find(text)
    assert isinstance(good, NotFound)
    assert len(good.candidates) > 1
    answer = TABLE.assess((text,), "BR", None, ())
    assert not answer.listings
    assert "more than one good" in str(answer.notices[0])


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("vanila", "Vanilla"), ("katoenn", "Cotton"), ("tin solder", "Tin"), ("qqqqq", "")],
)
def test_an_unknown_good_is_a_notice(text: str, suggestion: str) -> None:
    """A word for no good is said, with the nearest one where there is one."""
    what = f"{text!r} is not a good that this list knows"
    hint = f'Did you mean "{suggestion}"?' if suggestion else ""
    refused = GOODS.find(text)
    assert isinstance(refused, NotFound)
    assert (str(refused.what), str(refused.hint)) == (what, hint)
    answer = TABLE.assess((text,), "MG", None, ())
    assert not answer.listings
    assert "is not a good that this list knows" in str(answer.notices[0])


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    """Whatever is written, there is an answer and no failure."""
    assert isinstance(GOODS.find(text), str | NotFound)
    assert isinstance(TABLE.assess((text,), "CN", text, ((text, "CN"),)), GoodsAnswer)


@pytest.mark.parametrize(
    "text", ["", " ", "hs:", "hs:9", "hs:99", "hs:0x05", "organic", "x" * 100_000, "\0", "s", "ies"]
)
def test_odd_texts_are_unknown(text: str) -> None:
    """Nothing, half a code, or very much text is no good."""
    assert GOODS.meanings(text) == ()


def test_not_listed_gives_nothing() -> None:
    """A known good from a country where it is not listed has no listing, and no remark."""
    assert TABLE.assess(("vanilla",), "NL", None, ()) == GoodsAnswer()
    assert TABLE.assess((), "CN", None, ()) == GoodsAnswer()


def test_a_listing_says_where_it_comes_from() -> None:
    """One plain sentence with the list and its edition."""
    (listing,) = TABLE.assess(("vanille",), "MG", None, ()).listings
    assert str(listing.statement) == (
        "Vanilla from Madagascar is on the US Department of Labor list for child labour"
        " (2022 edition)."
    )
    assert (listing.good, listing.country, listing.source) == ("vanilla", "MG", DOL)
    assert listing.label("nl") == "vanille"
    assert listing.label("en") == "vanilla"


def test_an_unknown_country_is_a_notice() -> None:
    """Without a country the listing cannot be matched, and that is said."""
    answer = TABLE.assess(("vanilla",), None, None, ())
    assert not answer.listings
    assert tuple(map(str, answer.notices)) == (
        (
            "Vanilla is listed in 2 countries, and no country is given for it: the listing cannot"
            " be matched."
        ),
    )


def test_listings_and_notices_are_said_in_dutch() -> None:
    """With the Dutch names of goods, countries and risks, whatever their number."""
    tell = Speaker("nl").tell
    (listing,) = TABLE.assess(("vanilla",), "MG", None, ()).listings
    assert tell(listing.statement) == (
        "Vanille uit Madagaskar: op de lijst van het Amerikaanse ministerie van Arbeid voor"
        " kinderarbeid (editie 2022)."
    )
    (area,) = by_list(TABLE.assess(("cobalt",), "ML", None, ()), CAHRA).values()
    assert "(editie juni 2026). Alleen voor Kayes" in tell(area.statement)
    assert "De OESO-richtlijn" in tell(area.statement)
    (wider, *_) = TABLE.assess(("T-shirts",), "BD", None, ()).listings
    assert "T-shirts: hiervoor geldt wat voor kleding geldt." in tell(wider.statement)
    (asked,) = TABLE.assess(("chocolate",), "BE", None, ()).notices
    assert tell(asked) == (
        "Chocolade: soms gemaakt van goederen die op een lijst staan, namelijk cacao (7 landen)."
        " Geef met made_with op waar die vandaan komen."
    )
    (unknown,) = TABLE.assess(("vanila",), "MG", None, ()).notices
    assert "er is geen vermelding opgezocht" in tell(unknown)


def test_one_country_and_more() -> None:
    """A good that is listed once is listed in 1 country."""
    (once,) = TABLE.assess(("acai",), None, None, ()).notices
    assert "is listed in 1 country, and no country" in str(once)
    assert "in 1 land op een lijst" in Speaker("nl").tell(once)


# -- amendments -----------------------------------------------------------------------------------


def test_palm_fruit_from_indonesia_is_forced_labour_too() -> None:
    """The correction of the published file."""
    assert set(by_list(TABLE.assess(("palm fruit",), "ID", None, ()))) == {CHILD, FORCED}


def test_shrimp_from_thailand() -> None:
    """Child labour was removed in 2024, and is shown; forced labour stays."""
    answer = TABLE.assess(("shrimp",), "TH", None, ())
    assert set(by_list(answer)) == {FORCED}
    assert tuple(map(str, answer.notices)) == (
        (
            "Shrimp from Thailand was on the US Department of Labor list for child labour until the"
            " 2024 edition. It no longer counts."
        ),
    )


@pytest.mark.parametrize(("text", "country"), sorted(REMOVED))
def test_a_removed_listing_is_said(text: str, country: str) -> None:
    """Removed listings do not vanish in silence."""
    notices = TABLE.assess((text,), country, None, ()).notices
    assert any("until the 2024 edition" in str(notice) for notice in notices)


@pytest.mark.parametrize(
    ("text", "country", "via", "risks"),
    [
        ("solar modules", "CN", "polysilicon from CN", {FORCED}),
        ("zonnecellen", "CN", "polysilicon from CN", {FORCED}),
        ("lithium-ion batteries", "CN", "cobalt-ore from CD", {CHILD}),
        ("palm oil", "ID", "palm-fruit from ID", {CHILD, FORCED}),
        ("oleochemicals", "ID", "palm-fruit from ID", {CHILD, FORCED}),
    ],
)
def test_listed_downstream_goods_carry_their_input(
    text: str, country: str, via: str, risks: set[Risk]
) -> None:
    """Where the list names the good for its input, it counts and says so."""
    counting = by_list(TABLE.assess((text,), country, None, ()))
    assert set(counting) == risks
    assert {one.via for one in counting.values()} == {via}


def test_chocolate_made_with_cocoa() -> None:
    """With the origin of the input its listing counts; without, the reader is asked."""
    answer = TABLE.assess(("chocolate",), "BE", None, (("cacao", "CI"),))
    assert set(by_list(answer)) == {CHILD, FORCED}
    assert "made with cocoa from Côte d\u2019Ivoire" in str(by_list(answer)[CHILD].statement)
    assert not answer.notices
    asked = TABLE.assess(("chocolate",), "BE", None, ())
    assert not asked.listings
    assert tuple(map(str, asked.notices)) == (
        (
            "Chocolate can be made from goods that are listed: cocoa (7 countries). Say where they"
            " come from with made_with."
        ),
    )


def test_an_input_without_a_country_or_a_name_is_said() -> None:
    """Half an answer about an input is no answer."""
    answer = TABLE.assess(("chocolate",), "BE", None, (("cocoa", None), ("zzzzz", "CI")))
    assert not answer.listings
    assert any("no country is given for it" in str(notice) for notice in answer.notices)
    assert any("'zzzzz' is not a good" in str(notice) for notice in answer.notices)


def test_an_input_from_elsewhere_counts_for_nothing() -> None:
    """Cocoa from a country that is not listed adds no listing."""
    assert TABLE.assess(("chocolate",), "BE", None, (("cocoa", "EC"),)) == GoodsAnswer()


def test_a_good_counts_as_the_wider_good() -> None:
    """T-shirts are garments, tilapia is fish; a narrower good is pointed at, not assumed."""
    listings = by_list(TABLE.assess(("T-shirts",), "BD", None, ()))
    assert {one.good for one in listings.values()} == {"garments"}
    assert "T-shirts count as garments." in str(listings[CHILD].statement)
    answer = TABLE.assess(("footwear",), "ID", None, ())
    assert not answer.listings
    assert "name sandals" in str(answer.notices[0])


def test_two_goods_of_one_kind_are_listed_once() -> None:
    """T-shirts and jeans from one site are garments, and garments are listed once a risk."""
    listings = TABLE.assess(("T-shirts", "jeans", "garments"), "BD", None, ()).listings
    assert [one.risk for one in listings] == [CHILD, FORCED]


def test_goods_new_in_2024_without_a_country_are_said() -> None:
    """What is known only by half is told, not matched."""
    answer = TABLE.assess(("nickel",), "ID", None, ())
    assert not answer.listings
    assert "in the 2024 edition" in str(answer.notices[0])


# -- areas ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("good", ["tin", "tantalum", "tungsten", "gold", "cobalt"])
@pytest.mark.parametrize(("country", "region"), [("BI", None), ("CD", "Anywhere"), ("ML", None)])
def test_minerals_from_a_conflict_area(good: str, country: str, region: str | None) -> None:
    """The whole country, every region of it, or a region that is not known: all count."""
    listing = by_list(TABLE.assess((good,), country, region, ()), CAHRA)[RIGHTS]
    assert ("give the region" in str(listing.statement)) == (country == "ML")
    assert ("OECD guidance" in str(listing.statement)) == (good == "cobalt")


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("MX", "Guerrero"),
        ("MX", "GUERRERO"),
        ("MX", "mx-gro"),
        ("MX", "State of México"),
        ("CO", "Bolivar"),
        ("CO", "Antioquia, Colombia"),
        ("UA", "Donetsk oblast"),
        ("IN", "Jammu & Kashmir"),
        ("PK", "Punjab Province"),
    ],
)
def test_a_listed_region_counts(country: str, region: str) -> None:
    """By name or code, without accents, with the word for province."""
    assert by_list(TABLE.assess(("gold",), country, region, ()), CAHRA)[RIGHTS].regions


@pytest.mark.parametrize(
    ("country", "region"), [("MX", "Puebla"), ("MX", "Baja California Sur"), ("MX", "Mexico City")]
)
def test_another_region_is_said_and_does_not_count(country: str, region: str) -> None:
    """The list is of regions there, and this is not one of them."""
    answer = TABLE.assess(("gold",), country, region, ())
    assert RIGHTS not in by_list(answer, CAHRA)
    assert any(region in str(notice) and "not counted" in str(notice) for notice in answer.notices)


def test_other_goods_from_a_conflict_area_are_not_listed() -> None:
    """The list of areas is about five minerals only."""
    assert not by_list(TABLE.assess(("cotton",), "ML", None, ()), CAHRA)


@pytest.mark.parametrize(
    "region", [None, "Xinjiang Uyghur Autonomous Region", "XUAR", "CN-XJ", "Urumqi, Xinjiang"]
)
def test_xinjiang_counts(region: str | None) -> None:
    """Priority sectors count for Xinjiang, and where the region is not known."""
    listing = by_list(TABLE.assess(("tomatoes",), "CN", region, ()), UFLPA)[FORCED]
    assert listing.aggravators == ()
    assert listing.regions == ("Xinjiang",)
    assert "secondary sources" in str(listing.statement)


def test_china_outside_xinjiang() -> None:
    """Another province gives a notice; the listing of the whole country still counts."""
    answer = TABLE.assess(("katoen",), "CN", "Jiangsu", ())
    assert not by_list(answer, UFLPA)
    assert set(by_list(answer)) == {CHILD, FORCED}
    assert "'Jiangsu' is not counted" in str(answer.notices[0])


def test_seafood_covers_fish_and_shrimp() -> None:
    """A sector of the list holds the goods that are a kind of it."""
    for good in ("fish", "shrimp", "tilapia"):
        assert FORCED in by_list(TABLE.assess((good,), "CN", None, ()), UFLPA)


# -- faulty tables --------------------------------------------------------------------------------


def changed(folder: Path, name: str, old: str, new: str) -> GoodsTable:
    """The tables with one text replaced, read again."""
    for file in SCAN_TABLES:
        shutil.copy(DATA / file, folder / file)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_listings(folder, load_taxonomy(folder, LISTS))


@pytest.mark.parametrize(
    "case",
    [
        ("goods.yaml", 'nl: "Vanille", ', "", "the text 'nl' is missing", "  vanilla: {"),
        ("goods.yaml", '"vanillestokjes"', '"cotton"', "already means", "  cotton: {"),
        ("goods.yaml", 'hs: ["5201"]', 'hs: ["0905"]', "already means vanilla", "  cotton: {"),
        ("goods.yaml", 'from: ["cocoa"]', 'from: ["cocos"]', "'cocos' is not", "cocos"),
        ("goods.yaml", 'of: ["garments"]', 'of: ["t-shirts"]', "kind of itself", "  t-shirts: {"),
        ("goods.yaml", "  nuts: [", "  vanilla: [", "already means vanilla", "  vanilla: ["),
        ("goods_risks.yaml", "MG: child-labour", "MG: child", "is not a risk", "MG: child"),
        ("goods_risks.yaml", "vanilla MG:", "vanila MG:", "'vanila' is not a good", "vanila MG:"),
        ("goods_risks.yaml", "vanilla MG:", "vanilla QQ:", "'QQ' is not one of", "vanilla QQ:"),
        ("goods_risks.yaml", "(removed 2024)", "(gone 2024)", "is not a detail", "(gone 2024)"),
        ("goods_risks.yaml", "BI: every region", "BI: []", "name regions", "BI: []"),
        ("goods_risks.yaml", "dol-goods-2022:\n", "other:\n", "lists above", "acai BR"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(
    tmp_path: Path, case: tuple[str, str, str, str, str]
) -> None:
    """Every fault says what is wrong and on which line."""
    name, old, new, what, line = case
    with pytest.raises(EvidenceError, match=what) as caught:
        changed(tmp_path, name, old, new)
    lines = (tmp_path / name).read_text(encoding="utf-8").split("\n")
    assert line in lines[caught.value.problems[0].line - 1]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("vanilla MG:", "vanila MG:", "'vanila' is niet een goed uit goods.yaml"),
        ("MG: child-labour", "MG: child", "'child' is geen risico, met bijzonderheden tussen ()"),
        ("BI: every region", "BI: []", "noem regio's, of schrijf `every region`"),
    ],
)
def test_faults_are_said_in_dutch(tmp_path: Path, old: str, new: str, told: str) -> None:
    """Who keeps tables of their own reads what is wrong with them in their language."""
    with pytest.raises(EvidenceError) as caught:
        changed(tmp_path, "goods_risks.yaml", old, new)
    assert told in {Speaker("nl").tell(problem.what) for problem in caught.value.problems}


def test_what_makes_a_wider_good_worse_makes_the_narrower_one_worse() -> None:
    """Sandstone of India is listed itself; that stones are worst-form child labour stays true."""
    wide = by_list(TABLE.assess(("stones",), "IN"))
    narrow = by_list(TABLE.assess(("sandstone",), "IN"))
    assert narrow[CHILD].good == "sandstone"
    assert wide[CHILD].aggravators
    assert narrow[CHILD].aggravators == wide[CHILD].aggravators
    assert "Sandstone counts as stones." in str(narrow[CHILD].statement)
    assert narrow[FORCED].notes == ()


def test_no_good_is_listed_milder_than_what_it_is_a_kind_of() -> None:
    """For every good, country and list: all aggravators of every wider good are there."""
    checked = 0
    for good in TABLE.goods.values():
        for wider in TABLE.wider(good)[1:]:
            for country in TABLE.listed_in(wider.id):
                mine = TABLE.assess((good.id,), country).listings
                for listing in TABLE.assess((wider.id,), country).listings:
                    alike = [
                        m for m in mine if (m.source, m.risk) == (listing.source, listing.risk)
                    ]
                    assert {*listing.aggravators} <= {a for m in alike for a in m.aggravators}
                    checked += bool(listing.aggravators)
    assert checked

"""The goods tables: complete, rebuilt from their sources, every word for one good."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.errors import EvidenceError
from imvo_scan.core.matching import normal
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence.goods_build import (
    AREA_COLUMNS,
    GOODS_AREAS,
    GOODS_LISTINGS,
    GOODS_TABLE,
    LISTING_COLUMNS,
    corrected,
    dol_lines,
    listed_as,
    read,
    render_goods_risks,
)
from tools.build_goods_risks import published

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PUBLISHED = ROOT.parent / "shared" / "data" / "goods"
GOODS: Any = strict_yaml.load(DATA / "goods.yaml").data
AMENDMENTS: Any = strict_yaml.load(DATA / "goods_amendments.yaml").data
RISKS: Any = strict_yaml.load(DATA / GOODS_TABLE).data
ROWS = read(DATA / GOODS_LISTINGS, LISTING_COLUMNS)
REGIONS = read(DATA / GOODS_AREAS, AREA_COLUMNS)
COUNTRIES: Any = strict_yaml.load(DATA / "countries.yaml").data


def composed(text: str) -> str:
    """Accents in one letter, as goods.yaml writes them."""
    return unicodedata.normalize("NFC", text)


def test_the_table_is_what_its_sources_give() -> None:
    """Rebuilding from the listings, the areas and the amendments gives the same bytes."""
    assert (DATA / GOODS_TABLE).read_bytes() == render_goods_risks(DATA).encode()


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the folder of published lists is not here")
def test_the_rows_are_what_was_published() -> None:
    """Rebuilding both CSV files from the published lists gives the same bytes."""
    for name, text in published(PUBLISHED).items():
        assert (DATA / name).read_bytes() == text.encode()


def test_the_list_is_whole() -> None:
    """467 rows, 169 names, no row twice, and a good for every name."""
    assert len(ROWS) == 467
    assert len({(row["good"], row["country"]) for row in ROWS}) == 467
    assert {composed(row["good"]) for row in ROWS} == set(listed_as(DATA))
    assert len(listed_as(DATA)) == 169


def test_every_row_says_something() -> None:
    """Child labour, forced labour or a listed input; yes and no, known countries."""
    for row in ROWS:
        flags = [row[name] for name in LISTING_COLUMNS[2:6]]
        assert set(flags) <= {"yes", "no"}, row
        assert "yes" in flags, row
        assert row["country"] in COUNTRIES["countries"], row
        assert (row["downstream_only"] == "yes") == bool(row["input_country"]), row


def test_every_name_of_the_list_stands_under_one_good() -> None:
    """No name of the list is claimed twice."""
    claimed = [name for good in GOODS["goods"].values() for name in good.get("listed_as") or ()]
    assert len(claimed) == len(set(claimed))


def test_every_word_means_one_good() -> None:
    """Ids, names and aliases in both languages are unique in the form they are compared in."""
    meaning: dict[str, str] = {}
    for key, good in GOODS["goods"].items():
        words = (key, good["en"], good["nl"], *good.get("listed_as", ()), *good.get("aliases", ()))
        for word in words:
            assert meaning.setdefault(normal(word), key) == key, word
    assert not set(GOODS["ambiguous"]) & set(meaning)


def test_aliases_are_written_plainly() -> None:
    """An alias is written as it is compared, so that the table reads as it works."""
    for good in GOODS["goods"].values():
        for alias in good.get("aliases", ()):
            assert alias == normal(alias)
    for word in (*GOODS["ambiguous"], *GOODS["qualifiers"]):
        assert word == normal(word)


def test_hs_headings_are_digits_for_one_good() -> None:
    """Two, four or six digits, and no heading for two goods."""
    codes = [code for good in GOODS["goods"].values() for code in good.get("hs", ())]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"\d{2}(\d{2}){0,2}", code) for code in codes)


def test_sectors_are_known() -> None:
    """Every good has a sector of the sector table."""
    sectors: Any = strict_yaml.load(DATA / "sectors.yaml").data
    assert {good["sector"] for good in GOODS["goods"].values()} <= set(sectors)


def test_every_list_has_a_source() -> None:
    """Each list, correction and removal names a source of sources.yaml."""
    sources: Any = strict_yaml.load(DATA / "sources.yaml").data
    amended = [
        entry["source"]
        for part in ("corrections", "downstream", "removed")
        for entry in AMENDMENTS[part]
    ]
    named = {*amended, *AMENDMENTS["lists"], *(row["source"] for row in (*ROWS, *REGIONS))}
    assert named <= set(sources)


def test_every_amendment_has_a_reason() -> None:
    """No figure is changed without saying why."""
    for part in ("corrections", "downstream", "removed"):
        assert all(len(entry["reason"]) > 20 for entry in AMENDMENTS[part])
    assert all(area["reason"] for area in AMENDMENTS["areas"].values())


def test_every_downstream_row_is_amended() -> None:
    """The ten rows that the list leaves without a risk get that of their input."""
    rows = {(row["good"], row["country"]) for row in ROWS if row["downstream_only"] == "yes"}
    groups = AMENDMENTS["downstream"]
    assert rows == {(good, group["country"]) for group in groups for good in group["goods"]}
    assert len(rows) == 10


def test_every_removal_fits_a_row() -> None:
    """A removal of what was never listed would be a slip of the pen."""
    column = {"child-labour": "child_labour", "forced-labour": "forced_labour"}
    for entry in AMENDMENTS["removed"]:
        fitting = [
            row
            for row in ROWS
            if (row["good"], row["country"]) == (entry["good"], entry["country"])
        ]
        assert [row[column[entry["risk"]]] for row in fitting] == ["yes"], entry


def test_a_correction_that_fits_nothing_is_refused() -> None:
    """A correction of a row that is not there must not pass in silence."""
    with pytest.raises(EvidenceError, match=r"correction of 'Palm Fruit' fits 0 rows"):
        corrected([], AMENDMENTS["corrections"])


def test_a_published_name_of_no_good_is_refused() -> None:
    """Every name that the list and the goods do not share is named."""
    rows = [{**ROWS[0], "good": name} for name in ("Vanila", "Coton")]
    with pytest.raises(EvidenceError) as caught:
        dol_lines(rows, {}, AMENDMENTS)
    assert [str(problem.what) for problem in caught.value.problems] == [
        "no good of goods.yaml has 'Coton' in `listed_as`",
        "no good of goods.yaml has 'Vanila' in `listed_as`",
    ]


def test_other_names_of_regions_fit_a_region() -> None:
    """Another name for a region that is not in its list would never match."""
    for source, area in AMENDMENTS["areas"].items():
        codes = {row["region_code"] for row in REGIONS if row["source"] == source}
        assert set(area["other_names"]) <= codes


def test_aggravators_are_known_words() -> None:
    """Every aggravator in a listing is one of risks.yaml for that risk."""
    risks: Any = strict_yaml.load(DATA / "risks.yaml").data
    seen = set()
    for rows in RISKS["listings"].values():
        for text in rows.values():
            for risk, details in re.findall(r"([a-z-]+) \(([^)]*)\)", text):
                words = [w for w in details.split("; ") if not w.startswith(("via ", "removed "))]
                assert set(words) <= set(risks[risk]["aggravators"]), text
                seen |= set(words)
    assert seen == {"worst-form"}


def test_every_country_with_a_listing_has_a_name() -> None:
    """The names in the table are those of countries.yaml."""
    for code, name in RISKS["countries"].items():
        assert COUNTRIES["countries"][code]["en"] == name

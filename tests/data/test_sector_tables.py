"""The sector tables: every row complete, every cell backed, a name or code of one sector only."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).resolve().parents[2] / "data"


def load(name: str) -> Any:
    """A table as plain YAML, so that these checks do not lean on the code that reads it."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))  # noqa: TID251 - see above


SECTORS: Any = load("sectors.yaml")
CELLS: Any = load("sector_risks.yaml")
SOURCES: Any = load("sources.yaml")
RISKS: Any = load("risks.yaml")

TWELVE = [
    "construction", "chemicals", "retail", "energy", "finance", "wholesale",
    "wood-paper", "agriculture", "metal-electronics", "oil-gas", "textiles", "food",
]  # fmt: skip
BASELINE = [
    "mining", "transport", "hospitality", "cleaning-security", "temp-agencies", "water-waste",
    "ict", "professional-services", "public-education-health", "real-estate",
    "other-manufacturing", "other-services",
]  # fmt: skip
SCHEMES = ["nace", "nace2.1", "isic", "cpv", "hs", "naics", "unspsc"]
OFFICES = ["finance", "ict", "professional-services", "real-estate"]
EACH_SECTOR = pytest.mark.parametrize("sector", TWELVE + BASELINE)
EACH_CELL = pytest.mark.parametrize(
    ("sector", "risk"), [(sector, risk) for sector in TWELVE + BASELINE for risk in RISKS]
)
INJURY_CUTS = (0.5, 0.8, 1.25, 2)


def plain(text: str) -> str:
    """The form in which two names are the same: lower case, no punctuation."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def digits(code: str) -> str:
    """A code without its punctuation."""
    return re.sub(r"\D", "", code)


def sector_of(scheme: str, code: str) -> str | None:
    """The sector with the longest prefix of a code."""
    table: dict[str, str] = {
        digits(c): key for key, row in SECTORS.items() for c in row["codes"][scheme]
    }
    for length in range(len(digits(code)), 1, -1):
        if digits(code)[:length] in table:
            return table[digits(code)[:length]]
    return None


def rating(sector: str, risk: str) -> int:
    """The rating of a cell."""
    return int(CELLS[sector][risk]["rating"])


def test_the_sectors_are_the_twelve_and_the_baseline_in_order() -> None:
    """Both tables hold the same 24 sectors in the order that reports use."""
    assert list(SECTORS) == list(CELLS) == TWELVE + BASELINE


def test_exactly_the_twelve_are_at_high_risk() -> None:
    """The flag is set for the twelve of the Dutch list and for no other."""
    assert [key for key, row in SECTORS.items() if row["high_risk"] is True] == TWELVE
    assert [key for key, row in SECTORS.items() if row["high_risk"] is False] == BASELINE


@EACH_SECTOR
def test_a_sector_has_names_scope_and_codes(sector: str) -> None:
    """A sector has both names, a default scope with its reason, and a list for every scheme."""
    row = SECTORS[sector]
    assert set(row) == {
        "en", "nl", "high_risk", "default_scope", "scope_basis", "scope_reason", "aliases", "codes",
    }  # fmt: skip
    assert row["en"]
    assert row["nl"]
    assert row["default_scope"] in range(1, 6)
    assert row["scope_basis"] in {"judgement", "stated", "indicator"}
    assert row["scope_reason"].endswith(".")
    assert list(row["codes"]) == SCHEMES


@EACH_SECTOR
def test_aliases_are_lower_case_text(sector: str) -> None:
    """Every sector has aliases, and each is lower-case text (never a YAML boolean or number)."""
    aliases = SECTORS[sector]["aliases"]
    assert aliases
    assert [alias for alias in aliases if not isinstance(alias, str)] == []
    assert [alias for alias in aliases if alias != alias.lower().strip()] == []


def test_a_name_means_one_sector_only() -> None:
    """No key, name or alias stands for two sectors, and no alias is written twice."""
    owners: dict[str, set[str]] = {}
    for key, row in SECTORS.items():
        for text in (key, row["en"], row["nl"], *row["aliases"]):
            owners.setdefault(plain(text), set()).add(key)
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}
    written = Counter(alias for row in SECTORS.values() for alias in row["aliases"])
    assert [alias for alias, times in written.items() if times > 1] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_code_belongs_to_one_sector_and_has_digits_only(scheme: str) -> None:
    """Per scheme each code is written once, as text of digits and dots, two digits or more."""
    codes = [code for row in SECTORS.values() for code in row["codes"][scheme]]
    assert codes
    assert all(isinstance(code, str) for code in codes)
    assert [code for code in codes if not re.fullmatch(r"\d{2}[\d.]*", code)] == []
    assert [code for code, times in Counter(map(digits, codes)).items() if times > 1] == []


@pytest.mark.parametrize("scheme", ["nace", "nace2.1", "isic"])
def test_every_division_has_a_sector(scheme: str) -> None:
    """Every published two-digit division is found; 45 ended with NACE Rev. 2.1."""
    unused = {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89} | ({45} if scheme == "nace2.1" else set())
    found = {n for n in range(1, 100) if sector_of(scheme, f"{n:02}")}
    assert found == set(range(1, 100)) - unused


def test_every_goods_chapter_has_a_sector() -> None:
    """Every HS chapter is found, save 77 (reserved), 97, 98 and 99 (art, unspecified)."""
    found = {n for n in range(1, 100) if sector_of("hs", f"{n:02}")}
    assert found == set(range(1, 97)) - {77}


@pytest.mark.parametrize(
    ("scheme", "code", "sector"),
    [
        ("nace", "14.13", "textiles"),
        ("nace", "46", "wholesale"),
        ("nace", "46.41", "wholesale"),
        ("nace", "47.71", "retail"),
        ("nace", "08", "mining"),
        ("nace", "08.11", "construction"),
        ("nace", "09.10", "oil-gas"),
        ("nace", "03.11", "agriculture"),
        ("nace", "81.21", "cleaning-security"),
        ("nace", "81.30", "agriculture"),
        ("nace", "45.20", "other-services"),
        ("nace2.1", "95.31", "other-services"),
        ("isic", "0810", "construction"),
        ("isic", "3211", "metal-electronics"),
        ("cpv", "09331200", "energy"),
        ("cpv", "03400000", "wood-paper"),
        ("cpv", "79620000", "temp-agencies"),
        ("hs", "1801.00", "agriculture"),
        ("hs", "1806.32", "food"),
        ("hs", "8541.43", "energy"),
        ("hs", "85", "metal-electronics"),
        ("naics", "486110", "oil-gas"),
        ("naics", "484110", "transport"),
        ("unspsc", "43230000", "ict"),
        ("unspsc", "43210000", "metal-electronics"),
    ],
)
def test_the_longest_prefix_wins(scheme: str, code: str, sector: str) -> None:
    """A longer prefix overrides the division, and traders stay with trade."""
    assert sector_of(scheme, code) == sector


@EACH_CELL
def test_a_cell_is_complete(sector: str, risk: str) -> None:
    """A cell has its eight fields, a rating 1 to 5 and a reason that is one plain line."""
    cell = CELLS[sector][risk]
    assert list(CELLS[sector]) == list(RISKS)
    assert set(cell) == {
        "rating", "about", "aggravated", "aggravators", "basis", "reason", "sources",
    }  # fmt: skip
    assert type(cell["rating"]) is int
    assert cell["rating"] in range(1, 6)
    assert cell["about"] in {"own", "chain", "both"}
    assert re.fullmatch(r"[^\n]{20,}\.", cell["reason"])


@EACH_CELL
def test_a_cell_rests_on_something(sector: str, risk: str) -> None:
    """A judgement says so and why; any other basis names a source that exists."""
    cell = CELLS[sector][risk]
    judgement = cell["basis"] == "judgement"
    assert cell["basis"] in {"indicator", "stated", "judgement"}
    assert cell["reason"].startswith("Judgement: ") is judgement
    assert judgement or cell["sources"]
    assert [source for source in cell["sources"] if source not in SOURCES] == []
    assert len(set(cell["sources"])) == len(cell["sources"])


@EACH_CELL
def test_aggravators_are_known_for_the_risk_and_evidenced(sector: str, risk: str) -> None:
    """`aggravated` goes with aggravators of that risk, in sectors rated 5, never by judgement."""
    cell = CELLS[sector][risk]
    assert cell["aggravated"] is bool(cell["aggravators"])
    assert [a for a in cell["aggravators"] if a not in RISKS[risk]["aggravators"]] == []
    if cell["aggravated"]:
        assert cell["rating"] == 5
        assert cell["basis"] != "judgement"


def test_a_step_lower_is_never_hidden() -> None:
    """A cell that says "lower" is a statement, and says why it is."""
    lowered = [
        cell
        for row in CELLS.values()
        for cell in row.values()
        if re.search(r"steps? lower", cell["reason"])
    ]
    assert lowered
    assert [cell for cell in lowered if cell["basis"] != "stated"] == []
    assert [cell for cell in lowered if "lower here, since" not in cell["reason"]] == []


@EACH_SECTOR
def test_sectors_with_many_women_are_never_lowest_on_discrimination(sector: str) -> None:
    """No sector is rated 1 for discrimination: harassment is found everywhere."""
    assert rating(sector, "discrimination") >= 2


@pytest.mark.parametrize("sector", OFFICES)
def test_offices_stay_low_on_the_gravest_risks(sector: str) -> None:
    """Office sectors are not dragged up by what their clients do."""
    assert rating(sector, "forced-labour") == 1
    assert rating(sector, "child-labour") == 1
    assert rating(sector, "unsafe-work") <= 2


@pytest.mark.parametrize(
    ("risk", "higher", "lower"),
    [
        ("unsafe-work", "mining", "chemicals"),
        ("unsafe-work", "construction", "energy"),
        ("unsafe-work", "textiles", "retail"),
        ("child-labour", "agriculture", "food"),
        ("child-labour", "mining", "oil-gas"),
        ("child-labour", "textiles", "wood-paper"),
        ("forced-labour", "textiles", "chemicals"),
        ("forced-labour", "temp-agencies", "wholesale"),
        ("living-wage", "textiles", "metal-electronics"),
        ("living-wage", "hospitality", "oil-gas"),
        ("discrimination", "textiles", "construction"),
        ("excessive-hours", "metal-electronics", "chemicals"),
        ("job-insecurity", "temp-agencies", "finance"),
        ("freedom-of-association", "textiles", "energy"),
        ("human-rights", "mining", "retail"),
    ],
)
def test_the_order_is_what_a_practitioner_expects(risk: str, higher: str, lower: str) -> None:
    """Well-known differences between sectors show in the table."""
    assert rating(higher, risk) > rating(lower, risk)


def injury_band(ratio: float) -> int:
    """The band of an injury ratio, by the rule at the head of the table."""
    return 1 + sum(ratio >= cut for cut in INJURY_CUTS)


@pytest.mark.parametrize("sector", TWELVE + BASELINE)
def test_injury_ratings_follow_their_rule(sector: str) -> None:
    """An `indicator` cell on unsafe work is the mean band of the ratios in its own reason."""
    cell = CELLS[sector]["unsafe-work"]
    found = re.search(
        r"([\d.]+) times that of all activities, and ([\d.]+) times the non-fatal", cell["reason"]
    )
    if cell["basis"] != "indicator" or found is None:
        assert cell["basis"] == "stated" or sector in {"public-education-health", "other-services"}
        return
    total = sum(injury_band(float(ratio)) for ratio in found.groups())
    assert cell["rating"] == (total + 1) // 2


@pytest.mark.parametrize(
    ("risk", "what", "cuts"),
    [("child-labour", "child", (5, 20, 50)), ("forced-labour", "forced", (3, 10, 25))],
)
def test_listed_goods_follow_their_rule(risk: str, what: str, cuts: tuple[int, ...]) -> None:
    """An `indicator` cell on child or forced labour follows from the number of listed pairs."""
    checked = 0
    for row in CELLS.values():
        cell = row[risk]
        found = re.match(rf"(\d+) listed pairs .*?{what}|(\d+) listed pairs in", cell["reason"])
        if cell["basis"] != "indicator":
            continue
        assert found, cell["reason"]
        pairs = int(found[1] or found[2])
        assert cell["rating"] == 2 + sum(pairs >= cut for cut in cuts)
        checked += 1
    assert checked >= 6


def test_most_cells_rest_on_evidence() -> None:
    """Judgements stay the exception: fewer than one in four, one in five among the twelve."""
    bases = [CELLS[s][r]["basis"] for s in TWELVE + BASELINE for r in RISKS]
    twelve = [CELLS[s][r]["basis"] for s in TWELVE for r in RISKS]
    assert len(bases) == 216
    assert bases.count("judgement") < 216 / 4
    assert twelve.count("judgement") < 108 / 5

"""Write data/country_indicators.csv from a folder of published figures.

    python tools/build_country_indicators.py FOLDER

FOLDER holds `country/` and `goods/`, one CSV a series. Only series that rating_rules.yaml uses are
taken; the latest year of each country is kept. What is left out, and why, stands in the constants.
"""

from __future__ import annotations

import argparse
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pycountry

from imvo_scan.documents import strict_yaml
from imvo_scan.evidence.rating_rules import COLUMNS, Figure, load_rules
from imvo_scan.evidence.rule_rows import Indicator

DATA = Path(__file__).resolve().parents[1] / "data"
# A figure from before 2010 says little about a workplace today; it is left out, not aged.
OLDEST_YEAR = 2010
# A five-year mean that rests on one or two years is noise: single years jump by two classes.
FEWEST_YEARS = 3
CIRIGHTS_YEARS = range(2017, 2022)
TIERS = {"Tier 1": "1", "Tier 2": "2", "Tier 2 Watch List": "2.5", "Tier 3": "3"}
# 5+ is the publisher's own sixth class: no rule of law, so no rights to count.
ITUC_CLASSES = {**{str(n): str(n) for n in range(1, 6)}, "5+": "6"}


@dataclass(frozen=True, slots=True)
class Series:
    """A plain CSV with one value per country and year; `year` replaces a year that was lost."""

    indicator: str
    file: str
    year: str = ""
    codes: dict[str, str] | None = None


SERIES = (
    Series("vdem-civil-liberties", "vdem16_civil_liberties_human_rights"),
    Series("pts-state-terror", "pts_2018_2023"),
    Series("wgi-rule-of-law", "wgi_rule_of_law_2024"),
    Series(
        "vdem-no-forced-labour",
        "vdem16_freedom_from_forced_labour",
        year="2015-2025 (year not kept)",
    ),
    Series("sdg871-child-work", "un_sdg871_child_labour_economic_2020ed"),
    Series(
        "wdi-child-work",
        "wdi_children_in_employment_7_14_latest",
        year="2005-2016 (year not kept)",
    ),
    Series("wb-poverty-420", "wb_poverty_420_ppp2021"),
    Series("undp-gender-inequality", "undp_gender_inequality_index_2023"),
    Series(
        "vdem-egalitarian",
        "vdem_egalitarian_component_qog2025",
        year="2018-2024 (year not kept)",
    ),
    Series("wb-women-law", "wb_women_business_law_index_qog2025", year="2018-2024 (year not kept)"),
    Series("wb-poverty-830", "wb_poverty_830_ppp2021"),
    Series("ilo-mean-earnings", "ilostat_mean_monthly_earnings_ppp2021"),
    Series("ilo-fatal-injuries", "ilostat_fatal_injuries_best", year="2000-2024 (year not kept)"),
    Series(
        "ilo-labour-inspectors",
        "ilostat_labour_inspectors_latest",
        year="2010-2024 (year not kept)",
    ),
    Series("ilo-over-48-hours", "ilostat_share_over_48h_2020ed"),
    Series("ilo-mean-hours", "ilostat_mean_weekly_hours"),
    Series("ilo-informal", "ilostat_informal_employment_best", year="2009-2025 (year not kept)"),
    Series("ilo-self-employed", "ilo_self_employed_share_modelled"),
    Series("ilo-social-protection", "ilo_social_protection_coverage_2020ed"),
    Series("ituc-rights-rating", "ituc_global_rights_index_2026", codes=ITUC_CLASSES),
    Series(
        "sdg882-labour-rights", "ilo_sdg882_labour_rights_latest", year="2015-2022 (year not kept)"
    ),
)
CIRIGHTS = {
    "cirights-forced-labour": "force_p",
    "cirights-child-labour": "child_p",
    "cirights-women-economic": "wecon",
    "cirights-minimum-wage": "wage_p",
    "cirights-safety": "safe_p",
    "cirights-hours": "hour_p",
    "cirights-unions": "union_p",
    "cirights-bargaining": "barg_p",
}
CONVENTIONS = {
    "ilo-c29-c105-missing": ("C029", "C105"),
    "ilo-c138-c182-missing": ("C138", "C182"),
    "ilo-c100-c111-missing": ("C100", "C111"),
    "ilo-c155-c187-missing": ("C155", "C187"),
    "ilo-c87-c98-missing": ("C087", "C098"),
}
LISTED = {"dol-goods-child-labour": "child_labour", "dol-goods-forced-labour": "forced_labour"}

Row = dict[str, str]
Found = Iterator[tuple[str, str, str, str]]


def main() -> None:
    """Write the table, or say what stops it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder with country/ and goods/")
    parser.add_argument("--output", type=Path, default=DATA / "country_indicators.csv")
    arguments = parser.parse_args()
    text = build(arguments.folder)
    arguments.output.write_text(text, encoding="utf-8", newline="")
    print(f"{arguments.output}: {text.count(chr(10)) - 1} figures")


def build(folder: Path) -> str:
    """The whole table as text, sorted by country and indicator."""
    known = load_rules(DATA / "rating_rules.yaml").known_indicators()
    rows = [
        _figure(found, known[found[1]])
        for collect in COLLECTORS
        for found in collect(folder)
        if found[1] in known
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in sorted(rows, key=lambda r: (r.country, r.indicator)):
        value = format(row.value.normalize(), "f")
        writer.writerow([row.country, row.indicator, value, row.unit, row.year, row.source])
    return out.getvalue()


def _figure(found: tuple[str, str, str, str], indicator: Indicator) -> Figure:
    country, name, value, year = found
    return Figure(country, name, Decimal(value), indicator.unit, year, indicator.source)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _alpha2(alpha3: str) -> str:
    if alpha3 == "XKX":
        return "XK"
    country: Any = pycountry.countries.get(alpha_3=alpha3)
    if country is None:
        raise SystemExit(f"{alpha3} is no ISO 3166-1 code")
    return str(country.alpha_2)


def _series(folder: Path) -> Found:
    for series in SERIES:
        latest: dict[str, Row] = {}
        for row in _rows(folder / "country" / f"{series.file}.csv"):
            held = latest.get(row["iso3"])
            if _number(series, row) and (held is None or row["year"] > held["year"]):
                latest[row["iso3"]] = row
        for code, row in latest.items():
            yield _alpha2(code), series.indicator, _value(series, row), _year(series, row)


def _number(series: Series, row: Row) -> bool:
    """Whether a row holds a usable number from a usable year."""
    if row["year"].isdigit() and int(row["year"]) < OLDEST_YEAR:
        return False
    try:
        return Decimal(_value(series, row)).is_finite()
    except InvalidOperation:
        return False


def _value(series: Series, row: Row) -> str:
    return (series.codes or {}).get(row["value"], row["value"])


def _year(series: Series, row: Row) -> str:
    """The year, unless the file does not know it; a year that is a number is one that is known."""
    known = row["year"].isdigit() and series.indicator != "vdem-no-forced-labour"
    if known:
        return row["year"]
    return series.year or _span(row["year"])


def _span(text: str) -> str:
    """`latest 2007-2020` is a span in which the year of each country was lost."""
    return f"{text.removeprefix('latest').strip()} (year not kept)"


def _cirights(folder: Path) -> Found:
    yearly = _rows(folder / "country" / "cirights_v2_2010_2021.csv")
    for row in _rows(folder / "country" / "cirights_v2_mean_2017_2021.csv"):
        own = [y for y in yearly if y["iso3"] == row["iso3"] and int(y["year"]) in CIRIGHTS_YEARS]
        for indicator, column in CIRIGHTS.items():
            years = [y["year"] for y in own if y[column]]
            if row[column] and len(years) >= FEWEST_YEARS:
                span = f"{min(years)}-{max(years)} (mean)"
                yield _alpha2(row["iso3"]), indicator, row[column], span


def _tiers(folder: Path) -> Found:
    for row in _rows(folder / "goods" / "us_tip_tiers_2025.csv"):
        yield _alpha2(row["iso3"]), "tip-tier", TIERS[row["tier"]], row["year"]


def _child_work(folder: Path) -> Found:
    """Shares from national surveys. Without an age range the cell holds something else."""
    for row in _rows(folder / "goods" / "ilab_country_profiles_2022.csv"):
        share = row["child_work_share"]
        if row["child_work_age_range"] and share not in {"", "Unavailable", "Unknown", "N/A"}:
            value = str(Decimal(share) * 100)
            yield _alpha2(row["iso3"]), "ilab-child-work", value, "2005-2022 (year not kept)"


def _inspectors(folder: Path) -> Found:
    """Whether the number of inspectors meets what the ILO advises; unknown is left out."""
    for row in _rows(folder / "goods" / "ilab_country_profiles_2022.csv"):
        answer = {"Yes": "1", "No": "0"}.get(row["enf_Labor_Inspectors_Intl_Standards"])
        if answer:
            yield _alpha2(row["iso3"]), "ilab-inspectors-enough", answer, "2022"


def _conventions(folder: Path) -> Found:
    """How many of a pair of conventions are not in force; a denounced one is not."""
    for row in _rows(folder / "goods" / "ilo_core_conventions_2026.csv"):
        for indicator, pair in CONVENTIONS.items():
            missing = sum(not row[name].isdigit() for name in pair)
            yield row["country_iso"], indicator, str(missing), "2026"


def _listed(folder: Path) -> Found:
    """How many goods of a country the US Department of Labor lists, with known faults mended."""
    rows = _amended(
        _rows(folder / "goods" / "ilab_tvpra_goods_2022.csv"),
        folder / "goods" / "ilab_tvpra_amendments.yaml",
    )
    for indicator, column in LISTED.items():
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["iso3"]] = counts.get(row["iso3"], 0) + (row[column] == "Yes")
        for code, count in counts.items():
            if count:
                yield _alpha2(code), indicator, str(count), "2022"


def _amended(rows: list[Row], path: Path) -> list[Row]:
    data: Any = strict_yaml.load(path).data
    gone = {(e["good"], e["iso3"]) for e in data["edition_2024_confirmed_only"]["removed"]}
    mended = {(e["good"], e["iso3"]): e for e in data["error_in_app_file"]}
    for row in rows:
        key = row["good"], row["iso3"]
        if key in mended:
            row[mended[key]["field"]] = mended[key]["should_be"]
        if key in gone:
            row["child_labour"] = "No"  # what was removed; forced labour of the good stays listed
    return rows


COLLECTORS = (_series, _cirights, _tiers, _child_work, _inspectors, _conventions, _listed)

if __name__ == "__main__":
    main()

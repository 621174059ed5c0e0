"""Write data/goods_risks.yaml from goods.yaml, goods_listings.csv, goods_areas.csv and amendments.

    python tools/build_goods_risks.py [--check] [FOLDER]

With `--check` nothing is written: exit 1 where the file in data/ is not what its sources give. With
FOLDER, which holds the published lists, the two CSV files are compared with those first.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pycountry

from imvo_scan import strict_yaml
from imvo_scan.evidence.goods import EVERY_REGION

DATA = Path(__file__).resolve().parents[1] / "data"
TABLE = "goods_risks.yaml"
LISTINGS = "goods_listings.csv"
AREAS = "goods_areas.csv"
DOL = "dol-goods-2022"
CAHRA = "eu-cahra-2026-06"
LISTING_COLUMNS = (
    "good",
    "country",
    "child_labour",
    "forced_labour",
    "forced_child_labour",
    "downstream_only",
    "input_country",
    "edition",
    "source",
)
AREA_COLUMNS = ("source", "country", "region_code", "region")
_HEAD = """\
# Goods that are listed for a risk in a country. Written by tools/build_goods_risks.py: change
# goods.yaml, goods_amendments.yaml or the two CSV files, not this file.
#
# A listing: `good country: risk (details), risk`. Details: an aggravator, `removed` with the
# edition that dropped it (shown, not counted), `via` with the input that the listing comes from.
# Areas: a code and the names of a region. A listing says nothing of one supplier; absence from a
# list is no clean bill."""

Row = dict[str, str]


def main() -> None:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("folder", nargs="?", type=Path, help="the published lists")
    arguments = parser.parse_args()
    if arguments.folder is not None:
        for name, text in published(arguments.folder).items():
            compare(DATA / name, text)
    path = DATA / TABLE
    if arguments.check:
        compare(path, build())
    else:
        path.write_text(build(), encoding="utf-8", newline="")


def compare(path: Path, text: str) -> None:
    """Leave with exit 1 where a file is not `text`."""
    if path.read_bytes() != text.encode():
        raise SystemExit(f"{path} is not what its sources give")


# -- the table ------------------------------------------------------------------------------------


def build(data: Path = DATA) -> str:
    """The text of goods_risks.yaml."""
    amendments: Any = strict_yaml.load(data / "goods_amendments.yaml").data
    rows = corrected(read(data / LISTINGS, LISTING_COLUMNS), amendments["corrections"])
    listings = dol_lines(rows, listed_as(data), amendments)
    regions = read(data / AREAS, AREA_COLUMNS)
    codes = {row["country"] for row in rows} | {row["country"] for row in regions}
    lines = [
        _HEAD,
        "lists:",
        *(f"  {key}: {flow(entry)}" for key, entry in amendments["lists"].items()),
        "countries:",
        *(f"  {code}: {quoted(name)}" for code, name in country_names(data, codes)),
        "listings:",
        f"  {DOL}:",
        *(f"    {key}: {text}" for key, text in sorted(listings.items())),
        "areas:",
        *area_lines(amendments["areas"], regions),
        "added_without_country:",
        *(f"  {key}: {flow(value)}" for key, value in amendments["added_without_country"].items()),
    ]
    return "\n".join(lines) + "\n"


def listed_as(data: Path = DATA) -> dict[str, str]:
    """The good that each name of the published list is folded into."""
    goods: Any = strict_yaml.load(data / "goods.yaml").data
    return {
        name: key for key, entry in goods["goods"].items() for name in entry.get("listed_as") or ()
    }


def corrected(rows: list[Row], corrections: list[Any]) -> list[Row]:
    """The rows with written corrections made; one that fits no single row is refused."""
    for correction in corrections:
        fitting = [r for r in rows if all(r[k] == correction[k] for k in ("good", "country"))]
        if len(fitting) != 1:
            raise SystemExit(f"correction of {correction['good']} fits {len(fitting)} rows")
        fitting[0].update(correction["set"])
    return rows


def dol_lines(
    rows: list[Row], goods: Mapping[str, str], amendments: Mapping[str, Any]
) -> dict[str, str]:
    """One line a good x country: its risks with their details."""
    lines: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        key = f"{goods[_nfc(row['good'])]} {row['country']}"
        line = lines.setdefault(key, {})
        for risk, details in _risks(row, amendments):
            kept = line.setdefault(risk, [])
            kept += [one for one in details if one not in kept]
    return {
        key: ", ".join(
            f"{risk} ({'; '.join(d)})" if d else risk for risk, d in sorted(line.items())
        )
        for key, line in lines.items()
    }


def _risks(row: Row, amendments: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The risks of one row. Forced child labour is both, and the worst form of child labour."""
    here = (_nfc(row["good"]), row["country"])
    if row["downstream_only"] == "yes":
        for group in amendments["downstream"]:
            if here[0] in group["goods"] and here[1] == group["country"]:
                via = f"via {group['input']['good']} {group['input']['country']}"
                yield from ((risk, [via]) for risk in group["risks"])
        return
    forced_child = row["forced_child_labour"] == "yes"
    if row["child_labour"] == "yes" or forced_child:
        worst = ["worst-form"] if forced_child else []
        yield "child-labour", worst + _removed(here, "child-labour", amendments)
    if row["forced_labour"] == "yes" or forced_child:
        yield "forced-labour", _removed(here, "forced-labour", amendments)


def _removed(here: tuple[str, str], risk: str, amendments: Mapping[str, Any]) -> list[str]:
    return [
        f"removed {entry['edition']}"
        for entry in amendments["removed"]
        if (entry["good"], entry["country"], entry["risk"]) == (*here, risk)
    ]


def area_lines(areas: Mapping[str, Any], rows: list[Row]) -> Iterator[str]:
    """The lists of areas: their goods, and the regions of each country once."""
    for source, entry in areas.items():
        yield f"  {source}:"
        yield f"    risk: {entry['risk']}"
        yield f"    goods: {flow(entry['goods'])}"
        for key in ("judgement", "note"):
            if key in entry:
                yield f"    {key}: {flow(entry[key])}"
        yield "    countries:"
        own = [row for row in rows if row["source"] == source]
        for code in sorted({row["country"] for row in own}):
            yield f"      {code}: {_regions(entry, [r for r in own if r['country'] == code])}"


def _regions(entry: Mapping[str, Any], rows: list[Row]) -> str:
    if rows[0]["country"] in (entry.get("every_region") or ()) or not rows[0]["region_code"]:
        return EVERY_REGION
    other = entry.get("other_names") or {}
    texts = (
        f"{row['region_code']} {' / '.join((row['region'], *other.get(row['region_code'], ())))}"
        for row in rows
    )
    return flow(list(texts))


# -- the published lists --------------------------------------------------------------------------


def published(folder: Path) -> dict[str, str]:
    """The text of the two CSV files as the published lists give it."""
    return {LISTINGS: _published_listings(folder), AREAS: _published_areas(folder)}


def _published_listings(folder: Path) -> str:
    rows = read(folder / "ilab_tvpra_goods_2022.csv")
    names = {row["country"]: row["iso3"] for row in rows}
    flags = ("child_labour", "forced_labour", "forced_child_labour", "downstream_only")
    return _csv(
        LISTING_COLUMNS,
        (
            (
                row["good"],
                alpha2(row["iso3"]),
                *(row[flag].lower() for flag in flags),
                alpha2(names[row["input_country"]]) if row["input_country"] else "",
                "2022",
                DOL,
            )
            for row in rows
        ),
    )


def _published_areas(folder: Path) -> str:
    rows = read(folder / "eu_cahra_2026-06.csv")
    eu = ((CAHRA, alpha2(r["iso3"]), r["region_code"], " ".join(r["region"].split())) for r in rows)
    return _csv(AREA_COLUMNS, (*eu, ("uflpa-priority-sectors-2025", "CN", "CN-XJ", "Xinjiang")))


def alpha2(alpha3: str) -> str:
    """The ISO 3166-1 alpha-2 code of an alpha-3 one."""
    return str(pycountry.countries.lookup(alpha3).alpha_2)


# -- text -----------------------------------------------------------------------------------------


def read(path: Path, columns: tuple[str, ...] | None = None) -> list[Row]:
    """The rows of a CSV file; another header than the one wanted is refused."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        if columns is not None and tuple(reader.fieldnames or ()) != columns:
            raise SystemExit(f"{path}: the header must be {','.join(columns)}")
        return list(reader)


def _csv(columns: tuple[str, ...], rows: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def country_names(data: Path, codes: set[str]) -> Iterator[tuple[str, str]]:
    """The English names of countries, in order of code."""
    table: Any = strict_yaml.load(data / "countries.yaml").data
    for code in sorted(codes):
        yield code, table["countries"][code]["en"]


def quoted(text: str) -> str:
    """A text as YAML reads it back."""
    return json.dumps(text, ensure_ascii=False)


def flow(value: Any) -> str:
    """A list or mapping of texts on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    return quoted(value)


def _nfc(text: str) -> str:
    """Composed letters: the published list writes some accents apart."""
    return unicodedata.normalize("NFC", text)


if __name__ == "__main__":
    main()

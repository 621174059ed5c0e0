"""The goods listings rebuilt from the published rows, the words and the amendments (METHOD 3)."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

from imvo_scan.core.data_dir import Folder, TextFile
from imvo_scan.core.errors import EvidenceError, Problem
from imvo_scan.core.message import message
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence.goods import EVERY_REGION

GOODS_TABLE = "goods_risks.yaml"
GOODS_LISTINGS = "goods_listings.csv"
GOODS_AREAS = "goods_areas.csv"
AMENDMENTS = "goods_amendments.yaml"
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


def render_goods_risks(data: Folder) -> str:
    """The text of goods_risks.yaml."""
    amendments: Any = _loaded(data / AMENDMENTS)
    rows = corrected(read(data / GOODS_LISTINGS, LISTING_COLUMNS), amendments["corrections"])
    listings = dol_lines(rows, listed_as(data), amendments)
    regions = read(data / GOODS_AREAS, AREA_COLUMNS)
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


def listed_as(data: Folder) -> dict[str, str]:
    """The good that each name of the published list is folded into."""
    goods: Any = _loaded(data / "goods.yaml")
    return {
        name: key for key, entry in goods["goods"].items() for name in entry.get("listed_as") or ()
    }


def corrected(rows: list[Row], corrections: list[Any]) -> list[Row]:
    """The rows with written corrections made.

    Raises `EvidenceError` where one does not fit a single row.
    """
    for correction in corrections:
        fitting = [r for r in rows if all(r[k] == correction[k] for k in ("good", "country"))]
        if len(fitting) != 1:
            good = correction["good"]
            what = message("evidence.correction-fits", n=len(fitting), good=repr(good))
            raise EvidenceError([Problem(AMENDMENTS, 0, 0, what)])
        fitting[0].update(correction["set"])
    return rows


def dol_lines(
    rows: list[Row], goods: Mapping[str, str], amendments: Mapping[str, Any]
) -> dict[str, str]:
    """One line a good x country: its risks with their details.

    Raises `EvidenceError` for names that no good is listed as.
    """
    unknown = sorted({_nfc(row["good"]) for row in rows} - goods.keys())
    if unknown:
        whats = [message("evidence.listed-as-no-good", name=repr(name)) for name in unknown]
        raise EvidenceError([Problem(GOODS_LISTINGS, 0, 0, what) for what in whats])
    lines: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        key = f"{goods[_nfc(row['good'])]} {row['country']}"
        line = lines.setdefault(key, {})
        for risk, details in _risks(row, amendments):
            known = line.setdefault(risk, [])
            known += [one for one in details if one not in known]
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


def read(file: TextFile, columns: tuple[str, ...] | None = None) -> list[Row]:
    """The rows of a CSV file. Raises `EvidenceError` for another header than the one wanted."""
    with StringIO(file.read_bytes().decode("utf-8-sig"), newline="") as handle:
        reader = csv.DictReader(handle)
        if columns is not None and tuple(reader.fieldnames or ()) != columns:
            what = message("evidence.header", columns=",".join(columns))
            raise EvidenceError([Problem(str(file), 1, 1, what)])
        return list(reader)


def _loaded(file: TextFile) -> Any:
    return strict_yaml.load_bytes(file.read_bytes(), str(file)).data


def country_names(data: Folder, codes: set[str]) -> Iterator[tuple[str, str]]:
    """The English names of countries, in order of code."""
    table: Any = _loaded(data / "countries.yaml")
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

"""Write data/goods_risks.yaml from goods.yaml, goods_listings.csv, goods_areas.csv and amendments.

    python tools/build_goods_risks.py [--check] [FOLDER]

With `--check` nothing is written: exit 1 where the file in data/ is not what its sources give. With
FOLDER, which holds the published lists, the two CSV files are compared with those first.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from typing import Any

import pycountry

from imvo_scan.evidence.goods_build import (
    AREA_COLUMNS,
    CAHRA,
    DOL,
    GOODS_AREAS,
    GOODS_LISTINGS,
    GOODS_TABLE,
    LISTING_COLUMNS,
    read,
    render_goods_risks,
)

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    parser.add_argument("folder", nargs="?", type=Path, help="the published lists")
    arguments = parser.parse_args()
    if arguments.folder is not None:
        for name, text in published(arguments.folder).items():
            compare(DATA / name, text)
    path = DATA / GOODS_TABLE
    if arguments.check:
        compare(path, render_goods_risks(DATA))
    else:
        path.write_text(render_goods_risks(DATA), encoding="utf-8", newline="")


def compare(path: Path, text: str) -> None:
    """Leave with exit 1 where a file is not `text`."""
    if path.read_bytes() != text.encode():
        raise SystemExit(f"{path} is not what its sources give")


def published(folder: Path) -> dict[str, str]:
    """The text of the two CSV files as the published lists give it."""
    return {GOODS_LISTINGS: _published_listings(folder), GOODS_AREAS: _published_areas(folder)}


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


def _csv(columns: tuple[str, ...], rows: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    main()

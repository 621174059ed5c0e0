"""Lists of 100,000 rows, imported, scanned and exported: the time and the memory of each step.

    python benchmarks/lists.py [--rows N] [--rounds N]

Memory is the peak of the whole process. Read the ratio to the scan of the converted YAML.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

PYTHON = sys.executable
HEADER = (
    "Vendor ID",
    "Factory Name",
    "Address",
    "City",
    "Country",
    "Sector",
    "Product Type",
    "Total Workers",
    "Tier",
    "Annual Spend",
)
COUNTRIES = ("Bangladesh", "India", "China", "Viet Nam", "Nederland", "KH", "GTM", "Türkiye")
SECTORS = ("Apparel", "Food", "Farming", "Electronics", "Chemicals")
WORKERS = (20, 150, 800, 4000, 12000)
MEASURE = (
    "import resource, subprocess, sys\n"
    "nowhere = subprocess.DEVNULL\n"
    "subprocess.run(sys.argv[1:], check=True, stdout=nowhere, stderr=nowhere)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def main() -> None:
    """Make the lists and measure every step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lists = [_csv(folder / "list.csv", asked.rows), _xlsx(folder / "list.xlsx", asked.rows)]
        out = folder / "out.csv"
        inventory = folder / "chain.yaml"
        for file in lists:
            _report(f"{file.name}: scan, all findings as CSV", _scan(file, out), asked.rounds)
            convert = ["convert", "--force", str(file), "-o", str(inventory)]
            _report(f"{file.name}: convert to YAML", convert, asked.rounds)
        _report("chain.yaml: scan, all findings as CSV", _scan(inventory, out), asked.rounds)


def _scan(file: Path, out: Path) -> list[str]:
    return [str(file), "--all", "-o", f"csv={out}"]


def rows(count: int) -> Iterator[tuple[str | int, ...]]:
    """Always the same rows for the same count."""
    chance = random.Random(count)
    for number in range(count):
        yield (
            f"V{number:06d}",
            f"Supplier {number} Manufacturing Co., Ltd",
            f"{number} Industrial Road, Zone {number % 97}",
            "Some City",
            chance.choice(COUNTRIES),
            chance.choice(SECTORS),
            "Shirts, trousers",
            chance.choice(WORKERS),
            chance.randint(1, 4),
            chance.randint(1000, 900_000),
        )


def _csv(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADER, *rows(count)])
    return path


def _xlsx(path: Path, count: int) -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Suppliers")
    for number, row in enumerate([HEADER, *rows(count)]):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def _report(name: str, arguments: list[str], rounds: int) -> None:
    times, memory = [], 0
    for _ in range(rounds):
        start = time.perf_counter()
        command = [PYTHON, "-c", MEASURE, PYTHON, "-m", "imvo_scan", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        times.append(time.perf_counter() - start)
        memory = max(memory, int(done.stdout))
    mebibytes = memory * (1 if sys.platform == "darwin" else 1024) / 2**20
    print(f"{name}: {statistics.median(times):.1f} s, peak {mebibytes:.0f} MiB")


if __name__ == "__main__":
    main()

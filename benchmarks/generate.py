"""Make an inventory of N suppliers, always the same for the same N.

python benchmarks/generate.py 10000 > suppliers.yaml
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator

COUNTRIES = ("BD", "IN", "China", "VN", "NL", "DE", "KH", "GT", "ID", "TR")
SECTORS = ("textiles", "food", "agriculture", "metal-electronics", "chemicals")
WORKERS = (20, 150, 800, 4000, 12000)
FLAGS = ("agency-labour", "rush-orders")


def suppliers(count: int) -> Iterator[str]:
    """The lines of the inventory: about 200 bytes and 25 parser events a supplier."""
    chance = random.Random(count)
    yield "imvo: 1\ncompany: {name: Synthetic Buyer, country: NL, sector: retail}\nsuppliers:\n"
    for number in range(count):
        yield (
            f"  - id: s{number:06d}\n"
            f'    name: "Supplier {number} Manufacturing Co., Ltd"\n'
            f"    country: {chance.choice(COUNTRIES)}\n"
            f"    sector: {chance.choice(SECTORS)}\n"
            f"    tier: {chance.randint(1, 4)}\n"
            f"    workers: {chance.choice(WORKERS)}\n"
            f"    spend: {chance.randint(1000, 900000)}\n"
            f"    goods: [shirts, trousers]\n"
            f"    flags: [{chance.choice(FLAGS)}]\n"
        )


if __name__ == "__main__":
    sys.stdout.writelines(suppliers(int(sys.argv[1])))

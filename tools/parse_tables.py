"""Write data/parsed.json, the tables as they are parsed; do it after any change of a table.

python tools/parse_tables.py [--check]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from imvo_scan.parsed import PARSED, render_parsed

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    """Write the file, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        (DATA / PARSED).write_text(render_parsed(DATA), encoding="utf-8", newline="")
    elif (DATA / PARSED).read_text(encoding="utf-8") != render_parsed(DATA):
        raise SystemExit("data/parsed.json is old: run python tools/parse_tables.py")


if __name__ == "__main__":
    main()

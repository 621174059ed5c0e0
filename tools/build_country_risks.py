"""Write data/country_risks.yaml from country_indicators.csv and rating_rules.yaml.

    python tools/build_country_risks.py [--check]

With `--check` nothing is written: exit 1 where the file in data/ is not what the rule gives.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from imvo_scan.documents import strict_yaml
from imvo_scan.evidence.rating_rules import (
    FIGURES_FILE,
    RULES_FILE,
    derive_all,
    load_figures,
    load_rules,
    render_country_risks,
)

DATA = Path(__file__).resolve().parents[1] / "data"


def main() -> None:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    path = DATA / "country_risks.yaml"
    text = build()
    if not arguments.check:
        path.write_text(text, encoding="utf-8", newline="")
    elif path.read_text(encoding="utf-8") != text:
        raise SystemExit(f"{path} is not what the rule gives: run tools/build_country_risks.py")


def build(data: Path = DATA) -> str:
    """The text of country_risks.yaml."""
    names = country_names(data)
    rules = load_rules(data / RULES_FILE)
    figures = load_figures(data / FIGURES_FILE)
    return render_country_risks(rules, derive_all(rules, figures, sorted(names)), names)


def country_names(data: Path = DATA) -> dict[str, str]:
    """The English name of every country, by code."""
    table: Any = strict_yaml.load(data / "countries.yaml").data
    return {code: entry["en"] for code, entry in table["countries"].items()}


if __name__ == "__main__":
    main()

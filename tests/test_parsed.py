"""The tables as parsed before: the same values, and never those of another text."""

from __future__ import annotations

from pathlib import Path

import pytest

from imvo_scan import strict_yaml
from imvo_scan.parsed import PARSED, load_table, render_parsed
from tests.conftest import ROOT

DATA = ROOT / "data"


def test_the_parsed_tables_are_those_of_today() -> None:
    """parsed.json is what the tables give."""
    assert (DATA / PARSED).read_text(encoding="utf-8") == render_parsed(DATA)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.name)
def test_a_table_reads_the_same_either_way(path: Path) -> None:
    """The same values and the same places as by parsing."""
    quick, slow = load_table(path), strict_yaml.load(path)
    assert quick.data == slow.data
    assert quick.positions == slow.positions


@pytest.mark.parametrize("parsed", [None, "{", "[]", "{}"])
def test_a_changed_table_is_parsed(tmp_path: Path, parsed: str | None) -> None:
    """Also where parsed.json is missing, damaged or about something else."""
    (tmp_path / "a.yaml").write_text("a: 1\n")
    text = render_parsed(tmp_path) if parsed is None else parsed
    (tmp_path / PARSED).write_text(text)
    (tmp_path / "a.yaml").write_text("a: 2\n")
    assert load_table(tmp_path / "a.yaml").data == {"a": "2"}

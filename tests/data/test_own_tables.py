"""Tables that a user brings with --data: whatever stands in them, our own error says where."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.data_dir import data_directory
from imvo_scan.core.errors import ImvoScanError
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import load_evidence

PLACES = [
    ("sectors.yaml", ("textiles",)),
    ("sectors.yaml", ("textiles", "aliases")),
    ("sectors.yaml", ("textiles", "codes")),
    ("sectors.yaml", ("textiles", "codes", "isic")),
    ("countries.yaml", ("countries", "BD")),
    ("countries.yaml", ("countries", "BD", "alpha3")),
    ("countries.yaml", ("countries", "BD", "aliases")),
    ("countries.yaml", ("ambiguous",)),
    ("countries.yaml", ("partner_unions",)),
    ("controls.yaml", ("controls", "collective-agreement")),
    ("controls.yaml", ("controls", "collective-agreement", "basis")),
    ("risks.yaml", ("forced-labour", "aggravators")),
    ("risks.yaml", ("forced-labour", "norms")),
    ("sector_risks.yaml", ("construction", "forced-labour", "basis")),
]
WRONG = [[["x"]], [None], [{"a": "b"}]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tables, to change."""
    return Path(shutil.copytree(data_directory(), tmp_path_factory.mktemp("own") / "data"))


def put(node: Any, place: tuple[str, ...], value: Any) -> Any:
    """The same values with another one at a place."""
    if not place:
        return value
    return {**node, place[0]: put(node.get(place[0], {}), place[1:], value)}


@pytest.mark.parametrize("value", WRONG, ids=json.dumps)
@pytest.mark.parametrize(("name", "place"), PLACES, ids=lambda one: str(one)[-40:])
def test_a_value_of_another_shape_is_refused(
    folder: Path, name: str, place: tuple[str, ...], value: Any
) -> None:
    """It is named with its file and line, and is never a fault in the tool."""
    table = folder / name
    before = table.read_bytes()
    data = put(strict_yaml.load_bytes(before, name).data, place, value)
    table.write_text(json.dumps(data), encoding="utf-8")
    try:
        with pytest.raises(ImvoScanError) as refusal:
            load_evidence(folder)
    finally:
        table.write_bytes(before)
    assert all(one.file == str(table) and one.line for one in refusal.value.problems)

"""The published schemas and our own readers agree, on a corpus of good and bad files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from imvo_scan.cli.schema import HOMES, Schema
from imvo_scan.core.errors import ImvoScanError
from imvo_scan.gate import read_baseline, read_waivers
from imvo_scan.inventory import read_inventory
from imvo_scan.settings.file import read_settings
from tests.conftest import ROOT

CORPUS = Path(__file__).parent / "schemas"
READERS: dict[Schema, Callable[[Path], object]] = {
    Schema.INVENTORY: read_inventory,
    Schema.CONFIG: read_settings,
    Schema.WAIVERS: read_waivers,
    Schema.BASELINE: read_baseline,
}
CASES = sorted((kind, path) for kind in READERS for path in (CORPUS / kind.value).rglob("*.*"))
EXAMPLES = [ROOT / "examples" / "chain.yaml", *(ROOT / "examples" / "cases").glob("x*[a-z].yaml")]


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every schema as `imvo-scan schema NAME` prints it."""
    folder = tmp_path_factory.mktemp("schemas")
    for kind, home in HOMES.items():
        text = json.dumps(import_module(home).json_schema())
        (folder / f"{kind.value}.json").write_text(text, encoding="utf-8")
    return folder


def schema_accepts(schemas: Path, kind: Schema, path: Path) -> bool:
    """What check-jsonschema, another implementation, says of a file."""
    arguments = ["--schemafile", str(schemas / f"{kind.value}.json"), str(path)]
    command = [str(Path(sys.executable).parent / "check-jsonschema"), *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def we_accept(kind: Schema, path: Path) -> bool:
    """What our own reader says of it."""
    try:
        READERS[kind](path)
    except ImvoScanError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "path"),
    CASES,
    ids=[f"{kind.value}/{path.parent.name}/{path.name}" for kind, path in CASES],
)
def test_schema_and_reader_agree(schemas: Path, kind: Schema, path: Path) -> None:
    """A good file is good to both, a bad one bad to both."""
    wanted = path.parent.name == "good"
    assert we_accept(kind, path) is wanted
    assert schema_accepts(schemas, kind, path) is wanted


@pytest.mark.parametrize(
    "path", [p for p in EXAMPLES if ".expect" not in p.name], ids=lambda p: p.name
)
def test_every_example_fits_the_schema(schemas: Path, path: Path) -> None:
    """The examples are good to both."""
    assert we_accept(Schema.INVENTORY, path)
    assert schema_accepts(schemas, Schema.INVENTORY, path)


def test_each_format_has_good_and_bad_files() -> None:
    """The corpus speaks of every format that people write."""
    for kind in READERS:
        kinds = {path.parent.name for of, path in CASES if of is kind}
        assert kinds == {"good", "bad"}

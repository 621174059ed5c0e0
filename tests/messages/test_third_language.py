"""A third language is one file: nothing else names the languages there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imvo_scan.core.language import CATALOGUES
from imvo_scan.documents import strict_yaml
from tests.conftest import ROOT
from tests.messages.dutch_cases import EXAMPLE, GAPS, HEAD, MILL, WAIVERS
from tests.messages.english import english_in, lines_with, names_in_english, ours, quoted_in, quotes
from tests.messages.test_catalogues import ENGLISH, pseudo_catalogue
from tools.compile_catalogues import compiled

LANGUAGE = "eo"
OPEN, CLOSE = "⟦", "⟧"
EXAMPLE_TEXTS = quotes(quoted_in(strict_yaml.load(EXAMPLE).data))
COMMANDS = [
    "--help",
    "help scan",
    "help convert",
    "scan example.yaml --today 2026-11-25",
    "scan example.yaml --today 2026-11-25 -o markdown --by site",
    "scan one.yaml --waivers waivers.yaml --fail-on P1 --today 2026-11-25",
    "scan lijst.csv --today 2026-11-25",
    "scan broken.yaml",
    "scan nergens.yaml",
    "explain example.yaml cmt-dhaka --today 2026-11-25",
    "chain example.yaml --by country --today 2026-11-25",
    "plan example.yaml --today 2026-11-25",
    "steps example.yaml --today 2026-11-25",
    "diff one.yaml example.yaml --today 2026-11-25",
    "labels SA8000",
    "lookup BD --sector textiles",
    "data",
]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one more catalogue beside the others, and nothing else changed."""
    folder = tmp_path_factory.mktemp("program")
    package = folder / "imvo_scan"
    shutil.copytree(
        ROOT / "src" / "imvo_scan", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "data", package / "data")
    path = package / CATALOGUES.relative_to(ROOT / "src" / "imvo_scan") / f"{LANGUAGE}.po"
    path.write_text(pseudo_catalogue(ENGLISH, OPEN, CLOSE), encoding="utf-8")
    path.with_suffix(".mo").write_bytes(compiled(path))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with what the commands read."""
    (tmp_path / "example.yaml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "one.yaml").write_text(MILL, encoding="utf-8")
    (tmp_path / "waivers.yaml").write_text(WAIVERS, encoding="utf-8")
    (tmp_path / "lijst.csv").write_text(GAPS, encoding="utf-8")
    broken = HEAD + "  - {id: mo, naam: Moulin, country: Kongo, workers: 12.000}\n"
    (tmp_path / "broken.yaml").write_text(broken, encoding="utf-8")
    return tmp_path


def answer(program: Path, place: Path, line: str, language: str) -> str:
    """What a command writes on both streams, in a language."""
    done = subprocess.run(
        [sys.executable, "-m", "imvo_scan", *line.split(), "--lang", language],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(program), "COLUMNS": "4000", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def plain(text: str) -> str:
    """An answer without brackets, and without what depends on where and how long a text is."""
    bare = text.replace(OPEN, "").replace(CLOSE, "").replace(f"en|{LANGUAGE}|nl", "en|nl")
    return " ".join(re.sub("[─=]+", " ", bare).split()).casefold()


def outside(text: str) -> str:
    """What stands in no brackets: it comes from no catalogue."""
    inner = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
    while inner.search(text):
        text = inner.sub(" ", text)
    return text


@pytest.mark.parametrize("line", COMMANDS)
def test_a_third_language_is_spoken_by_the_whole_program(
    line: str, program: Path, place: Path
) -> None:
    """Made of English in brackets, it says the same, and every English word stands in brackets."""
    english = answer(program, place, line, "en")
    spoken = answer(program, place, line, LANGUAGE)
    assert OPEN in spoken
    assert plain(spoken) == plain(english)
    bare = ours(outside(spoken), (*EXAMPLE_TEXTS, *names_in_english()), LANGUAGE)
    assert not lines_with(english_in, bare)

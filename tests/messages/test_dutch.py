"""Whoever asks for Dutch reads Dutch: no English word in any command, error or help page."""

from __future__ import annotations

from pathlib import Path

import pytest

from imvo_scan.documents import strict_yaml
from tests.command_line import command
from tests.history.test_git_revisions import git
from tests.messages.dutch_cases import ERRORS, EXAMPLE, FORMS, MILL, Case
from tests.messages.english import (
    english_in,
    foreign_in,
    lines_with,
    ours,
    quoted_in,
    quotes,
    texts_of,
)

EXAMPLE_TEXTS = quotes(quoted_in(strict_yaml.load(EXAMPLE).data))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two versions of an inventory."""
    folder = tmp_path_factory.mktemp("git") / "oud"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for text in (MILL, MILL.replace("BD", "PK")):
        (folder / "chain.yaml").write_text(text, encoding="utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "nog een")
    return folder


@pytest.fixture
def place(tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example, where a wide terminal stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "4000")
    (tmp_path / "example.yaml").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "oud").symlink_to(kept)
    return tmp_path


@pytest.fixture(params=[*FORMS, *ERRORS], ids=lambda case: case.name[:60])
def spoken(
    request: pytest.FixtureRequest, place: Path, capfd: pytest.CaptureFixture[str]
) -> tuple[str, ...]:
    """Everything that a command writes in Dutch, to the screen and to files: what is ours in it."""
    case: Case = request.param
    for name, text in case.files.items():
        path = place / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = set(place.iterdir())
    command(*case.arguments, "--lang", "nl")
    new = [path for path in sorted(place.iterdir()) if path not in before and path.is_file()]
    parts = [*capfd.readouterr(), *(path.read_text(encoding="utf-8") for path in new)]
    assert any(parts)
    return tuple(ours(part, EXAMPLE_TEXTS) for part in parts)


def test_everything_said_in_dutch_is_dutch(spoken: tuple[str, ...]) -> None:
    """Names, codes and what is cited from the tables or the person stand as they were written."""
    wrong = [one for part in spoken for one in lines_with(english_in, part)]
    wrong += [one for part in spoken for one in lines_with(foreign_in, part)]
    assert not wrong, "\n".join(wrong)


def test_no_english_word_stands_in_a_dutch_sentence() -> None:
    """Every sentence by itself, also one that no test brings about."""
    wrong = {code: lines_with(english_in, text) for code, text in texts_of("nl").items()}
    assert not {code: lines for code, lines in wrong.items() if lines}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Dit is not goed", ["not"]),
        ("1 locatie: Shoes can be made from leather.", ["can", "made", "from"]),
        ("Bekend: --top, child-labour, 'for the rest', IMVO_SCAN_LANG", []),
    ],
)
def test_the_detector_finds_english(line: str, wrong: list[str]) -> None:
    """Also among Dutch, and not in names, codes and quotes."""
    assert english_in(line) == wrong


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("1,900 werknemers op 2026-11-25", ["2026-11-25", "1,900"]),
        ("1.900 werknemers op 25-11-2026, gemiddeld 3,67", []),
        ("het gemiddelde is 3.67", ["3.67"]),
        ("1 locaties en 2 locatie", ["1 locaties", "2 locatie"]),
        ("1 locatie, 21 locaties en tabellen 2026.11", []),
    ],
)
def test_the_detector_finds_what_dutch_writes_otherwise(line: str, wrong: list[str]) -> None:
    """Thousands, decimals, days and plurals."""
    assert foreign_in(line) == wrong

"""Help, mistakes and remarks are in the language of the person, on every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from imvo_scan.cli import COMMANDS
from imvo_scan.cli.speech import language_of
from imvo_scan.core.site_terms import Role
from imvo_scan.messages.speaker import Speaker
from tests.command_line import command

MISTAKES = [
    (["--tpo", "3"], "er is geen optie --tpo. Bedoelt u"),
    (["--top", "x"], "--top kan niet 'x' zijn. Schrijf een geheel getal van minstens 0."),
    (["--top", "-1"], "--top kan niet '-1' zijn"),
    (["--fail-on", "P7"], "--fail-on kan niet 'P7' zijn. Bekend: P1, P2, P3, P4."),
    (["--strict=yes"], "--strict heeft geen waarde"),
    (["nowhere.yaml"], "dit bestand bestaat niet"),
    (["scna"], "er is geen bestand en geen opdracht met deze naam. Bedoelt u"),
    ([], "er is geen invoer genoemd. Noem een inventaris"),
    (["-o", "cvs"], "'cvs' is geen formaat voor de uitvoer. Bedoelt u"),
    (["--today", "soon"], "'soon' is geen dag. Schrijf het als"),
]


@pytest.mark.parametrize(("arguments", "line"), MISTAKES, ids=lambda one: " ".join(one)[:20])
def test_a_mistake_is_said_in_dutch(
    arguments: list[str], line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is wrong and what would be right, in one language."""
    assert command("scan", *arguments, "--no-config", "--lang=nl") in (0, 2)
    assert line in capfd.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["schema"], "NAAM ontbreekt"),
        (["version", "again"], "dit is te veel: again"),
        (["help", "scna"], "er is geen opdracht 'scna'. Bedoelt u"),
        (["scan", "--lang", "nl", "--top"], "--top heeft een waarde nodig"),
        (["lookup"], "er is niets om op te zoeken"),
        (["labels", "SA80"], "'SA80' is geen keurmerk"),
    ],
)
def test_a_mistake_of_another_command_is_said_in_dutch(
    arguments: list[str], line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every command has the language, also those that scan nothing."""
    language = () if "--lang" in arguments else ("--lang", "nl")
    assert command(*arguments, *language) == 2
    assert line in capfd.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_help_in_dutch(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The frame, what the command is for, and each option."""
    assert command(name, "--help", "--lang", "nl") == 0
    page = capsys.readouterr().out
    assert page.startswith("Gebruik: imvo-scan ")
    assert "Taal van alles wat u leest." in page
    assert "Toon deze uitleg en stop." in page
    assert "Options" not in page


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["--help"], "Gebruik: imvo-scan [OPTIES] OPDRACHT"),
        (["-h"], "Gebruik: imvo-scan [OPTIES] OPDRACHT"),
        (["--help", "plan"], "Gebruik: imvo-scan plan"),
        (["--version"], "imvo-scan "),
    ],
)
def test_the_options_of_the_program_have_the_language(
    arguments: list[str], beginning: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They do what the command of the same name does."""
    assert command(*arguments, "--lang", "nl") == 0
    assert capsys.readouterr().out.startswith(beginning)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_help_names_every_role(language: str) -> None:
    """A role that is added is added to the help of `plan` too."""
    text = Speaker(language).say("help.owner")
    assert all(role.value in text for role in Role)


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        (["a.yaml"], "", "en"),
        (["a.yaml"], "nl", "nl"),
        (["a.yaml", "--lang", "nl"], "", "nl"),
        (["--lang=nl", "a.yaml"], "", "nl"),
        (["a.yaml", "--lang", "en"], "nl", "en"),
        (["--", "--lang", "nl"], "", "en"),
        (["a.yaml", "--lang"], "", "en"),
        (["a.yaml", "--lang", "xx"], "nl", "en"),
    ],
)
def test_the_command_line_comes_before_the_environment(
    arguments: list[str], variable: str, language: str
) -> None:
    """A language that is not known is refused in English."""
    assert language_of(arguments, {"IMVO_SCAN_LANG": variable}) == language


def test_a_language_without_catalogue_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On every command alike, before anything else is done."""
    for name in ("scan", "version", "init", "schema"):
        assert command(name, "--lang", "fr") == 2
        assert "language 'fr'. Known: en, nl." in capsys.readouterr().err


def test_a_starter_in_dutch_is_an_inventory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `init` writes can be scanned, in each language."""
    for language in ("en", "nl"):
        folder = tmp_path / language
        folder.mkdir()
        assert command("init", str(folder), "--lang", language) == 0
        assert command(str(folder / "chain.yaml")) == 0
    assert "geschreven" in capsys.readouterr().err

"""Every code that the program says has a sentence in every language, and no sentence is unused."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from imvo_scan.core.errors import UsageError
from imvo_scan.core.language import CATALOGUES, languages
from imvo_scan.core.message import Day, message
from imvo_scan.messages.speaker import Speaker
from tools.compile_catalogues import REFERENCE, compiled, missing, read, texts, values_in

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "imvo_scan"
A_CODE = re.compile(r"[a-z][a-z0-9-]*(\.[a-zA-Z0-9_-]+)+")
SPEAKS = frozenset({"message", "say", "reason"})
FILES = sorted(CATALOGUES.glob("*.po"))
ENGLISH = texts(read(CATALOGUES / f"{REFERENCE}.po"))


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the source, with its file."""
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path, node


def codes_in_the_source() -> Iterator[str]:
    """What may be a code, as regular expressions: an f-string stands for a family of codes."""
    for _, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if A_CODE.fullmatch(node.value):
                yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^.]+"
                for part in node.values
            ]
            if re.match(r"[a-z][a-z0-9-]*\\?[-a-z0-9]*\\\.", parts[0]):
                yield "".join(parts)


def messages_in_the_source() -> Iterator[tuple[str, set[str], str]]:
    """The literal codes handed to what speaks, each with the values given and its place."""
    for path, node in nodes():
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in SPEAKS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                given = {one.arg or "**" for one in node.keywords}
                yield first.value, given, f"{path.relative_to(ROOT)}:{node.lineno}"


def name_of(function: ast.expr) -> str:
    """The last part of the name of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_code_that_is_asked_for_has_a_sentence() -> None:
    """No message is without words."""
    places = [f"{place}: {code}" for code, _, place in messages_in_the_source()]
    assert places
    assert not [one for one in places if one.rpartition(" ")[2] not in ENGLISH]


def test_every_code_is_asked_for_with_the_values_of_its_sentence() -> None:
    """A value that is missing would be an error, and one too many is one forgotten in the text."""
    for code, given, place in messages_in_the_source():
        wanted = set().union(*map(values_in, ENGLISH.get(code, ())))
        if "**" not in given:
            assert given - {"n"} <= wanted <= given, f"{place}: {code}"


def test_no_sentence_is_unused() -> None:
    """What nobody says is taken out."""
    families = re.compile("|".join(sorted(set(codes_in_the_source()))))
    assert not [code for code in ENGLISH if not families.fullmatch(code)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_catalogue_is_whole(path: Path) -> None:
    """Every code has a text with the same values in each language."""
    assert not missing(read(path), read(CATALOGUES / f"{REFERENCE}.po"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_compiled_catalogue_is_that_of_its_text(path: Path) -> None:
    """Nobody changed a text and forgot to compile it."""
    assert path.with_suffix(".mo").read_bytes() == compiled(path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_codes_stand_in_order_and_once(path: Path) -> None:
    """A code is found where the alphabet puts it."""
    codes = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert codes == sorted(set(codes))


def test_dutch_is_not_english() -> None:
    """Only signs, names and words that both languages share may read the same."""
    dutch = texts(read(CATALOGUES / "nl.po"))
    alike = [code for code in ENGLISH if ENGLISH[code] == dutch[code]]
    assert not [
        code for code in alike if re.search(r"[a-z]{3,} [a-z]{3,}", " ".join(ENGLISH[code]))
    ]


def test_a_third_language_is_one_file(tmp_path: Path) -> None:
    """A pseudo-language made from English is spoken in every sentence, plurals included."""
    path = tmp_path / "eo.po"
    path.write_text(pseudo_catalogue(ENGLISH, "[", "]"), encoding="utf-8")
    path.with_suffix(".mo").write_bytes(compiled(path))
    assert languages(tmp_path) == ("eo",)
    speaker = Speaker("eo", folder=tmp_path)
    for code, sentences in ENGLISH.items():
        values = {name: "x" for one in sentences for name in values_in(one) if name != "n"}
        many = {"n": 2} if any("n" in values_in(one) for one in sentences) else {}
        assert speaker.say(code, **values, **many).startswith("["), code


def pseudo_catalogue(sentences: Mapping[str, tuple[str, ...]], before: str, after: str) -> str:
    """The text of a catalogue in which every sentence stands between brackets."""
    lines = ['msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
    for code, forms in sentences.items():
        quoted = [json.dumps(f"{before}{one}{after}", ensure_ascii=False) for one in forms]
        lines.append(f'\nmsgid "{code}"\n')
        if len(quoted) == 1:
            lines.append(f"msgstr {quoted[0]}\n")
        else:
            lines.append(f'msgid_plural "{code}"\n')
            lines += [f"msgstr[{n}] {text}\n" for n, text in enumerate(quoted)]
    return "".join(lines)


def test_a_language_without_a_catalogue_is_refused_with_those_that_have_one() -> None:
    """Half a language is none."""
    with pytest.raises(UsageError) as refused:
        Speaker("fr").say("hint.known", choices=("a",))
    assert refused.value.problems[0].hint == message("hint.known", choices=("en", "nl"))


@pytest.mark.parametrize(
    ("language", "number", "day", "month"),
    [("en", "1,900.5", "2026-03-01", "2026-03"), ("nl", "1.900,5", "01-03-2026", "03-2026")],
)
def test_numbers_and_days_follow_the_language(
    language: str, number: str, day: str, month: str
) -> None:
    """The same value is written as readers of the language write it."""
    speaker = Speaker(language)
    assert speaker.number(1900.5) == number
    assert speaker.value(Day("2026-03-01")) == day
    assert speaker.value(Day("2026-03")) == month
    assert speaker.value(Day("2026")) == "2026"


def test_an_error_is_english_to_who_catches_it_in_python() -> None:
    """A message is a sentence wherever it is made a string."""
    error = UsageError.of(message("hint.known", choices=("a", "b")))
    assert str(error) == "imvo-scan: Known: a, b."

"""Text from outside made harmless: in every format, on both streams, wherever it stands."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.sanitise import (
    cell,
    clean,
    commandless,
    json_text,
    unguarded,
    unlinked,
    yaml_quoted,
)
from imvo_scan.documents import strict_yaml
from imvo_scan.importer.to_csv import list_text
from imvo_scan.inventory import parse_inventory
from imvo_scan.output import FORMATS
from imvo_scan.output.markdown_text import escaped, with_links
from tests.cli.test_scan import run
from tests.conftest import ROOT, SHARED

COPIES = ROOT / "tests" / "hostile"
CASES = SHARED / "cases" / "hostile"
COMMAND = re.compile(r"^\s*::|##[\w.-]*\[")
COMMANDS = ["::error::x", "\u3000::error::x", ":::x", "##[x]y", "a ##vso[x]y", "##teamcity[x y]"]
UNSEEN = [
    *"\x00\x1b\x7f\x85\x9b\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200d",
    *"\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2064\u2066\u2069\u206f\u2800\u3164\ufe00\ufe0f",
    *"\ufeff\uffa0\ufff9\ufffe\udcff\U0001bca0\U0001d173\U000e0001\U000e0041\U000e0100",
]
PERSIAN, HINDI = "نساجی گل\u200c\u0647\u0627", "क्\u200dष उद्योग"
TEXTS = st.text(
    st.sampled_from(" :#[]=+-@'\",;\tab\u200c\u0647\u202e\n\u3164\uff1d9."), max_size=12
)


@pytest.mark.parametrize("text", COMMANDS)
@pytest.mark.parametrize("before", ["", "a ", "\n", "a\n  "])
def test_no_text_is_a_command_to_a_workflow_runner(text: str, before: str) -> None:
    """Neither at the start of a line, nor behind blanks, nor in the middle."""
    for harmless in (clean(before + text), json_text([before + text]), yaml_quoted(before + text)):
        assert not any(COMMAND.search(line) for line in harmless.splitlines())
    assert not any(COMMAND.search(line) for line in commandless(before + text).splitlines())


@given(TEXTS)
def test_clean_text_is_one_line_that_says_nothing_unseen(text: str) -> None:
    """One line, no command wherever it is cut, and cleaning twice is cleaning once."""
    once = clean(text)
    assert clean(once) == once
    assert len(once.splitlines()) <= 1
    assert "::" not in once
    assert not COMMAND.search(once)


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_cannot_be_seen_is_seen(sign: str) -> None:
    """Controls, turned text, fillers, selectors and tags: a sign stands for each."""
    assert clean(f"Foo{sign}Bar") == "Foo\ufffdBar"
    assert sign not in json_text(f"Foo{sign}Bar")
    assert json.loads(json_text(f"Foo{sign}Bar")) == f"Foo{sign}Bar"
    assert sign not in yaml_quoted(f"Foo{sign}Bar")


@pytest.mark.parametrize("name", [PERSIAN, HINDI, "Müller & Söhne", "工場 第三", "مصنع النسيج"])
def test_a_name_stays_readable_in_its_own_script(name: str) -> None:
    """A joiner between letters that it bears on is part of how the name is written."""
    assert clean(name) == name
    assert cell(name) == name
    assert name in json_text(name)
    assert name in yaml_quoted(name)


@pytest.mark.parametrize(
    "text",
    [
        "ab\u200ccd",
        "\u200c\u0647",
        "\u0647\u200c",
        "\u0647\u200c\u200c\u0647",
        "\u0647\u200ca",
        "٣\u200c٣",
        "\u0647\u200dA",
    ],
)
def test_a_joiner_elsewhere_hides_nothing(text: str) -> None:
    """Between Latin letters, digits, twice, or at an end it cannot be seen, so it is shown."""
    assert not {"\u200c", "\u200d"} & set(clean(text))
    assert "\ufffd" in clean(text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Foo;=cmd|'/C calc'!A0;", "Foo;'=cmd|'/C calc'!A0;"),
        ("Foo,@SUM(A1)", "Foo,'@SUM(A1)"),
        ("a; +1", "a;' +1"),
        ('a;"=1"', 'a;\'"=1"'),
        ("=1;=2", "'=1;'=2"),
        ("'=1", "''=1"),
        ("a;'=1", "a;''=1"),
        ("a;\uff1d1", "a;'\uff1d1"),
        ("Jansen; Pietersen, Delft - Zuid", "Jansen; Pietersen, Delft - Zuid"),
    ],
)
def test_no_piece_of_a_cell_is_a_formula(text: str, safe: str) -> None:
    """Whichever of the three separators a reader takes, and what it is told of is undone."""
    assert cell(text) == safe
    assert unguarded(safe) == text


@given(TEXTS)
def test_a_reader_with_another_separator_finds_no_formula(text: str) -> None:
    """Read with commas, semicolons and tabs: no cell begins as a formula."""
    out = io.StringIO()
    csv.writer(out).writerow(["s1", cell(text), "x"])
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(out.getvalue()), delimiter=separator):
            assert not any(re.match(r"\s*[=+\-@\uff1d]", one) for one in row)
    assert unguarded(cell(text)) == clean(text)


@pytest.mark.parametrize("name", ["Foo;=cmd|'/C calc'!A0;", "=1", "'=1", "a;'+b", PERSIAN])
def test_a_list_made_from_an_inventory_is_read_back_as_it_was(name: str, tmp_path: Path) -> None:
    """`convert` there and back: the apostrophes that were set are taken away."""
    text = f"imvo: 1\ncompany: {{name: A}}\nsuppliers:\n  - {{id: s, name: {yaml_quoted(name)}}}\n"
    lines = list_text(parse_inventory(text.encode(), "a.yaml"))
    (tmp_path / "list.csv").write_text("".join(lines), encoding="utf-8")
    done = run("convert", "list.csv", cwd=tmp_path)
    data = strict_yaml.load_bytes(done.stdout, "back").data
    assert isinstance(data, dict)
    assert [site["name"] for site in data["suppliers"]] == [name]  # type: ignore[index, union-attr, call-overload]


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example",
        "www.evil.example",
        "WWW.evil.example",
        "a@evil.example",
        "@team",
        "#12",
        "owner#12",
        "owner/repo#12",
        "GH-12",
        "gh-1",
        "a5c3785",
        "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
        "owner@a5c3785ed8d6",
        "owner/repo@a5c3785ed8d6",
    ],
)
def test_no_address_is_a_link_and_no_name_is_called(text: str) -> None:
    """Not even where a platform looks for them in text whose signs are escaped."""
    linked = re.compile(r"://|www\.\w|\w@\w|@\w|#\d|\bgh-\d|\b[0-9a-f]{7,40}\b", re.IGNORECASE)
    assert not linked.search(unlinked(f"see {text} or ({text})"))
    assert not linked.search(re.sub(r"\\(.)", r"\1", escaped(text)))


@pytest.mark.parametrize(
    "text", ["High-12", "GH-Mill", "1234567", "facade", "a5c378", "Mill a5c3785x", "BD2020abcdef0g"]
)
def test_what_is_no_link_stays(text: str) -> None:
    """Numbers of suppliers and words that only look alike are left as they are."""
    assert unlinked(text) == text


def test_a_link_in_sarif_or_markdown_is_text() -> None:
    """The brackets and the parentheses no longer touch."""
    assert "](" not in unlinked("[see](1)")
    assert escaped("&lt;b> ![x](y)") == r"\&lt;b\> \!\[x\] \(y\)"
    assert [escaped(text)[0] for text in ("- a", "+ a", "=")] == ["\\"] * 3
    assert escaped("1. a") == r"1\. a"


def test_addresses_of_our_own_tables_are_links() -> None:
    """A source can be followed; what is wrong with an address leaves it text."""
    assert (
        with_links("ILO, a_b. https://www.ilo.org/x_y") == r"ILO, a\_b. <https://www.ilo.org/x_y>"
    )
    assert "<" not in with_links("https://a.example/<b>").replace(r"\<", "")


ASKED = [
    *(f"scan {{}} -o {name}" for name in FORMATS if name != "github"),
    *(f"{verb} {{}}" for verb in ("chain", "plan", "steps", "chain --markdown", "plan --markdown")),
    *(f"{verb} {{}} --json" for verb in ("chain", "plan", "steps")),
    "explain {} s",
    "explain {} --worst",
    "diff {} {}",
    "convert {}",
    "scan {} --all -o table",
]
EVIL = "\\n  ::error file=a::x ##[stop-commands]q ##vso[x] \\u202E\\u3164\\x9B"
NASTY = f"""imvo: 1
company: {{name: "{EVIL}", country: NL, sector: retail}}
suppliers:
  - {{id: s, name: "{EVIL}", country: BD, sector: mining, region: "{EVIL}", goods: ["{EVIL}"],
     note: "{EVIL}", other_buyers: ["{EVIL}"], address: "{EVIL}"}}
actions:
  - {{findings: [s/forced-labour], what: "{EVIL}", owner: csr, start: 2026-01, due: 2026-05,
     status: planned, monitor: "{EVIL}"}}
"""


@pytest.mark.parametrize("asked", ASKED)
def test_no_line_of_any_command_is_one_for_the_runner(asked: str, tmp_path: Path) -> None:
    """Both streams, every text of an inventory hostile, and no sign raw that cannot be seen."""
    (tmp_path / "a.yaml").write_text(NASTY)
    done = run(*asked.replace("{}", "a.yaml").split(), cwd=tmp_path)
    for stream in (done.stdout, done.stderr):
        text = stream.decode()
        assert not [line for line in text.splitlines() if COMMAND.search(line)]
        assert not {"\u202e", "\u3164", "\x9b"} & set(text)


@pytest.mark.parametrize("name", ["stop.yaml", "err.yaml"])
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_cases_silence_nothing(name: str, form: str, tmp_path: Path) -> None:
    """Every line is harmless; the annotations of the `github` format are the only commands."""
    shutil.copy(COPIES / name, tmp_path)
    done = run(name, "-o", form, cwd=tmp_path)
    lines = [*done.stdout.decode().splitlines(), *done.stderr.decode().splitlines()]
    found = [line for line in lines if COMMAND.search(line)]
    assert bool(found) == (form == "github" and name == "stop.yaml")
    assert all(
        re.match(r"::(error|warning|notice) file=stop\.yaml,line=\d+,", one) for one in found
    )


def test_usage_errors_are_harmless_too(tmp_path: Path) -> None:
    """A file in a pull request can be called anything, and a glob hands it over."""
    for arguments in (["a\n  ::error::b"], ["--x\n::error::b"], ["-o", "x\n::error::b", "a.yaml"]):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert not [line for line in done.stderr.decode().splitlines() if COMMAND.search(line)]


def test_the_copies_are_those_of_the_shared_cases() -> None:
    """So that what was seen to go wrong is what is tried here."""
    if not CASES.is_dir():
        pytest.skip(f"the shared cases are not here: {CASES.name}")
    for copy in COPIES.iterdir():
        assert copy.read_bytes() == (CASES / copy.name).read_bytes()

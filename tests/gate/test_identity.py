"""A finding is its file, its site and its risk: at the gate and in every format (METHOD 6)."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.file_names import relative, shown, stable
from tests.command_line import command
from tests.conftest import SHARED

MILL = """imvo: 1
company: {{name: {company}, country: NL, sector: retail}}
suppliers:
  - {{id: mill-1, name: Mill {company}, country: {country}, sector: textiles, tier: 1}}
"""
BAD, GOOD = MILL.format(company="A", country="India"), MILL.format(company="B", country="Portugal")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two inventories with the same ids, the worse one first by name, under a repository."""
    for folder, text in (("a", BAD), ("b", GOOD)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "chain.yaml").write_text(text)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def scan(*arguments: str) -> int:
    """The exit code of a scan without settings."""
    return command("scan", *arguments, "--no-config", "--today", "2026-11-23")


def gate(*files: str, baseline: str = "base.json") -> int:
    """The exit code of a scan at the gate."""
    return scan(*files, "--fail-on", "P4", "--baseline", baseline)


# -- the baseline --------------------------------------------------------------------------------


def test_what_got_worse_in_one_file_is_not_known_from_another(here: Path) -> None:
    """A run on one of two files compares with that file's own sites."""
    scan("a", "b", "--write-baseline", "base.json")
    assert gate("a", "b") == 0
    assert gate("b") == 0
    assert gate("a") == 0
    (here / "b" / "chain.yaml").write_text(BAD)
    assert gate("b") == 1
    assert gate("a") == 0


def test_the_shared_case_of_two_files_with_one_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An older baseline names the command that rewrites it; the new one judges rightly."""
    case = SHARED / "cases" / "gate" / "02_baseline_same_id"
    if not case.exists():
        pytest.skip(f"the shared cases are not here: {case}")
    a, b = (str(case / folder / "chain.yaml") for folder in "ab")
    assert gate(b, baseline=str(case / "baseline.json")) == 2
    assert "--write-baseline" in capsys.readouterr().err
    base = str(tmp_path / "base.json")
    assert scan(a, b, "--write-baseline", base) == 0
    assert gate(b, baseline=base) == gate(a, baseline=base) == 0
    document = json.loads(Path(base).read_text())
    for sites in document["files"].values():
        sites["mill-1"]["child-labour"]["class"] = "P4"
    Path(base).write_text(json.dumps(document))
    assert gate(b, baseline=base) == gate(a, baseline=base) == 1


@pytest.mark.parametrize("folder", [".", "a", "b"])
def test_a_baseline_holds_from_every_working_directory(
    here: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Its names count from its own folder, however the files are named."""
    scan("a/chain.yaml", "b/chain.yaml", "--write-baseline", "base.json")
    monkeypatch.chdir(here / folder)
    base = str(here / "base.json")
    assert gate(str(here / "a" / "chain.yaml"), baseline=base) == 0
    assert gate(str(here / "a"), str(here / "b"), baseline=base) == 0
    monkeypatch.chdir(here / "a")
    assert gate("chain.yaml", "../b/../b/chain.yaml", baseline="../base.json") == 0


def test_a_file_has_one_name_however_it_is_reached(here: Path) -> None:
    """Twice, as a folder and a file, and through links: the same site, once."""
    scan("a", "b", "--write-baseline", "base.json")
    (here / "link.yaml").symlink_to("b/chain.yaml")
    (here / "folder").symlink_to("b", target_is_directory=True)
    assert gate("b", "b/chain.yaml", "link.yaml", "folder") == 0
    assert gate("link.yaml") == gate("folder/chain.yaml") == 0
    (here / "b" / "chain.yaml").write_text(BAD)
    assert gate("link.yaml") == gate("folder") == 1
    scan("link.yaml", "--write-baseline", "other.json")
    assert list(json.loads((here / "other.json").read_text())["files"]) == ["b/chain.yaml"]


def test_nothing_outside_the_scanned_part_is_stale(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """pre-commit hands over what changed; the other files are left alone."""
    (here / "waivers.yaml").write_text(
        "waivers: [{finding: mill-1/child-labour, file: a/*, reason: x, approver: y, "
        "expires: never}, {site: gone, reason: x, approver: y, expires: never}]"
    )
    scan("a", "b", "--write-baseline", "base.json")
    capsys.readouterr()
    assert scan("b", "--baseline", "base.json", "--waivers", "waivers.yaml") == 0
    err = capsys.readouterr().err
    assert "any more" not in err
    assert "matches no finding" not in err
    (here / "b" / "chain.yaml").write_text(GOOD.replace("mill-1", "mill-2"))
    assert scan("b", "--baseline", "base.json") == 0
    assert "of the baseline are no findings any more: mill-1/" in capsys.readouterr().err
    assert scan("a", "b", "--baseline", "base.json", "--waivers", "waivers.yaml") == 0
    assert "the waiver of gone/* matches no finding in what was scanned" in capsys.readouterr().err


def test_writing_a_baseline_of_some_files_takes_nothing_from_the_others(here: Path) -> None:
    """What is gone from the disk is dropped."""
    scan("a", "b", "--write-baseline", "base.json")
    scan("b", "--write-baseline", "base.json")
    assert gate("a", "b") == 0
    (here / "a" / "chain.yaml").unlink()
    scan("b", "--write-baseline", "base.json")
    assert list(json.loads((here / "base.json").read_text())["files"]) == ["b/chain.yaml"]


def test_an_older_baseline_can_be_written_anew(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that is named works; what is no baseline is not written over."""
    (here / "base.json").write_text('{"schema_version": "1", "findings": {"mill-1/x": "P1"}}')
    assert gate("a") == 2
    assert "Write it anew: imvo-scan FILE... --write-baseline base.json" in capsys.readouterr().err
    assert scan("a", "--write-baseline", "base.json") == 0
    assert gate("a") == 0
    (here / "notes.json").write_text('{"mine": 1}')
    assert scan("a", "--write-baseline", "notes.json") == 2
    assert (here / "notes.json").read_text() == '{"mine": 1}'


def test_standard_input_is_a_file_of_its_own(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`<stdin>` in the baseline; a file of that name is another one."""

    def give(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    give(GOOD)
    scan("-", "--write-baseline", "base.json")
    assert list(json.loads((here / "base.json").read_text())["files"]) == ["<stdin>"]
    give(GOOD)
    assert gate("-") == 0
    give(BAD)
    assert gate("-") == 1
    (here / "<stdin>").write_text(GOOD)
    assert gate("<stdin>") == 1


@pytest.mark.parametrize("name", ["a#2.yaml", "a[b]*?.yaml", "a: b.yaml", "ü ñ.yaml", "%20.yaml"])
def test_odd_file_names_are_names(here: Path, name: str) -> None:
    """No sign in a name is a pattern, a separator or an escape."""
    for one in (name, "a.yaml", "ab.yaml"):
        (here / one).write_text(GOOD)
    scan(name, "--write-baseline", "base.json")
    assert gate(name) == 0
    assert gate("a.yaml") == gate("ab.yaml") == gate(name, "a.yaml") == 1


# -- waivers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["a/chain.yaml", "./a/chain.yaml", "a/*", "b/../a/chain.yaml"])
def test_a_waiver_may_name_a_file(here: Path, file: str) -> None:
    """From the folder of the waiver file; the same id in another file stays open."""
    entry = f"{{site: mill-1, file: {file}, reason: x, approver: y, expires: never}}"
    company = "{site: company, reason: x, approver: y, expires: never}"
    (here / "waivers.yaml").write_text(f"waivers: [{entry}, {company}]")
    assert scan("a", "--fail-on", "P4", "--waivers", "waivers.yaml") == 0
    assert scan("b", "--fail-on", "P4", "--waivers", "waivers.yaml") == 1


def test_a_waiver_at_a_supplier_is_for_its_own_file(here: Path) -> None:
    """The same id in another file is another site."""
    text = """imvo: 1
company: {name: Us}
suppliers:
  - id: mill-1
    name: Mill
    country: IN
    sector: textiles
"""
    waivers = "    waivers: [{risk: '*', reason: x, approver: y, expires: never}]\n"
    (here / "a" / "chain.yaml").write_text(text)
    (here / "b" / "chain.yaml").write_text(text + waivers)
    assert scan("b", "--fail-on", "P4") == 0
    assert scan("a", "b", "--fail-on", "P4") == 1


def test_a_waiver_without_a_file_says_that_it_counts_in_several(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only where it is meant for one site."""
    (here / "waivers.yaml").write_text(
        "waivers: [{site: mill-1, reason: x, approver: y, expires: never}, "
        "{site: 'comp*', reason: x, approver: y, expires: never}]"
    )
    assert scan("a", "b", "--fail-on", "P4", "--waivers", "waivers.yaml") == 0
    err = capsys.readouterr().err
    assert "mill-1/* counts in a/chain.yaml and b/chain.yaml: name its `file`" in err
    assert err.count("name its `file`") == 1


# -- what is printed -----------------------------------------------------------------------------


def test_the_fail_line_names_the_file_where_there_are_several(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file needs no name."""
    assert scan("a", "b", "--fail-on", "P1") == 1
    assert "--fail-on P1: a/chain.yaml: mill-1/" in capsys.readouterr().err
    assert scan("a", "--fail-on", "P1") == 1
    assert "--fail-on P1: mill-1/" in capsys.readouterr().err
    assert here.exists()


@pytest.mark.usefixtures("here")
def test_every_format_tells_the_files_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """The column `file`, fingerprints that differ, and a column in Markdown."""
    rows = list(csv.DictReader(io.StringIO(_written(capsys, "csv"))))
    assert {row["file"] for row in rows} == {"a/chain.yaml", "b/chain.yaml"}
    assert list(rows[0])[-1] == "file"
    for marks in (_marks(capsys, form) for form in ("json", "sarif", "gitlab")):
        assert len(marks) == len(set(marks)) == len(rows)
    assert "| b/chain.yaml |" in _written(capsys, "markdown")
    assert scan("a", "-o", "markdown") == 0
    assert "chain.yaml" not in capsys.readouterr().out


def test_fingerprints_do_not_depend_on_the_working_directory(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code scanning knows a finding again, wherever in the repository the scan was started."""
    before = set(_marks(capsys, "sarif"))
    monkeypatch.chdir(here / "a")
    assert set(_marks(capsys, "sarif", "..")) == before


def _marks(capsys: pytest.CaptureFixture[str], form: str, *files: str) -> list[str]:
    document: Any = json.loads(_written(capsys, form, *files))
    if form == "sarif":
        results = document["runs"][0]["results"]
        return [one["partialFingerprints"]["imvoFinding/v2"] for one in results]
    return [one["fingerprint"] for one in (document["findings"] if form == "json" else document)]


def _written(capsys: pytest.CaptureFixture[str], form: str, *files: str) -> str:
    capsys.readouterr()
    assert scan(*(files or ("a", "b")), "-o", form) == 0
    return capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_the_worst_line_speaks_of_what_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    """What is known or waived is not what the gate is about."""
    scan("a", "--write-baseline", "base.json")
    capsys.readouterr()
    assert scan("a", "b", "--baseline", "base.json", "--fail-on", "P4") == 1
    err = capsys.readouterr().err
    assert "Worst: P2" in err
    assert "B > Mill B (b/chain.yaml)" in err
    assert scan("a", "--baseline", "base.json") == 0
    assert "Worst: no finding is open." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fail_on", "failing"), [(None, set()), ("P1", {"P1"}), ("P3", {"P1", "P2", "P3"})]
)
def test_junit_fails_what_the_gate_fails_on(
    here: Path, capsys: pytest.CaptureFixture[str], fail_on: str | None, failing: set[str]
) -> None:
    """Exactly that: nothing without --fail-on, and not what is waived."""
    (here / "waivers.yaml").write_text(
        "waivers: [{finding: mill-1/living-wage, reason: x, approver: y, expires: never}]"
    )
    extra = ("--fail-on", fail_on) if fail_on else ()
    code = scan("a", "-o", "junit", "--waivers", "waivers.yaml", *extra)
    out = capsys.readouterr().out
    assert code == (1 if failing else 0)
    assert {part[:2] for part in out.split('<failure type="')[1:]} == failing
    (row,) = [line for line in out.splitlines() if "mill-1/living-wage" in line]
    assert "<skipped" in row


# -- names ---------------------------------------------------------------------------------------


def test_names_are_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decomposed letters are put together, and bytes that are no UTF-8 are written out."""
    monkeypatch.chdir(tmp_path)
    assert relative("e\u0301.yaml", tmp_path) == "\u00e9.yaml"
    assert relative("\udcff.yaml", tmp_path) == "\\xff.yaml"
    assert relative("-", tmp_path) == shown("-") == stable("-") == "<stdin>"
    assert relative("../x.yaml", tmp_path / "deep") == "../../x.yaml"
    assert shown(str(tmp_path / "x.yaml")) == "x.yaml"

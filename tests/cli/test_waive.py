"""`imvo-scan waive`: one finding, one entry, the rest of the file untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from imvo_scan.gate import read_waivers
from tests.command_line import command
from tests.gate.test_news import mine

WHY = ("--reason", "A plan: agreed # with the union", "--approver", "Buying")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a mine where a child was found in March."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "chain.yaml").write_text(mine("2026-03-10"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def waive(*arguments: str, expires: str = "2027-01-31") -> int:
    """The exit code of the command on a day in November."""
    return command("waive", *WHY, "--expires", expires, "--today", "2026-11-23", *arguments)


def test_it_writes_a_waiver_that_holds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file named, of every inventory here; the day is today; the scan is told how."""
    assert waive("mine/child-labour") == 0
    err = capsys.readouterr().err
    assert "Wrote waivers.yaml: mine/child-labour is waived." in err
    assert "--waivers waivers.yaml" in err
    (one,) = read_waivers(here / "waivers.yaml")
    assert (one.pattern, one.reason, one.approver) == ("mine/child-labour", WHY[1], "Buying")
    assert (str(one.granted), one.until, one.file) == ("2026-11-23", "2027-01-31", None)
    scan = ("chain.yaml", "--today", "2026-11-23", "--waivers", "waivers.yaml", "-o", "csv")
    assert command(*scan) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row for row in rows if ",child-labour," in row and ",waived,Buying," in row]


def test_it_uses_the_file_of_the_settings_and_keeps_what_is_there(here: Path) -> None:
    """Its comments and its order; from any folder below."""
    (here / "imvo-scan.yaml").write_text("waivers: kept.yaml\n")
    before = (
        "# ours\nwaivers:\n  - {site: depot, reason: x, approver: y, expires: never} # old\n# end\n"
    )
    (here / "kept.yaml").write_text(before)
    assert waive("chain.yaml", "mine/living-wage", expires="never") == 0
    after = (here / "kept.yaml").read_text()
    assert after.startswith(before)
    assert [one.pattern for one in read_waivers(here / "kept.yaml")] == [
        "depot/*",
        "mine/living-wage",
    ]
    assert not (here / "waivers.yaml").exists()


def test_what_init_writes_can_be_added_to(here: Path, tmp_path: Path) -> None:
    """The first waiver takes the place of the empty list."""
    (here / "chain.yaml").unlink()
    assert command("init") == 0
    (here / "chain.yaml").write_text(mine())
    assert waive("mine/living-wage") == waive("mine/unsafe-work") == 0
    assert len(read_waivers(tmp_path / "waivers.yaml")) == 2
    assert "# Findings that somebody accepts" in (here / "waivers.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("mine/child-labor",), 'Did you mean "child-labour"?'),
        (("mind/child-labour",), 'Did you mean "mine"?'),
        (("mine/*",), "'*' is not one of the nine risks"),
        (("mine",), "Write SITE/RISK."),
        ((), "is not the id of a site here"),
        (("chain.yaml",), "is not the id of a site here"),
        (("mine/child-labour", "--expires", "2026-11-22"), "expired on 2026-11-22"),
        (("mine/child-labour", "--expires", "soon"), "'soon' is not a day"),
        (("mine/child-labour", "--granted", "2026-03-09"), "does not cover the harm of 2026-03-10"),
        (("mine/child-labour", "--granted", "2026-11-24"), "does not hold yet"),
        (("mine/child-labour", "--granted", "2026-03"), "'2026-03' is not a day"),
        (("mine/child-labour", "--waivers", "chain.yaml"), "chain.yaml"),
        (("mine/child-labour", "--waivers", "-"), "-"),
        (("gone.yaml", "mine/child-labour"), "gone.yaml"),
    ],
)
def test_what_would_be_of_no_use_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], line: str
) -> None:
    """With the reason, exit 2, and nothing written or changed."""
    before = sorted(here.iterdir())
    expires = () if "--expires" in arguments else ("--expires", "never")
    assert command("waive", *arguments, *WHY, *expires, "--today", "2026-11-23") == 2
    assert line in capsys.readouterr().err
    assert sorted(here.iterdir()) == before
    assert (here / "chain.yaml").read_text() == mine("2026-03-10")


def test_all_that_is_missing_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At once; a blank reason is none."""
    assert command("waive", "mine/child-labour", "--reason", " ") == 2
    assert "--reason, --approver, --expires" in capsys.readouterr().err
    assert command("waive", "mine/child-labour", "--lang", "nl") == 2
    assert "een vrijstelling heeft --reason, --approver" in capsys.readouterr().err
    assert not (here / "waivers.yaml").exists()


def test_a_second_one_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is waived already, by whatever waiver; harm since the first is not."""
    assert waive("mine/child-labour") == 0
    before = (here / "waivers.yaml").read_text()
    assert waive("mine/child-labour", "--waivers", "waivers.yaml") == 2
    assert "waived already, at waivers.yaml:2" in capsys.readouterr().err
    assert (here / "waivers.yaml").read_text() == before
    (here / "chain.yaml").write_text(mine("2026-03-10", "2026-11-24"))
    assert waive("mine/child-labour", "--today", "2026-12-01") == 0
    assert len(read_waivers(here / "waivers.yaml")) == 2


@pytest.mark.parametrize("text", ["", "imvo: 1\n", "waivers: [}\n", "waivers:\n", "\0", "x" * 100])
def test_what_is_no_waiver_file_is_not_written_over(here: Path, text: str) -> None:
    """Whatever it is."""
    (here / "notes.yaml").write_text(text)
    assert waive("chain.yaml", "mine/child-labour", "--waivers", "notes.yaml") == 2
    assert (here / "notes.yaml").read_text() == text


def test_of_several_files_it_names_one(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where they share the id the person has to; else the entry says in which it is."""
    (here / "b").mkdir()
    (here / "b" / "chain.yaml").write_text(mine("2026-03-10"))
    assert waive("mine/child-labour") == 2
    assert "stands in b/chain.yaml and chain.yaml" in capsys.readouterr().err
    other = mine("2026-03-10").replace("id: mine", "id: pit")
    (here / "b" / "chain.yaml").write_text(other)
    assert waive("pit/child-labour") == 0
    (one,) = read_waivers(here / "waivers.yaml")
    assert one.file is not None
    assert one.file.endswith("/b/chain.yaml")


def test_settings_that_were_only_found_point_to_no_other_place(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever planted them could else have a file written elsewhere."""
    inside = here / "inside"
    inside.mkdir()
    (inside / "chain.yaml").write_text(mine())
    (inside / "imvo-scan.yaml").write_text("waivers: ../planted.yaml\n")
    assert waive("inside", "mine/living-wage") == 2
    assert "not below them" in capsys.readouterr().err
    assert not (here / "planted.yaml").exists()
    assert waive("inside", "mine/living-wage", "--config", "inside/imvo-scan.yaml") == 0
    assert (here / "planted.yaml").exists()


def test_nothing_is_written_where_an_input_cannot_be_read(here: Path) -> None:
    """The finding that is meant may be in it."""
    (here / "broken.yaml").write_text("imvo: 1\nsuppliers: [}\n")
    assert waive("mine/child-labour") == 2
    assert not (here / "waivers.yaml").exists()

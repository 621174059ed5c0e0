"""The gate and the public report: first it is decided, then names are withheld (D8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import command

INVENTORY = """imvo: 1
company: {name: Us, country: NL, sector: retail, workers: 5}
suppliers:
  - {id: zeta-mill, name: Zeta Mill, country: BD, sector: textiles, tier: 1, workers: 950}
  - id: alpha-mine
    name: Alpha Mine
    country: CD
    sector: mining
    tier: 1
    waivers: [{risk: "*", reason: Told by Jan, approver: Piet, expires: never}]
"""
WAIVERS = """waivers:
  - {site: zeta-mill, reason: Told by Jan, approver: Piet, expires: never}
  - {finding: gone-mill/child-labour, reason: Told by Jan, approver: Piet, expires: never}
"""
NAMES = ("zeta", "alpha", "gone", "Jan", "Piet", "chain.yaml", "950")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an inventory and waivers."""
    (tmp_path / "chain.yaml").write_text(INVENTORY)
    (tmp_path / "waivers.yaml").write_text(WAIVERS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    """The exit code of a command."""
    return command("chain.yaml", "--no-config", "--today", "2026-11-23", *arguments)


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """All that was printed."""
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown", "sarif", "junit", "gitlab"])
def test_d8_the_audience_does_not_change_the_gate(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Waivers hold for what the user wrote; nothing that is printed names it."""
    assert run("--fail-on", "P1") == 1
    arguments = ("--fail-on", "P1", "--waivers", "waivers.yaml", "-o", form, "--all")
    assert run(*arguments) == 0
    told(capsys)
    assert run(*arguments, "--audience", "public") == 0
    out = told(capsys)
    assert [name for name in NAMES if name in out] == []


@pytest.mark.usefixtures("here")
def test_d8_the_fail_line_names_no_site(capsys: pytest.CaptureFixture[str]) -> None:
    """The line that says why it failed goes into the log of a robot."""
    assert run("--fail-on", "P1", "--no-waivers", "--audience", "public") == 1
    out = told(capsys)
    assert "--fail-on P1: site-0" in out
    assert [name for name in NAMES if name in out] == []


def test_d8_a_baseline_holds_what_the_user_wrote(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a file for inside, so that it serves whatever the audience of the next report."""
    (here / "old.yaml").write_text("imvo: 1\ncompany: {name: U}\nsuppliers: [{name: Gone}]\n")
    assert command("old.yaml", "--no-config", "--write-baseline", "base.json") == 0
    told(capsys)
    assert run("--write-baseline", "base.json", "--audience", "public") == 0
    out = told(capsys)
    assert [name for name in NAMES if name in out] == []
    assert "zeta-mill" in (here / "base.json").read_text()
    assert "site-0" not in (here / "base.json").read_text()
    for audience in ("internal", "public"):
        assert run("--baseline", "base.json", "--fail-on", "P4", "--audience", audience) == 0


def test_d8_a_notice_that_quotes_the_inventory_is_not_printed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An id that is made from a name holds the name."""
    (here / "new.yaml").write_text("imvo: 1\ncompany: {name: U}\nsuppliers: [{name: Zeta Mill}]\n")
    assert command("new.yaml", "--no-config") == 0
    assert "Zeta Mill is zeta-mill" in told(capsys)
    assert command("new.yaml", "--no-config", "--audience", "public") == 0
    assert "zeta" not in told(capsys).casefold()

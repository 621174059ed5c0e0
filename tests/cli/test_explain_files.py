"""`explain` with several files: each site is named with its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import command

CHAIN = """imvo: 1
company: {name: X, country: NL, sector: retail}
suppliers:
  - {id: mill, name: Mill, country: BD, sector: textiles}
  - {id: only-REPLACED, name: Other, country: BD, sector: textiles}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two inventories that share an id."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(CHAIN.replace("REPLACED", name))


@pytest.mark.usefixtures("here")
def test_an_id_in_several_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Both are explained, each with its file, and how to choose is said."""
    assert command("explain", "a.yaml", "b.yaml", "mill/child-labour") == 0
    printed = capsys.readouterr()
    assert "a.yaml: mill/child-labour" in printed.out
    assert "b.yaml: mill/child-labour" in printed.out
    assert "stands in a.yaml, b.yaml" in printed.err


@pytest.mark.usefixtures("here")
def test_an_id_in_one_of_several_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Its file is named, in JSON too."""
    assert command("explain", "a.yaml", "b.yaml", "only-b/child-labour", "--json") == 0
    printed = capsys.readouterr()
    assert [one["file"] for one in json.loads(printed.out)["findings"]] == ["b.yaml"]
    assert "stands in" not in printed.err


@pytest.mark.usefixtures("here")
def test_one_file_needs_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to tell apart."""
    assert command("explain", "a.yaml", "mill/child-labour") == 0
    assert "a.yaml: mill" not in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_the_public_sees_no_name_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """What is withheld elsewhere is withheld here."""
    command("explain", "a.yaml", "b.yaml", "mill/child-labour", "--audience", "public")
    printed = capsys.readouterr()
    assert "a.yaml" not in printed.out + printed.err


@pytest.mark.parametrize("asked", ["scan secret.csv", "convert secret.csv", "plan secret.csv"])
def test_the_public_sees_no_path_of_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: str
) -> None:
    """How many rows were read is said, and nothing that stands in them."""
    file = tmp_path / "secret.csv"
    file.write_text("name,country,workers,odd-header\nHidden Mill,BD,unclear-count,x\n")
    command(*asked.replace("secret.csv", str(file)).split(), "--audience", "public")
    printed = capsys.readouterr()
    for secret in ("secret", "Hidden", "unclear", "odd-header", str(tmp_path)):
        assert secret not in printed.out + printed.err
    assert "1 row: 1 site." in printed.err

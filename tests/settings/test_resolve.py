"""Settings: where they are found, who goes first, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imvo_scan.core.errors import ImvoScanError, UsageError
from imvo_scan.core.message import message
from imvo_scan.messages.speaker import Speaker
from imvo_scan.settings import Resolved, resolve
from imvo_scan.settings.settings import NAMES


def settled(first: Path | str, *, config: Path | None = None, no_config: bool = False,
            environment: dict[str, str] | None = None, **given: Any) -> Resolved:  # fmt: skip
    """The settings for a first input."""
    return resolve(given, environment or {}, [str(first)], config, no_config=no_config)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with settings at its root, inside a folder that has settings too."""
    (tmp_path / "imvo-scan.yaml").write_text("lang: nl\n")
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "food").mkdir()
    (root / "food" / "chain.yaml").write_text("imvo: 1\n")
    return root


def test_the_nearest_file_is_found_upward(repository: Path) -> None:
    """From the folder of the first input to the root of the repository, and no further."""
    chain = repository / "food" / "chain.yaml"
    assert settled(chain).origins["lang"] == message("settings.default")
    (repository / "imvo-scan.yaml").write_text("fail_on: P2\nall: true\n")
    found = settled(chain)
    assert (found.settings.fail_on, found.settings.everything) == ("P2", True)
    assert found.origins["fail_on"] == str(repository / "imvo-scan.yaml")
    (repository / "food" / "imvo-scan.yaml").write_text("fail_on: P1\n")
    assert settled(chain).settings.fail_on == "P1"
    assert settled(repository / "food").settings.fail_on == "P1"


def test_pyproject_holds_settings_too(repository: Path) -> None:
    """[tool.imvo-scan], with hyphens or underscores."""
    text = '[tool.imvo-scan]\nfail-on = "P3"\ntop = 5\nall = true\noutput = ["csv=x.csv"]\n'
    (repository / "pyproject.toml").write_text(text)
    found = settled(repository / "food" / "chain.yaml")
    assert (found.settings.fail_on, found.settings.top, found.settings.everything) == (
        "P3",
        5,
        True,
    )
    assert found.settings.output == (f"csv={repository / 'x.csv'}",)


def test_command_line_before_environment_before_file(repository: Path) -> None:
    """Each layer goes before the next, and the origin says which."""
    (repository / "imvo-scan.yaml").write_text("fail_on: P1\nlang: nl\ntop: 3\n")
    chain = repository / "food" / "chain.yaml"
    environment = {"IMVO_SCAN_FAIL_ON": "P2", "IMVO_SCAN_LANG": "en", "PATH": "x"}
    found = settled(chain, environment=environment, fail_on="P3")
    assert (found.settings.fail_on, found.settings.lang, found.settings.top) == ("P3", "en", 3)
    assert found.origins["fail_on"] == message("settings.command-line")
    assert found.origins["lang"] == "IMVO_SCAN_LANG"
    assert found.origins["by"] == message("settings.default")


def test_no_config_and_another_config(repository: Path, tmp_path: Path) -> None:
    """--no-config reads none, --config and IMVO_SCAN_CONFIG read another."""
    (repository / "imvo-scan.yaml").write_text("fail_on: P1\n")
    other = tmp_path / "other.yaml"
    other.write_text("fail_on: P4\n")
    chain = repository / "food" / "chain.yaml"
    assert settled(chain, no_config=True).settings.fail_on is None
    assert settled(chain, config=other).settings.fail_on == "P4"
    assert settled(chain, environment={"IMVO_SCAN_CONFIG": str(other)}).settings.fail_on == "P4"


def test_paths_are_from_the_folder_of_the_file(repository: Path) -> None:
    """So that the same settings work from anywhere."""
    (repository / "imvo-scan.yaml").write_text("waivers: ok/waivers.yaml\nbaseline: base.json\n")
    found = settled(repository / "food" / "chain.yaml")
    assert found.settings.waivers == repository / "ok" / "waivers.yaml"
    assert found.settings.baseline == repository / "base.json"


@pytest.mark.parametrize("place", ["../out.csv", "/etc/out.csv", "ok/../../out.csv"])
def test_a_file_writes_only_below_its_folder(repository: Path, place: str) -> None:
    """The settings of somebody else's repository write nowhere else."""
    (repository / "imvo-scan.yaml").write_text(f"output: [table, csv={place}]\n")
    with pytest.raises(UsageError, match="outside the folder of these settings"):
        settled(repository / "food" / "chain.yaml")


def test_a_link_leads_no_output_out_of_the_folder(repository: Path, tmp_path_factory: Any) -> None:
    """A folder in the repository can be a link to one elsewhere."""
    (repository / "out").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    (repository / "imvo-scan.yaml").write_text("output: [table, csv=out/x.csv]\n")
    with pytest.raises(UsageError, match="outside the folder of these settings"):
        settled(repository / "food" / "chain.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail_onn: P1\n", 'Did you mean "fail_on"?'),
        ("fail_on: P9\n", "Known: P1, P2, P3, P4"),
        ("top: many\n", "a whole number is wanted"),
        ("- x\n", "a group of keys is wanted"),
        ("lang: de\n", "is not a word that is known here"),
    ],
)
def test_what_is_wrong_with_a_file_has_its_line(repository: Path, text: str, said: str) -> None:
    """Unknown keys are errors with a suggestion."""
    path = repository / "imvo-scan.yaml"
    path.write_text(text)
    with pytest.raises(ImvoScanError) as caught:
        settled(repository / "food" / "chain.yaml")
    assert said in str(caught.value)
    assert f"{path}:1:" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("[project]\n[tool.imvo-scan]\nfail-onn = 'P1'\n", "3:1", 'Did you mean "fail_on"?'),
        ("[tool.imvo-scan]\nby = 'site'\nfail-on = 'P9'\n", "3:11", "Known: P1, P2, P3, P4"),
        ("[tool]\nimvo-scan = {top = 'many'}\n", "2:20", "a whole number is wanted"),
        ("[tool.imvo-scan.topp]\nx = 1\n", "1:17", "the key 'topp' is not known"),
        ("[tool.imvo-scan]\noutput = [\n'table',\n'csv=../x']\n", "4:1", "outside the folder"),
        ("[tool]\n\nimvo-scan = 3\n", "3:13", "a group of keys is wanted"),
        ("[tool.imvo-scan]\ntop 3\n", "2:5", "this is not TOML"),
    ],
)
def test_what_is_wrong_in_pyproject_has_its_place(
    repository: Path, text: str, place: str, what: str
) -> None:
    """As in a file of our own."""
    path = repository / "pyproject.toml"
    path.write_text(text)
    with pytest.raises(ImvoScanError) as caught:
        settled(repository / "food" / "chain.yaml")
    assert what in str(caught.value)
    assert str(caught.value).startswith(f"{path}:{place}: ")


def test_what_is_wrong_with_a_variable_names_it(tmp_path: Path) -> None:
    """An unknown IMVO_SCAN_ variable is a slip of the pen, not silence."""
    for name, said in (("IMVO_SCAN_FAIL_ONN", "Did you mean"), ("IMVO_SCAN_FAIL_ON", "Known")):
        with pytest.raises(ImvoScanError, match=f"{name}.*{said}"):
            settled(tmp_path, environment={name: "P9"})


def test_every_setting_is_shown_with_its_origin(tmp_path: Path) -> None:
    """--show-config prints one line a setting."""
    lines = list(map(str, settled(tmp_path).lines()))
    assert [line.partition(":")[0] for line in lines] == sorted(NAMES.values())
    assert all(line.endswith("(default)") for line in lines)


def test_settings_with_another_ending_are_not_passed_over(repository: Path) -> None:
    """A gate that is set in a file nobody reads would be open."""
    (repository / "imvo-scan.yml").write_text("fail_on: P1\n")
    with pytest.raises(UsageError, match="settings are read from"):
        settled(repository / "food" / "chain.yaml")


def test_settings_speak_the_language_of_the_run(repository: Path) -> None:
    """The file in use, the origin of a value, and what is wrong with an output."""
    path = repository / "imvo-scan.yaml"
    path.write_text("fail_on: P2\n")
    resolved = settled(repository, top=3)
    dutch = Speaker("nl")
    lines = [dutch.tell(line) for line in resolved.lines()]
    assert {"top: 3  (opdrachtregel)", "by: hot-spot  (standaard)"} <= set(lines)
    assert dutch.tell(resolved.used()) == f"Instellingen: {path} (fail_on)."
    path.write_text("output: [csv=../x.csv]\n")
    with pytest.raises(UsageError) as caught:
        settled(repository)
    assert dutch.tell(caught.value.problems[0].as_message) == (
        f"{path}:1:10: output: ../x.csv ligt buiten de map van deze instellingen. "
        "Noem het op de opdrachtregel."
    )

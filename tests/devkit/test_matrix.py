"""The wheel is tested on each Python; what could not be tested is said, or fails."""

from __future__ import annotations

from pathlib import Path

import pytest

import dev
from devkit import wheel
from devkit.environments import Environment, SetUpError
from devkit.lists import DEV
from devkit.pythons import Python
from devkit.wheel import Matrix


def python(minor: int, *, has_venv: bool = True) -> Python:
    """A Python of this minor version."""
    return Python(f"/python3.{minor}", (3, minor, 1), f"3.{minor}", usual=True, has_venv=has_venv)


@pytest.fixture
def outcome(monkeypatch: pytest.MonkeyPatch) -> dict[str, int | str]:
    """What comes of each Python: the exit code of its tests, or why it has no packages."""
    outcomes: dict[str, int | str] = {}

    def installed(_: Matrix, one: Python) -> Environment:
        result = outcomes.get(one.label)
        if isinstance(result, str):
            raise SetUpError(result)
        return Environment(Path(one.label), one, DEV, editable=False)

    def run(_: Environment, *command: str, variables: dict[str, str]) -> int:
        assert command[-1] == wheel.TESTS
        label = Path(variables["WHEEL_PYTHON"]).parts[0]
        result = outcomes.get(label, 0)
        assert isinstance(result, int)
        return result

    monkeypatch.setattr(Matrix, "_installed", installed)
    monkeypatch.setattr(Environment, "run", run)
    return outcomes


def matrix(*pythons: Python) -> Matrix:
    """The Pythons of a machine; what runs is 3.11."""
    home = Environment(Path("home"), python(11), DEV)
    return Matrix(home, Path("others"), {one.minor: one for one in pythons})


def test_every_other_python_is_tested_and_missing_ones_are_said(
    outcome: dict[str, int | str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One line for each; a version that is not here is no failure."""
    outcome["3.13.1"] = 1
    failed = matrix(python(11), python(12), python(13), python(15)).test_others()
    assert failed == ["Python 3.13"]
    lines = capsys.readouterr().out.splitlines()
    assert [line[:10].split() for line in lines] == [
        ["ok", "3.12"],
        ["FAIL", "3.13"],
        ["none", "3.14"],
        ["ok", "3.15"],
    ]
    assert "not on this machine" in lines[2]


def test_a_promised_python_whose_packages_cannot_be_had_fails(
    outcome: dict[str, int | str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A promise that was not tested is not kept; a version nobody promised is only said."""
    outcome.update({"3.13.1": "no packages", "3.15.1": "no packages"})
    assert matrix(python(13), python(15)).test_others() == ["Python 3.13"]
    assert "none  3.15     no packages" in capsys.readouterr().out


def test_a_python_without_venv_is_only_said(
    outcome: dict[str, int | str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the machine that lacks something, not the project."""
    assert not outcome
    assert matrix(python(13, has_venv=False)).test_others() == []
    assert "none  3.13     /python3.13 has no venv module" in capsys.readouterr().out


def test_the_promised_pythons_are_those_of_the_classifiers() -> None:
    """Read where users read them."""
    assert wheel.promised()[0] == dev.OLDEST_PYTHON
    assert (3, 14) in wheel.promised()


def test_every_check_runs_though_one_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One failing check hides no other, and the exit code says that one failed."""
    ran: list[str] = []

    def check(_: Environment, name: str, __: list[str]) -> bool:
        ran.append(name)
        return name != "format"

    def tests(*_: object) -> bool:
        ran.append("tests")
        return False

    monkeypatch.setattr(dev, "check", check)
    monkeypatch.setattr(dev, "tests", tests)
    monkeypatch.setattr(Matrix, "own", lambda self: self.home)
    monkeypatch.setattr(Matrix, "test_others", lambda _: ["Python 3.13"])
    home = dev.main_environment()
    assert dev.test(home, []) == 1
    assert ran == [*dev.CHECKS, "tests"]
    assert "failed: format, tests, Python 3.13" in capsys.readouterr().out
    assert dev.test(home, ["-k", "some"]) == 1
    assert "failed: format, tests\n" in capsys.readouterr().out

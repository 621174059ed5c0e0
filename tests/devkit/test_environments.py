"""Environments are made once, and again when what they are made from is another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from devkit import environments
from devkit.environments import Environment, SetUpError
from devkit.pythons import Python

STAMP = "set-up.json"
HERE = Python("/usr/bin/python3", (3, 12, 1), "cpython 3.12.1", usual=True, has_venv=True)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """What set-up does, in order, with nothing really made or installed."""
    done: list[str] = []

    def make(self: Environment) -> None:
        done.append("packages")
        python = Path(self.program("python"))
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    def pip(_: Environment, failure: str, *arguments: str) -> None:
        done.append("project" if "--editable" in arguments else failure)

    monkeypatch.setattr(environments, "ROOT", tmp_path)
    monkeypatch.setattr(Environment, "_make", make)
    monkeypatch.setattr(Environment, "_pip", pip)
    monkeypatch.setattr(Environment, "run", lambda *_, **__: done.append("compiled"))
    return done


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment of a checkout that has a list of packages and a project."""
    (tmp_path / "dev.txt").write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return Environment(tmp_path / ".venv", HERE, tmp_path / "dev.txt")


def test_finished_set_up_is_left_alone(environment: Environment, made: list[str]) -> None:
    """The second run touches neither pip nor the network."""
    environment.set_up()
    assert made == ["packages", "project", "compiled"]
    environment.set_up()
    assert made == ["packages", "project", "compiled"]


def changed_stamp(environment: Environment) -> None:
    """The checkout was moved."""
    path = environment.folder / STAMP
    path.write_text(json.dumps({**json.loads(path.read_text()), "root": "another"}))


def changed_packages(environment: Environment) -> None:
    """The list of packages was locked anew."""
    environment.packages.write_text("one==2\n")


def half_made(environment: Environment) -> None:
    """Set-up did not finish."""
    (environment.folder / STAMP).unlink()


def broken_stamp(environment: Environment) -> None:
    """The stamp was cut off."""
    (environment.folder / STAMP).write_text("{")


def no_stamp_at_all(environment: Environment) -> None:
    """The stamp is JSON of another kind."""
    (environment.folder / STAMP).write_text("[]")


def without_its_python(environment: Environment) -> None:
    """Somebody removed the Python."""
    Path(environment.program("python")).unlink()


@pytest.mark.parametrize(
    "change",
    [
        changed_stamp,
        changed_packages,
        half_made,
        broken_stamp,
        no_stamp_at_all,
        without_its_python,
    ],
)
def test_what_is_made_from_something_else_is_made_again(
    environment: Environment, made: list[str], change: Callable[[Environment], None]
) -> None:
    """What the environment was made from has changed: it is made again, then left alone."""
    environment.set_up()
    change(environment)
    made.clear()
    environment.set_up()
    environment.set_up()
    assert made == ["packages", "project", "compiled"]


def test_another_python_makes_it_again(environment: Environment, made: list[str]) -> None:
    """A Python that was upgraded is another one."""
    environment.set_up()
    made.clear()
    other = Python(HERE.path, (3, 12, 2), "cpython 3.12.2", usual=True, has_venv=True)
    Environment(environment.folder, other, environment.packages).set_up()
    assert made == ["packages", "project", "compiled"]


def test_changed_project_keeps_its_packages(environment: Environment, made: list[str]) -> None:
    """A change in pyproject.toml alone needs no network."""
    environment.set_up()
    made.clear()
    (environment.folder.parent / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    environment.set_up()
    assert made == ["project", "compiled"]


def test_an_environment_of_users_holds_no_checkout(
    environment: Environment, made: list[str]
) -> None:
    """It gets a wheel, and a change of the project leaves it as it is."""
    users = Environment(environment.folder, HERE, environment.packages, editable=False)
    users.set_up()
    (environment.folder.parent / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    users.set_up()
    assert made == ["packages"]


def test_a_python_without_venv_is_said_plainly(tmp_path: Path) -> None:
    """The sentence says which Python, what it lacks and what to install."""
    bare = Python("/usr/bin/python3", (3, 12, 1), "cpython", usual=True, has_venv=False)
    folder = environments.ROOT / ".venvs" / "never"
    (tmp_path / "list.txt").touch()
    with pytest.raises(SetUpError, match=r"python3 has no venv module.*apt install python3-venv"):
        Environment(folder, bare, tmp_path / "list.txt").set_up()
    assert not folder.exists()

"""Every Python of the machine is seen once, wherever a version manager keeps it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from devkit import pythons
from devkit.pythons import Python

posix = pytest.mark.skipif(os.name == "nt", reason="its Pythons are made of shell scripts")


def fake(folder: Path, version: str, **facts: object) -> Path:
    """A program that answers as a Python of this version would."""
    numbers = [int(part) for part in version.split(".")]
    path = folder / f"python3.{numbers[1]}"
    known = {"path": str(path), "version": numbers, "build": version}
    answer = {**known, "usual": True, "has_venv": True, **facts}
    folder.mkdir(parents=True, exist_ok=True)
    text = str(answer).replace("'", '"').replace("True", "true").replace("False", "false")
    path.write_text(f"#!/bin/sh\necho '{text}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without Pythons, and nothing on the PATH."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for variable, *_ in pythons.MANAGERS:
        monkeypatch.delenv(variable, raising=False)
    pythons.probe.cache_clear()
    return tmp_path


@posix
@pytest.mark.parametrize(
    "folder",
    [
        "bin",
        ".pyenv/versions/3.13.9/bin",
        ".local/share/uv/python/cpython-3.13.9-linux-x86_64-gnu/bin",
        ".asdf/installs/python/3.13.9/bin",
        ".local/share/mise/installs/python/3.13.9/bin",
        "micromamba/envs/some/bin",
    ],
)
def test_pythons_of_version_managers_are_seen(home: Path, folder: str) -> None:
    """Also where nothing on the PATH says so."""
    path = fake(home / folder, "3.13.9")
    assert str(path) in list(pythons.on_this_machine())


@posix
def test_environments_of_conda_are_seen_wherever_they_are(home: Path) -> None:
    """By the list that conda keeps of them."""
    path = fake(home / "far" / "away" / "bin", "3.12.9")
    (home / ".conda").mkdir()
    (home / ".conda" / "environments.txt").write_text(f"{home / 'far' / 'away'}\n")
    assert str(path) in list(pythons.on_this_machine())


@posix
def test_a_manager_may_be_somewhere_else(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its variable says where."""
    monkeypatch.setenv("PYENV_ROOT", str(home / "other"))
    path = fake(home / "other" / "versions" / "3.12.9" / "bin", "3.12.9")
    assert str(path) in list(pythons.on_this_machine())


@posix
def test_one_file_is_seen_once_and_shims_never(home: Path) -> None:
    """A link to a Python is that Python; a shim only asks its manager."""
    path = fake(home / "bin", "3.13.9")
    (home / "bin" / "python3").symlink_to(path)
    shim = fake(home / ".pyenv" / "shims", "3.13.9")
    os.environ["PATH"] += os.pathsep + str(shim.parent)
    listed = list(pythons.on_this_machine())
    assert len([one for one in listed if one.startswith(str(home))]) == 1


@posix
def test_one_python_of_each_minor_version_is_chosen(home: Path) -> None:
    """The newest that can make environments; no old ones, no early ones, no other kinds."""
    paths = [
        fake(home / "a", "3.10.1"),
        fake(home / "b", "3.12.1"),
        fake(home / "c", "3.12.9"),
        fake(home / "d", "3.13.1"),
        fake(home / "e", "3.13.9", has_venv=False),
        fake(home / "f", "3.15.0", usual=False),
        home / "missing",
    ]
    chosen = pythons.newest_of_each(map(str, paths))
    assert list(chosen) == [(3, 12), (3, 13)]
    assert [one.label for one in chosen.values()] == ["3.12.9", "3.13.1"]


def test_what_does_not_run_is_no_python(home: Path) -> None:
    """A file that is no program, one that fails, one that prints something else."""
    for name, text in (("a", "no program"), ("b", "#!/bin/sh\nexit 1\n"), ("c", "#!/bin/sh\n")):
        (home / name).write_text(text)
        (home / name).chmod(0o755)
        assert pythons.probe(str(home / name)) is None


def test_the_python_that_runs_this_is_known() -> None:
    """By its version and the place outside any virtual environment."""
    pythons.probe.cache_clear()
    python = pythons.current()
    assert isinstance(python, Python)
    assert python.version == sys.version_info[:3]
    assert not Path(python.path).is_relative_to(sys.prefix) or sys.prefix == sys.base_prefix

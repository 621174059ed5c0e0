"""Folders: every inventory in them is read, and what cannot be is said; nothing installed is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from imvo_scan.cli import folders
from imvo_scan.cli.folders import inventories_in
from imvo_scan.core.file_bytes import file_bytes
from tests.cli.test_scan import GOOD, OFFICE, run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one inventory in it and one below."""
    (tmp_path / "many" / "sub").mkdir(parents=True)
    (tmp_path / "many" / "a.yaml").write_text(GOOD)
    (tmp_path / "many" / "sub" / "b.yml").write_text(OFFICE)
    return tmp_path / "many"


def told(folder: Path) -> tuple[list[str], list[str]]:
    """The inventories found and the problems, by path from the folder."""
    walk = inventories_in(folder)
    files = [Path(name).relative_to(folder).as_posix() for name in walk.files]
    return files, [
        f"{Path(one.file).relative_to(folder).as_posix()}: {one.what}" for one in walk.problems
    ]


def test_every_inventory_is_found_in_order(folder: Path) -> None:
    """At any depth, also deeper than Python calls itself."""
    assert told(folder) == (["a.yaml", "sub/b.yml"], [])
    deep = folder
    try:
        for _ in range(1200):
            os.chdir(deep)
            Path("d").mkdir()
            deep = Path("d")
        os.chdir(deep)
        Path("c.yaml").write_text(GOOD)
    finally:
        os.chdir(folder.parent)
    try:
        files, problems = told(folder)
        assert (len(files), problems) == (3, [])
    finally:
        removed(folder / "d")


def removed(deep: Path) -> None:
    """Take a deep folder away, which Python's own way cannot: it calls itself for each level.

    The second level is moved beside the first until nothing stands below.
    """
    aside = deep.with_name("aside")
    while (deep / "d").exists():
        (deep / "d").rename(aside)
        deep.rmdir()
        aside.rename(deep)
    (deep / "c.yaml").unlink()
    deep.rmdir()


@pytest.mark.parametrize("name", ["node_modules", ".git", ".venv", ".hidden"])
def test_what_is_installed_or_hidden_is_not_read(folder: Path, name: str) -> None:
    """Wherever it stands; but a folder that is named itself is read."""
    (folder / "sub" / name / "x").mkdir(parents=True)
    (folder / "sub" / name / "x" / "c.yaml").write_text("imvo: broken\n")
    assert told(folder) == (["a.yaml", "sub/b.yml"], [])
    assert told(folder / "sub" / name) == (["x/c.yaml"], [])


@pytest.mark.parametrize("mark", ["pyvenv.cfg", "conda-meta"])
def test_a_virtual_environment_is_not_read_whatever_its_name(folder: Path, mark: str) -> None:
    """It is known by what it holds."""
    (folder / "sub" / mark).write_text("")
    assert told(folder) == (["a.yaml"], [])


@pytest.mark.parametrize(
    ("link", "target", "what"),
    [
        ("gone.yaml", "nowhere.yaml", "this link leads nowhere"),
        ("gone", "nowhere", "this link leads nowhere"),
        ("loop.yaml", "loop.yaml", "this link leads to itself"),
        ("loop", "other", "this link leads to itself"),
        ("up", "..", "this link leads back to a folder that holds it"),
        ("here", ".", "this link leads back to a folder that holds it"),
        ("out", "../../elsewhere", "this link leads out of what is read"),
        ("unseen", "../.store", "this link leads out of what is read"),
    ],
)
def test_a_link_that_cannot_be_followed_is_said(
    folder: Path, link: str, target: str, what: str
) -> None:
    """And the rest is scanned."""
    (folder.parent / "elsewhere").mkdir()
    (folder / ".store").mkdir()
    (folder / "sub" / link).symlink_to(target)
    if target == "other":
        (folder / "sub" / "other").symlink_to(link)
    files, problems = told(folder)
    assert files == ["a.yaml", "sub/b.yml"]
    assert f"sub/{link}: {what}" in problems
    done = run(str(folder), "-o", "csv", cwd=folder.parent)
    assert done.returncode == 2
    assert b"Mill" in done.stdout
    assert b"Office" in done.stdout
    assert what.encode() in done.stderr


def test_links_to_what_is_read_anyway_add_nothing(folder: Path) -> None:
    """A link to a folder beside it is read once, in its own place; a link to a file is a file."""
    (folder / "again").symlink_to("sub")
    (folder / "linked.yaml").symlink_to("a.yaml")
    assert told(folder) == (["a.yaml", "linked.yaml", "sub/b.yml"], [])
    done = run(str(folder), "-o", "csv", "--all", cwd=folder.parent)
    assert (done.returncode, done.stdout.count(b"mill,Mill")) == (0, 9)


def test_what_may_not_be_read_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder and a file, also where the tests run as a user who may read everything."""
    listing, reading = Path.iterdir, file_bytes

    def refused_folder(path: Path) -> Iterator[Path]:
        if path.name == "sub":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    def refused_file(path: Path) -> bytes:
        if path.name == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return reading(path)

    monkeypatch.setattr(Path, "iterdir", refused_folder)
    monkeypatch.setattr(folders, "file_bytes", refused_file)
    assert told(folder) == (
        [],
        [
            "a.yaml: this cannot be read: Permission denied",
            "sub: this folder cannot be read: Permission denied",
        ],
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_2_and_the_rest_is_scanned(folder: Path) -> None:
    """With a real folder that may not be entered."""
    (folder / "sub").chmod(0)
    try:
        done = run(str(folder), "-o", "csv", cwd=folder.parent)
    finally:
        (folder / "sub").chmod(0o755)
    assert done.returncode == 2
    assert b"Mill" in done.stdout


def test_what_is_no_file_is_said(folder: Path) -> None:
    """A pipe that is called an inventory would be waited for."""
    os.mkfifo(folder / "pipe.yaml")
    assert told(folder)[1] == ["pipe.yaml: this is neither a file nor a folder"]


def test_every_command_says_so(folder: Path) -> None:
    """A plan over a part is no plan over the whole."""
    (folder / "gone.yaml").symlink_to("nowhere")
    for command in (["plan"], ["chain"], ["steps"], ["explain"]):
        last = ["mill"] if command == ["explain"] else []
        done = run(*command, str(folder), *last, cwd=folder.parent)
        assert done.returncode == 2, command
        assert b"leads nowhere" in done.stderr
        assert b"tables" in done.stdout

"""The ground holds: the set-up script, the hashed lists, the layout and the wheel."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
ADDRESS = re.compile(rb"[a-z]+://", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Joined here so that this file does not find itself.
REGISTRY = re.compile(b"files[.]python" + b"hosted|pypi[.]" + b"org|registry[.]" + b"npmjs")
# A path from the root of a disk, not one inside a web address.
MACHINE_PATH = re.compile(rb"(?<![\w.:/*~$}-])/(?:home|Users|root|work|tmp|opt)/[\w.]")


def project() -> dict[str, Any]:
    """pyproject.toml as read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(path: Path) -> dict[str, str]:
    """Each requirement line of a list with its hashes, by canonical package name."""
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {canonicalize_name(re.split(r"[=<>!~ ;\[]", line)[0]): line for line in lines}


def tracked() -> list[Path]:
    """The files that git tracks, or would track after `git add`; a plain copy has no such list."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is a copy without git: what is tracked cannot be known")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    paths = [ROOT / os.fsdecode(name) for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize(
    "path", [ROOT / "dev.py", *sorted((ROOT / "devkit").glob("*.py"))], ids=lambda path: path.name
)
def test_set_up_needs_only_the_standard_library(path: Path) -> None:
    """dev.py and what it is made of import nothing that a bare Python lacks."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        name.split(".")[0]
        for node in nodes
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [])
        + ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
    }
    assert names <= sys.stdlib_module_names | {"devkit"}


def test_set_up_can_be_read_by_an_older_python() -> None:
    """An older Python reaches the sentence that says it is too old, not a syntax error."""
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong word prints how to use dev.py and exits 2, before any set-up."""
    assert dev.main(["tset"]) == 2
    assert "dev.py test" in capsys.readouterr().err


def test_robot_runs_the_same_command_as_people() -> None:
    """.ci/run is executable and calls dev.py test."""
    script = ROOT / ".ci" / "run"
    assert "python3 dev.py test" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_pinned_and_hashed(path: Path) -> None:
    """Each line pins one version and carries at least one sha256."""
    lines = locked(path).values()
    assert lines
    assert [line for line in lines if "==" not in line or not HASH.search(line)] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_locked_lists_hold_no_address(path: Path) -> None:
    """A list installs from whatever index its user has set."""
    assert ADDRESS.findall(path.read_bytes()) == []


def test_locked_lists_cover_what_the_project_asks_for() -> None:
    """Each declared requirement is in its list, at a version inside its range."""
    table = project()
    runtime = table["project"]["dependencies"]
    groups = table["dependency-groups"]
    development = [one for one in groups["dev"] if isinstance(one, str)] + groups["build"]
    for name, wanted in (("runtime.txt", runtime), ("dev.txt", runtime + development)):
        lines = locked(ROOT / "requirements" / name)
        for requirement in map(Requirement, wanted):
            line = lines[canonicalize_name(requirement.name)]
            version = line.split("==")[1].split()[0]
            assert requirement.specifier.contains(version), line


def test_the_build_backend_is_locked_as_it_is_asked_for() -> None:
    """What builds the wheel is in a hashed list, so that nothing unhashed need be fetched."""
    table = project()
    assert table["dependency-groups"]["build"] == table["build-system"]["requires"]
    assert "hatchling" in locked(ROOT / "requirements" / "build.txt")


def test_tests_see_the_versions_that_users_get() -> None:
    """The runtime packages have the same versions and hashes in both lists."""
    runtime, development = (locked(ROOT / "requirements" / f"{n}.txt") for n in ("runtime", "dev"))
    assert {name: development.get(name) for name in runtime} == runtime


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    """The repository reads the same wherever it is cloned."""
    here = re.compile(re.escape(os.fsencode(str(ROOT) + os.sep)))
    wrong = {
        f"{path.relative_to(ROOT)}: {found[0].decode()}"
        for path in tracked()
        for pattern in (REGISTRY, MACHINE_PATH, here)
        if (found := pattern.search(path.read_bytes()))
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("text", "is_path"),
    [
        (b"see /" + b"home/me/file", True),
        (b'"/' + b'tmp/x.yaml"', True),
        (b"www.example.int/home/page", False),
        (b"GET docs/" + b"home/x", False),
    ],
)
def test_a_machine_path_is_told_from_a_web_address(text: bytes, *, is_path: bool) -> None:
    """The pattern above finds paths and leaves addresses alone."""
    assert bool(MACHINE_PATH.search(text)) == is_path


def test_lock_files_that_record_addresses_are_not_tracked() -> None:
    """uv.lock and pylock.toml stay out of the repository."""
    names = {path.name for path in tracked()}
    assert "dev.py" in names
    assert [name for name in names if name == "uv.lock" or name.startswith("pylock")] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel as hatchling builds it from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_wheel_ships_every_table(wheel: zipfile.ZipFile) -> None:
    """All of data/ travels inside the package, byte for byte."""
    tables = [path for path in tracked() if path.is_relative_to(ROOT / "data")]
    assert tables
    for path in tables:
        inside = f"imvo_scan/{path.relative_to(ROOT).as_posix()}"
        assert wheel.read(inside) == path.read_bytes()


def test_wheel_is_typed_licensed_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    """The wheel holds one package, its type marker and both licences."""
    names = wheel.namelist()
    assert "imvo_scan/py.typed" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"imvo_scan"}
    licences = {name.split("/licenses/")[1] for name in names if "/licenses/" in name}
    assert licences == {"LICENSE", "data/LICENSE.md"}

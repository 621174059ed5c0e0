"""Git as it is asked for old versions: nothing from outside, no program that a repository names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from imvo_scan.core.errors import UsageError
from imvo_scan.history.git_revisions import content_at, file_at, history_of
from imvo_scan.messages.speaker import Speaker
from tests.cli.test_scan import run
from tests.conftest import SHARED

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
CASE = SHARED / "cases" / "hostile" / "partial-clone.sh"
TEXT = "imvo: 1\ncompany: {name: A}\nsuppliers:\n  - {id: s, name: B, country: BD}\n"
OWNER = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "protocol.file.allow=always")
PROGRAMS_OF_A_REPOSITORY = (
    ("core.sshCommand", "{touch}"),
    ("core.fsmonitor", "{touch}"),
    ("core.pager", "{touch}"),
    ("pager.log", "{touch}"),
    ("pager.cat-file", "{touch}"),
    ("core.askPass", "{touch}"),
    ("credential.helper", "!{touch}"),
    ("alias.log", "!{touch}"),
    ("alias.cat-file", "!{touch}"),
    ("diff.external", "{touch}"),
    ("diff.evil.textconv", "{touch}"),
    ("diff.evil.command", "{touch}"),
    ("filter.evil.smudge", "{touch}"),
    ("filter.evil.process", "{touch}"),
    ("gpg.program", "{touch}"),
    ("log.showSignature", "true"),
    ("protocol.allow", "always"),
    ("protocol.ext.allow", "always"),
    ("remote.origin.url", "ext::{touch}"),
)


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    subprocess.run(["git", *OWNER, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607


def repository(folder: Path, name: str = "chain.yaml") -> Path:
    """A repository with two versions of one file, which it gives by its name."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for text in (TEXT, TEXT + "# two\n"):
        (folder / name).write_text(text)
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "one more")
    return folder / name


def partial_clone(here: Path) -> Path:
    """A copy without its old versions, whose config runs a program wherever git can be told to."""
    source = repository(here / "source").parent
    git(source, "config", "uploadpack.allowFilter", "true")
    git(here, "clone", "-q", "--filter=blob:none", source.as_uri(), "copy")
    copy = here / "copy"
    touch = here / "touch.sh"
    touch.write_text(f"#!/bin/sh\necho ran >> {here}/ran\nexit 1\n")
    touch.chmod(0o755)
    (copy / ".gitattributes").write_text("*.yaml diff=evil filter=evil\n")
    for key, value in PROGRAMS_OF_A_REPOSITORY:
        git(copy, "config", key, value.format(touch=touch))
    return copy


@pytest.mark.skipif(os.name == "nt", reason="the program of the repository is a shell script")
@pytest.mark.parametrize("asked", ["history chain.yaml", "diff git:HEAD~1:chain.yaml chain.yaml"])
def test_a_partial_clone_fetches_nothing_and_runs_nothing(tmp_path: Path, asked: str) -> None:
    """Its config names a program for everything git can be told to run; none of them runs."""
    copy = partial_clone(tmp_path)
    done = run(*asked.split(), cwd=copy)
    assert not (tmp_path / "ran").exists()
    assert b"imvo-scan fetches nothing" in done.stderr or asked.startswith("history")
    assert done.returncode == (0 if asked.startswith("history") else 2)


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("asked", ["history chain.yaml", "diff git:HEAD~1:chain.yaml chain.yaml"])
def test_no_socket_and_no_program_but_git(tmp_path: Path, asked: str) -> None:
    """Every system call for a network or a program, of us and all below us, in a partial clone."""
    copy, log = partial_clone(tmp_path), tmp_path / "calls"
    traced = ["strace", "-f", "-qq", "-e", "trace=network,execve", "-o", str(log)]
    ours = [sys.executable, "-m", "imvo_scan", *asked.split()]
    subprocess.run([*traced, *ours], cwd=copy, check=False, capture_output=True)
    calls = log.read_text(errors="replace")
    if "execve" not in calls:
        pytest.skip("processes cannot be traced here")
    started = re.findall(r'execve\("([^"]+)".*= 0', calls)
    assert {Path(one).name for one in started} == {Path(sys.executable).name, "git"}
    assert not re.search(r"\b(socket|connect|sendto|getaddrinfo)\(", calls)


@pytest.mark.skipif(shutil.which("sh") is None, reason="the case is a shell script")
def test_the_shared_case_stays_harmless(tmp_path: Path) -> None:
    """The clone that was seen to run a command as soon as its history was asked for."""
    if not CASE.exists():
        pytest.skip(f"the shared cases are not here: {CASE.name}")
    names = {"GIT_AUTHOR_NAME": "n", "GIT_COMMITTER_NAME": "n"}
    subprocess.run(
        ["sh", str(CASE)],  # noqa: S607
        cwd=tmp_path,
        env={**os.environ, **names},
        check=False,
        capture_output=True,
    )
    done = run("history", "chain.yaml", cwd=tmp_path / "cl")
    assert done.returncode == 0
    assert not (tmp_path / "cl" / "pwned").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ['a "b".yaml', "tab\t.yaml", "line\nbreak.yaml", "ünï.yaml", ":(top)*.yaml", "\\.yaml"]
)
def test_old_versions_are_there_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    """Quotes, tabs, line breaks, other letters and signs that git gives a meaning."""
    file = repository(tmp_path / "source", name)
    revisions = history_of(file)
    assert [one.path for one in revisions] == [name, name]
    assert content_at(revisions[0], file.parent) == TEXT.encode()
    assert content_at(revisions[1], file.parent).endswith(b"# two\n")


def test_a_file_under_an_older_name_is_followed(tmp_path: Path) -> None:
    """The path of each version is the one it had then."""
    file = repository(tmp_path / "source")
    git(file.parent, "mv", "chain.yaml", "new.yaml")
    git(file.parent, "commit", "-qm", "rename")
    paths = [one.path for one in history_of(file.with_name("new.yaml"))]
    assert paths == ["chain.yaml", "chain.yaml", "new.yaml"]


@pytest.mark.parametrize(
    ("key", "value"), [("diff.relative", "true"), ("log.showRoot", "false"), ("color.ui", "always")]
)
def test_no_config_changes_what_is_read(tmp_path: Path, key: str, value: str) -> None:
    """A repository may ask for other paths, fewer commits or colours: the answer is the same."""
    repository(tmp_path / "source")
    folder = tmp_path / "source" / "below"
    folder.mkdir()
    (folder / "a.yaml").write_text("a: 1\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "below")
    git(folder, "config", key, value)
    assert [one.path for one in history_of(folder / "a.yaml")] == ["below/a.yaml"]
    assert [one.path for one in history_of(tmp_path / "source" / "chain.yaml")] == [
        "chain.yaml",
        "chain.yaml",
    ]


def test_git_is_not_taken_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by an empty or a relative entry of the PATH, nor by the folder's own name."""
    planted = tmp_path / "git"
    planted.write_text("#!/bin/sh\necho planted\n")
    planted.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path)]))
    with pytest.raises(UsageError, match="git is not installed here, or not on the PATH"):
        file_at("git:HEAD:chain.yaml")


def test_the_reason_of_git_is_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that holds every line git wrote."""
    repository(tmp_path / "source")
    monkeypatch.chdir(tmp_path / "source")
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(UsageError) as refused:
        file_at("git:nowhere:chain.yaml")
    (problem,) = refused.value.problems
    what = str(problem.what)
    assert what.startswith("git says: fatal: ")
    assert "nowhere" in what
    assert "\n" not in what


@pytest.mark.parametrize(
    ("name", "dutch"),
    [
        ("git:HEAD", "git:HEAD noemt geen bestand in git"),
        ("git:nowhere:chain.yaml", "git zegt: fatal: "),
    ],
)
def test_what_git_lacks_is_said_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, dutch: str
) -> None:
    """But for the words of git itself."""
    repository(tmp_path / "source")
    monkeypatch.chdir(tmp_path / "source")
    monkeypatch.setenv("LC_ALL", "C")
    with pytest.raises(UsageError) as refused:
        file_at(name)
    (problem,) = refused.value.problems
    assert Speaker("nl").tell(problem.what).startswith(dutch)


def test_a_git_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the seconds it had, and without the command that was run."""

    def endless(command: list[str], *, timeout: int, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "run", endless)
    with pytest.raises(UsageError) as refused:
        file_at("git:HEAD:chain.yaml")
    (problem,) = refused.value.problems
    assert str(problem.what) == "git cannot be run: it does not answer within 60 seconds"

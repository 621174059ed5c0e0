"""Earlier versions of a file from git, read without a shell and without changing anything."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from imvo_scan.vocabulary import UsageError

PREFIX = "git:"
_SECONDS = 60
_RUNS_NOTHING = (
    "-c",
    "log.showSignature=false",
    "-c",
    "core.fsmonitor=false",
)  # as a repository may ask
_COMMIT = "\x01"


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit in the history of a file, and the path the file had then."""

    commit: str
    date: str
    path: str


def file_at(text: str) -> bytes:
    """The file that `git:REV:PATH` names. Raises `UsageError` where there is none."""
    revision, _, path = text.removeprefix(PREFIX).partition(":")
    if not revision or not path or revision.startswith("-"):
        raise UsageError.of(f"{text} names no file in git", "Write git:REV:PATH.")
    wanted = path if path.startswith("./") else f"./{path}"
    return _git(Path(), "show", "--end-of-options", f"{revision}:{wanted}")


def history_of(file: Path) -> tuple[Revision, ...]:
    """The commits that changed a file, the oldest first. Raises `UsageError` outside git."""
    log = _git(
        file.parent,
        *("-c", "core.quotePath=off", "log", "--follow", "--name-only"),
        *(f"--format={_COMMIT}%H %cs", "--", file.name),
    )
    entries = log.decode(errors="surrogateescape").split(_COMMIT)[1:]
    return tuple(reversed([_revision(entry) for entry in entries]))


def is_shallow(folder: Path) -> bool:
    """Whether git holds only the last commits of a repository, as a check-out in CI does."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _revision(entry: str) -> Revision:
    head, _, path = entry.partition("\n")
    commit, _, date = head.partition(" ")
    return Revision(commit, date, path.strip("\n"))


def content_at(revision: Revision, folder: Path) -> bytes:
    """The bytes a file had at a revision; its path is from the root of the repository."""
    return _git(folder, "show", f"{revision.commit}:{revision.path}")


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(folder), *_RUNS_NOTHING, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603 - a list, no shell
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError.of(f"git cannot be run: {error}", "Install git to look back.") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError.of(f"git says: {said[-1] if said else 'nothing'}")
    return done.stdout

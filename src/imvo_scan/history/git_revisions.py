"""Earlier versions of a file from git, read without a shell, a network or a program but git.

A repository may come from anyone, and its config can name programs that git runs: to fetch what is
missing, to show a file, to watch the disk, to check a signature. Here git only reads what lies on
this disk.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from imvo_scan.core.errors import UsageError
from imvo_scan.core.file_bytes import MOST_OF_FILE, TooLargeError
from imvo_scan.core.message import Text, message
from imvo_scan.core.os_reason import reason_of

PREFIX = "git:"
_SECONDS = 60
_SWITCHES = ("--no-pager", "--no-replace-objects", "--literal-pathspecs")
_CONFIG = {  # what a repository may ask for that runs a program or changes what is printed
    "protocol.allow": "never",
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.sshCommand": "false",
    "core.askPass": "",
    "core.gitProxy": "",
    "credential.helper": "",
    "log.showSignature": "false",
    "log.showRoot": "true",
}
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
# Of git's own variables only those that say where its owner's config is and how far up to look:
# the others can name programs and other repositories.
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_NOT_HERE = message("history.fetches-nothing")


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
        raise UsageError.of(
            message("history.no-file-in-git", text=text), message("history.how-to-name-a-file")
        )
    wanted = path if path.startswith("./") else f"./{path}"
    return _blob(Path(), f"{revision}:{wanted}")


def history_of(file: Path) -> tuple[Revision, ...]:
    """The commits that changed a file, the oldest first. Raises `UsageError` outside git."""
    try:
        log = _log(file)
    except UsageError:
        # In a partial copy the likeness of two versions cannot be seen; the same bytes can.
        log = _log(file, "--find-renames=100%")
    return tuple(reversed([*_revisions(os.fsdecode(log))]))


def is_shallow(folder: Path) -> bool:
    """Whether git holds only the last commits of a repository, as a check-out in CI does."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"


def content_at(revision: Revision, folder: Path) -> bytes:
    """The bytes a file had at a revision; its path is from the root of the repository."""
    return _blob(folder, f"{revision.commit}:{revision.path}")


def _log(file: Path, *how: str) -> bytes:
    shown = ("-z", "--name-only", "--no-relative", "--no-ext-diff", "--no-textconv", "--no-color")
    return _git(
        file.parent, "log", "--follow", *how, *shown, "--format=%H %cs", "--", file.name or "."
    )


def _revisions(log: str) -> Iterator[Revision]:
    """Commits from NUL-ended texts: `COMMIT DAY`, and after a line break the path it had.

    A merge can come without a path: then the file is called what it is called next.
    """
    texts, path = log.split("\0")[:-1], ""
    for number, text in enumerate(texts):
        if text.startswith("\n"):
            continue
        following = texts[number + 1] if number + 1 < len(texts) else ""
        path = following[1:] if following.startswith("\n") else path
        commit, _, date = text.partition(" ")
        yield Revision(commit, date, path)


def _blob(folder: Path, name: str) -> bytes:
    """A file as it is kept: unlike `show`, this converts nothing. Raises `UsageError`."""
    size = int(_git(folder, "cat-file", "-s", "--end-of-options", name, hint=_NOT_HERE))
    if size > MOST_OF_FILE:
        raise UsageError.of(
            message("history.unreadable", name=name, why=TooLargeError(MOST_OF_FILE).reason)
        )
    return _git(folder, "cat-file", "blob", "--end-of-options", name, hint=_NOT_HERE)


def _git(folder: Path, *arguments: str, hint: Text = "") -> bytes:
    """What git prints. Raises `UsageError` with the whole of what git says is wrong."""
    config = [part for key, value in _CONFIG.items() for part in ("-c", f"{key}={value}")]
    command = [_program(), "-C", str(folder), *_SWITCHES, *config, *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=_environment(os.environ),
        )
    except subprocess.TimeoutExpired:
        raise _not_run(message("history.git-too-slow", n=_SECONDS)) from None
    except OSError as error:
        raise _not_run(reason_of(error)) from None
    except ValueError as error:  # a name with a sign that no argument may have
        raise _not_run(str(error)) from None
    if done.returncode != 0:
        reason = " ".join(done.stderr.decode(errors="replace").split())
        what = message("history.git-says", reason=reason)
        raise UsageError.of(what if reason else message("history.git-says-nothing"), hint)
    return done.stdout


def _not_run(why: Text) -> UsageError:
    return UsageError.of(message("history.git-not-run", why=why))


def _program() -> str:
    """Where git is: a folder of the PATH that is named in full, and never the current folder.

    Raises `UsageError` where it is in none.
    """
    here = Path.cwd().resolve()
    name = "git.exe" if os.name == "nt" else "git"
    for folder in map(Path, os.get_exec_path()):
        program = folder / name
        elsewhere = folder.is_absolute() and os.path.realpath(folder) != str(here)
        if elsewhere and program.is_file() and os.access(program, os.X_OK):
            return str(program)
    raise UsageError.of(message("history.no-git"), message("history.install-git"))


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """The variables git runs with: those given but for git's own, and ours."""
    usual = {key: text for key, text in given.items() if not key.startswith("GIT_")}
    return {**usual, **{key: given[key] for key in _KEPT if key in given}, **_ENVIRONMENT}

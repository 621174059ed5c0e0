"""The inventories in a folder and below it, and what there cannot be looked into."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field
from pathlib import Path

from imvo_scan.core.errors import Problem
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.message import Message, Text, message
from imvo_scan.core.os_reason import reason_of

_IS_INVENTORY = re.compile(
    rb"^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\"']?(?:imvo|suppliers)[\"']?[ \t]*:", re.MULTILINE
)
_ENDINGS = frozenset({".yaml", ".yml"})
_PACKAGES = frozenset({"node_modules"})
_MARKS_OF_ENVIRONMENTS = ("pyvenv.cfg", "conda-meta")


@dataclass
class Walk:
    """A walk through a folder: the inventories, in order, and what is wrong."""

    root: Path
    files: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, path: Path, what: Message, hint: Text = "") -> None:
        """Keep a problem with a place in the folder."""
        self.problems.append(Problem(str(path), 0, 0, what, hint=hint))


def inventories_in(folder: Path) -> Walk:
    """YAML files below a folder that say `imvo:` or `suppliers:` at the start of a line.

    So one that is meant as an inventory and is none is refused, not passed over. Nothing hidden, no
    installed packages (`node_modules`) and no virtual environments.
    """
    walk = Walk(folder.resolve())
    waiting = [folder]
    while waiting:  # no recursion: folders may lie deeper than Python calls
        for path in _entries(waiting.pop(), walk):
            try:
                if _is_open_folder(path, walk):
                    waiting.append(path)
            except OSError as error:
                walk.wrong(path, message("cli.place-unreadable", why=reason_of(error)))
    walk.files.sort(key=lambda name: Path(name).parts)
    return walk


def _entries(folder: Path, walk: Walk) -> list[Path]:
    """What stands in a folder and is not hidden."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        walk.wrong(folder, message("cli.folder-unreadable", why=reason_of(error)))
        return []
    return [entry for entry in entries if not entry.name.startswith(".")]


def _is_open_folder(path: Path, walk: Walk) -> bool:
    """Whether a path is a folder to look into; an inventory is taken on the way.

    Raises `OSError` where that cannot be seen.
    """
    if path.is_symlink() and not _is_followed(path, walk):
        return False
    if path.is_dir():
        return not _is_installed(path)
    if path.suffix.lower() in _ENDINGS:
        if not path.is_file():
            walk.wrong(path, message("cli.neither-file-nor-folder"))
        elif _IS_INVENTORY.search(file_bytes(path).replace(b"\0", b"")):
            walk.files.append(str(path))
    return False


def _is_installed(folder: Path) -> bool:
    """Whether a folder holds what was installed, and nothing of the user's own."""
    if folder.name in _PACKAGES:
        return True
    return any((folder / name).exists() for name in _MARKS_OF_ENVIRONMENTS)


def _is_followed(link: Path, walk: Walk) -> bool:
    """Whether to follow a link: to a file, for a folder is read in its own place.

    A link to a folder elsewhere is not followed but reported: a repository that is not yours must
    not have the rest of the disk read.
    """
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # before 3.13 a loop is a RuntimeError
        circular = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
        code = "cli.link-to-itself" if circular else "cli.link-nowhere"
        walk.wrong(link, message(code))
        return False
    if not target.is_dir():
        return True
    home = link.parent.resolve()
    if target == home or target in home.parents:
        walk.wrong(link, message("cli.link-back"))
    elif not target.is_relative_to(walk.root) or _is_out_of_sight(target, walk.root):
        walk.wrong(link, message("cli.link-out"), message("cli.name-it-on-its-own"))
    return False


def _is_out_of_sight(folder: Path, root: Path) -> bool:
    """Whether a folder below the root is one that is not looked into."""
    inside = (folder, *folder.parents)[: len(folder.relative_to(root).parts)]
    return any(one.name.startswith(".") or _is_installed(one) for one in inside)

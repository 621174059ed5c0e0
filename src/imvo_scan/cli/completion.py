"""What the shell offers on TAB: commands, options, formats, files. Nothing else is printed then."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

from imvo_scan.cli import COMMANDS, MAIN_JOB, with_verb
from imvo_scan.cli.help_layout import HelpfulGroup
from imvo_scan.core.language import languages

VARIABLE = "_IMVO_SCAN_COMPLETE"


def is_asked() -> bool:
    """Whether a shell runs us to complete a line, and not a person to do something."""
    return bool(os.environ.get(VARIABLE))


def silence() -> None:
    """A remark on TAB would stand in the middle of the line that is typed."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


class Program(HelpfulGroup):
    """The commands, of which scanning needs no verb."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read a command line; the verb of the main job is put in where there is none."""
        return super().parse_args(ctx, with_verb(args) if args else args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """At the place of the verb, what may follow the main job is offered as well."""
        offered = super().shell_complete(ctx, incomplete)
        scan = self.get_command(ctx, MAIN_JOB)
        if incomplete.startswith("-") and scan is not None:
            with scan.make_context(MAIN_JOB, [], parent=ctx, resilient_parsing=True) as below:
                return [*offered, *scan.shell_complete(below, incomplete)]
        # where no command fits, an empty answer lets the shell offer files in its own way
        files = files_like(incomplete) if offered else []
        return [*offered, *(type(offered[0])(name) for name in files)]


def files_like(incomplete: str) -> list[str]:
    """Files and folders that begin so, where no quoting is needed to write them."""
    folder, _, start = incomplete.rpartition("/")
    try:
        entries = sorted(Path(folder or ".").iterdir())
    except OSError:
        return []
    begin = incomplete[: len(incomplete) - len(start)]
    names = [
        f"{begin}{one.name}{'/' if one.is_dir() else ''}"
        for one in entries
        if one.name.startswith(start) and one.name.startswith(".") == start.startswith(".")
    ]
    return [name for name in names if shlex.quote(name) == name]


def by_shell() -> list[str]:
    """Nothing of ours: the shell itself completes a path."""
    return []


def commands(incomplete: str) -> list[str]:
    """The commands that begin so."""
    return [name for name in COMMANDS if name.startswith(incomplete)]


def formats(incomplete: str) -> list[str]:
    """The output formats that begin so."""
    from imvo_scan.output import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def languages_like(incomplete: str) -> list[str]:
    """The languages that begin so."""
    return [name for name in languages() if name.startswith(incomplete)]

"""`imvo-scan init`: a starter inventory, settings and waiver file, with comments."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli.destinations import complete_file
from imvo_scan.cli.options import LanguageOptions
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.speech import tell
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.settings.file import FILE_NAME

FILES = {
    "chain.yaml": "starter.inventory",
    FILE_NAME: "starter.settings",
    "waivers.yaml": "starter.waivers",
}
"""The files with the codes of their texts, which are in the language of the person."""


def init(
    _: LanguageOptions,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="help.init-folder")] = Path(),
) -> Exit:
    """Write a starter inventory, settings and waiver file; nothing is overwritten."""
    there = [folder / name for name in FILES if os.path.lexists(folder / name)]
    if there:
        what = message("cli.already-there")
        raise UsageError([Problem(str(path), 0, 0, what) for path in there])
    if not folder.is_dir():
        what = message("cli.no-folder", folder=str(folder))
        raise UsageError.of(what, message("cli.make-it-first"))
    for name, code in FILES.items():
        with complete_file(folder / name) as sink:
            sink.write(tell(message(code)))
        remark(message("cli.wrote", file=str(folder / name)))
    remark(message("cli.fill-in", file=str(folder / "chain.yaml")))
    return Exit.OK

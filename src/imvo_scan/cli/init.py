"""`imvo-scan init`: a starter inventory, settings and waiver file, with comments."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from imvo_scan.cli.options import LanguageOptions
from imvo_scan.cli.terminal import complete_file, remark
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.settings.file import FILE_NAME

INVENTORY = """\
# Your suppliers: one entry for each production site. Only a name is required; leave out what you
# do not know. It is then counted as a gap and ranked with care, never guessed.
# imvo-scan schema inventory prints everything that can stand here.
imvo: 1
company:
  name: Your company
  country: NL                # where you are: ISO code, or an English or Dutch name
  sector: retail             # what you do: a sector, or a code such as nace:47
suppliers:
  - id: first-supplier       # yours to choose, unique, and best never changed
    name: First supplier
    country: BD              # where it is made
    sector: textiles
    tier: 1                  # steps away from you; or whom it supplies: [company]
    goods: [garments]
    # workers: 500           # people at the site
    # flags: [rush-orders]   # agency-labour, home-work, rush-orders, no-independent-union
"""
SETTINGS = """\
# Settings of imvo-scan for everything below this folder. The command line goes before this file.
# imvo-scan schema config prints everything that can stand here.
waivers: waivers.yaml
# fail_on: P1                # exit with 1 from this class on: for CI
# baseline: baseline.json    # count only what is new: write it with --write-baseline baseline.json
# lang: nl
"""
WAIVERS = """\
# Findings that somebody accepts for a time. Each needs a reason, a name or role, and a last day.
waivers: []
#  - finding: first-supplier/living-wage     # or site: and risk:; * stands for any text
#    reason: A wage ladder to 2028 was agreed with the union.
#    approver: Head of buying
#    expires: 2027-05-31                     # or never
"""


def init(
    _: LanguageOptions,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="help.init-folder")] = Path(),
) -> Exit:
    """Write a starter inventory, settings and waiver file; nothing is overwritten."""
    files = {"chain.yaml": INVENTORY, FILE_NAME: SETTINGS, "waivers.yaml": WAIVERS}
    there = [folder / name for name in files if os.path.lexists(folder / name)]
    if there:
        what = message("cli.already-there")
        raise UsageError([Problem(str(path), 0, 0, what) for path in there])
    if not folder.is_dir():
        what = message("cli.no-folder", folder=str(folder))
        raise UsageError.of(what, message("cli.make-it-first"))
    for name, text in files.items():
        with complete_file(folder / name) as sink:
            sink.write(text)
        remark(message("cli.wrote", file=str(folder / name)))
    remark(message("cli.fill-in", file=str(folder / "chain.yaml")))
    return Exit.OK

"""The command line: parses, calls, prints; decides nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO, cast

from imvo_scan.cli import interruption

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "scan": "imvo_scan.cli.scan:scan",
        "explain": "imvo_scan.cli.explain:explain",
        "chain": "imvo_scan.cli.chain:chain",
        "plan": "imvo_scan.cli.plan:plan",
        "steps": "imvo_scan.cli.steps:steps",
        "labels": "imvo_scan.cli.labels:labels",
        "convert": "imvo_scan.cli.convert:convert",
        "diff": "imvo_scan.cli.diff:diff",
        "history": "imvo_scan.cli.history:history",
        "init": "imvo_scan.cli.init:init",
        "lookup": "imvo_scan.cli.lookup:lookup",
        "data": "imvo_scan.cli.data:data",
        "schema": "imvo_scan.cli.schema:schema",
    }
)
"""Every command by name, with its function; imported only when asked for."""

_OF_THE_PROGRAM = ("--help", "--version", "--install-completion", "--show-completion")


def main() -> None:
    """Run the command line and exit: 0 scanned, 1 findings at the threshold, 2 could not scan."""
    interruption.watch()
    try:
        _run()
    finally:
        interruption.end_if_stopped()


def _run() -> None:
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # none are used; looking costs 20 ms
    from imvo_scan.cli.app import app_with
    from imvo_scan.sanitise import CommandlessStream

    sys.stderr = cast("TextIO", CommandlessStream(sys.stderr))

    arguments = with_verb(sys.argv[1:])
    nothing_asked = len(sys.argv) == 1
    asked = arguments[:1] if arguments[0] in COMMANDS else COMMANDS
    try:
        app_with(asked)(arguments, prog_name="imvo-scan")
    except SystemExit as done:
        if nothing_asked:
            sys.stderr.write("Nothing was scanned: name an inventory or a list of suppliers.\n")
        _leave(SystemExit(2) if nothing_asked else done)


def _leave(done: SystemExit) -> None:
    """Exit at once: taking a hundred thousand suppliers apart again is a tenth of the run."""
    interruption.end_if_stopped()
    code = done.code if isinstance(done.code, int) else 0 if done.code is None else 2
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
    os._exit(code)


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with their verb: scanning is the main job and needs none."""
    first = arguments[0] if arguments else "--help"
    if first in COMMANDS or first in _OF_THE_PROGRAM:
        return arguments or ["--help"]
    return ["scan", *arguments]

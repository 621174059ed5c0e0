"""The command line: parses, calls, prints; decides nothing."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TextIO, cast

from imvo_scan.cli import interruption, streams

MAIN_JOB = "scan"
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        MAIN_JOB: "imvo_scan.cli.scan:scan",
        "explain": "imvo_scan.cli.explain:explain",
        "chain": "imvo_scan.cli.chain:chain",
        "plan": "imvo_scan.cli.plan:plan",
        "steps": "imvo_scan.cli.steps:steps",
        "labels": "imvo_scan.cli.labels:labels",
        "convert": "imvo_scan.cli.convert:convert",
        "waive": "imvo_scan.cli.waive:waive",
        "diff": "imvo_scan.cli.diff:diff",
        "history": "imvo_scan.cli.history:history",
        "init": "imvo_scan.cli.init:init",
        "lookup": "imvo_scan.cli.lookup:lookup",
        "data": "imvo_scan.cli.data:data",
        "schema": "imvo_scan.cli.schema:schema",
        "help": "imvo_scan.cli.help:help_",
        "version": "imvo_scan.cli.version:version",
    }
)
"""Every command by name, with its function; imported only when asked for."""

_OF_THE_PROGRAM = ("--help", "-h", "--version", "--install-completion", "--show-completion")
_AS_A_COMMAND = {"--help": "help", "-h": "help", "--version": "version"}
_FAILED = 2


def main() -> None:
    """Run the command line and exit: 0 scanned, 1 findings at the threshold, 2 could not scan."""
    interruption.watch()
    try:
        _run()
    finally:
        interruption.end_if_stopped()


def _run() -> None:
    gc.disable()  # a run makes much and throws little away; imports alone are a twentieth faster
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none are used; looking is slow
    streams.open_closed_streams()
    try:
        from imvo_scan.cli.app import run
        from imvo_scan.core.sanitise import CommandlessStream

        sys.stderr = cast("TextIO", CommandlessStream(sys.stderr))
        code = run(sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - a broken installation is one line too
        sys.stderr.write(f"imvo-scan cannot start: {type(error).__name__}: {error!r}\n")
        code = _FAILED
    _leave(code)


def _leave(code: int) -> None:
    """Exit at once: taking a hundred thousand suppliers apart again is a tenth of the run."""
    interruption.end_if_stopped()
    reason = streams.flushed()
    if reason is not None:
        sys.stderr.write(f"imvo-scan: {reason.strerror or reason}.\n")
        code = _FAILED
    os._exit(code)


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with their verb: scanning is the main job and needs none."""
    first = arguments[0] if arguments else "--help"
    # the commands take a language, and one command is ready sooner than all
    if first in _AS_A_COMMAND and (len(arguments) > 1 or first == "--version"):
        return [_AS_A_COMMAND[first], *arguments[1:]]
    if first in COMMANDS or first in _OF_THE_PROGRAM:
        return arguments or ["--help"]
    return [MAIN_JOB, *arguments]

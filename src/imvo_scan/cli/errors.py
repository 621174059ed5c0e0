"""The one place where an error becomes a plain line and an exit code; no traceback leaves it."""

from __future__ import annotations

import os
from typing import Any

from imvo_scan.cli.streams import drop_output
from imvo_scan.cli.terminal import remark, remark_problems
from imvo_scan.core.errors import ImvoScanError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.matching import did_you_mean


def exit_code_of(error: Exception) -> Exit:
    """Say what went wrong, and the exit code of it."""
    if isinstance(error, BrokenPipeError):
        drop_output()
        return Exit.OK
    if isinstance(error, ImvoScanError):
        remark_problems(error.problems)
        return Exit.FAILED
    for line in _lines(error):
        remark(line, style="red")
    return Exit.FAILED


def _lines(error: Exception) -> list[str]:
    if isinstance(error, MemoryError):
        return ["imvo-scan: there is not enough memory for this. Scan fewer files, or a part."]
    if isinstance(error, OSError):
        drop_output()  # what could not be written is not tried again at exit
        about = f"{error.filename}: " if error.filename else ""
        return [f"imvo-scan: {about}{error.strerror or error}."]
    if hasattr(error, "format_message"):
        return [_usage(error)]
    return [f"Internal error: {type(error).__name__}: {error}", *_where(error)]


def _usage(error: Any) -> str:
    """What typer says of a command line; its class cannot be named, for its home moved."""
    context = error.ctx
    command = context.command_path if context else "imvo-scan"
    option = getattr(error, "option_name", None)
    if option is None or not hasattr(error, "possibilities"):
        return f"{command}: {error.format_message()}"
    known = [name for one in context.command.params for name in (*one.opts, *one.secondary_opts)]
    options = [name for name in (*known, "--help", "--version") if name.startswith("--")]
    hint = did_you_mean(option, options) or f"Known: {', '.join(sorted(set(options)))}."
    return f"{command}: there is no option {option}. {hint}"


def _where(error: Exception) -> list[str]:
    if not os.environ.get("IMVO_SCAN_DEBUG"):
        return ["This is a fault in imvo-scan. Set IMVO_SCAN_DEBUG=1 to see where, and report it."]
    import traceback

    return "".join(traceback.format_exception(error)).splitlines()

"""The one place where an error becomes a plain line and an exit code; no traceback leaves it."""

from __future__ import annotations

import os

from imvo_scan.cli.mistakes import mistake
from imvo_scan.cli.remarks import remark, remark_problems
from imvo_scan.cli.streams import drop_output
from imvo_scan.core.errors import ImvoScanError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import Text, message
from imvo_scan.core.os_reason import reason_of


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


def _lines(error: Exception) -> list[Text]:
    if isinstance(error, MemoryError):
        return [message("cli.no-memory")]
    if isinstance(error, OSError):
        drop_output()  # what could not be written is not tried again at exit
        place = f"imvo-scan: {error.filename}" if error.filename else "imvo-scan"
        return [message("problem.sentence", place=place, what=reason_of(error))]
    if hasattr(error, "format_message"):
        return [mistake(error)]
    what = f"{type(error).__name__}: {error}"
    return [message("cli.internal-error", what=what), *_where(error)]


def _where(error: Exception) -> list[Text]:
    if not os.environ.get("IMVO_SCAN_DEBUG"):
        return [message("cli.our-fault")]
    import traceback

    return [*"".join(traceback.format_exception(error)).splitlines()]

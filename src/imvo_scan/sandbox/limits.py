"""How much a file may ask for. Every bound lies well above what the largest lists need."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

MEMORY = 2 << 30  # bytes of a process that reads; a million rows of 25 cells fit
SECONDS = 120.0  # of waiting for such a process, over the whole file
MEMBERS = 10_000  # files in a zip: one a sheet, and some more
UNPACKED = 2_000_000_000  # bytes; a sheet of a million rows unpacks to less
LARGE, RATIO = 50_000_000, 200  # what is large and packed tighter than this is no list
CELLS = 30_000_000  # the reader keeps a place for each, also for those between
CELL_TEXT = 1_000_000  # letters; the same as in a CSV, and thirty times what Excel allows
ANSWER = 64_000_000  # bytes of 500 rows as they are handed over

_CPU_MARGIN = 30
TOO_MUCH_MEMORY = 75  # the exit code of a process that stopped itself
_EVERY = 0.05


def confine(memory: int, seconds: float) -> None:
    """Take from this process what it does not need: memory, time, and writing a core.

    Where a system has no such limits, or does not keep them, a thread looks after the memory.
    """
    if sys.platform == "linux":
        import resource

        wanted = {
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_CPU: int(seconds) + _CPU_MARGIN,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_FSIZE: 0,  # it writes to pipes only
        }
        for kind, most in wanted.items():
            with suppress(ValueError, OSError):  # lower already
                resource.setrlimit(kind, (most, most))
    else:
        import threading

        threading.Thread(target=watch_memory, args=(memory,), daemon=True).start()


def watch_memory(most: int) -> NoReturn:
    """End this process as soon as it holds more than `most` bytes."""
    import time

    while memory_held() <= most:
        time.sleep(_EVERY)
    os._exit(TOO_MUCH_MEMORY)


def memory_held() -> int:
    """The most bytes of memory that this process has held; 0 where that cannot be known."""
    if sys.platform == "win32":
        return _working_set()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _working_set() -> int:
    """The bytes of memory of this process on Windows (GetProcessMemoryInfo)."""
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32),
            ("faults", ctypes.c_uint32),
            *((name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "e", "f")),
        )

    counters = Counters()
    counters.size = ctypes.sizeof(counters)
    windows = getattr(ctypes, "windll")  # noqa: B009 - only Windows has it
    process = ctypes.c_void_p(-1)  # this one
    windows.kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size)
    return int(counters.now)

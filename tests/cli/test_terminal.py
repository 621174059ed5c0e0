"""Files appear whole, and what is no file is never replaced by one."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from imvo_scan.cli.destinations import complete_file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    """A device such as /dev/null is no file to put another in the place of."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    with complete_file(pipe) as sink:
        sink.write("findings")
    reader.join()
    assert read == ["findings"]
    assert pipe.is_fifo()

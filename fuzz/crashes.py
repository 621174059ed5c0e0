"""Inputs that crashed, kept as files: one for each kind of crash of a target."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).resolve().parent
CORPUS = _HERE / "corpus"
CRASHES = _HERE / "crashes"
_FRAME = re.compile(r'File "[^"]*?((?:imvo_scan|site-packages)[^"]*)", line (\d+)')


def kind_of(trace: str) -> str:
    """What a traceback is about: its last line's type and the last frame that is ours."""
    frames = [found for found in _FRAME.findall(trace) if found[0].startswith("imvo_scan")]
    name = trace.strip().rsplit("\n", 1)[-1].split(":", 1)[0]
    return f"{name} at {':'.join(frames[-1])}" if frames else name


def keep(target: str, raw: bytes, trace: str) -> bool:
    """Keep an input with its traceback, unless one of its kind is kept; whether it is new."""
    kind = kind_of(trace)
    path = CRASHES / f"{target}-{sha256(kind.encode()).hexdigest()[:12]}"
    if path.exists() and path.stat().st_size <= len(raw):
        return False
    new = not path.exists()
    CRASHES.mkdir(exist_ok=True)
    path.write_bytes(raw)
    path.with_suffix(".txt").write_text(f"{kind}\n\n{trace}", encoding="utf-8")
    if new:
        print(f"CRASH {target}: {kind}: {path}", flush=True)
    return new

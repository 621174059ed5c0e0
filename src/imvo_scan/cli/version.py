"""`imvo-scan version`: which one this is."""

from __future__ import annotations

import imvo_scan
from imvo_scan.cli.terminal import standard_output
from imvo_scan.vocabulary import Exit


def version() -> Exit:
    """Print the version."""
    print(f"imvo-scan {imvo_scan.__version__}", file=standard_output())
    return Exit.OK

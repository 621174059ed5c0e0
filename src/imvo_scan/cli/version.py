"""`imvo-scan version`: which one this is."""

from __future__ import annotations

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import LanguageOptions
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.version import __version__


def version(_: LanguageOptions) -> Exit:
    """Print the version."""
    print(f"imvo-scan {__version__}", file=standard_output())
    return Exit.OK

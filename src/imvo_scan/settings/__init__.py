"""How a scan is to run: from the command line, the environment, a file, or the default."""

from imvo_scan.settings.resolve import Resolved, resolve

__all__ = ["Resolved", "resolve"]

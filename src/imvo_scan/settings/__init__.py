"""How a run is to go: from the command line, the environment, a file, or the default."""

from imvo_scan.settings.resolve import Resolved, resolve
from imvo_scan.settings.settings import Settings

__all__ = ["Resolved", "Settings", "resolve"]

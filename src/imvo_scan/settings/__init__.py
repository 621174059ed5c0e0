"""How a run is to go: from the command line, the environment, a file, or the default."""

from imvo_scan.settings.model import Settings
from imvo_scan.settings.resolve import Resolved, resolve

__all__ = ["Resolved", "Settings", "resolve"]

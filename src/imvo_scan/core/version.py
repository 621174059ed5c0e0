"""The version of imvo-scan, which the build reads from here, and that of its method."""

__version__ = "0.1.0"

METHOD = 1
"""The version of the method by which findings are scored (docs/method.md)."""

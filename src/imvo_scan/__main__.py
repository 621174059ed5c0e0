"""`python -m imvo_scan`: the same as the command `imvo-scan`."""

from imvo_scan.cli import main

main()

"""Where the tables are: inside the installed package, or in the checkout it runs from."""

from __future__ import annotations

from pathlib import Path

from imvo_scan.vocabulary import UsageError


def data_directory() -> Path:
    """The folder with the tables. Raises `UsageError` where the installation is incomplete."""
    here = Path(__file__).resolve().parent
    for folder in (here / "data", here.parent.parent / "data"):
        if (folder / "country_risks.yaml").is_file():
            return folder
    raise UsageError.of("the tables are missing from this installation", "Install imvo-scan again.")

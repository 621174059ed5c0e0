"""The file with settings: imvo-scan.yaml, or [tool.imvo-scan] in pyproject.toml, and finding it.

Looked for from the folder of the first input upward, to the root of the repository it lies in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from imvo_scan import strict_yaml
from imvo_scan.vocabulary import Problem, UsageError

if TYPE_CHECKING:
    from imvo_scan.settings.model import Settings

FILE_NAME = "imvo-scan.yaml"
_NEARLY = "imvo-scan.yml"
PYPROJECT = "pyproject.toml"
TABLE = "imvo-scan"


def find_settings(first_input: str) -> Path | None:
    """The nearest file with settings for an input; None where there is none.

    Raises `UsageError` for one with another ending, which would else be passed over in silence.
    """
    start = Path.cwd() if first_input == "-" else Path(first_input).resolve()
    for folder in _upward(start if start.is_dir() else start.parent):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if (folder / _NEARLY).is_file():
            what = f"settings are read from {FILE_NAME}, and this is {_NEARLY}"
            raise UsageError([Problem(str(folder / _NEARLY), 0, 0, what, hint="Rename it.")])
        if _has_table(folder / PYPROJECT):
            return folder / PYPROJECT
    return None


def _upward(folder: Path) -> Iterator[Path]:
    """A folder and those above it, up to the root of its repository."""
    for one in (folder, *folder.parents):
        yield one
        if (one / ".git").exists():
            return


def _has_table(path: Path) -> bool:
    try:
        return f"[tool.{TABLE}".encode() in path.read_bytes()
    except OSError:
        return False


def read_settings(path: Path) -> Settings:
    """The settings of a file. Raises `UsageError` or `YamlError` with every problem."""
    from imvo_scan.inventory.documents import validated
    from imvo_scan.settings.model import Settings

    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"these settings cannot be read: {error.strerror or error}"
        raise UsageError([Problem(str(path), 0, 0, what)]) from None
    if path.suffix == ".toml":
        return validated(_of_toml(raw, path), Settings)
    return validated(strict_yaml.load_bytes(raw, str(path)), Settings)


def _of_toml(raw: bytes, path: Path) -> strict_yaml.Document:
    """The table of a pyproject.toml as a document; its places are not known."""
    import tomllib

    try:
        document = tomllib.loads(raw.decode())
    except ValueError as error:
        raise UsageError([Problem(str(path), 0, 0, f"this is not TOML: {error}")]) from None
    table = document.get("tool", {}).get(TABLE, {})
    return strict_yaml.Document(str(path), _written(table), b"{}")


def _written(value: object) -> strict_yaml.Value:
    """TOML values as they would be written in YAML: every scalar is text."""
    if isinstance(value, dict):
        return {key.replace("-", "_"): _written(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)

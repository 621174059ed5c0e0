"""Print the packages of the environment that runs this, on one line: what was tested with."""

import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

if __name__ == "__main__":
    text = Path(__file__).parent.parent.joinpath("pyproject.toml").read_text(encoding="utf-8")
    names = [
        re.split(r"[<>=;!~ \[]", line)[0] for line in tomllib.loads(text)["project"]["dependencies"]
    ]
    packages = [f"{name} {version(name)}" for name in names]
    print(", ".join([f"Python {sys.version.split()[0]}", *packages]), flush=True)

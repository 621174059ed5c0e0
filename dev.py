#!/usr/bin/env python3
"""Set up, run and check this project with nothing but Python and pip.

python3 dev.py scan [ARGS]   scan the example supply chain; ARGS go to imvo-scan
python3 dev.py test [ARGS]   run every check; ARGS go to pytest
python3 dev.py format        let ruff format the code and mend what it can
python3 dev.py lock [ARGS]   refresh requirements/ from pyproject.toml; ARGS (--upgrade) go to uv
python3 dev.py rebuild       rebuild what is generated: tables, schemas, pages
python3 dev.py build         build the wheel and the sdist into dist/

The first run fills .venv from the hashed lists in requirements/ and needs the network once.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:  # before anything that an older Python cannot read
    sys.exit("dev.py needs Python 3.11 or newer; this is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
STAMP = ENVIRONMENT / "set-up.json"
LOCK = ROOT / "requirements" / "dev.txt"
OLDEST_PIP = (22, 3)  # the first with --python

GENERATORS = (
    "build_country_risks",
    "build_goods_risks",
    "build_country_names",
    "freeze_model",
    "build_evidence_page",
    "build_inventory_page",
    "update_readme",
)

CHECKS = {
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "lint": ["ruff", "check", "--quiet", "."],
    "types": ["mypy", "--no-error-summary"],
    "layers": ["lint-imports"],
}


class SetUpError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def tool(name: str) -> str:
    """The path of a program inside the environment."""
    return str(SCRIPTS / (name + ".exe" if os.name == "nt" else name))


def digest(*paths: Path) -> str:
    """One sha256 over the bytes of some files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def wanted() -> dict[str, str]:
    """What the environment must have been made from; a moved checkout counts as another one."""
    python = f"{sys.implementation.name} {sys.version} {Path(sys.base_prefix).resolve()}"
    return {
        "python": python,
        "root": str(ROOT),
        "packages": digest(LOCK),
        "project": digest(ROOT / "pyproject.toml"),
    }


def found() -> dict[str, str]:
    """What the environment was made from; empty where it is missing or half made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    intact = isinstance(stamp, dict) and Path(tool("python")).exists()
    return stamp if intact else {}


def require_pip() -> None:
    """Refuse early, in plain words, where this Python has no usable pip."""
    report = subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    if report.returncode != 0:
        raise SetUpError(
            f"{sys.executable} has no pip. Install it (Debian, Ubuntu: apt install python3-pip; "
            "elsewhere: the ensurepip module), then run this again."
        )
    version = report.stdout.split()[1]
    if tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < OLDEST_PIP:
        oldest = ".".join(map(str, OLDEST_PIP))
        raise SetUpError(f"pip {version} is too old: {oldest} or newer is needed.")


def pip_install(failure: str, *arguments: str) -> None:
    """Install into the environment with this Python's own pip, which stays outside it."""
    command = [sys.executable, "-m", "pip", "--python", tool("python"), "install", "-qq"]
    command += ["--disable-pip-version-check", "--no-input", "--no-user", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
        raise SetUpError(f"{failure} What pip says about it is above.")


def write_stamp(content: dict[str, str]) -> None:
    """Write down what the environment has been made from; last, when it is true."""
    STAMP.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def make_environment() -> None:
    """Make .venv anew, without pip so that neither ensurepip nor the system's pip matters."""
    print("setting up .venv: about a minute, this once", file=sys.stderr, flush=True)
    venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=False).create(ENVIRONMENT)
    pip_install(
        "The packages of requirements/dev.txt could not be installed. This first set-up needs the "
        "network, or a package index or folder that pip is set to use.",
        *("--require-hashes", "--requirement", str(LOCK)),
    )


def set_up() -> None:
    """Bring .venv up to date; touches neither pip nor the network when it already is.

    One environment serves every command: a second, smaller one for `scan` alone would save a few
    seconds once and be one more thing that can differ from what the tests saw.
    """
    want, have = wanted(), found()
    if want == have:
        return
    require_pip()
    packages_only = {**want, "project": ""}
    if packages_only != {**have, "project": ""}:
        make_environment()
    write_stamp(packages_only)
    editable = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", "."]
    pip_install("The project itself could not be installed.", *editable)
    run("python", "-m", "compileall", "-q", "src")  # as pip does with all else that it installs
    write_stamp(want)


def run(*command: str) -> int:
    """Run a program of the environment in the project's root and return its exit code."""
    sys.stdout.flush()
    return subprocess.run([tool(command[0]), *command[1:]], cwd=ROOT, check=False).returncode


def check(name: str, command: list[str]) -> bool:
    """Run one check, silent unless it fails, and print one line about it."""
    start = time.monotonic()
    done = subprocess.run(
        [tool(command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.stdout)
    return said(name, " ".join(command), start, passed=done.returncode == 0)


def said(name: str, command: str, start: float, *, passed: bool) -> bool:
    """Print the line of one check and hand its result on."""
    mark = "ok  " if passed else "FAIL"
    print(f"{mark}  {name:<7}  {time.monotonic() - start:5.1f} s  {command}", flush=True)
    return passed


def test(arguments: list[str]) -> int:
    """Run every check, all of them even where one fails; 1 if any did."""
    failed = [name for name, command in CHECKS.items() if not check(name, command)]
    start = time.monotonic()
    if not said("tests", "pytest", start, passed=run("pytest", "-q", *arguments) == 0):
        failed.append("tests")
    print(f"failed: {', '.join(failed)}" if failed else "every check passed")
    return 1 if failed else 0


def scan(arguments: list[str]) -> int:
    """Scan the example supply chain."""
    return run("imvo-scan", str(Path("examples", "chain.yaml")), *arguments)


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml into hashed lists for every platform, without addresses."""
    compile_ = ["uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version"]
    compile_ += [".".join(map(str, OLDEST_PYTHON)), "--generate-hashes", "--no-header"]
    compile_ += ["--no-annotate", "--quiet", *arguments, "--output-file"]
    return run(*compile_, "requirements/runtime.txt") or run(
        *compile_, "requirements/dev.txt", "--group", "dev", "-c", "requirements/runtime.txt"
    )


def format_code(arguments: list[str]) -> int:
    """Format the code and mend what ruff can mend."""
    return run("ruff", "format", ".", *arguments) or run("ruff", "check", "--fix", ".")


def build(arguments: list[str]) -> int:
    """Build the wheel and the sdist into dist/."""
    return run("hatchling", "build", *arguments)


def rebuild(_: list[str]) -> int:
    """Run the tools that write what is generated, each after those it needs."""
    codes = [run("python", f"tools/{name}.py") for name in GENERATORS]
    return max(codes)


COMMANDS = {
    "scan": scan,
    "test": test,
    "format": format_code,
    "lock": lock,
    "rebuild": rebuild,
    "build": build,
}


def main(arguments: list[str]) -> int:
    """Run one command; 2 where it is unknown or the environment cannot be made."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        set_up()
        return COMMANDS[arguments[0]](arguments[1:])
    except SetUpError as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Set up, run and check this project with nothing but Python and pip.

python3 dev.py scan [ARGS]   scan the example supply chain; ARGS go to imvo-scan
python3 dev.py test          run every check, and the built wheel on every Python at hand
python3 dev.py test ARGS     run every check on this Python alone; ARGS go to pytest
python3 dev.py test --oldest | --newest [ARGS]
                             run the tests with the oldest or newest packages that are allowed
python3 dev.py fuzz [TARGET...] [--seconds N]
                             feed the readers with broken input
python3 dev.py format        let ruff format the code and mend what it can
python3 dev.py lock [ARGS]   refresh requirements/ from pyproject.toml; ARGS (--upgrade) go to uv
python3 dev.py rebuild       rebuild what is generated: tables, schemas, pages
python3 dev.py build         build the wheel and the sdist into dist/
python3 dev.py install DIR   install imvo-scan from here into a folder of its own, by hashes

The first run fills .venv from the hashed lists in requirements/ and needs the network once; so do
the first tests on another Python, which get environments of their own in .venvs.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

OLDEST_PYTHON = (3, 11)
if sys.version_info < OLDEST_PYTHON:  # before anything that an older Python cannot read
    sys.exit("dev.py needs Python 3.11 or newer; this is " + sys.version.split()[0])

from devkit import wheel  # noqa: E402
from devkit.environments import ROOT, Environment, SetUpError  # noqa: E402
from devkit.lists import BUILD, DEV, FUZZ, RUNTIME, Extreme, lock  # noqa: E402
from devkit.pythons import current, newest_of_each, on_this_machine  # noqa: E402

OTHERS = ROOT / ".venvs"

GENERATORS = (
    "compile_catalogues",
    "build_country_risks",
    "build_goods_risks",
    "build_country_names",
    "build_plain_model",
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

EXTREMES = {
    "--oldest": Extreme("oldest", "lowest-direct", OTHERS / "oldest-lists"),
    "--newest": Extreme("newest", "highest", OTHERS / "newest-lists"),
}


def main_environment() -> Environment:
    """The environment of every command but the tests of other Pythons and versions.

    A second, smaller one for `scan` alone would save a few seconds once and be one more thing that
    can differ from what the tests saw.
    """
    return Environment(ROOT / ".venv", current(), DEV)


def check(home: Environment, name: str, command: list[str]) -> bool:
    """Run one check, silent unless it fails, and print one line about it."""
    start = time.monotonic()
    done = subprocess.run(
        [home.program(command[0]), *command[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.stdout)
    return report(name, " ".join(command), start, passed=done.returncode == 0)


def report(name: str, command: str, start: float, *, passed: bool) -> bool:
    """Print the line of one check and hand its result on."""
    mark = "ok  " if passed else "FAIL"
    print(f"{mark}  {name:<7}  {time.monotonic() - start:5.1f} s  {command}", flush=True)
    return passed


def conclusion(failed: list[str]) -> int:
    """Print what failed; 1 if anything did."""
    print(f"failed: {', '.join(failed)}" if failed else "every check passed")
    return 1 if failed else 0


def test(home: Environment, arguments: list[str]) -> int:
    """Run every check, all of them even where one fails; 1 if any did."""
    if arguments and arguments[0] in EXTREMES:
        return test_extreme(home, EXTREMES[arguments[0]], arguments[1:])
    failed = [name for name, command in CHECKS.items() if not check(home, name, command)]
    matrix = wheel.Matrix(home, OTHERS, newest_of_each(on_this_machine()))
    if not tests(home, matrix.own(), arguments):
        failed.append("tests")
    if not arguments:
        failed += matrix.test_others()
    return conclusion(failed)


def tests(home: Environment, installed: Environment, arguments: list[str]) -> bool:
    """Run the test suite, its acceptance tests on the wheel in an environment of users."""
    start = time.monotonic()
    code = wheel.run_tests(home, installed, *arguments)
    return report("tests", f"pytest on Python {home.python.label}", start, passed=code == 0)


def test_extreme(home: Environment, extreme: Extreme, arguments: list[str]) -> int:
    """Run the test suite with the packages of one end of the ranges; 1 if it failed.

    The lower bounds are a claim about the oldest Python, for which such old packages were made.
    """
    pythons = newest_of_each(on_this_machine())
    python = pythons.get(OLDEST_PYTHON) if extreme.name == "oldest" else home.python
    if python is None:
        raise SetUpError("the oldest versions are tested on Python 3.11, which is not here")
    if not extreme.resolve(home, python):
        print(f"those found before are tested: {extreme.folder}", file=sys.stderr)
    other = Environment(OTHERS / extreme.name, python, extreme.dev)
    other.set_up()
    users = Environment(OTHERS / f"{extreme.name}-wheel", python, extreme.runtime, editable=False)
    users.set_up()
    users.install(wheel.build(home, OTHERS / "wheel"))
    other.run("python", "-m", "devkit.versions")
    return conclusion([] if tests(other, users, arguments) else ["tests"])


def scan(home: Environment, arguments: list[str]) -> int:
    """Scan the example supply chain."""
    return home.run("imvo-scan", str(Path("examples", "chain.yaml")), *arguments)


def fuzz(home: Environment, arguments: list[str]) -> int:
    """Fuzz with atheris where it can be had, and with hypothesis elsewhere."""
    guided = Environment(OTHERS / "fuzz", home.python, FUZZ)
    try:
        guided.set_up()
    except SetUpError as problem:
        print(f"dev.py: {problem} Fuzzing goes on unguided.", file=sys.stderr)
        guided = home
    return guided.run("python", "-m", "fuzz", *arguments)


def format_code(home: Environment, arguments: list[str]) -> int:
    """Format the code and mend what ruff can mend."""
    return home.run("ruff", "format", ".", *arguments) or home.run("ruff", "check", "--fix", ".")


def build(home: Environment, arguments: list[str]) -> int:
    """Build the wheel and the sdist into dist/."""
    return home.run("hatchling", "build", *arguments)


def install(_: Environment, arguments: list[str]) -> int:
    """Install what a user needs, every package by its hash, and say where its Python is.

    Nothing is taken by name alone: the wheel is built by a backend that is hashed too. This is how
    the action, the image and the template for GitLab install.
    """
    if len(arguments) != 1:
        raise SetUpError("install wants one folder")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        builder = Environment(folder / "build", current(), BUILD, editable=False)
        builder.set_up()
        users = Environment(Path(arguments[0]).absolute(), current(), RUNTIME, editable=False)
        users.set_up()
        users.install(wheel.build(builder, folder / "wheel"))
    print(f"python={users.program('python')}")
    return 0


def rebuild(home: Environment, _: list[str]) -> int:
    """Run the tools that write what is generated, each after those it needs."""
    return max(home.run("python", f"tools/{name}.py") for name in GENERATORS)


COMMANDS = {
    "scan": scan,
    "test": test,
    "fuzz": fuzz,
    "format": format_code,
    "lock": lock,
    "rebuild": rebuild,
    "build": build,
    "install": install,
}


def main(arguments: list[str]) -> int:
    """Run one command; 2 where it is unknown or the environment cannot be made."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        home = main_environment()
        if arguments[0] != "install":  # which users call, who develop nothing
            home.set_up()
        return COMMANDS[arguments[0]](home, arguments[1:])
    except SetUpError as problem:
        print(f"dev.py: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

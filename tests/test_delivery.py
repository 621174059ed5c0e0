"""The action, the pre-commit hook, the GitLab template and the image, as far as they run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dev
from devkit import wheel
from devkit.environments import Environment
from devkit.lists import BUILD, RUNTIME
from imvo_scan.documents import strict_yaml
from tests.cli.test_scan import GOOD
from tests.conftest import ROOT

SCRIPTS = Path(sys.executable).parent


def document(name: str) -> Any:
    """A YAML file of the repository."""
    return strict_yaml.load(ROOT / name).data


@pytest.mark.parametrize(
    ("schema", "name"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "ci/imvo-scan.gitlab-ci.yml")],
)
def test_it_fits_the_schema_of_its_platform(schema: str, name: str) -> None:
    """The official schemas, as check-jsonschema carries them."""
    command = [str(SCRIPTS / "check-jsonschema"), "--builtin-schema", schema, str(ROOT / name)]
    subprocess.run(command, check=True, capture_output=True)


# -- the action --------------------------------------------------------------------------------


def test_no_input_is_put_into_a_script() -> None:
    """Inputs reach the script as variables, never as text of it."""
    for step in document("action.yml")["runs"]["steps"]:
        assert "${{" not in step["run"]


def action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[bytes]:
    """Run the scan step of the action as a runner does, with its defaults."""
    step = next(s for s in document("action.yml")["runs"]["steps"] if s.get("id") == "scan")
    defaults = {k: v.get("default", "") for k, v in document("action.yml")["inputs"].items()}
    values = {**defaults, **{key.replace("_", "-"): value for key, value in inputs.items()}}
    values["steps.install.outputs.python"] = sys.executable
    filled = {
        name: values[re.sub(r"\$\{\{ (?:inputs\.)?([\w.-]+) \}\}", r"\1", text)] or ""
        for name, text in step["env"].items()
    }
    environment = {
        **os.environ,
        **filled,
        "GITHUB_ACTION_PATH": str(ROOT),
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_OUTPUT": str(folder / "output.txt"),
    }
    (folder / "temp").mkdir(exist_ok=True)
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here to run the steps of the action")
    return subprocess.run(
        [bash, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(("fail_on", "code"), [("", 0), ("P1", 1), ("P9", 2)])
def test_the_action_keeps_the_exit_code(tmp_path: Path, fail_on: str, code: int) -> None:
    """Step summary, annotations, SARIF and outputs are there, whatever the code."""
    (tmp_path / "my chain.yaml").write_text(GOOD)
    done = action(tmp_path, files="my chain.yaml\n", fail_on=fail_on)
    assert done.returncode == code, done.stderr.decode()
    assert f"exit-code={code}" in (tmp_path / "output.txt").read_text()
    if code != 2:
        assert b"::error file=my chain.yaml,line=4" in done.stdout
        assert "# imvo-scan" in (tmp_path / "summary.md").read_text()
        assert "sarif=imvo-scan.sarif" in (tmp_path / "output.txt").read_text()
        assert (tmp_path / "imvo-scan.sarif").exists()


def test_the_action_takes_hostile_names_as_names(tmp_path: Path) -> None:
    """A file called as a command or an option is only a file that does not exist."""
    done = action(tmp_path, files="$(touch pwned)\n--version\n; touch pwned")
    assert done.returncode == 2
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("pattern", ["*.yaml", "**/*.yaml", "a/*\n b/two.yaml \n", "[ab]/*.yaml"])
def test_the_action_takes_patterns(tmp_path: Path, pattern: str) -> None:
    """A pattern is every file that fits it, below folders too with **."""
    for number, name in enumerate(("a/one.yaml", "b/two.yaml", "top.yaml")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD.replace("Mill", f"Mill {number}"))
    done = action(tmp_path, files=pattern)
    assert done.returncode == 0, done.stderr.decode()
    seen = {name for name in ("one", "two", "top") if f"{name}.yaml,line=".encode() in done.stdout}
    expected = {
        "*.yaml": {"top"},
        "**/*.yaml": {"one", "two", "top"},
        "a/*\n b/two.yaml \n": {"one", "two"},
        "[ab]/*.yaml": {"one", "two"},
    }
    assert seen == expected[pattern]


def test_the_action_takes_a_name_before_a_pattern(tmp_path: Path) -> None:
    """A file whose name looks like a pattern is that file; what fits nothing does not exist."""
    (tmp_path / "[a].yaml").write_text(GOOD)
    (tmp_path / "a.yaml").write_text(GOOD)
    done = action(tmp_path, files="[a].yaml")
    assert b"[a].yaml,line=" in done.stdout
    assert action(tmp_path, files="none/*.yaml").returncode == 2


def test_the_action_runs_no_module_of_the_repository(tmp_path: Path) -> None:
    """A folder of the program's name, or a file of a library's, is only a file."""
    (tmp_path / "chain.yaml").write_text(GOOD)
    for name in ("imvo_scan.py", "yaml.py", "subprocess.py", "glob.py"):
        (tmp_path / name).write_text("raise SystemExit(77)\n")
    assert action(tmp_path, files="chain.yaml").returncode == 0


def program(path: Path, text: str) -> None:
    """A shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_the_action_installs_by_hashes_with_a_python_that_runs(tmp_path: Path) -> None:
    """The python3 of Windows that only opens a shop is passed over; dev.py does the rest."""
    (step,) = (s for s in document("action.yml")["runs"]["steps"] if s.get("id") == "install")
    program(tmp_path / "bin" / "python3", "exit 9")
    program(tmp_path / "bin" / "python", '[ "$1" = -c ] || printf "python=%s\\n" "$*"')
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here to run the steps of the action")
    output = tmp_path / "output"
    environment = {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHON": "",
        "GITHUB_ACTION_PATH": "/the action",
        "GITHUB_OUTPUT": str(output),
        "RUNNER_TEMP": "D:\\a\\_temp",
    }
    command = [bash, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert output.read_text() == "python=/the action/dev.py install D:\\a\\_temp/imvo-scan\n"


# -- installing --------------------------------------------------------------------------------


def test_every_package_is_installed_by_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also what builds the wheel; the wheel itself is built and installed without an index."""
    calls: list[tuple[str, ...]] = []

    def pip(_: Environment, __: str, *arguments: str) -> None:
        calls.append(arguments)

    def make(self: Environment) -> None:
        self.folder.mkdir(parents=True)
        self._pip("", "--require-hashes", str(self.packages))

    def built(builder: Environment, folder: Path) -> Path:
        assert builder.packages == BUILD
        return folder / "imvo_scan.whl"

    monkeypatch.setattr(Environment, "_pip", pip)
    monkeypatch.setattr(Environment, "_make", make)
    monkeypatch.setattr(wheel, "build", built)
    assert dev.main(["install", str(tmp_path / "app")]) == 0
    backend, packages, own = calls
    assert backend == ("--require-hashes", str(BUILD))
    assert packages == ("--require-hashes", str(RUNTIME))
    assert {"--no-deps", "--no-index"} < set(own)
    assert own[-1].endswith("imvo_scan.whl")
    assert capsys.readouterr().out.startswith(f"python={tmp_path / 'app'}")


@pytest.mark.parametrize("name", ["action.yml", "ci/imvo-scan.gitlab-ci.yml", "Dockerfile"])
def test_no_template_installs_by_name(name: str) -> None:
    """A name on a public index is anybody's: all of them install what lies beside dev.py."""
    text = (ROOT / name).read_text()
    assert "pip install" not in text
    assert re.search(r"dev\.py\"? install", text)


# -- pre-commit --------------------------------------------------------------------------------


@pytest.fixture
def hooked(tmp_path: Path) -> Hooked:
    """A repository with an inventory, our hook taken from its manifest, and real pre-commit."""
    (hook,) = document(".pre-commit-hooks.yaml")
    program_, *arguments = hook["entry"].split()
    # Its language is `system`, so that nothing is installed.
    own = {**hook, "language": "system", "entry": " ".join([str(SCRIPTS / program_), *arguments])}
    own["args"] = ["--fail-on", "P1"]
    for key in ("pass_filenames", "require_serial"):
        own[key] = own[key] == "true"
    own.pop("minimum_pre_commit_version")
    config = {"repos": [{"repo": "local", "hooks": [own]}]}
    (tmp_path / ".pre-commit-config.yaml").write_text(json.dumps(config))
    repository = Hooked(tmp_path)
    repository.run("git", "init", "-q")
    (tmp_path / "chain.yaml").write_text(GOOD)
    (tmp_path / "notes.yaml").write_text("a: 1\n")
    repository.commit()
    return repository


class Hooked:
    """A repository in which pre-commit runs our hook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        """Run a program in it, as nobody in particular."""
        own = {"PRE_COMMIT_HOME": str(self.folder / ".git" / "home"), "GIT_CONFIG_GLOBAL": ""}
        environment = {**os.environ, **own}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, check=False
        )

    def commit(self) -> None:
        """Commit all that is there, past the hook."""
        names = ("-c", "user.name=Buyer", "-c", "user.email=buyer@example.org")
        assert self.run("git", "add", "-A").returncode == 0
        assert self.run("git", *names, "commit", "-qnm", "x").returncode == 0

    def checked(self, name: str, text: str) -> subprocess.CompletedProcess[bytes]:
        """What the hook does about a change of one file that is about to be committed."""
        (self.folder / name).write_text(text)
        self.run("git", "add", name)
        return self.run(str(SCRIPTS / "pre-commit"), "run", "--verbose")


def test_the_hook_keeps_the_exit_code(hooked: Hooked) -> None:
    """A change of an inventory is scanned, and fails where the threshold is met."""
    done = hooked.checked("chain.yaml", GOOD + "\n")
    assert done.returncode == 1
    assert b"P1 " in done.stdout


def test_the_hook_lets_other_files_be(hooked: Hooked) -> None:
    """A change that moves no gate runs nothing."""
    done = hooked.checked("notes.yaml", "a: 2\n")
    assert done.returncode == 0
    assert b"no files to check" in done.stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("waivers.yaml", "waivers: []\n"),
        ("baseline.json", "{}\n"),
        ("gate/baseline-2026.json", "{}\n"),
        ("imvo-scan.yaml", "top: 3\n"),
        ("pyproject.toml", "[project]\n"),
    ],
)
def test_the_hook_sees_what_moves_the_gate(hooked: Hooked, name: str, text: str) -> None:
    """Waivers, baseline and settings let findings pass: a change of one is scanned as well."""
    (hooked.folder / name).parent.mkdir(exist_ok=True)
    done = hooked.checked(name, text)
    assert done.returncode == 1
    assert b"P1 " in done.stdout


def test_the_hook_judges_all_files_together(hooked: Hooked) -> None:
    """A run for one changed file compares no site with that of another file (one id in two)."""
    (hooked.folder / "suppliers.yaml").write_text(GOOD.replace("BD", "NL"))
    done = hooked.run(str(SCRIPTS / "imvo-scan"), ".", "--write-baseline", "baseline.json")
    assert done.returncode == 0, done.stderr.decode()
    (hooked.folder / "imvo-scan.yaml").write_text("baseline: baseline.json\n")
    hooked.commit()
    assert hooked.checked("chain.yaml", GOOD + "\n").returncode == 0
    assert hooked.checked("suppliers.yaml", GOOD).returncode == 1


def test_the_manifest_is_one_of_pre_commit() -> None:
    """As pre-commit itself reads it."""
    command = [str(SCRIPTS / "pre-commit"), "validate-manifest"]
    subprocess.run([*command, str(ROOT / ".pre-commit-hooks.yaml")], check=True)


# -- GitLab and the image ----------------------------------------------------------------------


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def gitlab(folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run the script of the template as a runner does; git and python only note what they do."""
    job = document("ci/imvo-scan.gitlab-ci.yml")[".imvo-scan"]
    program(folder / "bin" / "git", 'echo "git $*" >> calls')
    link = 'mkdir -p "$3/bin" && ln -s "$PROGRAM" "$3/bin/imvo-scan"'
    program(folder / "bin" / "python", f'echo "python $*" >> calls; {link}')
    environment = {
        **os.environ,
        **job["variables"],
        **variables,
        "PROGRAM": str(SCRIPTS / "imvo-scan"),
        "TMPDIR": str(folder),
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        ["sh", "-e", "-c", "\n".join(job["script"])],  # noqa: S607
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )


def test_the_gitlab_template_installs_a_commit_and_scans(tmp_path: Path) -> None:
    """It takes that commit of that copy, and writes the reports it promises."""
    for name in ("chain.yaml", "other.yaml"):
        (tmp_path / name).write_text(GOOD)
    own = {"IMVO_SOURCE": "-copy", "IMVO_REVISION": COMMIT, "IMVO_FILES": "c*.yaml other.yaml"}
    done = gitlab(tmp_path, **own, IMVO_SCAN_FAIL_ON="P1")
    assert done.returncode == 1, done.stderr.decode()
    job = document("ci/imvo-scan.gitlab-ci.yml")[".imvo-scan"]
    for name in job["artifacts"]["paths"]:
        assert (tmp_path / name).stat().st_size
    clone, checkout, install = (tmp_path / "calls").read_text().splitlines()
    assert " -- -copy " in clone
    assert checkout.endswith(f"checkout --quiet --detach {COMMIT}")
    assert "/dev.py install " in install


@pytest.mark.parametrize("revision", ["", "main", "v1", COMMIT[:12], f"{COMMIT}0", "--force"])
def test_the_gitlab_template_takes_a_whole_commit_only(tmp_path: Path, revision: str) -> None:
    """A branch or a tag may be moved by somebody else; without a source nothing is guessed."""
    assert gitlab(tmp_path, IMVO_SOURCE="copy", IMVO_REVISION=revision).returncode == 2
    assert gitlab(tmp_path, IMVO_SOURCE="", IMVO_REVISION=COMMIT).returncode == 2
    assert not (tmp_path / "calls").exists()


def image() -> str:
    """The Dockerfile without its comments."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def test_the_image_is_not_root_has_git_and_runs_the_program() -> None:
    """As far as can be seen without building it."""
    final = image().rsplit("FROM", 1)[1]
    assert re.search(r"(?m)^USER (?!root)", final)
    assert '["imvo-scan"]' in final
    assert re.search(r"apt-get install [^&]*\bgit\b", final)


def test_the_base_of_the_image_is_an_argument() -> None:
    """Both stages stand on it, so that a digest holds for the whole image."""
    assert re.findall(r"(?m)^FROM (\S+)", image()) == ["${BASE}", "${BASE}"]


def test_what_the_image_copies_is_what_installing_reads() -> None:
    """Nothing that dev.py install needs is kept out of the image."""
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {"dev.py", "devkit", "src", "data", "requirements", "pyproject.toml"}.isdisjoint(ignored)


def test_the_pythons_of_the_templates_are_promised_and_tested() -> None:
    """The image and the template for GitLab run on a version that `dev.py test` asks for."""
    template = document("ci/imvo-scan.gitlab-ci.yml")[".imvo-scan"]["variables"]["IMVO_IMAGE"]
    for text in (template, image()):
        (version,) = re.findall(r"python:(\d+)\.(\d+)", text)
        assert tuple(map(int, version)) in wheel.promised()


def test_docs_pin_what_others_make() -> None:
    """No example takes an action of somebody else by a tag without saying that a tag moves."""
    text = (ROOT / "docs" / "ci.md").read_text()
    for action_, revision in re.findall(r"uses: (\S+)@(\S+)", text):
        assert re.fullmatch(r"[0-9a-f]{40}|COMMIT", revision), action_

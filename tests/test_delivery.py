"""The action, the pre-commit hook, the GitLab template and the image, as far as they run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from imvo_scan import strict_yaml
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
    filled = {
        name: values[re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", r"\1", text)] or ""
        for name, text in step["env"].items()
    }
    environment = {
        **os.environ,
        **filled,
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
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


# -- pre-commit --------------------------------------------------------------------------------


def test_the_hook_runs_in_a_repository(tmp_path: Path) -> None:
    """pre-commit itself runs the hook on a commit: only on inventories, and keeps its exit code.

    The hook is taken from our manifest; its language is `system`, so that nothing is installed.
    """
    (hook,) = document(".pre-commit-hooks.yaml")
    config = f"""repos:
  - repo: local
    hooks:
      - id: {hook["id"]}
        name: {hook["name"]}
        entry: {SCRIPTS / hook["entry"]}
        language: system
        files: {hook["files"]}
        require_serial: {hook["require_serial"]}
        args: [--fail-on, P1]
"""
    (tmp_path / ".pre-commit-config.yaml").write_text(config)
    (tmp_path / "notes.yaml").write_text("a: 1\n")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": ""}

    def run(*command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, check=False
        )

    hooked = (str(SCRIPTS / "pre-commit"), "run", "--all-files")
    assert run("git", "init", "-q").returncode == 0
    run("git", "add", "notes.yaml", ".pre-commit-config.yaml")
    assert b"no files to check" in run(*hooked).stdout
    (tmp_path / "chain.yaml").write_text(GOOD)
    run("git", "add", "chain.yaml")
    done = run(*hooked)
    assert done.returncode == 1
    assert b"P1 " in done.stdout
    validate = (
        str(SCRIPTS / "pre-commit"),
        "validate-manifest",
        str(ROOT / ".pre-commit-hooks.yaml"),
    )
    assert run(*validate).returncode == 0


# -- GitLab and the image ----------------------------------------------------------------------


def test_the_gitlab_template_scans(tmp_path: Path) -> None:
    """Its scan line writes the reports it promises."""
    job = document("ci/imvo-scan.gitlab-ci.yml")[".imvo-scan"]
    (tmp_path / "chain.yaml").write_text(GOOD)
    environment = {
        **os.environ,
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}",
        "IMVO_FILES": job["variables"]["IMVO_FILES"],
        "IMVO_SCAN_FAIL_ON": "P1",
    }
    done = subprocess.run(
        ["sh", "-c", job["script"][-1]],  # noqa: S607
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    for name in job["artifacts"]["paths"]:
        assert (tmp_path / name).stat().st_size


def test_the_image_is_not_root_and_runs_the_program() -> None:
    """As far as can be seen without building it: user, entry point, hashed packages."""
    text = (ROOT / "Dockerfile").read_text()
    assert re.search(r"(?m)^USER (?!root)", text)
    assert '["imvo-scan"]' in text
    assert "--require-hashes -r /src/requirements/runtime.txt" in text


def test_the_image_has_git() -> None:
    """`history` and `diff git:...` work in it, in the folder that its user does not own."""
    text = (ROOT / "Dockerfile").read_text()
    assert "apt-get install -y --no-install-recommends git" in text
    assert "safe.directory /work" in text

"""The files that contributors and their tools read agree with the Makefile and with each other."""

import re
import tokenize
import tomllib
from importlib import metadata

import yaml

from orderpaper import config
from orderpaper.config import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    return [line.strip().lstrip("@") for line in found[1].splitlines()]


def test_hooks_before_a_commit_are_the_commands_of_make_lint():
    hooks = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text())["repos"]
    assert {repository["repo"] for repository in hooks} == {"local"}
    entries = {hook["entry"] for repository in hooks for hook in repository["hooks"]}
    targets = re.findall(r"lint-\w+", " ".join(recipe("lint")))
    commands = [command for target in targets for command in recipe(target)]
    assert entries == {command.replace("$(BIN)", ".venv/bin") for command in commands}


def test_make_lint_looks_at_every_folder_of_models():
    folders = [path for target in ("lint-intermediate", "lint-sql") for path in " ".join(recipe(target)).split()[2:]]
    of_models = {f"dbt/models/{path.name}" for path in PROJECT.glob("dbt/models/*") if path.is_dir()}
    assert set(folders) == of_models | {"dbt/tests"}


def test_the_workflow_runs_what_ci_runs_locally():
    workflow = yaml.safe_load((PROJECT / ".github/workflows/ci.yml").read_text())
    commands = [job["steps"][-1]["run"] for job in workflow["jobs"].values()]
    assert commands == [".ci/run", "make test-workers", "make docs-site"]
    assert workflow["permissions"] == {"contents": "read"}


def test_issue_forms_have_what_github_asks_of_them():
    forms = [path for path in PROJECT.glob(".github/ISSUE_TEMPLATE/*.yml") if path.name != "config.yml"]
    assert forms
    for path in forms:
        form = yaml.safe_load(path.read_text())
        ids = [field["id"] for field in form["body"]]
        assert form["name"] and form["description"] and len(ids) == len(set(ids)), path.name


def test_there_is_one_version_and_the_changelog_has_it(monkeypatch):
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    assert metadata.version("orderpaper") == version
    monkeypatch.setenv("ORDERPAPER_CONTACT", "desk@example.org")
    assert config.user_agent() == f"OrderPaper/{version} (desk@example.org)"
    releases = re.findall(r"^## \[(.+?)\]", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[:2] == ["Unreleased", version]


def test_no_group_of_a_pattern_is_repeated_possessively() -> None:
    """Python before 3.11.5 matches `(?:…)*+` wrongly, and sums of money were lost; `(?>(?:…)*)` does the same."""
    repeated = re.compile(r"\)(?:[*+?]|\{+[0-9,]+\}+)\+")
    found = []
    for path in (PROJECT / "include").rglob("*.py"):
        with path.open("rb") as file:
            strings = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.STRING]
        patterns = {f"{path.name}:{token.start[0]}": re.sub(r"\[[^]]*\]", "x", token.string) for token in strings}
        found += [place for place, pattern in patterns.items() if repeated.search(pattern)]
    assert found == []

"""The values for Airflow's Helm chart say what docker-compose.yml says. These tests need neither Helm nor a cluster."""

import re
from typing import Any

import pytest
import yaml

from orderpaper.config import PROJECT

FILE = PROJECT / "deploy" / "helm" / "values.yaml"
ONLY_COMPOSE = {"AIRFLOW__API__BASE_URL", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "AIRFLOW__CORE__EXECUTOR"}
"""Settings that the chart makes itself."""


@pytest.fixture(scope="module")
def values() -> dict[str, Any]:
    """The file, decoded."""
    return yaml.safe_load(FILE.read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The services of the compose file."""
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]  # type: ignore[no-any-return]


def test_airflow_is_told_the_same_as_by_the_compose_file(values: dict[str, Any], compose: dict[str, Any]) -> None:
    told = {
        f"AIRFLOW__{section}__{name}".upper(): value
        for section, names in values["config"].items()
        for name, value in names.items()
    }
    told.pop("AIRFLOW__CELERY__WORKER_CONCURRENCY")
    asked = {
        name: value
        for name, value in compose["worker"]["environment"].items()
        if name.startswith("AIRFLOW__") and "${" not in str(value) and name not in ONLY_COMPOSE
    }
    asked.pop("AIRFLOW__METRICS__LEGACY_NAMES_ON")  # says nothing as long as metrics are off
    assert told == asked
    assert values["executor"] == compose["worker"]["environment"]["AIRFLOW__CORE__EXECUTOR"]


def test_the_writer_is_one_pod_that_runs_one_task(values: dict[str, Any]) -> None:
    workers = values["workers"]["celery"]
    (writer,) = workers["sets"]
    assert (writer["queue"], writer["replicas"], writer["strategy"]) == ("writer", 1, {"type": "Recreate"})
    assert {"name": "AIRFLOW__CELERY__WORKER_CONCURRENCY", "value": "1"} in writer["env"]
    assert workers["queue"] == "default"


def test_secrets_are_named_and_not_given(values: dict[str, Any]) -> None:
    named = [values["fernetKeySecretName"], values["apiSecretKeySecretName"], values["jwtSecretName"]]
    named += values["data"].values()
    page = (PROJECT / "docs" / "deployment.md").read_text()
    assert len(named) == 6
    assert all(f"secret `{name}`" in page for name in named)
    assert not re.search(r"://|(?i:password|secret): *\w", FILE.read_text())
    assert values["createUserJob"] == {"enabled": False}


def test_pods_are_confined_and_limited(values: dict[str, Any]) -> None:
    containers = values["securityContexts"]["containers"]
    assert (containers["readOnlyRootFilesystem"], containers["capabilities"]) == (True, {"drop": ["ALL"]})
    assert values["securityContexts"]["pod"]["runAsUser"] == values["uid"] == 50000
    parts = [values[name] for name in ("scheduler", "dagProcessor", "triggerer", "apiServer")]
    for part in (*parts, values["workers"]["celery"], *values["workers"]["celery"]["sets"]):
        assert set(part["resources"]["limits"]) == {"cpu", "memory"}

"""docker-compose.yml agrees with the rest of the project. These tests need no container engine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from orderpaper.config import PROJECT
from orderpaper.run.airflow_home import settings
from orderpaper.run.options import check
from orderpaper.run.service import PARTS

HERE_ONLY = {
    "AIRFLOW__CORE__PARALLELISM",
    "AIRFLOW__CORE__DAGS_FOLDER",
    "AIRFLOW__CORE__PLUGINS_FOLDER",
    "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "AIRFLOW__API_AUTH__JWT_SECRET",
    "AIRFLOW__API__SECRET_KEY",
    "AIRFLOW__API__BASE_URL",
    "AIRFLOW__OPENLINEAGE__TRANSPORT",
    "ORDERPAPER_REALM",
    "ORDERPAPER_INBOX",
    "ORDERPAPER_CONTACT",
    "ORDERPAPER_ALERT_URLS",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "AIRFLOW__METRICS__OTEL_ON",
    "AIRFLOW__METRICS__LEGACY_NAMES_ON",
    "AIRFLOW__LOGGING__JSON_LOGS",
}
"""Settings whose value a container has for itself."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, decoded."""
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def airflow(compose: dict[str, Any]) -> dict[str, Any]:
    """The services that start without a profile, which are Airflow's."""
    return {name: service for name, service in compose["services"].items() if "profiles" not in service}


def test_every_part_of_airflow_is_a_service(airflow: dict[str, Any]) -> None:
    assert set(airflow) == {"metadata", *PARTS}
    for name, arguments in PARTS.items():
        assert airflow[name]["command"] == " ".join(["airflow", *arguments])


def test_ports_are_published_on_loopback_only(compose: dict[str, Any]) -> None:
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_settings_are_those_of_make_up(airflow: dict[str, Any], tmp_path: Path) -> None:
    ours = settings(check(tmp_path), None)
    for service in airflow.values():
        shared = {name: value for name, value in service["environment"].items() if name not in HERE_ONLY}
        assert shared
        assert shared == {name: ours.get(name) for name in shared}


def test_there_is_no_secret_in_the_file(airflow: dict[str, Any]) -> None:
    for service in airflow.values():
        secrets = [value for name, value in service["environment"].items() if "SECRET" in name]
        assert len(secrets) == 2
        assert all(value.startswith("${ORDERPAPER_SECRET") for value in secrets)


def test_superset_is_a_service_of_its_own_profile_that_cannot_write_the_data(compose: dict[str, Any]) -> None:
    service = compose["services"]["superset"]
    assert service["profiles"] == ["superset"]
    assert "data:/data:ro" in service["volumes"]
    assert "environment" not in service  # its password and key are generated in its volume
    image = (PROJECT / service["build"]["dockerfile"]).read_text()
    assert "ORDERPAPER_HOME=/data SUPERSET_HOME=/superset" in image
    allowed = (PROJECT / ".dockerignore").read_text().splitlines()
    copied = [line.split()[1].split("/")[0] for line in image.splitlines() if line.startswith("COPY")]
    assert copied and all(f"!{folder}" in allowed for folder in copied)

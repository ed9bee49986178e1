"""docker-compose.yml agrees with the rest of the project. These tests need no container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from orderpaper.catalogue import load_sources
from orderpaper.config import PROJECT
from orderpaper.run import compose_env
from orderpaper.run.airflow_home import settings
from orderpaper.run.options import check
from orderpaper.run.service import PARTS

HERE_ONLY = {
    "ADMIN_PASSWORD",
    "AIRFLOW__CELERY__BROKER_URL",
    "AIRFLOW__CELERY__RESULT_BACKEND",
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__SOCKET_KEEPALIVE",
    "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__VISIBILITY_TIMEOUT",
    "AIRFLOW__CORE__AUTH_MANAGER",
    "AIRFLOW__CORE__EXECUTOR",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__CORE__PARALLELISM",
    "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT",
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
    "ORDERPAPER_LANDING",
    "ORDERPAPER_RECORDS",
    "ORDERPAPER_PUBLISH",
    "AWS_ENDPOINT_URL",
    "AWS_REGION",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "AIRFLOW__METRICS__OTEL_ON",
    "AIRFLOW__METRICS__LEGACY_NAMES_ON",
    "AIRFLOW__LOGGING__JSON_LOGS",
}
"""Settings whose value a container has for itself."""


WORKERS = {"worker", "writer"}
SECRETS_OF_THE_CONTROL = {
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "AIRFLOW__CORE__FERNET_KEY",
    "AIRFLOW__API_AUTH__JWT_SECRET",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The file, decoded."""
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def airflow(compose: dict[str, Any]) -> dict[str, Any]:
    """The services of Airflow."""
    return {name: service for name, service in compose["services"].items() if service["image"] == "orderpaper"}


def test_every_part_of_airflow_is_a_service(airflow: dict[str, Any]) -> None:
    assert set(airflow) == {"metadata", *PARTS, *WORKERS}
    for name, arguments in PARTS.items():
        assert airflow[name]["command"] == " ".join(["airflow", *arguments])


def test_the_writer_works_on_its_queue_alone_one_task_at_a_time(airflow: dict[str, Any]) -> None:
    assert airflow["writer"]["command"] == "airflow celery worker --queues writer --concurrency 1 --skip-serve-logs"
    assert "deploy" not in airflow["writer"]
    assert "--queues default " in airflow["worker"]["command"]


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


def test_every_secret_is_generated_and_none_has_a_default() -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    asked = re.findall(r"\$\{((?!AWS_)\w*(?:PASSWORD|SECRET|KEY)\w*)(.*?)\}", text)
    assert {name for name, _ in asked} == set(compose_env.SECRETS)
    assert {rest for _, rest in asked} == {"", ":?run make compose-env"}
    assert all((name, ":?run make compose-env") in asked for name in compose_env.SECRETS)


def test_a_worker_has_no_way_to_the_metadata_database(airflow: dict[str, Any]) -> None:
    for name, service in airflow.items():
        assert (set(service["environment"]) & SECRETS_OF_THE_CONTROL == set()) == (name in WORKERS), name
        assert "POSTGRES" not in str(service["environment"]) or name not in WORKERS


def test_what_compose_env_writes_is_new_each_time_and_the_owners_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert compose_env.complete(one) == compose_env.complete(other) == list(compose_env.SECRETS)
    assert not set(one.read_text().splitlines()) & set(other.read_text().splitlines())
    assert one.stat().st_mode & 0o777 == 0o600
    assert re.fullmatch(r"(\w+=[\w=-]{20,}\n)+", one.read_text())  # may stand in a URL


def test_compose_env_keeps_what_is_there_and_adds_what_is_not(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("ORDERPAPER_CONTACT=desk@example.org\nPOSTGRES_PASSWORD=mine\nREDIS_PASSWORD=")
    file.chmod(0o644)
    assert "POSTGRES_PASSWORD" not in compose_env.complete(file)
    lines = file.read_text().splitlines()
    assert lines[:3] == ["ORDERPAPER_CONTACT=desk@example.org", "POSTGRES_PASSWORD=mine", "REDIS_PASSWORD="]
    assert len(lines) == 3 + len(compose_env.SECRETS) - 1
    assert file.stat().st_mode & 0o777 == 0o600
    assert compose_env.complete(file) == []


def test_every_container_is_confined(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"]["max-size"], name
        assert service["mem_limit"], name
        assert service["restart"] == ("no" if name == "metadata" else "unless-stopped"), name
        if service["image"].startswith("orderpaper"):
            assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name


def test_every_base_image_is_named_with_its_version(compose: dict[str, Any]) -> None:
    images = [service["image"] for service in compose["services"].values()]
    named = [re.sub(r"\$\{\w+_IMAGE:-(.*)\}", r"\1", image) for image in images if not image.startswith("orderpaper")]
    for dockerfile in ("Dockerfile", "superset/Dockerfile"):
        named += re.findall(
            r"(?:^FROM |^ARG PYTHON_IMAGE=)([\w.-]+:\S+)", (PROJECT / dockerfile).read_text(), re.MULTILINE
        )
    assert len(named) == 5
    assert all(re.search(r":\d+(\.\d+)?(-|$)", name) for name in named)


def test_no_image_runs_as_root() -> None:
    for dockerfile in ("Dockerfile", "superset/Dockerfile"):
        text = (PROJECT / dockerfile).read_text()
        assert re.search(r"^USER 50000", text, re.MULTILINE)
        assert "HEALTHCHECK" in text


@pytest.mark.parametrize(("name", "mount"), [("superset", "data:/data:ro"), ("site", "data:/data")])
def test_what_readers_use_is_started_by_a_profile_and_has_no_secret(
    compose: dict[str, Any], name: str, mount: str
) -> None:
    service = compose["services"][name]
    assert service["profiles"] == [name]
    assert mount in service["volumes"]
    assert "environment" not in service


def test_everything_that_an_image_copies_is_in_its_context() -> None:
    allowed = [line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for dockerfile in ("Dockerfile", "superset/Dockerfile"):
        lines = (PROJECT / dockerfile).read_text().splitlines()
        copied = [line.split()[1] for line in lines if line.startswith("COPY") and "--from" not in line]
        assert copied
        assert all(any(path == known or path.startswith(f"{known}/") for known in allowed) for path in copied), copied
    assert "ORDERPAPER_HOME=/data SUPERSET_HOME=/superset" in (PROJECT / "superset/Dockerfile").read_text()


def test_the_smoke_run_asks_no_real_site(airflow: dict[str, Any]) -> None:
    smoke = yaml.safe_load((PROJECT / "deploy" / "compose.smoke.yml").read_text())["services"]
    assert set(smoke) == set(airflow)
    for name in airflow:
        hosts = {key: value for key, value in smoke[name]["environment"].items() if key.startswith("AIRFLOW_CONN_")}
        assert set(hosts) == {
            f"AIRFLOW_CONN_{s.connection_id.upper()}" for s in load_sources().values() if s.connection_id
        }
        assert all("http://127.0.0.1:8000" in value for value in hosts.values())

# The images of docker-compose.yml and of the Helm chart. The last stage, `airflow`, is the one image of every part of
# Airflow; the stage `site` adds Datasette. superset/Dockerfile makes the image of Superset.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /orderpaper
COPY requirements.txt ./
COPY deploy/requirements.txt deploy/
RUN python -m venv /opt/orderpaper \
    && /opt/orderpaper/bin/pip install --no-deps --require-hashes -r requirements.txt -r deploy/requirements.txt

FROM ${PYTHON_IMAGE} AS build-site
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /orderpaper
COPY site/requirements.txt site/
RUN python -m venv .site \
    && .site/bin/pip install --no-deps --require-hashes -r site/requirements.txt

FROM ${PYTHON_IMAGE} AS base
# The root file system of a container may be read-only. What is kept goes to /data, and all else to /tmp.
ENV PATH=/opt/orderpaper/bin:$PATH PYTHONUNBUFFERED=1 HOME=/tmp ORDERPAPER_HOME=/data AIRFLOW_HOME=/data/airflow
COPY --from=build /opt/orderpaper /opt/orderpaper
WORKDIR /orderpaper
COPY pyproject.toml README.md ./
COPY include include
COPY dags dags
COPY dbt dbt
COPY plugins plugins
COPY docs/runbook.md docs/
RUN pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && python -m compileall -q include dags plugins \
    && useradd --no-create-home --uid 50000 --gid 0 orderpaper \
    && install -d -o orderpaper -g 0 -m 0775 /data
ENV PYTHONDONTWRITEBYTECODE=1
USER 50000:0
VOLUME /data

FROM base AS site
COPY site site
COPY --from=build-site /orderpaper/.site .site
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8001/-/versions.json')"]
CMD ["orderpaper", "site", "--host", "0.0.0.0"]

FROM base AS airflow
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/api/v2/version')"]
CMD ["airflow", "api-server"]

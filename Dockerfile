# One image for all components of Airflow. docker-compose.yml sets the command of each container.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /orderpaper
COPY requirements.txt ./
RUN pip install --no-deps --require-hashes -r requirements.txt

COPY pyproject.toml README.md ./
COPY include include
COPY dags dags
COPY dbt dbt
COPY plugins plugins
COPY docs/runbook.md docs/
RUN pip install --no-deps --no-build-isolation -e . \
    && useradd --create-home --uid 50000 orderpaper \
    && mkdir /data \
    && chown orderpaper /data

USER orderpaper
ENV ORDERPAPER_HOME=/data AIRFLOW_HOME=/data/airflow
VOLUME /data
CMD ["airflow", "version"]

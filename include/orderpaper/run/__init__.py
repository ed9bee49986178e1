"""The commands: `make run`, `make up` and `make down`. Airflow does the work; this starts and stops it."""

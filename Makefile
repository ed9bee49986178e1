# Order Paper. `make` alone lists the commands. Every command first installs .venv if it is missing or out of date.
# The commands themselves are in the program `orderpaper`, which .venv/bin holds; what follows are short names for them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NEEDS_PYTHON := Order Paper needs Python 3.11 or newer, and $(PYTHON) is

# What a command may be told: make run SOURCE=live FROM=2026-01-05
OPTIONS := INBOX SOURCE REPLAY FROM TO ALL PORT Q COLUMN NAME FOLDER ORDERPAPER_HOME SEED KILLS COPIES FORMAT METRICS BY WEEKS LANDING WORKERS ROWS DLT DOCUMENTS ORDERPAPER_ALERT_URLS
# Make would expand `$` in a value of its command line, and run $(shell …). Take each value as it was written instead,
# whatever its name is, because Make passes all of them on.
GIVEN := $(filter-out MAKE% -%,$(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name))))
$(foreach name,$(sort $(OPTIONS) $(GIVEN)),$(eval override $(name) := $$(value $(name))))
export $(OPTIONS) $(GIVEN)
# Compiled modules are kept. Without them, Airflow takes two to three times as long to start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run backfill live status doctor up down requeue snapshots diff rollback sql ide csv search export site superset metrics lineage test test-all chaos lint format docs cookbook staging docs-site new-source bench-money bench-build bench-parse bench-load bench-search bench-landing bench-transform fuzz audit lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/installed ## Fill and publish the warehouse [INBOX= SOURCE=simulated|live|replay REPLAY= FROM= TO= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper run

backfill: $(VENV)/installed ## Load the past, month by month; if it is killed, run it again [FROM= TO= SOURCE= REPLAY= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper backfill

live: $(VENV)/installed ## The same as `make run` with the last days of Parliament's own sites
	@$(BIN)/orderpaper run --source live

status: $(VENV)/installed ## Say in words whether all is well, what is wrong and since when; exit code 0, 1 (failing) or 4 (degraded)
	@$(BIN)/orderpaper status

doctor: $(VENV)/installed ## Ask each site one small question: reachable, in the expected shape, what differs [SOURCE=live|simulated|replay]
	@$(BIN)/orderpaper doctor

.PHONY: alert-test
alert-test: $(VENV)/installed ## Send a test alert to each service [ORDERPAPER_ALERT_URLS="slack://… mailtos://…"]
	@$(BIN)/orderpaper alert-test

up: $(VENV)/installed ## Start Airflow with its web page, DAGs scheduled [PORT= SOURCE= INBOX= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper up

down: $(VENV)/installed ## Stop what `make up` started
	@$(BIN)/orderpaper down

# The program that runs docker-compose.yml; with Podman: make compose-up COMPOSE="podman-compose --in-pod=0"
COMPOSE ?= docker compose

.PHONY: compose-env compose-up compose-down compose-smoke
compose-env: $(VENV)/installed ## Generate the secrets of docker-compose.yml into .env, once
	@$(BIN)/orderpaper compose-env

compose-up: ## Start Airflow with Celery workers, Postgres and Redis in containers [WORKERS=2 PORT=8080 INBOX= COMPOSE="docker compose"]
	@$(COMPOSE) up --detach --build

compose-down: ## Stop the containers; the data stays in their volumes
	@$(COMPOSE) down

compose-smoke: $(VENV)/installed ## Run the pipeline in containers, break some, and compare the marts with those of `make run` [FAULTS="worker scheduler"]
	@COMPOSE="$(COMPOSE)" $(BIN)/python deploy/smoke.py $(if $(FAULTS),--faults $(FAULTS))

requeue: $(VENV)/installed ## Parse documents in quarantine again with corrected parsers, and publish [ALL=1 SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper requeue

quarantine: $(VENV)/installed ## Set a document aside that breaks the build, and publish the others [DOCUMENT=<document_id> REASON= SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper quarantine

.PHONY: audit-all spark spark-cluster
audit-all: $(VENV)/installed ## Check every row of the last build, also those that an audit has passed before [SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper audit-all

spark: $(VENV)/installed .spark/installed ## Build the warehouse from the records with Apache Spark; needs Java 17 [SOURCE= SPARK_MASTER= SPARK_REMOTE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper spark

spark-cluster: .spark/installed ## Run a Spark cluster on this machine, for SPARK_MASTER, until Ctrl-C [WORKERS=2 CONNECT=15002, for SPARK_REMOTE]
	@exec .spark/bin/python spark/cluster.py --workers $(or $(WORKERS),2) $(if $(CONNECT),--connect $(CONNECT))

.PHONY: document
document: $(VENV)/installed ## Write the body of a document, as it was fetched [DOCUMENT=<document_id> SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper document

.PHONY: pack-landing
pack-landing: $(VENV)/installed ## Put the documents of a landing zone that an older version filled into packs [SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper pack-landing

snapshots: $(VENV)/installed ## List the published snapshots and which one readers see [SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper snapshots

diff: $(VENV)/installed ## Show what changed between two snapshots FROM=<snapshot> TO=<snapshot> [OUT=<file.parquet> SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper diff

rollback: $(VENV)/installed ## Go back to the previous snapshot, or to the one named [TO=<snapshot> SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/orderpaper rollback

sql: $(VENV)/installed ## Open a SQL prompt on the published warehouse, read-only, or answer one query [Q="select …"]
	@$(BIN)/orderpaper sql

ide: $(VENV)/installed .ide/installed ## Open a SQL editor in the terminal on the published warehouse, read-only
	@$(BIN)/orderpaper ide

csv: $(VENV)/installed ## Write the rows of a query as CSV that is safe in a spreadsheet [Q="select …" > rows.csv]
	@$(BIN)/orderpaper csv

search: $(VENV)/installed ## Search all statements for words, best first [Q="knife crime" KIND=answer HOUSE= DEPARTMENT= TOPIC= SAID_BY= FROM= TO= COUNT=20]
	@$(BIN)/orderpaper search

export: $(VENV)/installed ## Write the published marts as Parquet and CSV with a Frictionless data package, or as one SQLite file [FOLDER=export FORMAT=package|sqlite]
	@$(BIN)/orderpaper export

site: $(VENV)/installed .site/installed ## Show the published warehouse as pages in a browser, on this machine only [PORT=8001]
	@$(BIN)/orderpaper site

superset: $(VENV)/installed .superset/installed ## Show dashboards in Apache Superset, on this machine only [PORT=8088]
	@$(BIN)/orderpaper superset

metrics: $(VENV)/installed .metrics/installed ## Ask for metrics, such as the share of late answers by department [METRICS=named_day_late_share BY=question__department_name]
	@$(BIN)/orderpaper metrics

lineage: $(VENV)/installed ## Show what a column is made of, back to records of documents [COLUMN=marts.fct_answer.answer_text]
	@$(BIN)/orderpaper lineage

# Three workers for two cores, because some tests wait.
test: $(VENV)/installed-dev ## Run the tests, except those that take minutes
	@$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder -m "not slow"

test-all: $(VENV)/installed-dev ## Run every test
	@$(BIN)/pytest -q -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: test-workers
test-workers: $(VENV)/installed-dev .deploy/installed ## Run an ingest and a load on Celery workers, with the Postgres and Redis of this machine
	@$(BIN)/pytest -q -k loads tests/integration/test_celery_workers.py

chaos: $(VENV)/installed-dev ## Kill the pipeline 50 times at random; every mart must be the same at the end [SEED= KILLS=]
	@$(BIN)/python tests/integration/chaos.py --kills "$${KILLS:-50}" $${SEED:+--seed "$$SEED"}

fuzz: $(VENV)/installed-dev ## Give every parser 100,000 damaged documents
	@$(BIN)/python tests/fuzz/parser_fuzzing.py

lint: $(VENV)/installed-dev ## Check style, types, the order of the packages, and SQL
	@$(MAKE) --no-print-directory --jobs=2 lint-intermediate lint-sql lint-spark lint-types lint-style lint-packages

.PHONY: lint-style lint-types lint-packages lint-intermediate lint-sql lint-spark
lint-style:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

lint-types:
	@$(BIN)/mypy

lint-packages:
	@$(BIN)/lint-imports --no-logo

# The intermediate models are half of the SQL. Both halves are looked at side by side.
lint-intermediate:
	@$(BIN)/sqlfluff lint dbt/models/intermediate

lint-sql:
	@$(BIN)/sqlfluff lint dbt/models/marts dbt/models/ops dbt/models/staging dbt/models/views dbt/tests

# Every model, with Spark's macros, must be Spark SQL. This does not say that Spark gives the same rows.
lint-spark:
	@$(BIN)/sqlfluff lint --config tests/dbt/spark/sqlfluff.cfg --rules capitalisation.keywords dbt/models dbt/tests

format: $(VENV)/installed-dev ## Format the code
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/sqlfluff fix dbt/models dbt/tests

docs: $(VENV)/installed ## Write the generated pages: docs/data-dictionary.md, docs/sources.md
	@$(BIN)/orderpaper docs

docs-site: .docs/installed ## Build the documentation site in build/docs-site; a dead link fails
	@NO_MKDOCS_2_WARNING=1 .docs/bin/mkdocs build --quiet

cookbook: $(VENV)/installed ## Write docs/cookbook.md again from dbt/analyses and the published warehouse
	@$(BIN)/orderpaper cookbook

staging: $(VENV)/installed ## Write the parts of dbt that follow from the record types
	@$(BIN)/orderpaper staging

new-source: $(VENV)/installed ## Make the folder, examples and test of a new source [NAME=early_day_motions]
	@$(BIN)/python docs/new-source/new_source.py "$$NAME"
	@$(BIN)/orderpaper docs

bench-money: $(VENV)/installed .bench/installed ## Compare the funding grammar with other readers of money
	@PYTHONPATH=.bench $(BIN)/python -W ignore benchmarks/money.py

bench-build: $(VENV)/installed ## Measure builds, audits and publications of several sizes, and a day's on top [COPIES="5 40"]
	@$(BIN)/python -W ignore benchmarks/build.py

bench-parse: $(VENV)/installed ## Measure how many documents of each source one core parses [WEEKS=2 LANDING=]
	@$(BIN)/python -W ignore benchmarks/parse.py

bench-load: $(VENV)/installed ## Compare the load of records with other ways into DuckDB [ROWS=300000 DLT=]
	@$(BIN)/python -W ignore benchmarks/load.py

bench-search: $(VENV)/installed ## Measure `search` on synthetic statements, up to a million [ROWS="100000 1000000"]
	@$(BIN)/python -W ignore benchmarks/search.py

bench-landing: $(VENV)/installed .bench/installed ## Compare forms of the landing zone: single files, WARC, Parquet [DOCUMENTS=20000]
	@PYTHONPATH=.bench $(BIN)/python -W ignore benchmarks/landing.py

bench-transform: $(VENV)/installed ## Compare dbt with the same compiled SQL run straight in DuckDB [WEEKS=2]
	@$(BIN)/python -W ignore benchmarks/transform.py

audit: $(VENV)/installed ## Ask the package index for known vulnerabilities of the locked dependencies [PIP_INDEX_URL=]
	@$(BIN)/orderpaper audit-lock

lock: ## Renew the locked requirements (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements.in -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements-dev.in -o requirements-dev.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U benchmarks/requirements.in -o benchmarks/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U docs/requirements.in -o docs/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U site/requirements.in -o site/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U metrics/requirements.in -o metrics/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U superset/requirements.in -o superset/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U ide/requirements.in -o ide/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U spark/requirements.in -o spark/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U $$(sed -n 's/^\([a-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.txt) deploy/requirements.in -o deploy/requirements.txt

clean: ## Remove .venv and every cache, but not data/
	@rm -rf $(VENV) .bench .deploy .docs .site .metrics .superset .ide .spark .import_linter_cache .pytest_cache .ruff_cache .mypy_cache .hypothesis build include/*.egg-info dbt/target dbt/logs
	@find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +

# The stamp says that an installation was completed. Without it, .venv may be half installed, so it is made again.
$(VENV)/installed: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(NEEDS_PYTHON) not to be found; install it, or name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(NEEDS_PYTHON) `$(PYTHON) -V 2>&1`; install one, or name another: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing into $(VENV); this happens once."
	@if [ -e $@ ] && $(BIN)/python -c ''; then rm $@; else rm -rf $(VENV); fi
	@if command -v uv >/dev/null; then \
		{ [ -e $(BIN)/python ] || uv venv -q --python "`command -v $(PYTHON)`" $(VENV); } && \
		uv pip install -q --python $(BIN)/python --no-deps --require-hashes -r requirements.txt && \
		uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	else \
		{ $(BIN)/python -m pip -V >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) >/dev/null || \
			{ echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; } && \
		$(BIN)/python -m pip install -qq --no-compile --no-deps --require-hashes -r requirements.txt && \
		$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@if command -v uv >/dev/null; then \
		uv pip install -q --python $(BIN)/python --no-deps --reinstall --require-hashes -r requirements-dev.txt; \
	else \
		$(BIN)/python -m pip install -qq --no-compile --no-deps --force-reinstall --require-hashes -r requirements-dev.txt; \
	fi
	@touch $@

# The other readers of money, and what many machines need, are installed beside .venv, because the pipeline does not need
# them.
.bench/installed: benchmarks/requirements.txt
.deploy/installed: deploy/requirements.txt
.bench/installed .deploy/installed: $(VENV)/installed
	@rm -rf $(@D)
	@if command -v uv >/dev/null; then \
		uv pip install -q --python $(BIN)/python --target $(@D) --no-deps --require-hashes -r $(filter %.txt,$^); \
	else \
		$(BIN)/python -m pip install -qq --target $(@D) --no-deps --require-hashes -r $(filter %.txt,$^); \
	fi
	@touch $@

# The generator of the documentation, the server of `make site`, MetricFlow, Superset, Harlequin and Spark have environments
# of their own too, because the pipeline does not need them.
.docs/installed .site/installed .metrics/installed .superset/installed .ide/installed .spark/installed: .%/installed: %/requirements.txt
	@rm -rf .$*
	@if command -v uv >/dev/null; then \
		uv venv -q --python "`command -v $(PYTHON)`" .$* && \
		uv pip install -q --python .$*/bin/python --no-deps --require-hashes -r $*/requirements.txt; \
	else \
		$(PYTHON) -m venv .$* && .$*/bin/python -m pip install -qq --no-compile --no-deps --require-hashes -r $*/requirements.txt; \
	fi
	@touch $@

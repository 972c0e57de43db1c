# Needs only make and Python 3.11 or later; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.medaid-ready

export PYTHONUTF8 := 1

.PHONY: setup run test check lint bench sheets docs clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更高版本：make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

run: setup
	@$(BIN)/python -m medaidlang.demo

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Everything; pytest's closing line is the last one printed.
test: lint
	$(BIN)/pytest -n 2

# Quick: what to run before each commit.
check: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m "not slow"

# What docs/benchmarks.md is about; best when the machine has nothing else to do.
bench: setup
	@$(BIN)/python tests/bench/run.py

# Write the generated parts of the documentation again.
docs: setup
	$(BIN)/python docs/generate.py

# Write the published rule sheets in generated/ again.
sheets: setup
	$(BIN)/python -m medaidlang.commands.sheets generated

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

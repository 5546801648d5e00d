# Two commands on a fresh machine: `make run` and `make test`. Everything lives in .venv; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: run test lint bench docs clean

run: .venv/run
	@$(BIN)/riserun $(ARGS)

# Three workers on two cores: tests that start the program wait for it. Its byte code is kept for the hundred starts.
test: .venv/dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --dist worksteal

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/bench
	$(BIN)/python -m bench $(ARGS)

docs: .venv/dev
	$(BIN)/python docs/generate.py

clean:
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "riserun needs Python 3.11 or later; this is " \
	  + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python pyproject.toml constraints.txt
	@echo "riserun: installing Textual, plotext and numpy into .venv; this is done once and takes about half a minute"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml constraints.txt
	@echo "riserun: installing what it needs, and what its tests need, into .venv; this is done once"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ .venv/run

# Each peer by itself: one that is not to be had on this machine is left out of the table, and said so.
.venv/bench: .venv/dev
	@for peer in $$($(BIN)/python -c 'import tomllib; \
	  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["bench"])'); do \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt "$$peer" \
	  || echo "bench: $$peer cannot be installed here; its rows are left out"; done
	@touch $@

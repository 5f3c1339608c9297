# The commands of this checkout; each prepares .venv first where it has to.
PYTHON ?= python3
BIN := .venv/bin
PLUGINS := ghana portugal turkiye
PROJECTS := pyproject.toml $(PLUGINS:%=plugins/%/pyproject.toml)

.PHONY: .venv demo test lint types layers check wheels locales clean
.DEFAULT_GOAL := check

.venv: .venv/prepared

.venv/prepared: constraints.txt hatch_build.py $(PROJECTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt hatchling
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation \
		--editable '.[all,dev]' $(PLUGINS:%=--editable plugins/%)
	@touch $@

demo: .venv
	$(BIN)/sdgcities demo demo/

test: .venv
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check --diff --quiet

types: .venv
	$(BIN)/mypy

layers: .venv
	$(BIN)/lint-imports

check: lint types layers test

wheels: .venv
	for project in . $(PLUGINS:%=plugins/%); do $(BIN)/python -m build --no-isolation --wheel --outdir dist $$project || exit 1; done

# New texts go from the code, templates and data of the core into its catalogues; translations stay.
locales: .venv
	$(BIN)/python -m sdgcities.i18n.extract

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist demo

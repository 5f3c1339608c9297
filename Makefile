# The commands of this checkout; each prepares .venv first where it has to.
PYTHON ?= python3
BIN := .venv/bin
PLUGINS := ghana portugal turkiye
PROJECTS := pyproject.toml $(PLUGINS:%=plugins/%/pyproject.toml)

.PHONY: .venv demo test lint types layers check wheels locales reference docs bundle clean
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

# The pages of docs/reference that the code, the schemas and the rules tell.
reference: .venv
	$(BIN)/python -m docs.generate

docs: reference
	$(BIN)/python -m sphinx --builder html --fail-on-warning --keep-going --fresh-env --quiet docs docs/_build/html

# All that is needed to install far from the internet: bundle/INSTALL.html says how.
bundle: docs
	$(BIN)/python bundle.py

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist demo docs/_build bundle

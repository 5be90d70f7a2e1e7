# Thin doors; what is behind them: python -m shenyang_fao.embedded, pytest, .ci/check, manage.py.
.DEFAULT_GOAL := help
.PHONY: help run stop test check measure format bench lock
ARGS ?=
# Test processes; each has a database, a broker and a browser of its own.
PROCESSES ?= 2
VENV := .venv/bin/python

# Any Python from 3.11 on; the plain name first, for that is the one the person chose.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$name; break; fi; done)

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1 - /p' $(MAKEFILE_LIST)

run: .venv/run.stamp ## set up what is missing and start the portal at http://127.0.0.1:8000 (PORT=... to change)
	@exec $(VENV) -m shenyang_fao.embedded run

# Installs nothing: without its packages nothing can have been started from here.
stop: ## end the portal, and what a killed one left
	@if $(VENV) -c 'import psutil, psycopg, redis' 2>/dev/null; then exec $(VENV) -m shenyang_fao.embedded stop; \
	else echo "  nothing is installed here, so nothing of the portal runs"; fi

test: .venv/dev.stamp ## all tests, with a real browser (ARGS="-k word" to choose, PROCESSES=0 for one process)
	@exec $(VENV) -m pytest -n $(PROCESSES) $(ARGS)

check: .venv/dev.stamp ## format, lint, types, imports, templates, migrations, translations, deployment
	@exec .ci/check

measure: .venv/dev.stamp ## how large and tangled the code is, what nothing uses, what stands twice (a part of check)
	@exec $(VENV) .ci/measure.py

format: .venv/dev.stamp ## put Python and templates into shape
	@$(VENV) -m ruff format -q . && $(VENV) -m ruff check -q --fix .
	@find . -path ./.venv -prune -o -path '*/templates/*' -name '*.html' -print | xargs -r .venv/bin/djade --target-version 5.2

bench: .venv/run.stamp ## speed and memory: letters, directory (ARGS="directory" to choose)
	@exec $(VENV) -m shenyang_fao.embedded manage bench $(ARGS)

lock: .venv/dev.stamp ## choose versions anew: requirements.txt and requirements-dev.txt
	@.venv/bin/uv pip compile pyproject.toml $(LOCK_OPTIONS) -o requirements.txt
	@.venv/bin/uv pip compile pyproject.toml --group dev $(LOCK_OPTIONS) -o requirements-dev.txt

LOCK_OPTIONS := -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

# The installation is made again when its Python has gone, its folder was moved, or PYTHON= names another version.
CHOSEN := $(if $(filter file,$(origin PYTHON)),,$(PYTHON))
AGAIN := $(shell test ! -e .venv/run.stamp || CHOSEN="$(CHOSEN)" .ci/install --fits || echo again)
.PHONY: again

.venv/run.stamp: requirements.txt $(AGAIN)
	@PYTHON="$(PYTHON)" CHOSEN="$(CHOSEN)" .ci/install requirements.txt
	@touch $@

# The second lock holds the first as well, so one installation serves both.
.venv/dev.stamp: requirements-dev.txt requirements.txt $(AGAIN)
	@PYTHON="$(PYTHON)" CHOSEN="$(CHOSEN)" .ci/install requirements-dev.txt
	@touch $@ .venv/run.stamp

# Two commands on a fresh machine: make demo, make test. `make` alone lists the rest.

PYTHON ?= python3
ARGS ?=
VENV := .venv/bin
# The demo city is kept apart from a real installation.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check fix docs bench load lock

help: ## この一覧 · this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## .venv を準備する · prepare .venv
	@$(PYTHON) tools/bootstrap.py run

setup-dev:
	@$(PYTHON) tools/bootstrap.py dev

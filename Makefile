.DEFAULT_GOAL := help
PORT ?= 5000
PYTHON ?= python3
BIN := .venv/bin
# Many containers forbid Python to keep what it compiled: each process would then compile a thousand files anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## This list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: ## From a fresh machine to a running demo: packages, database, demo data, worker, sign-ins
	@$(PYTHON) requirements/bootstrap.py runtime
	@PORT=$(PORT) $(BIN)/coi demo

test: setup validator ## The whole test suite; says what it skipped and why
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

setup: ## What both need: .venv with coi in it, assets in place
	@$(PYTHON) requirements/bootstrap.py dev

validator: ## The validator of the Open Contracting standard, for its test: .venv-ocds
	@$(PYTHON) requirements/ocds_validator.py

run: setup ## Serve the database named by COI_DATABASE_URL (SQLite in instance/ without it)
	@PORT=$(PORT) $(BIN)/coi serve

check: setup lint validator ## What CI does: lint, types, import contracts, tests
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: setup ## ruff, mypy, the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## The figures, each printed as name value unit
	@$(BIN)/python -m benchmarks

screenshots: setup ## Pictures of the demo's pages for the README
	@$(BIN)/python docs/make_screenshots.py

rules: setup ## docs/rules.md from the rule catalogue, the code and the tests
	@$(BIN)/python docs/make_rules.py

lock: ## New lock files from requirements/*.in (needs uv)
	@for level in runtime dev; do uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --no-annotate requirements/$$level.in -o requirements/$$level.lock; done
	@uv pip compile -q --no-deps --generate-hashes --universal --python-version 3.11 --no-header --no-annotate requirements/assets.in -o requirements/assets.lock
	@uv pip compile -q --no-deps --no-binary :all: --generate-hashes --universal --python-version 3.11 --no-header --no-annotate requirements/ocds-source.in -o requirements/ocds-source.lock
	@uv pip compile -q --no-emit-package odfpy --no-emit-package zc-zlibstorage --generate-hashes --universal --python-version 3.11 --no-header --no-annotate requirements/ocds.in -o requirements/ocds.lock

.PHONY: help demo test setup validator run check lint bench screenshots rules lock

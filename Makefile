# `make` lists the targets. The first use of a target sets up `.venv`; it is set up again only when pyproject.toml or
# constraints.txt change. Needs Python >= 3.11, make and the package registry, nothing else.

BIN := .venv/bin
RUN := .venv/.ready-to-run
DEV := .venv/.ready-to-test

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site lint test tests style types check browser bench evaluation peers lighthouse checks docs picture format lock dist clean

help: ## list these targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

site: lint ## check the debate in claims/, write its site to _site/ and say where to open it
	@$(BIN)/python -m kb build

lint: $(RUN) ## check the debate in claims/
	@$(BIN)/python -m kb lint

test: $(DEV) browser ## run all tests, the style checks and the type checker
	@$(MAKE) --no-print-directory --keep-going style types tests

tests: $(DEV)
	@$(BIN)/python -m pytest

style: $(DEV)
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@sh .ci/scripts check

types: $(DEV)
	@$(BIN)/python -m mypy

check: ## run exactly what CI runs
	@CI=true bash .ci/run

browser: $(DEV) ## find a Chromium for the browser tests, or try to install one
	@sh .ci/browser

SIZES := 1000 10000 100000
bench: $(RUN) ## measure lint, query and build beside their floors (SIZES="1000 10000": in a minute)
	@$(BIN)/python bench/run.py --sizes $(SIZES)

evaluation: $(RUN) ## measure verdicts, flips and settling sets beside one pass over the edges, and other solvers
	@$(BIN)/python bench/evaluation.py --beside

peers: $(RUN) ## measure the linter and the site beside their neighbours on the same graph
	@$(BIN)/python bench/peers.py
	@$(BIN)/python bench/sites.py

lighthouse: $(DEV) browser ## ask Lighthouse about the site: four scores for each kind of page
	@$(BIN)/python bench/lighthouse.py

FACTOR := 1
checks: $(DEV) ## hold every computation against another way to the same, and write docs/checked.md (FACTOR=0.1: quickly)
	@$(BIN)/python docs/checks.py --cases $(FACTOR)

docs: $(DEV) ## bring what the docs quote from the tool up to date
	@$(BIN)/python docs/write.py

picture: $(DEV) ## take the README's pictures of the site
	@$(BIN)/python -m docs.picture

format: $(DEV) ## format the code and mend what ruff and biome can mend
	@$(BIN)/python -m ruff check --fix
	@$(BIN)/python -m ruff format
	@sh .ci/scripts mend

lock: $(DEV) ## write constraints.txt from the newest versions that pyproject.toml accepts
	@sh .ci/setup newest

dist: $(DEV) ## build the wheel and the source distribution into dist/
	@$(BIN)/python -m build

clean: ## remove what the other targets made
	@rm -rf .venv _site dist .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/npm/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): pyproject.toml constraints.txt .ci/setup
	@sh .ci/setup run
	@touch $@

$(DEV): pyproject.toml constraints.txt .ci/setup tests/npm/package-lock.json
	@sh .ci/setup test
	@touch $(RUN) $@

# make demo and make test need python3 (3.11 or newer) and nothing else; both set up .venv.

PYTHON ?= python3
VENV := .venv
NEXT := .venv-next
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.PHONY: demo test test-slow test-next screenshots floors bench clean

demo: $(VENV)/.installed
	@$(BIN)/dateline demo

test: $(VENV)/.tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 -m "not slow"

test-slow: $(VENV)/.tested
	$(BIN)/pytest -n 2 -m slow

# The pages in the 1.0 line of Datasette as well, which is in the making.
test-next: $(NEXT)/.tested
	$(NEXT)/bin/pytest tests/test_web.py tests/test_web_safety.py tests/test_web_pages.py tests/test_browser.py

screenshots: $(VENV)/.tested
	$(BIN)/python -m tests.screenshots

floors: $(VENV)/.tested
	$(BIN)/python -m bench.extraction --check
	$(BIN)/python -m bench.headlines --check

bench: $(VENV)/.tested
	$(BIN)/python -m bench.crawl

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "Dateline needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dateline needs Python 3.11 or newer, and $(PYTHON) is older (try: make PYTHON=python3.12)." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) lacks its venv module (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(INSTALL) '.[all]'
	@touch $@

$(VENV)/.tested: pyproject.toml | $(BIN)/python
	$(INSTALL) '.[dev]'
	@touch $(VENV)/.installed $@

$(NEXT)/.tested: pyproject.toml | $(BIN)/python
	$(PYTHON) -m venv $(NEXT)
	$(NEXT)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' 'datasette>=1.0a41'
	@touch $@

clean:
	rm -rf $(VENV) $(NEXT) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

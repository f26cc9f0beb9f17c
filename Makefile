# Two commands on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The CPU build of torch where pip knows one; PIP_ARGS="--extra-index-url URL" names another index.
TORCH ?= torch==2.13.0
OUT ?= runs/demo

.PHONY: demo test soak toolchains lint types contracts unit clean

demo: $(VENV)/.installed
	$(BIN)/mixlaw demo --out $(OUT)

test: $(VENV)/.installed-dev
	.ci/toolchains
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# Kill -9 of workers, drivers and raylets at random moments: no trial lost, none counted twice, no loss changed.
ROUNDS ?= 20
SEED ?= 0
soak: $(VENV)/.installed-dev
	MIXLAW_SOAK_ROUNDS=$(ROUNDS) MIXLAW_SOAK_SEED=$(SEED) $(BIN)/python -u -m pytest -s tests/soak

# Compilers of the seven languages and the sandbox, for `mixlaw execute` and the tests (Debian, Ubuntu; as root).
toolchains: $(VENV)/.installed
	.ci/toolchains
	$(BIN)/mixlaw toolchains --check

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip

# torch first and by itself: an open range would take the newest build with gigabytes of CUDA libraries.
$(VENV)/.installed: pyproject.toml $(VENV)/bin/python
	$(BIN)/python -m pip install -q $(PIP_ARGS) $(TORCH)
	$(BIN)/python -m pip install -q $(PIP_ARGS) $(TORCH) -e .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install -q $(PIP_ARGS) $(TORCH) -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) dist .pytest_cache .ruff_cache

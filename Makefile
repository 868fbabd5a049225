# Mentor Desk. `make help` lists what there is.

PYTHON ?= python3
PORT ?= 8501
EMPTY ?= 0
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test proof check bench words pictures sheet move backup reseal clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/runtime ## Start Mentor Desk on this machine; PORT=8600 for another port, EMPTY=1 for no example rows
	EMPTY=$(EMPTY) $(BIN)/streamlit run app.py --server.address=127.0.0.1 --server.port=$(PORT)

test: $(VENV)/development ## Run all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

proof: $(VENV)/development ## Go through every order of events of a save on Google Sheets, to the full depth (1 minute)
	PROOF=full $(BIN)/python -m pytest -n auto --dist worksteal tests/services/store/sheets/test_protocol.py

check: $(VENV)/development ## Style, types and the words' catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.words --check

bench: $(VENV)/development ## Time the start, the pages and a large workbook
	$(BIN)/python -m tests.bench

words: $(VENV)/development ## Gather every word a person sees; write their Welsh in locale/cy, then run it again to compile
	$(BIN)/python -m tools.words

pictures: $(VENV)/development ## Photograph every page, wide and on a phone, in both languages, into data/pictures
	$(BIN)/python -m tests.pictures data/pictures
	$(BIN)/python -m tests.pictures --readme

sheet: $(VENV)/runtime ## Make a Google spreadsheet ready, with its first administrator: make sheet SHEET=https://docs.google.com/...
	$(BIN)/python -m tools.sheet $(if $(SHEET),--spreadsheet "$(SHEET)") $(if $(KEY),--key-file "$(KEY)") $(if $(SECRETS),--secrets "$(SECRETS)")

move: $(VENV)/runtime ## Move a whole workbook: make move FROM=data/workbook.sqlite3 TO=https://docs.google.com/...
	$(BIN)/python -m tools.move "$(FROM)" "$(TO)"

backup: $(VENV)/runtime ## A dated file of the whole workbook: make backup FROM=... TO=backups
	$(BIN)/python -m tools.move --backup "$(or $(FROM),data/workbook.sqlite3)" "$(or $(TO),backups)"

reseal: $(VENV)/runtime ## Close every sealed value with a new key; stop Mentor Desk first
	$(BIN)/python -m tools.reseal

clean: ## Remove what tools leave behind; the workbook in data/ stays
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/runtime: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	touch $@

$(VENV)/development: requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.txt
	touch $(VENV)/runtime $@

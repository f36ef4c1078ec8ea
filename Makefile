# Everything on a fresh machine: `make dashboard` opens the dashboard, `make test` runs all tests.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: dashboard demo test lint types unit browser audit fuzz walk chromium store spark lock format pictures published bench clean

dashboard: $(VENV)/runtime data/demo/manifest.csv
	@$(RUN) -m sro load data/demo --quiet --remove-missing
	@echo "The dashboard opens at http://127.0.0.1:$(PORT) (Ctrl+C ends it)."
	@$(VENV)/bin/streamlit run dashboard.py --server.port $(PORT)

demo data/demo/manifest.csv: | $(VENV)/runtime
	@$(RUN) -m sro demo

test: $(VENV)/development lint types audit unit browser

lint: $(VENV)/development
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/sqlfluff lint --processes 2 queries

types: $(VENV)/development
	$(VENV)/bin/basedpyright

audit: $(VENV)/development
	$(RUN) tools/audit.py

unit: $(VENV)/development
	$(VENV)/bin/pytest -n 2 --dist loadfile --ignore tests/browser

browser: $(VENV)/development chromium
	$(VENV)/bin/pytest -n 2 --dist loadfile tests/browser

fuzz: $(VENV)/development
	$(RUN) -m tests.attacks.fuzzing -atheris_runs=$(or $(RUNS),100000)

walk: $(VENV)/development chromium
	SRO_WALK=1 $(VENV)/bin/pytest tests/browser/test_leaks.py

chromium:
	@sh tools/chromium.sh

format: $(VENV)/development
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/sqlfluff fix --processes 2 queries

pictures: $(VENV)/development chromium
	$(RUN) tools/pictures.py

published: $(VENV)/development chromium
	$(RUN) tools/published.py

# SIZE=--state measures a state as well, which takes the better part of an hour and 20 GB; SIZE="--state --nation" both.
bench: $(VENV)/development $(VENV)-bench/peers chromium
	$(RUN) -m benchmarks.run $(SIZE)

store: $(VENV)/development $(VENV)-store/ready
	$(VENV)/bin/pytest tests/depot

spark: $(VENV)-spark/ready
	SRO_PARITY=docs/spark-parity.md $(VENV)-spark/bin/pytest tests/spark

lock: $(VENV)/development
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes requirements-dev.in \
		-c requirements.txt -o requirements-dev.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes \
		benchmarks/requirements.in -c requirements.txt -o benchmarks/requirements.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes \
		requirements-spark.in -c requirements-dev.txt -o requirements-spark.txt
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --no-header --generate-hashes \
		requirements-store.in -o requirements-store.txt

$(VENV)/runtime: requirements.txt
	@sh tools/environment.sh $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt requirements.txt
	@sh tools/environment.sh $(PYTHON) $(VENV) requirements-dev.txt
	@touch $@ $(VENV)/runtime

$(VENV)-bench/peers: benchmarks/requirements.txt
	@sh tools/environment.sh $(PYTHON) $(VENV)-bench benchmarks/requirements.txt
	@touch $@

$(VENV)-spark/ready: requirements-spark.txt
	@sh tools/environment.sh $(PYTHON) $(VENV)-spark requirements-spark.txt
	@touch $@

$(VENV)-store/ready: requirements-store.txt
	@sh tools/environment.sh $(PYTHON) $(VENV)-store requirements-store.txt
	@touch $@

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-spark $(VENV)-store data/demo data/vintages

# The door to everything: demo, test, lint, bench. What is missing is installed on the way; nothing is done twice.
PYTHON ?= python3
BIN := .venv/bin
NODE_READY := frontend/node_modules/.package-lock.json
SCREENS := frontend/dist/index.html
SCREEN_SOURCES := $(shell find frontend/src frontend/public frontend/build frontend/*.html frontend/*.ts frontend/*.json -type f 2>/dev/null)
OPENAPI := frontend/src/api/openapi.json

.PHONY: demo test lint bench api lint-backend lint-frontend lint-locks test-backend test-frontend test-browser region browse machine

demo: .venv/ready $(SCREENS)  ## Everything, with a fictional region, on 127.0.0.1:8000
	@exec $(BIN)/talentportfolio demo

# Some parts at a time, each with its output in one piece. Tests take both cores for themselves, so they come after.
SIDE_BY_SIDE := $(MAKE) $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

test:  ## All checks and tests; a missing part fails
	@$(SIDE_BY_SIDE) -j3 .venv/ready $(NODE_READY) machine
	@$(SIDE_BY_SIDE) -j2 region lint $(SCREENS) test-frontend
	@$(MAKE) test-backend browse

lint: lint-locks lint-backend lint-frontend  ## Style, types, floors, generated client, lock files

bench: .venv/ready $(SCREENS)  ## One table, and var/bench.json
	$(BIN)/python -m bench

api: .venv/ready $(NODE_READY)  ## Make the frontend's client anew from the app's OpenAPI document
	$(BIN)/talentportfolio openapi > $(OPENAPI)
	cd frontend && npm run --silent api

lint-locks:
	@! grep -nE '://|^ *-(i|f|-index-url|-extra-index-url|-find-links)' requirements.txt requirements-dev.txt
	@! grep -nE '"resolved"' frontend/package-lock.json

lint-backend: .venv/ready
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo > .import_linter_report || { cat .import_linter_report; exit 1; }

lint-frontend: .venv/ready $(NODE_READY)
	$(BIN)/talentportfolio openapi | diff - $(OPENAPI) || { echo "The API changed: run make api"; exit 1; }
	cd frontend && npm run --silent api:check && npm run --silent lint && npm run --silent types

test-backend: .venv/ready machine
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

test-frontend: $(NODE_READY)
	cd frontend && npm run --silent test

test-browser: region
	@$(MAKE) browse

region: .venv/ready
	$(BIN)/python -m tests.region var/e2e-region

browse: .venv/ready $(SCREENS) machine
	@rm -rf var/browser-reports
	@cd frontend && seq 9 | xargs -P 3 -I '{}' env TALENT_PORT='84{}0' TALENT_REGION=var/e2e-region \
		npm run --silent test:e2e -- --shard='{}/9'; failed=$$?; \
	npm exec -- playwright merge-reports --reporter failures ../var/browser-reports; exit $$failed

.venv/ready: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(NODE_READY): frontend/package-lock.json frontend/package.json
	@node -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' || { echo "Node 20 or newer is needed"; exit 1; }
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(SCREENS): $(NODE_READY) $(SCREEN_SOURCES)
	cd frontend && npm run --silent build
	@touch $@

# What the tests need beside Python and Node: a virus scanner, and a browser without a window.
machine:
	@missing=; command -v clamd > /dev/null || test -x /usr/sbin/clamd || missing=clamav-daemon; \
	command -v chromium-headless-shell > /dev/null || missing="$$missing chromium-headless-shell"; \
	test -z "$$missing" || { test "$$(id -u)" = 0 && command -v apt-get > /dev/null && apt-get update -qq \
		&& apt-get install -y -qq --no-install-recommends $$missing > /dev/null; } \
		|| { echo "The tests need more on this machine: apt-get install $$missing"; exit 1; }

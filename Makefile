# Troupe. `make` alone lists what can be asked for.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := node_modules/.bin
CODE := protocol documents storage render actors http client web server.ts config.ts test bench tools examples
# Whatever the caller's registry settings are, npm itself need not talk about them.
NPM := npm --no-fund --no-audit --loglevel=error

.PHONY: help run dev test check lint layers types spec unit bench soak crowd generate demo card golden screenshots format clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

run: dist/.built web/dist/.built ## Install, build and start the server on port 8000 (all settings from the environment)
	@node --enable-source-maps dist/server.js

dev: node_modules/.installed ## Start the server and the web app (port 5173), anew at every change
	@$(BIN)/tsc -p tsconfig.build.json || true
	@trap 'kill 0' EXIT; $(BIN)/tsc -p tsconfig.build.json --watch --preserveWatchOutput & \
	$(BIN)/vite --config web/vite.config.ts & \
	VALIDATE_RESPONSES=true node --watch --enable-source-maps --conditions=development dist/server.js

test: check ## Install what is missing, check everything, print coverage

check: lint layers types spec unit ## The gate: format, lint, layers, types, spec, tests with coverage

lint: node_modules/.installed
	@$(BIN)/biome ci --reporter=summary --max-diagnostics=50 .

layers: node_modules/.installed
	@$(BIN)/depcruise --config .dependency-cruiser.cjs $(CODE)

types: node_modules/.installed
	@$(BIN)/tsc -p tsconfig.json --noEmit
	@$(BIN)/tsc -p web/tsconfig.json

spec: node_modules/.installed
	@$(BIN)/redocly lint --format=stylish 2>&1 | grep -vE '^$$|[╔║╚]' ; exit $${PIPESTATUS[0]}
	@node tools/generate.mjs --check

# Scenarios do not know which store they run over: what holds with memory must hold with sqlite.
# By itself mocha would leave a core alone, and two are all that some machines have.
PARALLEL = --parallel --jobs $$(( $$(nproc) > 2 ? $$(nproc) : 2 ))
OVER_SQLITE = echo "  scenarios, again over sqlite" && TEST_STORE=sqlite $(BIN)/mocha --config test/scenarios/.mocharc.json

unit: .build/.built web/dist/.built
	@$(BIN)/c8 sh -c '$(BIN)/mocha $(PARALLEL) && $(OVER_SQLITE) $(PARALLEL)'

bench: .build/.built ## Measure against baselines in the same run: tables and JSON lines
	@for bench in actors inspector http fan-out storage text rooms canvas export; do \
	  node --enable-source-maps --expose-gc .build/bench/$$bench.js || exit 1; done

soak: dist/.built ## Kill the server while people type and paint, let 200 rooms suffer, and check that no promise is broken
	@node --enable-source-maps dist/tools/soak.js
	@node --enable-source-maps dist/tools/soak-rooms.js
	@node --enable-source-maps dist/tools/soak-canvas.js

crowd: dist/.built ## Paint with many sockets: make crowd KEY=moderator-key URL= CANVAS= CLIENTS= RATE= SECONDS=
	@URL="$(URL)" CANVAS="$(CANVAS)" KEY="$(KEY)" CLIENTS="$(CLIENTS)" RATE="$(RATE)" SECONDS="$(SECONDS)" BATCH="$(BATCH)" \
	node --enable-source-maps dist/tools/crowd.js

generate: node_modules/.installed ## Write what is generated from openapi.yaml and asyncapi.yaml
	@node tools/generate.mjs

demo: dist/.built ## Annotate a picture from start to export: make demo IMAGE=path
	@node --enable-source-maps dist/tools/demo.js $(if $(IMAGE),"$(IMAGE)")

card: .build/.built ## Draw the test card by us and by Chromium, and compare them: card/card.html
	@node --enable-source-maps .build/tools/card.js card

screenshots: .build/.built web/dist/.built ## Show every page in Chromium, light and dark, wide and narrow: screenshots/
	@node --enable-source-maps .build/tools/screenshots.js screenshots

golden: .build/.built ## Write the golden pictures of the test card anew, where they are meant to change
	@node --enable-source-maps .build/tools/golden.js

format: node_modules/.installed ## Format the code and apply safe fixes
	@$(BIN)/biome check --write .

clean: ## Remove everything that was built or installed
	@rm -rf node_modules dist .build web/dist coverage

# --- files -------------------------------------------------------------------------------------------------

node_modules/.installed: package.json package-lock.json
	@$(NPM) ci
	@touch $@

# What git lists may just have been deleted.
TYPESCRIPT = $(wildcard $(shell git ls-files -co --exclude-standard -- '*.ts' 'tsconfig*.json'))
WEB = $(wildcard $(shell git ls-files -co --exclude-standard -- web client protocol))

dist/.built: node_modules/.installed $(TYPESCRIPT)
	@rm -rf dist
	@$(BIN)/tsc -p tsconfig.build.json
	@touch $@

# Always anew: what was deleted must not go on being tested.
.build/.built: node_modules/.installed $(TYPESCRIPT)
	@rm -rf .build
	@$(BIN)/tsc -p tsconfig.test.json
	@touch $@

web/dist/.built: node_modules/.installed $(WEB)
	@$(BIN)/vite build --config web/vite.config.ts --logLevel=warn
	@touch $@

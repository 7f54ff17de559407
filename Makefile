# make run needs Go and nothing else; the first build takes some minutes on a small machine. With Node the binary has
# GraphiQL in it, too. make test needs Node and Chromium.

export CGO_ENABLED = 0
export GOFLAGS = -trimpath

.PHONY: build run test race lint generate fresh web-if-node needs-node

# GraphiQL, which is built anew when what it is made of has changed.
GRAPHIQL := web/dist/graphiql/index.html

build: web-if-node ## bin/masar, the one binary
	go build -o bin/masar ./cmd/masar

web-if-node: # make WEB=no does without Node
	@if [ "$(WEB)" = no ]; then why=WEB=no; elif why=$$(web/node.sh); then exec $(MAKE) --silent $(GRAPHIQL); fi; \
	if [ -e $(GRAPHIQL) ]; then echo "GraphiQL stays as it was built before: $$why"; \
	else echo "GraphiQL is left out of this build: $$why"; fi

$(GRAPHIQL): web/node_modules/.package-lock.json $(wildcard web/*.json web/*.ts web/graphiql/* examples/*.json examples/*/*.graphql)
	@echo "building GraphiQL"
	cd web && npm run --silent build -- --logLevel warn

%/node_modules/.package-lock.json: %/package.json %/package-lock.json %/.npmrc
	@echo "fetching what $*/ needs"
	cd $* && npm ci --no-progress || { echo "npm could not fetch it (make build WEB=no does without GraphiQL)"; exit 1; }
	@touch $@

needs-node:
	@why=$$(web/node.sh) || { echo "The tests open GraphiQL in a browser, and $$why"; exit 1; }

run: build ## serve the graph on 127.0.0.1:8080
	bin/masar serve

test: needs-node build clients/node_modules/.package-lock.json ## all tests, against a real Dgraph, a real browser and real clients
	browser=$$(web/chromium.sh) && \
	MASAR_CHROMIUM=$$browser MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -p 2 ./...

race: build ## the rooms that work side by side, watched for races; needs a C compiler
	CGO_ENABLED=1 MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -race -short -p 1 ./operations/... ./server/... ./loaders ./resolvers

# What is written by hand: spelling is checked in all of it, errors and parameters in the packages.
WRITTEN = $$(git ls-files | grep -vE '^graph/|/testdata/|\.png$$|package-lock\.json$$|^go\.sum$$')
PACKAGES = $$(go list ./... | grep -v '/graph$$')

lint: fresh ## formatting, vet, linters, spelling, and generated code that is up to date
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool go-errorlint $(PACKAGES)
	go tool unparam $(PACKAGES)
	go tool misspell -error -source text -i enterprize $(WRITTEN)

generate: ## graph/ from schema.graphqls and schema/
	go tool gqlgen generate

fresh: ## generating anew changes nothing
	@before=$$(cat graph/*.go | cksum); go tool gqlgen generate; \
	test "$$before" = "$$(cat graph/*.go | cksum)" || { echo "graph/ is not what the schema generates: make generate"; exit 1; }

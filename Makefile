# make run needs only Go; the first build takes some minutes on a small machine. With Node, the binary includes GraphiQL.
# make test needs Node, Chromium and pdftotext.

export CGO_ENABLED = 0
export GOFLAGS = -trimpath

.PHONY: build run test package package-test licences race fault-test soak bench check-deploy try-cluster image try-image lint generate fresh web-if-node needs-node

# GraphiQL, the scripts and fonts of the explorer, and the fonts of briefs are rebuilt when their sources have changed.
GRAPHIQL := web/dist/graphiql/index.html
SITE := web/dist/site/manifest.json
FONTS := $(foreach face,arabic-400 arabic-700 latin-400 latin-700,brief/fonts/amiri-$(face)-normal.woff2)

build: web-if-node ## build bin/masar
	go build -o bin/masar ./cmd/masar

web-if-node: # make WEB=no skips GraphiQL, the scripts and fonts of the explorer, and the fonts of briefs
	@if [ "$(WEB)" = no ]; then why=WEB=no; elif why=$$(web/node.sh); then exec $(MAKE) --silent $(GRAPHIQL) $(SITE) $(FONTS); fi; \
	if [ -e $(GRAPHIQL) ]; then echo "GraphiQL is not rebuilt: $$why"; \
	else echo "this build has no GraphiQL: $$why"; fi

$(GRAPHIQL) $(SITE): web/node_modules/.package-lock.json $(wildcard web/*.json web/*.ts)

$(GRAPHIQL): $(wildcard web/graphiql/* examples/*.json examples/*/*.graphql)
	@echo "building GraphiQL"
	cd web && npx tsc && npx vite build --logLevel warn

$(SITE): $(wildcard web/site/*.ts web/site/fonts.css)
	@echo "building the scripts and fonts of the explorer"
	cd web && npx tsc && npx vite build --mode site --logLevel warn

$(FONTS): brief/fonts/%: web/node_modules/.package-lock.json
	cp web/node_modules/@fontsource/amiri/files/$* $@

%/node_modules/.package-lock.json: %/package.json %/package-lock.json %/.npmrc
	@echo "installing the npm packages of $*/"
	cd $* && npm ci --no-progress || { echo "npm failed (make build WEB=no builds without GraphiQL)"; exit 1; }
	@touch $@

needs-node:
	@why=$$(web/node.sh) || { echo "The tests open GraphiQL in a browser. $$why"; exit 1; }

run: build ## serve the graph on 127.0.0.1:8080
	bin/masar serve

test: needs-node build clients/node_modules/.package-lock.json ## run all tests, with a real Dgraph, browser and clients
	browser=$$(web/chromium.sh) && reader=$$(internal/brieftest/pdftotext.sh) && \
	MASAR_CHROMIUM=$$browser MASAR_PDFTOTEXT=$$reader MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -p 2 -timeout 30m ./...

package: build ## make archives, deb and rpm packages, bills of materials and SHA256SUMS in dist/; VERSION=v1.2.3 (default: of the commit)
	go run -C deploy/release . $(if $(VERSION),-version $(VERSION)) $(if $(ONLY),-only $(ONLY))

# Go keeps the results of tests by the files of their module, and these tests read files of Masar.
package-test: build ## test packages, their unit and licences; needs rpm and systemd-analyze
	cd deploy/release && MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -count=1 ./...

licences: ## check the licence of each dependency
	go run -C deploy/release . licences

race: build ## run the tests of concurrent packages with the race detector; needs a C compiler
	CGO_ENABLED=1 MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -race -short -p 1 -timeout 20m ./operations/... ./server/... ./loaders ./resolvers

fault-test: build ## inject faults under load, about 25 minutes; SHORT=yes takes three
	go run ./faults/faulttest -binary bin/masar $(if $(SHORT),-short)

soak: build ## use all of the service for an hour, and check that memory, files and disk are bounded; MINUTES=20 takes less
	go run ./faults/faulttest -binary bin/masar -scenarios soak -minutes $(or $(MINUTES),60)

bench: build ## measure masar beside its peers; SCALE=10k|100k|1m, or several with commas; PROFILE=FILE adds a profile
	go build -o bin/benchmark ./bench/benchmark
	bin/benchmark -binary bin/masar -claims $(or $(SCALE),100k) $(if $(PROFILE),-profile $(PROFILE))

# Vet would analyse all of Kubernetes for minutes: run it by hand, as go -C deploy/check vet .
check-deploy: build ## check compose files, chart, manifests, image and proxy with the libraries and programs that read them
	@proxy=$$(deploy/check/haproxy.sh) && cd deploy/check && \
	MASAR_HAPROXY=$$proxy MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -vet=off -timeout 10m .

try-cluster: build ## run the cluster of deploy/compose as processes on loopback, with keys, logins and the proxy; takes two minutes
	proxy=$$(deploy/check/haproxy.sh) && cd deploy/check && \
	MASAR_HAPROXY=$$proxy MASAR_TEST_BINARY=$(CURDIR)/bin/masar MASAR_TRY_CLUSTER=yes go test -vet=off -timeout 15m -count 1 -v -run TestClusterRuns .

image: build ## build the container image with buildah, podman or docker; IMAGE=NAME names it
	deploy/container/build.sh bin/masar $(IMAGE)

try-image: image ## run the image with podman or docker, with a read-only root and without capabilities
	deploy/container/try.sh $(or $(IMAGE),localhost/masar:$$(bin/masar version | sed -n '1s/^masar //p'))

# Files written by hand: misspell checks all of them; errorlint and unparam check the packages.
WRITTEN = $$(git ls-files | grep -vE '^graph/|/testdata/|\.png$$|package-lock\.json$$|(^|/)go\.sum$$')
PACKAGES = $$(go list ./... | grep -v '/graph$$')

lint: fresh ## check formatting, vet, linters, spelling and generated code
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool go-errorlint $(PACKAGES)
	go tool unparam $(PACKAGES)
	go tool misspell -error -source text -i enterprize $(WRITTEN)
	staticcheck=$$(go tool -n staticcheck) && cd deploy/release && go vet ./... && $$staticcheck ./...

generate: ## generate graph/ from schema.graphqls and schema/
	go tool gqlgen generate

fresh: ## check that graph/ is up to date
	@before=$$(cat graph/*.go | cksum); go tool gqlgen generate; \
	test "$$before" = "$$(cat graph/*.go | cksum)" || { echo "graph/ is out of date: run make generate"; exit 1; }

# make run needs Go and nothing else; the first build takes some minutes on a small machine.

export CGO_ENABLED = 0
export GOFLAGS = -trimpath

.PHONY: build run test lint generate fresh

build: ## bin/masar, the one binary
	go build -o bin/masar ./cmd/masar

run: build ## serve the graph on 127.0.0.1:8080
	bin/masar serve

test: build ## all tests, against a real Dgraph
	MASAR_TEST_BINARY=$(CURDIR)/bin/masar go test -p 2 ./...

lint: fresh ## formatting, vet, staticcheck, and generated code that is up to date
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go vet ./...
	go tool staticcheck ./...

generate: ## graph/ from schema.graphqls
	go tool gqlgen generate

fresh: ## generating anew changes nothing
	@before=$$(cat graph/*.go | cksum); go tool gqlgen generate; \
	test "$$before" = "$$(cat graph/*.go | cksum)" || { echo "graph/ is not what schema.graphqls generates: make generate"; exit 1; }

//go:build linux

package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/dgraph-io/dgo/v230"
	"github.com/dgraph-io/dgo/v230/protos/api"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"masar"
)

// peer is a Dgraph beside masar's, of the same binary and with Dgraph's own defaults.
type peer struct {
	binary, dir string
	offset      int
	zero, alpha *process
	conn        *grpc.ClientConn
	dg          *dgo.Dgraph
	ready       time.Duration
}

func newPeer(binary, dir string) (*peer, error) {
	offset, err := freeOffset()
	if err != nil {
		return nil, err
	}
	return &peer{binary: binary, dir: dir, offset: offset}, nil
}

const quiet = "--telemetry=reports=false; sentry=false;"

// start starts Zero and Alpha and waits until they answer queries.
func (p *peer) start(ctx context.Context) (err error) {
	began := time.Now()
	offset := fmt.Sprint("--port_offset=", p.offset)
	p.zero, err = start("zero", p.dir, p.binary, "dgraph", "zero", "--logtostderr", "--bindall=false", quiet, "--wal=zw", offset,
		"--my="+at(zeroGRPC+p.offset))
	if err != nil {
		return err
	}
	if err := p.zero.until(ctx, func() error { return healthy("http://" + at(zeroHTTP+p.offset) + "/health") }); err != nil {
		return err
	}
	// A search for a shortest path follows more edges than the default allows.
	p.alpha, err = start("alpha", p.dir, p.binary, "dgraph", "alpha", "--logtostderr", "--bindall=false", quiet, "--postings=p", "--wal=w", "--tmp=t",
		offset, "--my="+at(alphaInternal+p.offset), "--zero="+at(zeroGRPC+p.offset), "--limit=query-edge=1000000000;")
	if err != nil {
		return err
	}
	p.conn, err = grpc.NewClient(at(alphaGRPC+p.offset), grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(256<<20)))
	if err != nil {
		return err
	}
	p.dg = dgo.NewDgraphClient(api.NewDgraphClient(p.conn))
	err = p.alpha.until(ctx, func() error {
		_, err := p.dg.NewReadOnlyTxn().Query(ctx, "{ any(func: has(xid), first: 1) { uid } }")
		return err
	})
	p.ready = time.Since(began)
	return err
}

// stop ends the processes.
func (p *peer) stop() {
	if p.conn != nil {
		p.conn.Close()
	}
	p.alpha.end()
	p.zero.end()
}

// live loads an export with "dgraph live" and returns the time it took.
func (p *peer) live(ctx context.Context, exported string) (time.Duration, error) {
	progress("loading the export with dgraph live")
	data, err := filepath.Glob(filepath.Join(exported, "*.rdf.gz"))
	if err != nil || len(data) != 1 {
		return 0, fmt.Errorf("no data in %s (%w)", exported, err)
	}
	schema := strings.TrimSuffix(data[0], "rdf.gz") + "schema.gz"
	began := time.Now()
	out, err := exec.CommandContext(ctx, p.binary, "dgraph", "live", "--files", data[0], "--schema", schema,
		"--alpha", at(alphaGRPC+p.offset), "--zero", at(zeroGRPC+p.offset), "--http", "127.0.0.1:0", "--tmp", filepath.Join(p.dir, "live")).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("dgraph live: %w\n%s", err, out)
	}
	return time.Since(began), nil
}

// The schema of Dgraph's GraphQL, and the full-text indexes that "alloftext" needs besides those in it.
var (
	//go:embed questions/schema-dgraph.graphql
	dgraphSchema string

	fullText = "title_ar: string @index(term, fulltext) .\nsummary_ar: string @index(fulltext) .\n"
)

// prepare gives the peer its GraphQL schema and full-text indexes. It fails if this changes an index that masar has.
func (p *peer) prepare(ctx context.Context) error {
	progress("giving Dgraph its own GraphQL schema, and full-text indexes")
	before, err := p.indexes(ctx)
	if err != nil {
		return err
	}
	if err := p.dg.Alter(ctx, &api.Operation{Schema: fullText}); err != nil {
		return err
	}
	err = p.alpha.until(ctx, func() error {
		_, err := post(ctx, client, "http://"+at(alphaHTTP+p.offset)+"/admin/schema", dgraphSchema)
		return err
	})
	if err != nil {
		return err
	}
	after, err := p.indexes(ctx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		for _, index := range before[name] {
			if !slices.Contains(after[name], index) {
				return fmt.Errorf("the GraphQL schema of Dgraph removes the index %s of %s", index, name)
			}
		}
	}
	return nil
}

// indexes lists the indexes of each predicate.
func (p *peer) indexes(ctx context.Context) (map[string][]string, error) {
	response, err := p.dg.NewReadOnlyTxn().Query(ctx, "schema { tokenizer reverse upsert }")
	if err != nil {
		return nil, err
	}
	var answer struct {
		Schema []struct {
			Predicate       string
			Tokenizer       []string
			Reverse, Upsert bool
		}
	}
	if err := json.Unmarshal(response.Json, &answer); err != nil {
		return nil, err
	}
	all := map[string][]string{}
	for _, s := range answer.Schema {
		all[s.Predicate] = s.Tokenizer
		for name, has := range map[string]bool{"@reverse": s.Reverse, "@upsert": s.Upsert} {
			if has {
				all[s.Predicate] = append(all[s.Predicate], name)
			}
		}
	}
	if len(all["xid"]) == 0 {
		return nil, errors.New("there is no index of xid in Dgraph: the schema was not loaded")
	}
	return all, nil
}

// dql returns an asker of a DQL query through dgo.
func (p *peer) dql(query string, variables func(turn int) map[string]string) asker {
	return func(ctx context.Context, turn int) ([]byte, error) {
		response, err := p.dg.NewReadOnlyTxn().QueryWithVars(ctx, query, variables(turn))
		if err != nil {
			return nil, err
		}
		return response.Json, nil
	}
}

// graphQL returns an asker of Dgraph's own GraphQL.
func (p *peer) graphQL(query string, variables func(turn int) map[string]any) asker {
	return func(ctx context.Context, turn int) ([]byte, error) {
		return post(ctx, client, "http://"+at(alphaHTTP+p.offset)+"/graphql", graphQL(query, variables(turn)))
	}
}

// shortest is the query for a shortest path along all direct edges of claims, in both directions.
func shortest() string {
	var edges strings.Builder
	for _, p := range masar.Predicates {
		edge := strings.ToLower(string(p))
		fmt.Fprintf(&edges, "%s ~%s\n", edge, edge)
	}
	return `query path($from: string, $to: string) {
		from as var(func: eq(xid, $from)) to as var(func: eq(xid, $to))
		p as shortest(from: uid(from), to: uid(to)) { ` + edges.String() + ` }
		path(func: uid(p)) { code title_en }
	}`
}

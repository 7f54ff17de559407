//go:build linux

package main

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/answers"
	"masar/graph"
)

// This file is a process that serves two lower bounds. At /graphql, gqlgen executes masar's own schema with resolvers that
// return values in memory: what remains of masar if finding and loading cost nothing. At /bytes/, net/http writes bytes that
// are in memory.

// valuesCommand is the command line of the process.
const valuesCommand = "serve-values"

// values is a running process of this kind.
type values struct {
	*process
	dir, address string
}

// valuesFile has the values, and answersDir the bytes.
const valuesFile, addressFile, answersDir = "values.gob", "address", "answers"

// startValues starts the process with the answers to the nested question.
func startValues(ctx context.Context, dir string, all []nested) (*values, error) {
	if err := os.MkdirAll(filepath.Join(dir, answersDir), 0o700); err != nil {
		return nil, err
	}
	file, err := os.Create(filepath.Join(dir, valuesFile))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(gob.NewEncoder(file).Encode(all), file.Close()); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(filepath.Join(dir, addressFile)); err != nil { // of an earlier run
		return nil, err
	}
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	p, err := start("values", dir, own, valuesCommand, dir)
	if err != nil {
		return nil, err
	}
	v := &values{process: p, dir: dir}
	err = p.until(ctx, func() error {
		address, err := os.ReadFile(filepath.Join(dir, addressFile))
		v.address = "http://" + string(address)
		return err
	})
	return v, err
}

// stop ends the process; nil was not started.
func (v *values) stop() {
	if v != nil {
		v.end()
	}
}

// keep stores the bytes of an answer, for net/http to write.
func (v *values) keep(number int, answer []byte) error {
	return os.WriteFile(filepath.Join(v.dir, answersDir, strconv.Itoa(number)), answer, 0o600)
}

// graphQL returns an asker of gqlgen alone.
func (v *values) graphQL(document string, variables func(turn int) map[string]any) asker {
	return (&service{address: v.address}).ask(document, masar.English, variables)
}

// bytes returns an asker of net/http alone. The requests are those of GraphQL.
func (v *values) bytes(document string, count int, variables func(turn int) map[string]any) asker {
	return func(ctx context.Context, turn int) ([]byte, error) {
		all := variables(turn)
		all["lang"] = languages(masar.English, turn)
		return post(ctx, client, fmt.Sprint(v.address, "/bytes/", turn%count), graphQL(document, all))
	}
}

// serveValues is the process.
func serveValues(ctx context.Context, dir string) error {
	file, err := os.Open(filepath.Join(dir, valuesFile))
	if err != nil {
		return err
	}
	defer file.Close()
	var all []nested
	if err := gob.NewDecoder(file).Decode(&all); err != nil {
		return err
	}
	gqlgen := executor.New(graph.NewExecutableSchema(graph.Config{Resolvers: newMemory(all)}))
	gqlgen.SetQueryCache(lru.New[*ast.QueryDocument](1000))
	mux := http.NewServeMux()
	mux.HandleFunc("POST /graphql", executed(gqlgen))
	mux.HandleFunc("/bytes/{number}", newStored(filepath.Join(dir, answersDir), len(all)))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, addressFile), []byte(listener.Addr().String()), 0o600); err != nil {
		return err
	}
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// executed returns a handler with the steps of gqlgen's own transport, which needs a library for websockets.
func executed(gqlgen *executor.Executor) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx := graphql.StartOperationTrace(r.Context())
		var params graphql.RawParams
		decoder := json.NewDecoder(r.Body)
		decoder.UseNumber()
		if err := decoder.Decode(&params); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		params.Headers = r.Header
		operation, refused := gqlgen.CreateOperationContext(ctx, &params)
		if refused != nil {
			http.Error(w, refused.Error(), http.StatusUnprocessableEntity)
			return
		}
		responses, ctx := gqlgen.DispatchOperation(ctx, operation)
		answer, err := json.Marshal(responses(ctx))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	}
}

// newStored returns a handler that writes answers. It reads each once.
func newStored(dir string, count int) http.HandlerFunc {
	kept := make([]func() ([]byte, error), count)
	for i := range kept {
		kept[i] = sync.OnceValues(func() ([]byte, error) { return os.ReadFile(filepath.Join(dir, strconv.Itoa(i))) })
	}
	return func(w http.ResponseWriter, r *http.Request) {
		number, err := strconv.Atoi(r.PathValue("number"))
		if err != nil || number < 0 || number >= count {
			http.NotFound(w, r)
			return
		}
		_, _ = io.Copy(io.Discard, r.Body)
		answer, err := kept[number]()
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = w.Write(answer)
	}
}

// memory resolves the fields of the nested question from values in memory. Other fields have no resolver.
type memory struct {
	graph.ResolverRoot
	targets         map[string]*masar.SdgTarget
	recommendations map[string]*answers.RecommendationConnection
	challenges      map[string]*answers.ChallengeConnection
	topics          map[string]*answers.TopicConnection
	caseStudies     map[string]*answers.CaseStudyConnection
	countries       map[string]*masar.Country
	evidence        map[masar.ClaimKey]*answers.EvidenceConnection
	documents       map[string]*masar.Document
}

func newMemory(all []nested) *memory {
	m := &memory{
		targets: map[string]*masar.SdgTarget{}, recommendations: map[string]*answers.RecommendationConnection{},
		challenges: map[string]*answers.ChallengeConnection{}, topics: map[string]*answers.TopicConnection{},
		caseStudies: map[string]*answers.CaseStudyConnection{}, countries: map[string]*masar.Country{},
		evidence: map[masar.ClaimKey]*answers.EvidenceConnection{}, documents: map[string]*masar.Document{},
	}
	for _, n := range all {
		m.add(n)
	}
	return m
}

func (m *memory) add(n nested) {
	m.targets[n.Target.Code] = n.Target
	var listed []*masar.Recommendation
	var claims []*masar.Claim
	for _, r := range n.Recommendations {
		listed, claims = append(listed, r.Recommendation), append(claims, r.Claim)
		code := r.Recommendation.Code
		m.challenges[code], m.topics[code] = connection(r.Challenges, nil), connection(r.Topics, nil)
		var studies []*masar.CaseStudy
		for _, p := range r.CaseStudies {
			studies = append(studies, p.CaseStudy)
			if p.Country != nil {
				m.countries[p.CaseStudy.Code] = p.Country
			}
		}
		m.caseStudies[code] = connection(studies, nil)
		var evidence []*masar.Evidence
		for _, c := range r.Evidence {
			evidence = append(evidence, c.Evidence)
			m.documents[c.Document.Code] = c.Document
		}
		m.evidence[r.Claim.Key] = connection(evidence, nil)
	}
	m.recommendations[n.Target.Code] = connection(listed, claims)
}

// connection is a list whose nodes, and the claims that lead to them, are in memory.
func connection[T any](nodes []T, claims []*masar.Claim) *answers.Connection[T] {
	via := make([][]*masar.Claim, len(claims))
	for i, c := range claims {
		via[i] = []*masar.Claim{c}
	}
	return &answers.Connection[T]{
		TotalCount: len(nodes), Items: make([]answers.Item, len(nodes)),
		Load:   func(context.Context) ([]T, error) { return nodes, nil },
		Claims: func(_ context.Context, item int) ([]*masar.Claim, error) { return via[item], nil },
	}
}

func (m *memory) Query() graph.QueryResolver         { return memoryQuery{values: m} }
func (m *memory) SdgTarget() graph.SdgTargetResolver { return memoryTarget{values: m} }
func (m *memory) Recommendation() graph.RecommendationResolver {
	return memoryRecommendation{values: m}
}
func (m *memory) CaseStudy() graph.CaseStudyResolver { return memoryCaseStudy{values: m} }
func (m *memory) Claim() graph.ClaimResolver         { return memoryClaim{values: m} }
func (m *memory) Passage() graph.PassageResolver     { return memoryPassage{values: m} }

type memoryQuery struct {
	graph.QueryResolver
	values *memory
}

func (q memoryQuery) SdgTarget(_ context.Context, code string) (*masar.SdgTarget, error) {
	return q.values.targets[code], nil
}

type memoryTarget struct {
	graph.SdgTargetResolver
	values *memory
}

func (t memoryTarget) Recommendations(_ context.Context, of *masar.SdgTarget, _ *int, _ *string, _ *int, _ *string, _ *answers.EdgeOrder, _ *answers.ClaimFilter, _ *bool) (*answers.RecommendationConnection, error) {
	return t.values.recommendations[of.Code], nil
}

type memoryRecommendation struct {
	graph.RecommendationResolver
	values *memory
}

func (r memoryRecommendation) Challenges(_ context.Context, of *masar.Recommendation, _ *int, _ *string, _ *int, _ *string, _ *answers.EdgeOrder, _ *answers.ClaimFilter) (*answers.ChallengeConnection, error) {
	return r.values.challenges[of.Code], nil
}

func (r memoryRecommendation) Topics(_ context.Context, of *masar.Recommendation, _ *int, _ *string, _ *int, _ *string, _ *answers.EdgeOrder, _ *answers.ClaimFilter) (*answers.TopicConnection, error) {
	return r.values.topics[of.Code], nil
}

func (r memoryRecommendation) CaseStudies(_ context.Context, of *masar.Recommendation, _ *int, _ *string, _ *int, _ *string, _ *answers.EdgeOrder, _ *answers.ClaimFilter) (*answers.CaseStudyConnection, error) {
	return r.values.caseStudies[of.Code], nil
}

type memoryCaseStudy struct {
	graph.CaseStudyResolver
	values *memory
}

func (s memoryCaseStudy) Country(_ context.Context, of *masar.CaseStudy) (*masar.Country, error) {
	return s.values.countries[of.Code], nil
}

type memoryClaim struct {
	graph.ClaimResolver
	values *memory
}

func (c memoryClaim) Evidence(_ context.Context, of *masar.Claim, _ *int, _ *string, _ *int, _ *string) (*answers.EvidenceConnection, error) {
	return c.values.evidence[of.Key], nil
}

type memoryPassage struct {
	graph.PassageResolver
	values *memory
}

func (p memoryPassage) Document(_ context.Context, of *masar.Passage) (*masar.Document, error) {
	return p.values.documents[of.Source.Code], nil
}

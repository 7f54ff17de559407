package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/mcp"
	"masar/operations"
)

// assistantsPath is the path at which assistants are served.
const assistantsPath = "/mcp"

// assistants serves /mcp: the Model Context Protocol over streamable HTTP, without sessions. A tool runs its operations as any
// client, so that it has the same limits, queue and log.
type assistants struct {
	pages
	limits Limits
	own    *http.CrossOriginProtection
	// handler speaks the protocol. It is made at the first request, because it needs the messages of words.
	handler func() http.Handler
}

func newAssistants(o Options, p pages) http.Handler {
	a := &assistants{pages: p, limits: o.Limits.orDefaults(), own: http.NewCrossOriginProtection()}
	for _, u := range o.Public {
		if err := a.own.AddTrustedOrigin(u.Scheme + "://" + strings.ToLower(u.Host)); err != nil {
			panic(err) // ParsePublicURLs has checked it
		}
	}
	sdl := SDL(o.Operations.Schema())
	a.handler = sync.OnceValue(func() http.Handler {
		made := mcp.NewServer(mcp.Options{
			Ask:     a.askFor,
			SDL:     func(context.Context) (string, error) { return sdl, nil },
			Base:    func(ctx context.Context) string { return assistantIn(ctx).base },
			Vet:     o.Trusted.vet,
			Limits:  o.Operations.Limits(),
			Called:  o.Operations.Metrics().Tool,
			Version: fmt.Sprint(o.Version),
			Log:     o.Log,
		})
		return sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return made }, &sdk.StreamableHTTPOptions{
			Stateless: true, JSONResponse: true, MaxRequestBodyBytes: a.limits.Body,
			// The service's own check of Host knows the public addresses, which a proxy on this machine passes on.
			DisableLocalhostProtection: len(o.Public) > 0,
		})
	})
	return a
}

// ServeHTTP answers a message.
func (a *assistants) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, refused := a.read(w, r)
	if refused != nil {
		call{w, r, plainJSON}.refuse(a.operations.Present(r.Context(), refused))
		return
	}
	ctx := context.WithValue(r.Context(), assistantKey{}, assistant{
		operations.Client{Address: a.proxies.client(r), Transport: "mcp", Permit: ReadsOnly}, strings.TrimSuffix(a.public.base(r), "/"),
	})
	r = r.WithContext(ctx)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	a.handler().ServeHTTP(w, r)
}

// read receives the body of a message, or says why it is refused.
func (a *assistants) read(w http.ResponseWriter, r *http.Request) ([]byte, *masar.Error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, masar.NewError(masar.CodeMethodNotAllowed, "error.http.method", masar.Args{"allowed": http.MethodPost})
	}
	if a.own.Check(r) != nil {
		return nil, masar.NewError(masar.CodeForbidden, "error.assistants.foreign", nil)
	}
	if _, refused := a.begin(w, r); refused != nil {
		return nil, refused
	}
	return a.limits.fromBody(w, r)
}

// assistant is the client of a message, and the address of the service for it.
type assistant struct {
	client operations.Client
	base   string
}

type assistantKey struct{}

func assistantIn(ctx context.Context) assistant {
	of, _ := ctx.Value(assistantKey{}).(assistant)
	return of
}

// askFor runs an operation for the client of a message.
func (a *assistants) askFor(ctx context.Context, document string, variables map[string]any) ([]byte, error) {
	of, is := ctx.Value(assistantKey{}).(assistant)
	if !is {
		return nil, errors.New("an operation without a client") // it would have no limits
	}
	return operations.Encode(a.operations.Do(ctx, of.client, operations.Params{Query: document, Variables: variables, Ours: mcp.IsOwn(document)})), nil
}

// ReadsOnly permits queries alone: no tool of an assistant writes.
func ReadsOnly(operation ast.Operation) *masar.Error {
	if operation == ast.Query {
		return nil
	}
	return masar.NewError(masar.CodeForbidden, "error.assistants.read_only", nil)
}

// vet refuses documents that are not trusted.
func (t TrustedDocuments) vet(document string) error {
	if t == nil {
		return nil
	}
	if _, refused := t.document(document, ""); refused != nil {
		return refused
	}
	return nil
}

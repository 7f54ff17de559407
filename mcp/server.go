// Package mcp gives the graph to assistants by the Model Context Protocol: tools, resources and prompts. A tool is a GraphQL
// document in tools/ that runs as any other operation of the service. Tools only read.
package mcp

import (
	"context"
	"log/slog"
	"sync"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/vektah/gqlparser/v2/ast"

	"masar"
	"masar/operations/limits"
	"masar/words"
)

// Options configure a server.
type Options struct {
	// Ask runs the operations.
	Ask Ask
	// SDL returns the text of the service's schema.
	SDL func(context.Context) (string, error)
	// Base returns the address of the service, without a slash at its end, for the addresses of records; nil or empty makes
	// them paths.
	Base func(context.Context) string
	// Vet returns an error for a document that the service does not run for its clients; nil permits all documents.
	Vet func(document string) error
	// Limits are those of the service; zero means limits.Default. An assistant's own query may have a quarter of the cost.
	Limits limits.Limits
	// Version is the version of Masar.
	Version string
	// Called is called after each call of a tool; nil for nobody.
	Called func(tool string, refused bool)
	// Log receives what goes wrong.
	Log *slog.Logger
}

// server has what the tools share. It holds nothing about a client.
type server struct {
	Options
	schema schemaOf
}

// schemaOf is the parsed schema of the service, once it has been read.
type schemaOf struct {
	mu     sync.Mutex
	parsed *ast.Schema
}

// NewServer returns a server for any number of clients.
func NewServer(o Options) *sdk.Server {
	if o.Limits == (limits.Limits{}) {
		o.Limits = limits.Default()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Called == nil {
		o.Called = func(string, bool) {}
	}
	if o.Base == nil {
		o.Base = func(context.Context) string { return "" }
	}
	s := &server{Options: o}
	made := sdk.NewServer(&sdk.Implementation{Name: "masar", Title: both("assistants.name"), Version: o.Version}, &sdk.ServerOptions{
		Instructions:      words.Say(masar.English, "assistants.instructions", nil) + "\n\n" + words.Say(masar.Arabic, "assistants.instructions", nil),
		Logger:            quiet(o.Log),
		CompletionHandler: s.complete,
		// Nothing is logged to clients, and no list changes while the server runs.
		Capabilities: &sdk.ServerCapabilities{
			Tools: &sdk.ToolCapabilities{}, Resources: &sdk.ResourceCapabilities{}, Prompts: &sdk.PromptCapabilities{},
		},
	})
	s.addTools(made)
	s.addResources(made)
	s.addPrompts(made)
	return made
}

// both is a short text in both languages.
func both(key string) string {
	m := words.Both(key, nil)
	return m.EN + " · " + m.AR
}

// paragraphs is a longer text in both languages.
func paragraphs(key string) string {
	m := words.Both(key, nil)
	return m.EN + "\n" + m.AR
}

// quiet is a log of warnings and errors: the library has lines for each session, and each request is one.
func quiet(log *slog.Logger) *slog.Logger {
	return slog.New(warnings{log.Handler()})
}

type warnings struct{ slog.Handler }

// Enabled reports whether a line of a level is written.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

func (s *server) addTools(to *sdk.Server) {
	add(s, to, "search", search)
	add(s, to, "get_entity", getEntity)
	add(s, to, "recommendations_for_target", recommendations)
	add(s, to, "trace_path", tracePath)
	add(s, to, "evidence", evidence)
	add(s, to, "country_profile", countryProfile)
	add(s, to, "action_plan", actionPlan)
	add(s, to, "gap_map", gapMap)
	add(s, to, "run_query", runQuery)
	add(s, to, "get_schema", getSchema)
}

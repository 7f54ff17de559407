package mcp_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar/dgraph/embedded/embeddedtest"
	"masar/internal/masartest"
	"masar/loaders"
	"masar/mcp"
	"masar/operations"
	"masar/server"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// assistant is a client of the tools on a service.
type assistant struct {
	*sdk.ClientSession
	api *masartest.API
	// asked are the documents that the tools have run.
	asked []string
}

// assist connects a client to the tools on a service.
func assist(t *testing.T, s *masartest.Service, change ...func(*mcp.Options)) *assistant {
	t.Helper()
	a := &assistant{api: s.API(t, loaders.Options{})}
	sdl := server.SDL(a.api.Operations.Schema())
	options := mcp.Options{
		Ask: func(ctx context.Context, document string, variables map[string]any) ([]byte, error) {
			a.asked = append(a.asked, document)
			client := operations.Client{Transport: "test", Permit: server.ReadsOnly}
			return operations.Encode(a.api.Operations.Do(ctx, client, operations.Params{Query: document, Variables: variables})), nil
		},
		SDL:  func(context.Context) (string, error) { return sdl, nil },
		Base: func(context.Context) string { return "https://masar.example.org" },
	}
	for _, c := range change {
		c(&options)
	}
	serverSide, clientSide := sdk.NewInMemoryTransports()
	if _, err := mcp.NewServer(options).Connect(t.Context(), serverSide, nil); err != nil {
		t.Fatal(err)
	}
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(t.Context(), clientSide, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	a.ClientSession = session
	return a
}

// called is the result of a call: JSON, text, or an error.
type called struct {
	content json.RawMessage
	text    string
	isError bool
}

// call calls a tool with arguments as JSON.
func (a *assistant) call(t *testing.T, tool, arguments string) called {
	t.Helper()
	result, err := a.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: json.RawMessage(arguments)})
	if err != nil {
		t.Fatalf("%s %s: %v", tool, arguments, err)
	}
	text := result.Content[0].(*sdk.TextContent).Text
	if len(result.Content) != 1 {
		t.Errorf("%s: %d contents", tool, len(result.Content))
	}
	content, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return called{content, text, result.IsError}
}

// answer calls a tool and decodes its answer.
func (a *assistant) answer(t *testing.T, tool, arguments string, into any) called {
	t.Helper()
	c := a.call(t, tool, arguments)
	if c.isError {
		t.Fatalf("%s %s: %s", tool, arguments, c.text)
	}
	if err := json.Unmarshal(c.content, into); err != nil {
		t.Fatal(err)
	}
	return c
}

// refusal is the text of an error.
type refusal struct {
	Code             string
	Message          struct{ EN, AR string }
	Argument         string
	Allowed, Nearest []string
}

// refused calls a tool and decodes its error.
func (a *assistant) refused(t *testing.T, tool, arguments string) (r refusal) {
	t.Helper()
	c := a.call(t, tool, arguments)
	if !c.isError {
		t.Fatalf("%s %s: no error: %s", tool, arguments, c.text)
	}
	d := json.NewDecoder(strings.NewReader(c.text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%v: %s", err, c.text)
	}
	return r
}

package mcp

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"masar"
	"masar/internal/documents"
	"masar/words"
)

//go:embed tools/*.graphql
var toolFiles embed.FS

// operations are the operations of the tools by the names of their files.
var operations = sync.OnceValue(func() map[string]string { return documents.Read(toolFiles, "tools") })

// IsOwn reports whether a document is one of the tools. Others are those of an assistant.
func IsOwn(document string) bool {
	for _, own := range operations() {
		if document == own {
			return true
		}
	}
	return false
}

// Ask runs an operation and returns the whole response as JSON, with its errors. Its own error says why there is no response.
type Ask func(ctx context.Context, document string, variables map[string]any) ([]byte, error)

// response is a response of GraphQL.
type response struct {
	Data   json.RawMessage `json:"data"`
	Errors []*failure      `json:"errors"`
}

// failure is an error in a response.
type failure struct {
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code     string `json:"code"`
		Messages struct {
			EN string `json:"en"`
			AR string `json:"ar"`
		} `json:"messages"`
		Argument string   `json:"argument"`
		Nearest  []string `json:"nearest"`
	} `json:"extensions"`
}

// Error is the message in English.
func (f *failure) Error() string { return f.Extensions.Code + ": " + f.Message }

// message is the message in both languages.
func (f *failure) message() masar.Message {
	m := masar.Message{EN: f.Extensions.Messages.EN, AR: f.Extensions.Messages.AR}
	if m.EN == "" || m.AR == "" {
		m = masar.Message{EN: f.Message, AR: f.Message}
	}
	return m
}

// asFailure returns the error of a response in an error.
func asFailure(err error) (*failure, bool) { return errors.AsType[*failure](err) }

// errChanged reports that the graph has changed between the operations of a call.
var errChanged = errors.New("the graph has changed")

// call is one call of a tool. It belongs to one goroutine.
type call struct {
	*server
	ctx context.Context
	// base is the address of the service.
	base     string
	language masar.Language
	snapshot string // of the first answer; empty before
}

// run runs an operation of the tools and decodes its data. A response with errors is an error.
func (c *call) run(operation string, variables map[string]any, into any) error {
	answer, err := c.respond(operations()[operation], variables)
	if err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return answer.Errors[0]
	}
	if err := json.Unmarshal(answer.Data, into); err != nil {
		return fmt.Errorf("the answer to the operation %s: %w", operation, err)
	}
	return nil
}

// inLanguage are variables with the languages of the call.
func (c *call) inLanguage(variables map[string]any) map[string]any {
	variables["lang"] = []masar.Language{c.language, c.language.Other()}
	return variables
}

// respond runs a document.
func (c *call) respond(document string, variables map[string]any) (answer response, err error) {
	text, err := c.Ask(c.ctx, document, variables)
	if err != nil {
		return answer, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber() // numbers pass unchanged
	if err := d.Decode(&answer); err != nil {
		return answer, fmt.Errorf("a response that is no JSON: %w", err)
	}
	return answer, nil
}

// same reports errChanged for an answer of another snapshot than the first one of the call.
func (c *call) same(snapshot string) error {
	if c.snapshot == "" {
		c.snapshot = snapshot
	}
	if c.snapshot != snapshot {
		return errChanged
	}
	return nil
}

// unknown is the error for an entity that the graph does not have, with the most similar codes.
func (c *call) unknown(argument string, kind masar.Kind, code string) error {
	var answer struct {
		Neighbourhood *struct {
			Snapshot string `json:"snapshot"`
		} `json:"neighbourhood"`
	}
	err := c.run("nearest", map[string]any{"of": refOf(kind, code)}, &answer)
	if f, is := asFailure(err); is {
		f.Extensions.Argument = argument
	}
	if err == nil { // it has come to exist in the meantime
		err = errChanged
	}
	return err
}

func refOf(kind masar.Kind, code string) map[string]any {
	return map[string]any{"kind": string(kind), "code": words.ReadCode(kind, code)}
}

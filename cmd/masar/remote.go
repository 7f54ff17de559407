package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"masar"
)

// remote is a running service as a client sees it.
type remote struct {
	base   *url.URL // ends with a slash
	client *http.Client
}

const (
	// remoteTime is the maximum time of a request.
	remoteTime = 30 * time.Second
	// maxRemote is the maximum size of an answer, in bytes.
	maxRemote = 64 << 20
)

func newRemote(base *url.URL) *remote { return &remote{base, &http.Client{Timeout: remoteTime}} }

// address is the address of the service without a slash at its end.
func (r *remote) address(context.Context) string { return strings.TrimSuffix(r.base.String(), "/") }

// ask runs an operation at /graphql and returns the whole response.
func (r *remote) ask(ctx context.Context, document string, variables map[string]any) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.base.JoinPath("graphql").String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/graphql-response+json, application/json;q=0.9")
	text, kind, err := r.send(request)
	if err != nil {
		return nil, err
	}
	if kind != "application/graphql-response+json" && kind != "application/json" {
		return nil, r.unreachable(fmt.Errorf("an answer of type %q, as of another service", kind))
	}
	return text, nil
}

// sdl is the schema of the service.
func (r *remote) sdl(ctx context.Context) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base.JoinPath("schema.graphql").String(), nil)
	if err != nil {
		return "", err
	}
	text, _, err := r.send(request)
	return string(text), err
}

// send sends a request and reads the answer and its type.
func (r *remote) send(request *http.Request) (text []byte, kind string, err error) {
	answer, err := r.client.Do(request)
	if err != nil {
		return nil, "", r.unreachable(err)
	}
	defer func() { _ = answer.Body.Close() }()
	text, err = io.ReadAll(io.LimitReader(answer.Body, maxRemote))
	if err != nil {
		return nil, "", r.unreachable(err)
	}
	kind, _, _ = mime.ParseMediaType(answer.Header.Get("Content-Type"))
	return text, kind, nil
}

func (r *remote) unreachable(cause error) error {
	return masar.NewError(masar.CodeUnavailable, "error.assistants.unreachable", masar.Args{"address": r.address(context.Background())}).Because(cause)
}

// reach waits for the service, which may be starting. An answer with another error than that is the error.
func (r *remote) reach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reachTime)
	defer cancel()
	for {
		err := r.probe(ctx)
		if codeOf(err) != masar.CodeUnavailable {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// probe asks for the snapshot.
func (r *remote) probe(ctx context.Context) error {
	text, err := r.ask(ctx, "{ snapshot }", nil)
	if err != nil {
		return err
	}
	var answer struct {
		Errors []struct {
			Message    string `json:"message"`
			Extensions struct {
				Code masar.Code `json:"code"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return r.unreachable(err)
	}
	if len(answer.Errors) > 0 {
		return refusal{answer.Errors[0].Extensions.Code, answer.Errors[0].Message}
	}
	return nil
}

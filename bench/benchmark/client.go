//go:build linux

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// client is the client of all HTTP peers. It keeps connections open and does not ask for compressed answers.
var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * clients, DisableCompression: true}}

// post sends JSON and returns the body of a successful answer.
func post(ctx context.Context, c *http.Client, address, body string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	return do(c, r)
}

func do(c *http.Client, r *http.Request) ([]byte, error) {
	answer, err := c.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode != http.StatusOK || bytes.HasPrefix(body, []byte(`{"errors":`))) {
		err = fmt.Errorf("%s: %s: %.500s", r.URL, answer.Status, body)
	}
	return body, err
}

package mcp

import (
	"encoding/base64"
	"encoding/json"

	"masar"
)

// cursor is the place where an answer goes on: after a place in a list of the API, and after a number of items from there.
type cursor struct {
	Tool  string `json:"t"`
	After string `json:"a,omitempty"`
	Skip  int    `json:"s,omitempty"`
}

// String is the cursor as assistants see it.
func (c cursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // texts and a number
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// readCursor reads a cursor that the same tool has returned; empty for the start.
func readCursor(tool, given string) (c cursor, err error) {
	if given == "" {
		return cursor{Tool: tool}, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(given)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil || c.Tool != tool || c.Skip < 0 {
		return c, masar.NewArgumentError(masar.CodeBadCursor, "after", "error.assistants.cursor", nil)
	}
	return c, nil
}

// at is the variable for the place in the list of the API.
func (c cursor) at() any {
	if c.After == "" {
		return nil
	}
	return c.After
}

// rest are the items of a list after those that a cursor skips.
func rest[T any](items []T, c cursor) []T { return items[min(c.Skip, len(items)):] }

// skipping is the cursor after n more items.
func (c cursor) skipping(n int) string {
	c.Skip += n
	return c.String()
}

package mcp

import (
	"encoding/json"
	"errors"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar"
	"masar/words"
)

// refusal is an error as an assistant reads it: the text of a result with isError.
type refusal struct {
	Code     masar.Code `json:"code"`
	Message  message    `json:"message"`
	Argument string     `json:"argument,omitempty"`
	// Allowed are the allowed values, or what a value must be.
	Allowed []string `json:"allowed"`
	// Nearest are the most similar values.
	Nearest []string `json:"nearest"`
}

type message struct {
	EN string `json:"en"`
	AR string `json:"ar"`
}

// allowedDetail and nearestDetail are the details of errors about arguments.
const (
	allowedDetail = "allowed"
	nearestDetail = "nearest"
)

// refusalOf is an error for the assistant. Of errors that are not made for clients it says only that they happened.
func (s *server) refusalOf(tool string, err error) refusal {
	shown := refusal{Allowed: []string{}, Nearest: []string{}}
	if f, is := asFailure(err); is {
		m := f.message()
		shown.Code, shown.Message, shown.Argument = masar.Code(f.Extensions.Code), message{m.EN, m.AR}, f.Extensions.Argument
		shown.Nearest = append(shown.Nearest, f.Extensions.Nearest...)
		return shown
	}
	typed, is := errors.AsType[*masar.Error](err)
	if errors.Is(err, errChanged) {
		typed, is = masar.NewError(masar.CodeConflict, "error.assistants.changed", nil), true
	}
	if !is {
		s.Log.Error("a tool failed", "tool", tool, "error", err)
		typed = masar.NewError(masar.CodeInternal, "error.internal", nil)
	}
	m := words.Message(typed)
	shown.Code, shown.Message, shown.Argument = typed.Code, message{m.EN, m.AR}, typed.Argument
	shown.Allowed = append(shown.Allowed, texts(typed.Details[allowedDetail])...)
	shown.Nearest = append(shown.Nearest, texts(typed.Details[nearestDetail])...)
	return shown
}

func texts(detail any) []string {
	all, _ := detail.([]string)
	return all
}

// result is the refusal as the result of a tool.
func (r refusal) result() *sdk.CallToolResult {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // a refusal has texts alone
	}
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: string(text)}}}
}

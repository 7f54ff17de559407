package mcp

import (
	"context"
	"slices"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar"
	"masar/words"
)

// prompt is a question that a person chooses from a list. Its text tells the assistant which tools answer it.
type prompt struct {
	name string
	// required and optional are the arguments. Each prompt has the language as well.
	required, optional []string
}

// langArgument is the argument for the language of a prompt and its answer.
const langArgument = "lang"

func (s *server) addPrompts(to *sdk.Server) {
	for _, p := range []prompt{
		{"brief", []string{"target"}, []string{"country"}},
		{"compare", []string{"initiatives"}, nil},
		{"review_claim", []string{"claim"}, nil},
	} {
		made := &sdk.Prompt{Name: p.name, Title: both("assistants.prompt.title." + p.name), Description: paragraphs("assistants.prompt.description." + p.name)}
		for _, name := range slices.Concat(p.required, p.optional, []string{langArgument}) {
			made.Arguments = append(made.Arguments, &sdk.PromptArgument{
				Name: name, Description: paragraphs("assistants.prompt.argument." + name), Required: slices.Contains(p.required, name),
			})
		}
		to.AddPrompt(made, func(_ context.Context, request *sdk.GetPromptRequest) (*sdk.GetPromptResult, error) {
			return p.text(request.Params.Arguments)
		})
	}
}

// text is the prompt with its arguments.
func (p prompt) text(given map[string]string) (*sdk.GetPromptResult, error) {
	l := inLanguage{given[langArgument]}.language()
	args := masar.Args{}
	for _, name := range p.required {
		if given[name] == "" {
			m := words.Message(masar.NewError(masar.CodeBadInput, "error.assistants.missing", masar.Args{"name": name, "allowed": []string{"string"}}))
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: m.EN}
		}
		args[name] = onOneLine(given[name])
	}
	text := words.Say(l, "assistants.prompt.text."+p.name, args)
	if country := given["country"]; country != "" && slices.Contains(p.optional, "country") {
		text += " " + words.Say(l, "assistants.prompt.country", masar.Args{"country": onOneLine(country)})
	}
	text += "\n\n" + words.Say(l, "assistants.prompt.rules", nil)
	return &sdk.GetPromptResult{
		Description: words.Say(l, "assistants.prompt.description."+p.name, nil),
		Messages:    []*sdk.PromptMessage{{Role: "user", Content: &sdk.TextContent{Text: text}}},
	}, nil
}

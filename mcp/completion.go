package mcp

import (
	"context"
	"maps"
	"slices"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"masar"
)

// maxValues is the maximum number of values of a completion, by the protocol.
const maxValues = 100

// complete lists the values of a part of an address, or of an argument of a prompt, that begin with what is typed. Codes are
// found by the search, which needs a letter.
func (s *server) complete(ctx context.Context, request *sdk.CompleteRequest) (*sdk.CompleteResult, error) {
	p := request.Params
	c := &call{server: s, ctx: ctx, base: s.Base(ctx), language: masar.English}
	values, total, err := c.values(p)
	if err != nil {
		return nil, s.refusalOf("completion", err).problem(p.Ref.URI)
	}
	shown := values[:min(maxValues, len(values))]
	return &sdk.CompleteResult{Completion: sdk.CompletionResultDetails{Values: append([]string{}, shown...), Total: total, HasMore: total > len(shown)}}, nil
}

// values are the values, and their number.
func (c *call) values(p *sdk.CompleteParams) (values []string, total int, err error) {
	typed := p.Argument.Value
	among := func(all []string) ([]string, int, error) {
		found := slices.DeleteFunc(slices.Clone(all), func(v string) bool { return !strings.HasPrefix(strings.ToLower(v), strings.ToLower(typed)) })
		return found, len(found), nil
	}
	switch p.Ref.URI + p.Ref.Name + " " + p.Argument.Name {
	case entityTemplate + " kind":
		return among(vocabularies["kind"])
	case entityTemplate + " code":
		if p.Context != nil && p.Context.Arguments["kind"] != "" {
			return c.codes(typed, masar.Kind(p.Context.Arguments["kind"]))
		}
	case documentTemplate + " code":
		if typed == "" {
			return c.documents()
		}
		return c.codes(typed, masar.KindDocument)
	case exampleTemplate + " name":
		all, err := exampleNames()
		if err != nil {
			return nil, 0, err
		}
		return among(slices.Sorted(maps.Keys(all)))
	case "brief target":
		return c.codes(typed, masar.KindSdgTarget)
	case "brief country":
		return c.codes(typed, masar.KindCountry)
	case "compare initiatives":
		return c.codes(typed, masar.KindInitiative)
	case "brief lang", "compare lang", "review_claim lang":
		return among(vocabularies["lang"])
	}
	return nil, 0, nil
}

// codes are the codes of entities that the search finds by the beginning of a word.
func (c *call) codes(typed string, kind masar.Kind) ([]string, int, error) {
	if strings.TrimSpace(typed) == "" {
		return nil, 0, nil
	}
	var data codesData
	if err := c.run("codes", map[string]any{"query": typed, "kinds": []masar.Kind{kind}}, &data); err != nil {
		return nil, 0, err
	}
	return data.Search.codes(), data.Search.TotalCount, nil
}

func (c *call) documents() ([]string, int, error) {
	var data documentsData
	if err := c.run("documents", nil, &data); err != nil {
		return nil, 0, err
	}
	return data.Documents.codes(), data.Documents.TotalCount, nil
}

type codesData struct {
	Search *codeList `json:"search"`
}

type documentsData struct {
	Documents *codeList `json:"documents"`
}

type codeList struct {
	TotalCount int `json:"totalCount"`
	Nodes      []struct {
		Code string `json:"code"`
	} `json:"nodes"`
}

func (l codeList) codes() []string {
	var all []string
	for _, n := range l.Nodes {
		all = append(all, n.Code)
	}
	return all
}

// nearestName is the error for an unknown name, with the most similar ones.
func nearestName[T any](argument, key, name string, known map[string]T) error {
	allowed := slices.Sorted(maps.Keys(known))
	err := masar.NewArgumentError(masar.CodeNotFound, argument, key, masar.Args{"name": name, "allowed": allowed})
	err.Details = map[string]any{allowedDetail: allowed, nearestDetail: masar.Nearest(name, 3, slices.Values(allowed))}
	return err
}

package mcp

import (
	"masar"
	"masar/answers"
	"masar/words"
)

type searchInput struct {
	inLanguage
	Query string   `json:"query" jsonschema:"words or codes in Arabic or English" min:"1" max:"200"`
	Kinds []string `json:"kinds,omitempty" jsonschema:"only these kinds of entity" enum:"kind" maxItems:"18"`
	First int      `json:"first,omitempty" jsonschema:"number of hits, by default 10" min:"1" max:"20"`
	After string   `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type searchOutput struct {
	answer
	Hits        []hit       `json:"hits"`
	Ambiguities []ambiguity `json:"ambiguities" jsonschema:"words with several meanings: ask which one is meant"`
}

type hit struct {
	thing
	Why []string `json:"why" jsonschema:"what matched"`
}

type ambiguity struct {
	Term     string    `json:"term"`
	Readings []reading `json:"readings"`
}

// reading is a meaning of a word. Not every meaning is an entity of the graph.
type reading struct {
	Title  title  `json:"title"`
	Entity *thing `json:"entity,omitempty"`
}

type searchData struct {
	frame
	Search *struct {
		TotalCount  int `json:"totalCount"`
		Ambiguities []struct {
			Term     string `json:"term"`
			Readings []struct {
				Name   value    `json:"name"`
				EN     value    `json:"en"`
				Entity *heading `json:"entity"`
			} `json:"readings"`
		} `json:"ambiguities"`
		Edges []struct {
			Cursor    string              `json:"cursor"`
			MatchedBy []answers.MatchedBy `json:"matchedBy"`
			Node      heading             `json:"node"`
		} `json:"edges"`
		PageInfo pageInfo `json:"pageInfo"`
	} `json:"search"`
}

func search(c *call, in searchInput) (f found[*searchOutput], err error) {
	from, err := readCursor("search", in.After)
	if err != nil {
		return f, err
	}
	var data searchData
	variables := map[string]any{"query": in.Query, "kinds": in.Kinds, "first": orDefault(in.First, 10), "after": from.at()}
	if err := c.run("search", variables, &data); err != nil {
		return f, err
	}
	edges := data.Search.Edges
	return found[*searchOutput]{
		items: len(edges),
		first: func(n int) *searchOutput {
			out := &searchOutput{answer: data.frame.answer(), Ambiguities: c.ambiguities(data)}
			for _, e := range edges[:n] {
				out.Hits = append(out.Hits, hit{c.thing(e.Node), labels(c.language, e.MatchedBy)})
			}
			return out
		},
		after:  func(n int) string { return cursor{Tool: "search", After: edges[n-1].Cursor}.String() },
		more:   data.Search.PageInfo.HasNextPage && len(edges) > 0,
		narrow: "assistants.narrow.search",
	}, nil
}

func (c *call) ambiguities(data searchData) []ambiguity {
	var all []ambiguity
	for _, a := range data.Search.Ambiguities {
		made := ambiguity{Term: a.Term}
		for _, r := range a.Readings {
			of := reading{Title: title{r.Name.Value, r.EN.Value}}
			if r.Entity != nil {
				entity := c.thing(*r.Entity)
				of.Entity = &entity
			}
			made.Readings = append(made.Readings, of)
		}
		all = append(all, made)
	}
	return all
}

func (o *searchOutput) write(w *writer) {
	if len(o.Hits) == 0 {
		w.line("assistants.text.no_hits", nil)
	}
	for _, h := range o.Hits {
		w.thing(h.thing)
		w.under("assistants.text.why", masar.Args{"why": h.Why})
	}
	for _, a := range o.Ambiguities {
		var names []string
		for _, r := range a.Readings {
			names = append(names, r.Title.in(w.language))
		}
		w.line("assistants.text.ambiguous", masar.Args{"term": a.Term, "readings": names})
	}
}

// labels are the labels of values of an enum.
func labels[T ~string](l masar.Language, values []T) []string {
	var all []string
	for _, v := range values {
		all = append(all, words.Value(l, v))
	}
	return all
}

// orDefault is a number, or its default if it is absent.
func orDefault(given, otherwise int) int {
	if given == 0 {
		return otherwise
	}
	return given
}

//go:build linux

package main

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"masar"
	"masar/examples"
)

var (
	//go:embed questions/search.graphql
	searchGraphQL string
	//go:embed questions/search.dql
	searchDQL string
	//go:embed questions/search-ar.dql
	searchArabicDQL string
	//go:embed questions/paths.graphql
	pathsGraphQL string
)

// row is a question other than the nested one. Some have a peer.
type row struct {
	name, peer     string
	masars, others times
	// note is what the peer could not answer.
	note string
}

// others measures the other questions.
func (g *sample) others(ctx context.Context, s *service, p *peer, o options, r *results) error {
	for _, measure := range []func(context.Context, *service, *peer, options) ([]row, error){g.paths, g.searches, g.dashboards, g.pages} {
		rows, err := measure(ctx, s, p, o)
		if err != nil {
			return err
		}
		r.rows = append(r.rows, rows...)
	}
	return nil
}

// patience is the time limit of a search for a shortest path by Dgraph, and mostPairs the number of pairs of entities. In large
// graphs Dgraph needs all this time.
const patience, mostPairs = 10 * time.Second, 16

// paths asks for paths between entities with claims, drawn at random.
func (g *sample) paths(ctx context.Context, s *service, p *peer, o options) ([]row, error) {
	progress("paths")
	linked := map[masar.Ref]bool{}
	for _, c := range g.batch.Claims {
		linked[c.Subject], linked[c.Object] = true, true
	}
	refs := slices.SortedFunc(maps.Keys(linked), masar.Ref.Compare)
	r := rand.New(rand.NewPCG(seedNumber, 1))
	pairs := make([][2]masar.Ref, min(o.rounds, mostPairs))
	for i := range pairs {
		pairs[i] = [2]masar.Ref{refs[r.IntN(len(refs))], refs[r.IntN(len(refs))]}
	}
	gaveUp := 0
	query := p.dql(shortest(), func(turn int) map[string]string {
		return map[string]string{"$from": pairs[turn][0].String(), "$to": pairs[turn][1].String()}
	})
	took, err := interleaved(ctx, []contestant{
		{name: "masar: paths", ask: s.ask(pathsGraphQL, masar.English, func(turn int) map[string]any {
			return map[string]any{"from": input(pairs[turn][0]), "to": input(pairs[turn][1])}
		})},
		{name: "shortest", ask: func(ctx context.Context, turn int) ([]byte, error) {
			limited, cancel := context.WithTimeout(ctx, patience)
			defer cancel()
			answer, err := query(limited, turn)
			if err != nil && limited.Err() != nil && ctx.Err() == nil {
				gaveUp++
				return nil, nil
			}
			return answer, err
		}},
	}, 0, len(pairs))
	if err != nil {
		return nil, err
	}
	found := row{name: "the five best evidence paths", peer: "`shortest`: one path, by hops", masars: took[0], others: took[1]}
	if gaveUp > 0 {
		found.note = fmt.Sprintf("%d of %d not within %s", gaveUp, len(pairs), patience)
	}
	return []row{found}, nil
}

func input(r masar.Ref) map[string]string {
	return map[string]string{"kind": string(r.Kind), "code": r.Code}
}

// searches asks for two words of a title, in each language.
func (g *sample) searches(ctx context.Context, s *service, p *peer, o options) ([]row, error) {
	progress("searches")
	var rows []row
	for _, l := range []struct {
		lang        masar.Language
		name, query string
		title       func(masar.LocalizedText) string
	}{
		{masar.English, "English", searchDQL, func(t masar.LocalizedText) string { return t.EN.Value }},
		{masar.Arabic, "Arabic", searchArabicDQL, func(t masar.LocalizedText) string { return t.AR.Value }},
	} {
		words, err := g.wordsOf(ctx, s, 4*o.rounds, l.title)
		if err != nil {
			return nil, err
		}
		took, err := interleaved(ctx, []contestant{
			{name: "masar: search", ask: s.ask(searchGraphQL, l.lang, func(turn int) map[string]any { return map[string]any{"words": words[turn]} })},
			{name: "alloftext", ask: p.dql(l.query, func(turn int) map[string]string { return map[string]string{"$words": words[turn]} })},
		}, 0, len(words))
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{name: "search for two words, " + l.name, peer: "`alloftext` on titles and summaries", masars: took[0], others: took[1]})
	}
	return rows, nil
}

// wordsOf draws searches of two words from titles. masar refuses some, which have only words such as "the".
func (g *sample) wordsOf(ctx context.Context, s *service, n int, title func(masar.LocalizedText) string) (words []string, err error) {
	r := rand.New(rand.NewPCG(seedNumber, 2))
	for try := 0; len(words) < n; try++ {
		drawn := longest(title(g.batch.Entities[r.IntN(len(g.batch.Entities))].Head().Titles))
		ask := s.same(searchGraphQL, masar.English, func(int) map[string]any { return map[string]any{"words": drawn} })
		if _, err = ask(ctx, 0); err == nil {
			words = append(words, drawn)
		} else if try > 2*n {
			return nil, err
		}
	}
	return words, nil
}

// longest returns the two longest words of a text. Shorter ones are often words that say nothing.
func longest(text string) string {
	words := strings.Fields(text)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a)) })
	return strings.Join(words[:min(2, len(words))], " ")
}

// dashboards asks for the examples of dashboards.
func (g *sample) dashboards(ctx context.Context, s *service, _ *peer, o options) ([]row, error) {
	progress("dashboards")
	all, err := examples.All()
	if err != nil {
		return nil, err
	}
	var rows []row
	for name, example := range map[string]string{"dashboard": "dashboard/overview", "gap map": "dashboard/gap-map"} {
		at := slices.IndexFunc(all, func(e examples.Operation) bool { return e.Name == example })
		if at < 0 {
			return nil, fmt.Errorf("there is no example %s", example)
		}
		ask := s.ask(all[at].Document, masar.English, func(int) map[string]any { return map[string]any{} })
		took, err := interleaved(ctx, []contestant{{name: name, ask: ask}}, 0, o.rounds)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{name: name, masars: took[0]})
	}
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.name, b.name) })
	return rows, nil
}

// pages opens pages of the explorer.
func (g *sample) pages(ctx context.Context, s *service, _ *peer, o options) ([]row, error) {
	progress("pages of the explorer")
	some := g.answers[len(g.answers)/2]
	addresses := []struct{ name, path string }{
		{"home", "/en/"},
		{"a target", "/en/targets/" + some.Target.Code},
		{"a recommendation", "/en/recommendations/" + some.Recommendations[0].Recommendation.Code},
		{"a country, in Arabic", "/ar/countries/" + code(g, masar.KindCountry)},
		{"claims", "/en/claims"},
		{"gaps", "/en/gaps"},
	}
	var rows []row
	for _, a := range addresses {
		took, err := interleaved(ctx, []contestant{{name: a.path, ask: s.page(a.path)}}, 0, o.rounds)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{name: "page: " + a.name, masars: took[0]})
	}
	return rows, nil
}

// code is the code of the first entity of a kind.
func code(g *sample, kind masar.Kind) string {
	at := slices.IndexFunc(g.batch.Entities, func(e masar.Entity) bool { return e.Head().Kind == kind })
	return g.batch.Entities[at].Head().Code
}

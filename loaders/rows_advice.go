package loaders

import (
	"context"
	"strings"

	"masar"
	"masar/advice"
	"masar/answers"
	"masar/exchange"
	"masar/topology"
	"masar/words"
)

// This file lists what is computed for a question: recommendations for a country, and paths between two entities.

// Tailored lists the recommendations for a country, best first.
func (r *Rows) Tailored(ctx context.Context, q exchange.Query) (exchange.Records[exchange.Tailored], error) {
	args := answers.TailoredArgs{Country: strings.Join(q.Countries, ",")} // several are one unknown code
	if q.Target != "" {
		args.Target = &q.Target
	}
	ranked, err := advice.AllTailoredRecommendations(ctx, r.graph, args)
	if err != nil {
		return exchange.Records[exchange.Tailored]{}, err
	}
	return exchange.Records[exchange.Tailored]{Total: len(ranked.Items), Read: func(ctx context.Context, from, to int) ([]exchange.Tailored, error) {
		return r.readTailored(ctx, ranked, from, to)
	}}, nil
}

func (r *Rows) readTailored(ctx context.Context, ranked *answers.TailoredRecommendations, from, to int) ([]exchange.Tailored, error) {
	refs := []masar.Ref{ranked.Country, ranked.Target}
	for _, it := range ranked.Items[from:to] {
		refs = append(refs, it.Recommendation)
		for _, c := range it.Components {
			refs = append(refs, c.Explanation.About()...)
		}
	}
	named, err := r.named(ctx, refs)
	if err != nil {
		return nil, err
	}
	var target exchange.Place
	if at, ok := r.graph.Find(ranked.Target); ok {
		target = r.place(at, named(ranked.Target))
	}
	country, _ := named(ranked.Country).(*masar.Country)
	all := make([]exchange.Tailored, to-from)
	for i, it := range ranked.Items[from:to] {
		all[i] = exchange.Tailored{
			Rank: from + i + 1, Country: country, Target: target, Score: it.Score, Components: it.Components, Reasons: reasons(it.Components, named),
		}
		all[i].Recommendation, _ = named(it.Recommendation).(*masar.Recommendation)
	}
	return all, nil
}

// named reads the entities of references, and returns a function that finds them; nil for one that the graph does not have.
func (r *Rows) named(ctx context.Context, refs []masar.Ref) (func(masar.Ref) masar.Entity, error) {
	needed := map[topology.Entity]bool{}
	for _, ref := range refs {
		if at, ok := r.graph.Find(ref); ok {
			needed[at] = true
		}
	}
	entities, err := r.entities(ctx, needed)
	return func(ref masar.Ref) masar.Entity {
		at, ok := r.graph.Find(ref)
		if !ok {
			return nil
		}
		return entities[at]
	}, err
}

// reasons explain components, each after its name.
func reasons(components []*answers.ScoreComponent, named func(masar.Ref) masar.Entity) masar.LocalizedText {
	said := func(l masar.Language) masar.Translation {
		lines := make([]string, len(components))
		for i, c := range components {
			lines[i] = words.Value(l, c.Name) + ": " + words.Explain(c.Explanation, named, []masar.Language{l}).Value
		}
		return masar.Translation{Value: strings.Join(lines, "\n")}
	}
	return masar.LocalizedText{AR: said(masar.Arabic), EN: said(masar.English)}
}

// pathStep is a step of a path that was found.
type pathStep struct {
	path, step int
	of         *topology.Path
	at         topology.PathStep
}

// PathSteps lists the steps of the best evidence paths between two entities.
func (r *Rows) PathSteps(ctx context.Context, q exchange.Query) (exchange.Records[exchange.PathStep], error) {
	var none exchange.Records[exchange.PathStep]
	from, err := r.graph.FindNamed("from", q.From)
	if err != nil {
		return none, err
	}
	to, err := r.graph.FindNamed("to", q.To)
	if err != nil {
		return none, err
	}
	found, err := within(ctx, func(ctx context.Context) (topology.PathResult, error) {
		return r.graph.Paths(ctx, from, to, topology.PathQuery{PathArgs: answers.PathArgs{First: q.Paths}})
	})
	if err != nil {
		return none, err
	}
	var steps []pathStep
	for i := range found.Paths {
		for j, s := range found.Paths[i].Steps {
			steps = append(steps, pathStep{i + 1, j + 1, &found.Paths[i], s})
		}
	}
	return listed(steps, nil, func(ctx context.Context, steps []pathStep) ([]exchange.PathStep, error) {
		return r.readPathSteps(ctx, steps, found.StoppedBy)
	})
}

func (r *Rows) readPathSteps(ctx context.Context, steps []pathStep, stoppedBy []answers.StopReason) ([]exchange.PathStep, error) {
	links := make([]topology.Claim, len(steps))
	for i, s := range steps {
		links[i] = s.at.Claim
	}
	claims, err := r.readClaims(ctx, links)
	if err != nil {
		return nil, err
	}
	all := make([]exchange.PathStep, len(steps))
	for i, s := range steps {
		all[i] = exchange.PathStep{
			Path: s.path, Step: s.step, Score: s.of.Score, Inferred: s.of.Inferred, Contested: s.of.Contested,
			Direction: answers.StepForward, Claim: claims[i], StoppedBy: stoppedBy,
		}
		if s.at.Back {
			all[i].Direction = answers.StepBackward
		}
	}
	return all, nil
}

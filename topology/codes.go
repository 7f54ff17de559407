package topology

import (
	"iter"

	"masar"
)

// IndicatorKinds are the kinds of entity that an observation may be of. They share no codes.
var IndicatorKinds = []masar.Kind{masar.KindSdgIndicator, masar.KindIndicator}

// nearestShown is the maximum number of similar codes in an error about an unknown code.
const nearestShown = 3

// FindCode finds an entity by a code given as an argument, in the first of the kinds that has it. The error has code
// BAD_INPUT and the most similar codes in its detail "nearest".
func (g *Graph) FindCode(argument, code string, kinds ...masar.Kind) (Entity, error) {
	for _, kind := range kinds {
		if at, ok := g.Find(masar.Ref{Kind: kind, Code: code}); ok {
			return at, nil
		}
	}
	nearest, key := masar.Nearest(masar.PlainCode(code), nearestShown, g.codes(kinds)), "error.code.near"
	if len(nearest) == 0 {
		key = "error.code.unknown"
	}
	err := masar.NewArgumentError(masar.CodeBadInput, argument, key, masar.Args{"code": code, "kind": kinds, "nearest": nearest})
	err.Details = map[string]any{"nearest": nearest}
	return None, err
}

// codes are the codes of the entities of some kinds.
func (g *Graph) codes(kinds []masar.Kind) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, kind := range kinds {
			for e := g.kinds[kind].from; e < g.kinds[kind].to; e++ {
				if !yield(g.entities[e].code) {
					return
				}
			}
		}
	}
}

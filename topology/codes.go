package topology

import (
	"cmp"
	"slices"
	"strings"

	"masar"
)

// IndicatorKinds are the kinds of entity that an observation's code may be of; no two of them share a code.
var IndicatorKinds = []masar.Kind{masar.KindSdgIndicator, masar.KindIndicator}

// nearestShown is the largest number of codes that an error about an unknown code names.
const nearestShown = 3

// FindCode is the place of the entity that a code in an argument names, of the first of the kinds that has it. The error has
// code BAD_INPUT, and as its detail "nearest" the codes that the client may have meant, nearest first.
func (g *Graph) FindCode(argument, code string, kinds ...masar.Kind) (Entity, error) {
	for _, kind := range kinds {
		if at, ok := g.Find(masar.Ref{Kind: kind, Code: code}); ok {
			return at, nil
		}
	}
	nearest, key := g.nearest(code, kinds), "error.code.near"
	if len(nearest) == 0 {
		key = "error.code.unknown"
	}
	err := masar.NewArgumentError(masar.CodeBadInput, argument, key, masar.Args{"code": code, "kind": kinds, "nearest": nearest})
	err.Details = map[string]any{"nearest": nearest}
	return None, err
}

// nearest are the codes of some kinds that differ least from a code: by one character in three, or by two.
func (g *Graph) nearest(code string, kinds []masar.Kind) []string {
	type candidate struct {
		code     string
		distance int
	}
	var near []candidate
	bound := max(2, len(code)/3)
	for _, kind := range kinds {
		for e := g.kinds[kind].from; e < g.kinds[kind].to; e++ {
			if d := distance(code, g.entities[e].code, bound); d <= bound {
				near = append(near, candidate{g.entities[e].code, d})
			}
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	codes := []string{}
	for _, c := range near[:min(nearestShown, len(near))] {
		codes = append(codes, c.code)
	}
	return codes
}

// distance is the number of letters to insert, delete, replace, or swap with the next, that make one code of another, whatever
// their case; more than the bound where it is more than the bound.
func distance(a, b string, bound int) int {
	if len(a)-len(b) > bound || len(b)-len(a) > bound {
		return bound + 1
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
	var before []int // the row before the last
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, replaced)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

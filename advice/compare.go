package advice

import (
	"context"
	"fmt"

	"masar"
	"masar/answers"
	"masar/topology"
)

// maxCompared is the maximum number of initiatives in a comparison: ten make 45 pairs.
const maxCompared = 10

// CompareInitiatives compares initiatives in pairs, and finds what only one of them is connected with.
// The error has code BAD_INPUT and names the argument, or is that of the context.
func CompareInitiatives(ctx context.Context, g *topology.Graph, codes []string) (*answers.InitiativeComparison, error) {
	if err := masar.CheckLength("codes", len(codes), 2, maxCompared); err != nil {
		return nil, err
	}
	c := comparison{g: g}
	once := distinct{}
	for i, code := range codes {
		at, err := once.find(g, fmt.Sprintf("codes[%d]", i), masar.Ref{Kind: masar.KindInitiative, Code: code})
		if err != nil {
			return nil, err
		}
		c.compared = append(c.compared, compared{at, g.Around(at)})
	}
	answer := &answers.InitiativeComparison{Snapshot: g.Snapshot()}
	for i, a := range c.compared {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		answer.Initiatives = append(answer.Initiatives, g.Ref(a.at))
		answer.Unique = append(answer.Unique, &answers.UniqueLinks{Initiative: g.Ref(a.at), Entities: refs(g, c.only(i))})
		for _, b := range c.compared[i+1:] {
			answer.Pairs = append(answer.Pairs, c.pair(a, b))
		}
	}
	return answer, nil
}

// comparison compares initiatives.
type comparison struct {
	g        *topology.Graph
	compared []compared
}

// compared is an initiative with its active claims, by neighbour.
type compared struct {
	at     topology.Entity
	around map[topology.Entity][]topology.Claim
}

func (c *comparison) pair(a, b compared) *answers.InitiativePair {
	pair := &answers.InitiativePair{
		A: c.g.Ref(a.at), B: c.g.Ref(b.at), Dimensions: []*answers.ComparisonDimension{}, Links: c.keys(a.around[b.at]),
	}
	all := c.g.Compare(a.at, b.at)
	if all.Either == 0 {
		return pair
	}
	pair.Overlap = &all.Score
	similarity := c.g.CompareByKind(a.at, b.at)
	for _, kind := range masar.Kinds {
		if of, known := similarity[kind]; known {
			pair.Dimensions = append(pair.Dimensions, c.dimension(a, b, kind, of, all.Rarity))
		}
	}
	return pair
}

// dimension is the similarity of two initiatives in one kind of neighbour. rarity is the sum for all kinds.
func (c *comparison) dimension(a, b compared, kind masar.Kind, of topology.Similarity, rarity float64) *answers.ComparisonDimension {
	d := &answers.ComparisonDimension{
		Kind: kind, Similarity: of.Score, Weight: of.Rarity / rarity, Shared: refs(c.g, of.Shared), SharedLinks: []*answers.SharedLink{},
		CountA: c.count(a, kind), CountB: c.count(b, kind),
	}
	for _, e := range of.Shared {
		d.SharedLinks = append(d.SharedLinks, &answers.SharedLink{
			Entity: c.g.Ref(e), Rarity: c.g.Rarity(e), ClaimsA: c.keys(a.around[e]), ClaimsB: c.keys(b.around[e]),
		})
	}
	return d
}

// count is the number of an initiative's neighbours of a kind.
func (c *comparison) count(of compared, kind masar.Kind) int {
	n := 0
	for e := range of.around {
		if c.g.Ref(e).Kind == kind {
			n++
		}
	}
	return n
}

// only are the neighbours of one initiative that no other one has, without the initiatives themselves.
func (c *comparison) only(i int) []topology.Entity {
	var only []topology.Entity
	for _, e := range c.g.Neighbours(c.compared[i].at) {
		alone := true
		for j, other := range c.compared {
			if _, linked := other.around[e]; e == other.at || j != i && linked {
				alone = false
			}
		}
		if alone {
			only = append(only, e)
		}
	}
	return only
}

// keys are the keys of claims.
func (c *comparison) keys(claims []topology.Claim) []masar.ClaimKey {
	named := make([]masar.ClaimKey, len(claims))
	for i, claim := range claims {
		named[i] = c.g.Key(claim)
	}
	return named
}

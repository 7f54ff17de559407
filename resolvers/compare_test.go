package resolvers_test

import (
	"encoding/json"
	"math"
	"testing"

	"masar/internal/masartest"
	"masar/loaders"
)

// Catches: an overlap of two initiatives in their comparison that differs from the score in related.
func TestOverlapIsTheScoreOfRelated(t *testing.T) {
	api := masartest.Start(t).API(t, loaders.Options{})
	var related struct {
		Data struct {
			Initiative struct {
				Related struct {
					Edges []struct {
						Score float64
						Node  struct{ Code string }
					}
				}
			}
		}
	}
	answer := api.Ask(t, `{ initiative(code: "ENACT") { related(first: 100) { edges { score node { code } } } } }`, nil)
	if err := json.Unmarshal(answer.Body, &related); err != nil {
		t.Fatal(err)
	}
	edges := related.Data.Initiative.Related.Edges
	if len(edges) == 0 {
		t.Fatal("nothing is related to ENACT: the test compares nothing")
	}
	for _, edge := range edges {
		var compared struct {
			Data struct {
				CompareInitiatives struct {
					Pairs []struct {
						Overlap    float64
						Dimensions []struct{ Similarity, Weight float64 }
					}
				}
			}
		}
		answer := api.Ask(t, `query ($codes: [String!]!) { compareInitiatives(codes: $codes) { pairs { overlap dimensions { similarity weight } } } }`,
			map[string]any{"codes": []string{edge.Node.Code, "ENACT"}})
		if err := json.Unmarshal(answer.Body, &compared); err != nil {
			t.Fatal(err)
		}
		pair := compared.Data.CompareInitiatives.Pairs[0]
		if pair.Overlap != edge.Score {
			t.Errorf("with %s the overlap is %v, and related says %v", edge.Node.Code, pair.Overlap, edge.Score)
		}
		sum, weights := 0., 0.
		for _, d := range pair.Dimensions {
			sum += d.Similarity * d.Weight
			weights += d.Weight
		}
		if math.Abs(sum-pair.Overlap) > 1e-12 || math.Abs(weights-1) > 1e-12 {
			t.Errorf("with %s the dimensions make %v of weights %v, and the overlap is %v", edge.Node.Code, sum, weights, pair.Overlap)
		}
	}
}

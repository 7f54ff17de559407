package scoring

import (
	"math"
	"time"

	"masar"
)

// Linked tells which claims of a batch are edges of the graph: those that are accepted and not refuted by the evidence
// in the batch, as of a day, by the default profile. Documents that the batch lacks count as undated.
func Linked(batch *masar.Batch, asOf time.Time) func(*masar.Claim) bool {
	documents := map[masar.Ref]*masar.Document{}
	for _, e := range batch.Entities {
		if d, ok := e.(*masar.Document); ok {
			documents[d.Ref()] = d
		}
	}
	items := map[string][]Item{}
	for _, e := range batch.Evidence {
		items[e.ClaimKey] = append(items[e.ClaimKey], itemOf(e, documents[e.Passage.Source]))
	}
	scorer, err := New(DefaultProfile(), asOf)
	if err != nil {
		panic(err) // the default profile is valid, as a test shows
	}
	return func(c *masar.Claim) bool {
		return c.Status == masar.ClaimAccepted && scorer.Sum(items[c.Key]).Status != masar.Refuted
	}
}

func itemOf(e *masar.Evidence, d *masar.Document) Item {
	item := Item{
		Key: e.Key, Kind: e.Kind, Stance: e.Stance, Directness: e.Directness, Review: e.Review,
		OCRDoubt: e.Passage.OCRDoubt, Earliest: math.NaN(),
	}
	if d != nil {
		item.Family, item.Earliest = d.Family, d.Date.EarliestYear()
	}
	return item
}

package advice_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"masar"
	"masar/scoring"
	"masar/topology"
)

// graphOf parses a graph of claims such as RECOMMENDATION/R-1 ADVANCES SDG_TARGET/16.6, each stated by one document.
// Other lines set traits of an entity:
//
//	RECOMMENDATION/R-1 headingOnly
//	RECOMMENDATION/R-1 band .4 .7
//	COUNTRY/EGY income HIGH
//	COUNTRY/EGY observed EGDI .7
func graphOf(t *testing.T, triples ...string) *topology.Graph {
	t.Helper()
	w := world{t: t, uids: map[masar.Ref]uint64{}}
	for i, triple := range triples {
		parts := strings.Fields(triple)
		subject, from := w.entity(parts[0])
		switch {
		case len(parts) == 1:
		case !w.trait(from, parts[1:]):
			w.claim(i, subject, masar.Predicate(parts[1]), parts[2])
		}
	}
	g, err := topology.Build(&w.Outline, scoring.DefaultProfile(), time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

type world struct {
	masar.Outline
	t    *testing.T
	uids map[masar.Ref]uint64
}

func (w *world) next() uint64 {
	return uint64(len(w.Entities) + len(w.Claims) + len(w.Evidence) + len(w.Observations) + 1)
}

func (w *world) entity(written string) (masar.Ref, int) {
	ref, err := masar.ParseRef(written)
	if err != nil {
		w.t.Fatal(err)
	}
	if w.uids[ref] == 0 {
		w.uids[ref] = w.next()
		w.Entities = append(w.Entities, masar.EntityOutline{UID: w.uids[ref], Ref: ref, Revision: 1, Date: "2025", Family: ref.Code})
	}
	return ref, slices.IndexFunc(w.Entities, func(e masar.EntityOutline) bool { return e.Ref == ref })
}

// trait parses a trait of an entity; false if the line is a claim.
func (w *world) trait(at int, parts []string) bool {
	e := &w.Entities[at]
	if e.Traits == nil {
		e.Traits = &masar.Traits{}
	}
	switch parts[0] {
	case "headingOnly":
		e.Traits.HeadingOnly = true
	case "band":
		e.Traits.BandLow, e.Traits.BandHigh = w.number(parts[1]), w.number(parts[2])
	case "income":
		e.Traits.IncomeGroup = masar.IncomeGroup(parts[1])
	case "observed":
		of := e.UID
		_, source := w.entity("DOCUMENT/OBSERVED")
		w.Observations = append(w.Observations, masar.ObservationOutline{
			UID: w.next(), Key: masar.ObservationKey(fmt.Sprintf("%032x", len(w.Observations))), Revision: 1, Of: of, Source: w.Entities[source].UID,
			Indicator: parts[1], Year: 2024, Value: w.number(parts[2]), Nature: masar.Reported,
		})
	default:
		return false
	}
	return true
}

func (w *world) number(written string) float64 {
	x, err := strconv.ParseFloat(written, 64)
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

// claim adds a claim stated by the i-th document.
func (w *world) claim(i int, subject masar.Ref, predicate masar.Predicate, of string) {
	object, _ := w.entity(of)
	document, _ := w.entity(fmt.Sprintf("DOCUMENT/D-%d", i))
	claim := masar.Claim{Subject: subject, Predicate: predicate, Object: object}
	at := w.next()
	w.Claims = append(w.Claims, masar.ClaimOutline{
		UID: at, Key: claim.NewKey(), Revision: 1, Subject: w.uids[subject], Object: w.uids[object], Predicate: predicate,
		Basis: masar.Stated, Status: masar.ClaimAccepted,
	})
	w.Evidence = append(w.Evidence, masar.EvidenceOutline{
		UID: w.next(), Key: masar.EvidenceKey(fmt.Sprintf("%032x", i)), Revision: 1, Claim: at, Stance: masar.Supports, Kind: masar.OfficialStatistic,
		Directness: masar.Named, Review: masar.ReviewAccepted, Document: w.uids[document],
	})
}

package dgraph_test

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/dgraph"
)

// Catches: a value that becomes query text, or the name of a predicate or node. With hostile values everywhere, the
// store has to send the same text as with harmless ones, and the values have to be read back unchanged.
func TestInjection(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	harmless := sent(t, server, store, everywhere(func() string { return "word" }))
	if len(harmless.queries) < 20 || len(harmless.predicates) < 100 {
		t.Fatalf("recorded only %d queries and %d predicates", len(harmless.queries), len(harmless.predicates))
	}
	for round := range 6 { // so that each field has several of the texts, and each text is in many fields
		i := round * len(hostile) / 6
		got := sent(t, server, store, everywhere(func() string { i++; return hostile[i%len(hostile)] }))
		equal(t, "query texts", harmless.queries, got.queries)
		equal(t, "predicates", harmless.predicates, got.predicates)
	}
}

// Catches: the same with random texts.
func TestInjectionAtRandom(t *testing.T) {
	server := newGate(t, client(t))
	store := open(t, server.addr)
	harmless := sent(t, server, store, everywhere(func() string { return "word" }))
	fragment := rapid.SampledFrom(append([]string{
		`"`, `'`, "`", `\`, "{", "}", "(", ")", "[", "]", "<", ">", ",", ":", ";", "#", "@", "$", "|", "~", "\n", " ", "*", "/", "\x00",
		"uid", "val", "func", "xid", "has", "eq", "drop", "all", "as", "var", "set", "delete", "0x1", "_:a", "_STAR_ALL",
	}, hostile...))
	rapid.Check(t, func(rt *rapid.T) {
		texts := rapid.SliceOfN(rapid.SliceOfN(fragment, 1, 8), 10, 10).Draw(rt, "texts")
		i := 0
		got := sent(t, server, store, everywhere(func() string { i++; return strings.Join(texts[i%len(texts)], "") }))
		equal(rt, "query texts", harmless.queries, got.queries)
		equal(rt, "predicates", harmless.predicates, got.predicates)
	})
}

// everywhere is a batch with a value in every field. A number makes the keys unique.
func everywhere(word func() string) *masar.Batch {
	n := 0
	key := func() string { n++; return fmt.Sprint(word(), n) }
	words := func() masar.LocalizedText {
		return masar.LocalizedText{
			AR: masar.Translation{Value: word(), Origin: masar.TextOrigin(word())}, EN: masar.Translation{Value: word(), Origin: masar.TextOrigin(word())},
		}
	}
	withdrawal := func() masar.Withdrawal {
		return masar.Withdrawal{Cause: masar.RetirementCause(word()), Reasons: words()}
	}
	date := func() masar.Date { return masar.Date{EDTF: word(), Basis: masar.Basis(word())} }
	b := &masar.Batch{}
	for _, kind := range masar.Kinds {
		e := masar.NewEntity(kind)
		*e.Head() = masar.Header{
			Kind: kind, Code: key(), Titles: words(), Summaries: words(), ExactMatch: word(),
			OtherNames: []masar.Alias{{Name: word(), Lang: masar.Language(word())}},
		}
		b.Entities = append(b.Entities, e)
	}
	ref := func() masar.Ref { n++; return b.Entities[n%len(b.Entities)].Head().Ref() }
	for _, e := range b.Entities {
		e.Head().Parent = ref()
		switch e := e.(type) {
		case *masar.Initiative:
			e.Form, e.Period = masar.InitiativeForm(word()), date()
		case *masar.Organization:
			e.Form, e.Home, e.Contact = masar.OrganizationForm(word()), ref(), word()
		case *masar.Country:
			e.ISO2, e.M49, e.IncomeGroup, e.IncomeYear, e.Groups = word(), word(), masar.IncomeGroup(word()), word(), []masar.Ref{ref()}
			e.LeastDeveloped = true
		case *masar.Recommendation:
			e.Form, e.Strength = masar.RecommendationForm(word()), masar.Strength(word())
		case *masar.Activity:
			e.Form, e.Status, e.Date, e.Places = masar.ActivityForm(word()), masar.ActivityStatus(word()), date(), words()
			e.Participants = []masar.Quantity{{Qualifier: masar.QuantityQualifier(word()), Labels: words()}}
		case *masar.Output:
			e.Form, e.Date = masar.OutputForm(word()), date()
			e.History = []masar.OutputState{{Status: masar.OutputStatus(word()), AsOf: date(), Source: ref(), Notes: words()}}
		case *masar.Document:
			e.Form, e.URL, e.Publishing, e.Date = masar.DocumentForm(word()), word(), ref(), date()
			e.Family, e.EvidenceKind = word(), masar.EvidenceKind(word())
			e.Languages = []masar.Language{masar.Language("in " + word())}
			e.Versions = []masar.DocumentVersion{{SHA256: word()}}
		case *masar.Indicator:
			e.Unit = word()
		}
	}
	passage := func() masar.Passage {
		return masar.Passage{Source: ref(), Version: word(), SHA256: word(), Lang: masar.Language(word()), Locators: words(), OCRDoubt: true}
	}
	for _, p := range masar.Predicates {
		c := claim(ref(), p, ref(), masar.Role(word()))
		c.Basis, c.Rationales, c.Origin = masar.Basis(word()), words(), word()
		c.Withdrawal = withdrawal()
		b.Claims = append(b.Claims, c)
	}
	b.Evidence = []*masar.Evidence{{
		Key: masar.EvidenceKey(key()), ClaimKey: b.Claims[0].Key, Stance: masar.Stance(word()), Kind: masar.EvidenceKind(word()),
		Directness: masar.Directness(word()), Review: masar.Review(word()), Summaries: words(), Passage: passage(), Withdrawal: withdrawal(),
	}}
	b.Observations = []*masar.Observation{{
		Key: masar.ObservationKey(key()), Of: ref(), Indicator: word(), Qualifier: masar.QuantityQualifier(word()), Nature: masar.ObservationNature(word()), Unit: word(),
		Source: ref(), Vintage: word(), Passage: passage(), Notes: words(),
	}}
	b.Texts = []*masar.SourceText{{SHA256: key(), Document: ref(), Text: word()}}
	return b
}

// said is the text sent to Dgraph, without the values.
type said struct {
	queries    []string // query texts
	predicates []string // predicates in mutations
}

// sent writes a batch to an empty graph, changes it, deactivates its claims and reads everything. It returns the text
// sent to Dgraph.
func sent(t *testing.T, server *gate, store *dgraph.Store, b *masar.Batch) said {
	t.Helper()
	server.watch(nil)
	clear(t, store)
	save(t, store, b)
	equal(t, "the records", withRevision(b, 1), readBack(t, store, b))
	for _, e := range b.Entities {
		e.Head().ExactMatch += "!"
	}
	for _, c := range b.Claims {
		c.Status = masar.ClaimRejected
	}
	save(t, store, b)
	got := readBack(t, store, b)
	everything(t, store)
	if err := store.Ready(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, e := range b.Entities {
		e.Head().Revision = 2
	}
	for _, c := range b.Claims {
		c.Revision = 2
	}
	equal(t, "the records", records(b), got)

	queries, predicates := map[string]bool{}, map[string]bool{}
	for _, c := range server.seen() {
		switch {
		case c.alter != nil:
			queries[c.alter.Schema] = true
		case c.mutates():
			if c.query.Query != "" {
				t.Errorf("a query beside a mutation: %s", c.query.Query)
			}
			for _, m := range c.query.Mutations {
				if m.Cond != "" || len(m.SetJson)+len(m.DeleteJson)+len(m.SetNquads)+len(m.DelNquads) > 0 {
					t.Errorf("a mutation that Dgraph has to parse: %v", m)
				}
				for _, q := range slices.Concat(m.Set, m.Del) {
					predicates[q.Predicate] = true
					if !node.MatchString(q.Subject) || q.ObjectId != "" && !node.MatchString(q.ObjectId) || q.Lang != "" || len(q.Facets) > 0 {
						t.Errorf("not a node: %v", q)
					}
				}
			}
		case c.reads():
			queries[c.query.Query] = true
			for name := range c.query.Vars {
				if !variable.MatchString(name) {
					t.Errorf("a variable named %q", name)
				}
			}
		}
	}
	return said{slices.Sorted(maps.Keys(queries)), slices.Sorted(maps.Keys(predicates))}
}

var (
	node     = regexp.MustCompile(`\A(0x[0-9a-f]+|_:[a-z]+[0-9]*)\z`)
	variable = regexp.MustCompile(`\A\$[A-Za-z0-9_]+\z`)
)

package search_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/arabic"
	"masar/search"
)

// first returns the first entities that a query finds.
func (m *memory) first(t testing.TB, query string, beginning bool, n int) (refs []string, q *search.Query, match answers.SearchMatch) {
	t.Helper()
	q, ranking := m.ask(t, query, beginning)
	for _, h := range ranking.Hits[:min(n, len(ranking.Hits))] {
		refs = append(refs, m.entities[h.Entity].Head().Ref().String())
	}
	return refs, q, ranking.Match
}

// Catches: beginnings of words that do not find their words, and beginnings that find them in a search for whole words.
func TestBeginnings(t *testing.T) {
	m := seedGraph(t)
	for query, want := range map[string]string{
		"accountab": "SDG_TARGET/16.6", "digi": "TOPIC/digital-government", "الحوك": "TOPIC/governance", "cyber": "TOPIC/cybersecurity",
		"الهو": "TOPIC/digital-identity", "هو": "TOPIC/digital-identity", "مص": "COUNTRY/EGY", "Egy": "COUNTRY/EGY", "Maro": "COUNTRY/MAR",
		"open gov": "TOPIC/open-government", "الحكومة المفت": "TOPIC/open-government", "ENACT-KM-0": "RECOMMENDATION/ENACT-KM-01", "the": "",
	} {
		found, q, match := m.first(t, query, true, 10)
		if want != "" && (!slices.Contains(found, want) || match != answers.MatchAll) {
			t.Errorf("%q finds %v (%s), not %s", query, found, match, want)
		}
		if len(q.Corrections) > 0 {
			t.Errorf("%q is corrected: %v", query, q.Corrections)
		}
	}
	articles := newMemory([]masar.Entity{
		&masar.Topic{Header: masar.Header{Code: "with", Titles: masar.LocalizedText{AR: masar.Translation{Value: "الإدارة"}}}},
		&masar.Topic{Header: masar.Header{Code: "other", Titles: masar.LocalizedText{AR: masar.Translation{Value: "المدينة"}}}},
	}, nil)
	if _, ranking := articles.ask(t, "الا", true); len(ranking.Hits) != 1 || ranking.Hits[0].Entity != 0 {
		t.Errorf("a letter after an article finds %v, not only the word that begins with both", ranking.Hits)
	}
	if found, q, _ := m.first(t, "ال", true, 10); len(found) > 0 || len(q.Corrections) > 0 {
		t.Errorf("the article alone finds %v (%v)", found, q.Corrections)
	}
	want, _, _ := m.first(t, "الحكومة", false, 10)
	if found, _, match := m.first(t, "الحكومة ال", true, 10); !slices.Equal(found, want) || match != answers.MatchAll {
		t.Errorf("a word and the article find %v (%s), not %v", found, match, want)
	}
	if found, _, _ := m.first(t, "digi", false, 10); len(found) > 0 {
		t.Errorf("digi, as a whole word, finds %v", found)
	}
}

// Catches: a beginning of a word of a title that does not find the entity, and a hit without an explanation.
func TestEveryBeginning(t *testing.T) {
	m := seedGraph(t)
	rapid.Check(t, func(r *rapid.T) {
		e := m.entities[rapid.IntRange(0, len(m.entities)-1).Draw(r, "entity")]
		words := slices.Collect(func(yield func([]rune) bool) {
			for _, w := range splitWords(e.Head().Titles.AR.Value + " " + e.Head().Titles.EN.Value) {
				if terms := arabic.Analyse(string(w)); len(w) >= 3 && !terms[0].Stop && !yield(w) {
					return
				}
			}
		})
		if len(words) == 0 {
			return
		}
		word := rapid.SampledFrom(words).Draw(r, "word")
		beginning := string(word[:rapid.IntRange(2, len(word)).Draw(r, "length")])
		if arabic.Fold(beginning) == "ال" {
			return // the article alone begins no word
		}
		q, ranking := m.ask(t, beginning, true)
		at := slices.IndexFunc(ranking.Hits, func(h search.Hit[int32]) bool { return m.entities[h.Entity] == e })
		if at < 0 {
			r.Fatalf("%q does not find %s", beginning, e.Head().Ref())
		}
		if why, _ := q.Explain(e); len(why) == 0 {
			r.Errorf("%q: nothing says why %s was found", beginning, e.Head().Ref())
		}
	})
}

// Catches: typing errors that find nothing, corrections that are missing from the answer or spelt differently from the
// texts, and corrections of short words.
func TestSlips(t *testing.T) {
	m := seedGraph(t)
	slips, err := os.ReadFile("testdata/slips.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(slips)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(c) != 4 {
			t.Fatalf("slips.tsv: four fields are wanted: %q", line)
		}
		query, term, corrected, want := c[0], c[1], c[2], c[3]
		found, q, match := m.first(t, query, false, 10)
		if len(q.Corrections) != 1 || q.Corrections[0].Term != term || q.Corrections[0].Corrected != corrected {
			t.Errorf("%q is corrected as %v, not %s", query, q.Corrections, corrected)
		}
		if len(found) == 0 || match != answers.MatchAll || want != "" && !slices.Contains(found, want) {
			t.Errorf("%q finds %v (%s), not %s", query, found, match, want)
		}
	}
	// Then come words with a slip of which the graph has no word, short words, and words with too many slips.
	for _, query := range []string{"Egypt", "الحوكمة", "Zzyzx", "xkxq", "Kosovo", "EGX", "quantum", "16.99", "2049", "healthcre", "باللوية", "wonen", "تعليك", "dgtial", "acuntabilty"} {
		if _, q, _ := m.first(t, query, false, 1); len(q.Corrections) > 0 {
			t.Errorf("%q is corrected: %v", query, q.Corrections)
		}
	}
}

// Catches: an index that differs from its entries after any sequence of writes, merges, and returns from a file: in single words, in words that
// are adjacent, in whole titles, and in beginnings.
func TestIndexFollows(t *testing.T) {
	words := []string{"alpha", "alphabet", "beta", "gamma", "حوكمه", "حوكمات"}
	lookups := beginningsAndWords(words)
	rapid.Check(t, func(r *rapid.T) {
		model := map[uint64]search.Terms{}
		some := func(label string, most int) []search.Entry {
			var entries []search.Entry
			for _, uid := range rapid.SliceOfNDistinct(rapid.Uint64Range(1, 40), 0, most, rapid.ID).Draw(r, label) {
				e := search.Entry{UID: uid}
				for part := range e.Terms {
					e.Terms[part] = titleTerms(rapid.SliceOfN(rapid.SampledFrom(words), 0, 5).Draw(r, "title"), rapid.Bool().Draw(r, "whole"))
				}
				entries = append(entries, e)
				model[uid] = e.Terms
			}
			return entries
		}
		b := search.NewBuilder()
		for _, e := range some("first", 20) {
			b.Add(e)
		}
		index, err := b.Index()
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(0, 8).Draw(r, "writes") {
			if index, err = index.With(some("written", 6)); err != nil {
				r.Fatal(err)
			}
			if rapid.Bool().Draw(r, "stored") {
				index = fromStored(r, index)
			}
		}
		uids := map[uint32]uint64{}
		for doc, uid := range index.Documents() {
			uids[doc] = uid
		}
		if len(uids) != len(model) {
			r.Fatalf("%d documents of %d", len(uids), len(model))
		}
		for part := range search.Parts {
			for _, l := range lookups {
				l.Part = part
				checkLookup(r, index, uids, model, l)
			}
		}
	})
}

// fromStored encodes and decodes an index.
func fromStored(t rapid.TB, index *search.Index) *search.Index {
	t.Helper()
	data, err := index.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	again := &search.Index{}
	if err := again.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	return again
}

// titleTerms returns the terms of a title: its words, the adjacent words and, if asked for, the whole.
func titleTerms(words []string, whole bool) []string {
	terms := slices.Clone(words)
	for i := 1; i < len(words); i++ {
		terms = append(terms, words[i-1]+" "+words[i])
	}
	if whole && len(words) > 0 {
		terms = append(terms, "^"+strings.Join(words, " "))
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// beginningsAndWords returns the lookups of some words, their pairs and their titles of up to three words.
func beginningsAndWords(words []string) []search.Lookup {
	var all []search.Lookup
	for _, a := range words {
		all = append(all, search.Lookup{Term: a}, search.Lookup{Term: a, Beginning: true}, search.Lookup{Term: "^" + a})
		for _, b := range words {
			all = append(all, search.Lookup{Term: a + " " + b}, search.Lookup{Term: "^" + a + " " + b}, search.Lookup{Term: "^" + a + " " + b + " " + a})
		}
	}
	return all
}

// checkLookup compares the result of a lookup with the entries.
func checkLookup(t rapid.TB, index *search.Index, uids map[uint32]uint64, model map[uint64]search.Terms, l search.Lookup) {
	var got, want []uint64
	for _, doc := range index.Look(l) {
		got = append(got, uids[doc])
	}
	for uid, terms := range model {
		if slices.ContainsFunc(terms[l.Part], func(s string) bool { return s == l.Term || l.Beginning && strings.HasPrefix(s, l.Term) }) {
			want = append(want, uid)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%+v: %v, want %v", l, got, want)
	}
}

// Catches: a beginning that thousands of words share, or a word that most entities have, that does not find all of its
// entities and no others. These are stored in another way.
func TestManyDocuments(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	model := map[uint64]search.Terms{}
	entry := func(uid uint64) search.Entry {
		e := search.Entry{UID: uid}
		for part := range e.Terms {
			e.Terms[part] = []string{"most"}
			if uid%3 == 0 || uid > 700 {
				e.Terms[part] = append(e.Terms[part], "some")
			}
			if uid%7 == 0 {
				e.Terms[part] = nil
			}
			for range r.IntN(3) {
				word := []rune("=الbc")[:3+r.IntN(3)]
				e.Terms[part] = append(e.Terms[part], fmt.Sprint(string(word), r.IntN(2000)))
			}
			slices.Sort(e.Terms[part])
			e.Terms[part] = slices.Compact(e.Terms[part])
		}
		model[uid] = e.Terms
		return e
	}
	b := search.NewBuilder()
	for uid := uint64(2000); uid > 0; uid-- {
		b.Add(entry(uid))
	}
	index, err := b.Index()
	for _, written := range []uint64{0, 50, 1200, 2100} { // the last are merged
		var entries []search.Entry
		for uid := written / 2; uid < written; uid++ {
			entries = append(entries, entry(uid+1))
		}
		if err == nil {
			index, err = index.With(entries)
		}
		if err != nil {
			t.Fatal(err)
		}
		uids := map[uint32]uint64{}
		for doc, uid := range index.Documents() {
			uids[doc] = uid
		}
		for part := range search.Spellings {
			for _, beginning := range []string{"=ا", "=ال", "=ال1", "=الb", "=الb1", "=الbc", "=الbc9", "m", "so"} {
				checkLookup(t, index, uids, model, search.Lookup{Part: part, Term: beginning, Beginning: true})
			}
			checkLookup(t, index, uids, model, search.Lookup{Part: part, Term: "most"})
			checkLookup(t, index, uids, model, search.Lookup{Part: part, Term: "some"})
		}
	}
}

// Catches: terms that are lost or confused by packing, and terms of another analyser that are accepted.
func TestPacked(t *testing.T) {
	for _, e := range seedGraph(t).entities {
		packed := search.Pack(e)
		terms, ok := search.Unpack(packed)
		want := search.TermsOf(e)
		for part := range want {
			if !ok || !slices.Equal(terms[part], want[part]) {
				t.Fatalf("%s: %q is %q, not %q", e.Head().Ref(), packed, terms[part], want[part])
			}
		}
		if _, ok := search.Unpack("0" + packed); ok {
			t.Fatal("terms of another version are taken")
		}
	}
	if _, ok := search.Unpack(""); ok {
		t.Error("no terms are taken for terms")
	}
}

// Catches: names of countries in other tables that do not find the country, or that appear in an answer.
func TestCountryNames(t *testing.T) {
	m := seedGraph(t)
	for query, want := range map[string]string{
		"Maroc": "COUNTRY/MAR", "Algérie": "COUNTRY/DZA", "algerie": "COUNTRY/DZA", "Tunisie": "COUNTRY/TUN", "Liban": "COUNTRY/LBN", "Égypte": "COUNTRY/EGY",
		"Yemen, Rep.": "COUNTRY/YEM", "Egypt, Arab Rep.": "COUNTRY/EGY", "WBG": "COUNTRY/PSE", "West Bank and Gaza": "COUNTRY/PSE",
		"Occupied Palestinian Territory": "COUNTRY/PSE", "الأرض الفلسطينية المحتلة": "COUNTRY/PSE", "Arabie saoudite": "COUNTRY/SAU",
		"MENA": "COUNTRY_GROUP/ARAB-REGION", "الشرق الأوسط وشمال أفريقيا": "COUNTRY_GROUP/ARAB-REGION",
	} {
		found, q, match := m.first(t, query, false, 1)
		if !slices.Equal(found, []string{want}) || match != answers.MatchAll {
			t.Errorf("%q finds %v (%s), not %s", query, found, match, want)
			continue
		}
		ref, _ := masar.ParseRef(want)
		if why, _ := q.Explain(m.entities[m.byRef[ref]]); len(why) == 0 {
			t.Errorf("%q: nothing says why %s was found", query, want)
		}
	}
}

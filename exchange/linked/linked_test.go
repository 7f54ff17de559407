package linked_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"pgregory.net/rapid"

	"masar"
	"masar/exchange"
	"masar/exchange/linked"
	"masar/seed"
)

// memory is a graph in memory.
type memory struct{ *masar.Batch }

// Each implements linked.Graph.
func (m memory) Each(_ context.Context, types []masar.RecordType, visit func(masar.Record, []*masar.Evidence) error) error {
	records := slices.SortedFunc(m.Records(), func(a, b masar.Record) int {
		x, y := a.Identity(), b.Identity()
		return cmp.Or(slices.Index(masar.RecordTypes, x.Type)-slices.Index(masar.RecordTypes, y.Type), cmp.Compare(x.Key, y.Key))
	})
	index := masar.NewIndex(m.Batch)
	for _, r := range records {
		t := r.Identity().Type
		if t == masar.RecordEvidence || t == masar.RecordText || len(types) > 0 && !slices.Contains(types, t) {
			continue
		}
		var evidence []*masar.Evidence
		if c, is := r.(*masar.Claim); is {
			evidence = index.EvidenceFor(c.Key)
		}
		if err := visit(r, evidence); err != nil {
			return err
		}
	}
	return nil
}

// curated is the graph of the seed.
func curated(t *testing.T) memory {
	t.Helper()
	g, err := seed.Read(seed.Files)
	if err != nil {
		t.Fatal(err)
	}
	return memory{&masar.Batch{Entities: g.Entities, Claims: g.Claims, Evidence: g.Evidence, Observations: g.Observations}}
}

// written is what a writer writes.
func written(t rapid.TB, write func(context.Context, *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func options() *ld.JsonLdOptions {
	o := ld.NewJsonLdOptions("")
	o.Algorithm, o.Format = ld.AlgorithmURDNA2015, "application/n-quads"
	return o
}

// canonical are the quads of N-Quads and of JSON-LD in canonical form, as json-gold reads them.
func canonical(t rapid.TB, nquads, jsonld []byte) (fromNQuads, fromJSONLD []string) {
	t.Helper()
	read := options()
	read.InputFormat = "application/n-quads"
	for part := range slices.Chunk(strings.SplitAfter(string(nquads), "\n"), 1000) {
		fromNQuads = append(fromNQuads, quads(t, strings.Join(part, ""), read)...)
	}
	var document map[string]any
	if err := json.Unmarshal(jsonld, &document); err != nil {
		t.Fatal(err)
	}
	for part := range slices.Chunk(document["@graph"].([]any), 100) {
		fromJSONLD = append(fromJSONLD, quads(t, map[string]any{"@context": document["@context"], "@graph": part}, options())...)
	}
	return unique(fromNQuads), unique(fromJSONLD)
}

// quads are the canonical quads of a part of a graph. Without blank nodes those of a graph are those of its parts; json-gold needs
// six minutes for the whole seed at once.
func quads(t rapid.TB, part any, o *ld.JsonLdOptions) []string {
	t.Helper()
	made, err := ld.NewJsonLdProcessor().Normalize(part, o)
	if err != nil {
		t.Fatalf("json-gold: %v", err)
	}
	return strings.Split(strings.TrimSpace(made.(string)), "\n")
}

func unique(quads []string) []string {
	slices.Sort(quads)
	return slices.DeleteFunc(slices.Compact(quads), func(q string) bool { return q == "" })
}

// sameQuads fails the test if N-Quads and JSON-LD of a graph have other quads.
func sameQuads(t rapid.TB, g linked.Graph, o linked.Options) int {
	t.Helper()
	nquads := written(t, func(ctx context.Context, b *bytes.Buffer) error { return linked.WriteNQuads(ctx, b, g, o) })
	jsonld := written(t, func(ctx context.Context, b *bytes.Buffer) error { return linked.WriteJSONLD(ctx, b, g, o) })
	a, b := canonical(t, nquads, jsonld)
	own := slices.Compact(slices.Sorted(slices.Values(strings.Split(strings.TrimSpace(string(nquads)), "\n"))))
	if len(a) != len(own) {
		t.Errorf("%d quads are written, %d are read", len(own), len(a))
	}
	onlyIn := func(x, y []string, name string) {
		for _, q := range x {
			if _, found := slices.BinarySearch(y, q); !found {
				t.Errorf("only in %s: %s", name, q)
				return
			}
		}
	}
	onlyIn(a, b, "N-Quads")
	onlyIn(b, a, "JSON-LD")
	return len(a)
}

// Catches: a property that JSON-LD and N-Quads write differently, a text that one of them escapes wrongly, and a term without a
// definition in the context. The reader is json-gold.
func TestJSONLDAndNQuadsHaveTheSameQuads(t *testing.T) {
	g := curated(t)
	for _, base := range []string{"", "https://masar.example.org/evidence"} {
		if n := sameQuads(t, g, linked.Options{Base: base}); n < 10_000 {
			t.Errorf("only %d quads", n)
		} else {
			t.Logf("%d canonical quads with the base %q", n, linked.Base(base))
		}
	}
}

// words draws texts with what writers could misread. They have no @, because json-gold reads the N-Quad
// "\"@"@en wrongly.
func words(t *rapid.T, name string) string {
	return rapid.StringOfN(rapid.RuneFrom([]rune("ab\"\\\n\r\t{}<>&'^_:.،؟لاأ\u00a0\u200f\u2028𝄞é%#")), 1, 20, -1).Draw(t, name)
}

func both(t *rapid.T, name string) masar.LocalizedText {
	return masar.LocalizedText{AR: masar.Translation{Value: words(t, name)}, EN: masar.Translation{Value: words(t, name), Origin: masar.OriginPublished}}
}

// randomGraph draws a graph with texts of all kinds.
func randomGraph(t *rapid.T) memory {
	b := &masar.Batch{}
	head := func(kind masar.Kind, code string) masar.Header {
		return masar.Header{Kind: kind, Code: code, Titles: both(t, "title"), Summaries: both(t, "summary"), Revision: 1,
			OtherNames: []masar.Alias{{Name: words(t, "alias"), Lang: masar.English}, {Name: words(t, "alias"), Lang: masar.English}}}
	}
	b.Add(&masar.SdgTarget{Header: head(masar.KindSdgTarget, "16.10")}, &masar.SdgIndicator{Header: head(masar.KindSdgIndicator, "16.10.1")},
		&masar.Indicator{Header: head(masar.KindIndicator, "EGDI"), Unit: words(t, "unit")},
		&masar.Challenge{Header: head(masar.KindChallenge, "c"), ProxyIndicators: []masar.ProxyIndicator{
			{Indicator: "16.10.1", Worst: 1e21, Best: -.5, Rationales: both(t, "rationale")}, {Indicator: "EGDI", Worst: 0, Best: 1}}},
		&masar.Recommendation{Header: head(masar.KindRecommendation, "r"), Number: 5, Strength: masar.StrengthStrong, HeadingOnly: true,
			MaturityBand: masar.MaturityBand{Low: 0, High: .25, Basis: masar.Inferred, Rationales: both(t, "band")}},
		&masar.Activity{Header: head(masar.KindActivity, "a"), Places: both(t, "place"), Date: masar.Date{EDTF: "2023-09-13/2023-09", Basis: masar.Stated},
			Participants: []masar.Quantity{{Value: 30, Qualifier: masar.About, Labels: both(t, "counted")}}},
		&masar.Output{Header: head(masar.KindOutput, "o"), Form: masar.OutputReport, History: []masar.OutputState{{Status: masar.OutputIssued, AsOf: masar.Date{EDTF: "2020~"}, Notes: both(t, "note")}}},
		&masar.Country{Header: head(masar.KindCountry, "EGY"), ISO2: "EG", M49: "818", OfficialLanguages: []string{"ar"}, LeastDeveloped: true},
		&masar.Organization{Header: head(masar.KindOrganization, "x"), Form: masar.OrganizationGovernment, Contact: words(t, "contact")})
	var documents []masar.Ref
	for i := range rapid.IntRange(1, 3).Draw(t, "documents") {
		d := &masar.Document{Header: head(masar.KindDocument, fmt.Sprint("d", i)), Form: masar.DocumentDataset, URL: "https://example.org/a b?{x}|" + fmt.Sprint(i),
			Languages: []masar.Language{masar.Arabic, masar.English}, Family: words(t, "family"), Versions: []masar.DocumentVersion{{SHA256: strings.Repeat("ab", 32), Length: 7}}}
		b.Add(d)
		documents = append(documents, d.Ref())
	}
	for _, basis := range masar.Bases {
		c := &masar.Claim{Subject: masar.Ref{Kind: masar.KindRecommendation, Code: "r"}, Predicate: masar.Advances, Basis: basis,
			Object: masar.Ref{Kind: masar.KindSdgTarget, Code: "16.10"}, Status: rapid.SampledFrom([]masar.ClaimStatus{masar.ClaimAccepted, masar.ClaimDeprecated}).Draw(t, "status"),
			Revision: 2, Authorship: masar.Authorship{AcceptedAt: "2024-01-02T03:04:05Z"}}
		c.Key = masar.ClaimKey(strings.ToLower(string(basis)))
		if basis == masar.Inferred {
			c.Rationales = both(t, "rationale")
		}
		if c.Status == masar.ClaimDeprecated {
			c.Withdrawal = masar.Withdrawal{Cause: masar.Outdated, Reasons: both(t, "reason")}
		}
		b.Add(c)
		for i, d := range documents {
			b.Add(&masar.Evidence{Key: masar.EvidenceKey(fmt.Sprint(basis, i)), ClaimKey: c.Key, Review: masar.ReviewAccepted, Kind: masar.News, Directness: masar.Named,
				Stance: rapid.SampledFrom(masar.Stances).Draw(t, "stance"), Summaries: both(t, "summary"),
				Passage: masar.Passage{Source: d, Start: 1, End: 9, SHA256: strings.Repeat("cd", 32), Lang: masar.Arabic, Locators: both(t, "locator"), OCRDoubt: true}})
		}
	}
	b.Add(&masar.Observation{Key: "k", Of: masar.Ref{Kind: masar.KindCountry, Code: "EGY"}, Indicator: "16.10.1", Year: 2020, Source: documents[0],
		Value: rapid.Float64Range(-1e9, 1e9).Draw(t, "value"), Qualifier: masar.AtLeast, Nature: masar.Planned, Series: words(t, "series"), Notes: both(t, "note")})
	return memory{b}
}

// Catches: a text, number, state or part for which JSON-LD and N-Quads differ.
func TestRandomGraphsHaveTheSameQuads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { sameQuads(t, randomGraph(t), linked.Options{}) })
}

// Catches: a plain triple of a claim that no source states, in the graph of a document that is against it, without a graph, or of
// a claim that is not accepted.
func TestPlainTriplesNameTheirSource(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		var want []string
		triple := "<urn:masar:id/RECOMMENDATION/r> <" + linked.Namespace + "advances> <urn:masar:id/SDG_TARGET/16.10> <urn:masar:"
		index := masar.NewIndex(g.Batch)
		for _, c := range g.Claims {
			switch {
			case c.Status != masar.ClaimAccepted:
			case c.Basis == masar.Inferred:
				want = append(want, triple+"graph/inferred> .")
			default:
				for _, e := range index.EvidenceFor(c.Key) {
					if e.Stance == masar.Supports {
						want = append(want, triple+"id/"+e.Passage.Source.String()+"#says> .")
					}
				}
			}
		}
		var got []string
		nquads := written(t, func(ctx context.Context, b *bytes.Buffer) error {
			return linked.WriteNQuads(ctx, b, g, linked.Options{})
		})
		for line := range strings.SplitSeq(string(nquads), "\n") {
			if strings.Contains(line, "> <"+linked.Namespace+"advances> <") {
				got = append(got, line)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

// Catches: Turtle with other triples than N-Quads, and a vocabulary that is not valid.
func TestTurtleHasTheTriplesOfNQuads(t *testing.T) {
	g := curated(t)
	nquads := written(t, func(ctx context.Context, b *bytes.Buffer) error {
		return linked.WriteNQuads(ctx, b, g, linked.Options{})
	})
	turtle := written(t, func(ctx context.Context, b *bytes.Buffer) error {
		return linked.WriteTurtle(ctx, b, g, linked.Options{})
	})
	var want []string
	for line := range strings.SplitSeq(strings.TrimSpace(string(nquads)), "\n") {
		if strings.Count(line, "> <") == 3 && strings.HasSuffix(line, "> .") { // only IRIs: the last is the graph
			line = line[:strings.LastIndex(line, " <")] + " ."
		}
		want = append(want, line)
	}
	if got := strings.Split(strings.TrimSpace(string(turtle)), "\n"); !slices.Equal(got, want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}

// graphML is a GraphML file.
type graphML struct {
	Keys []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"key"`
	Graph struct {
		Nodes []struct {
			ID   string    `xml:"id,attr"`
			Data []keyData `xml:"data"`
		} `xml:"node"`
		Edges []struct {
			ID     string    `xml:"id,attr"`
			Source string    `xml:"source,attr"`
			Target string    `xml:"target,attr"`
			Data   []keyData `xml:"data"`
		} `xml:"edge"`
	} `xml:"graph"`
}

type keyData struct {
	Key   string `xml:"key,attr"`
	Value string `xml:",chardata"`
}

// Catches: an accepted claim that is not exactly one edge, an edge without its node, a value without a key, and a text that XML
// loses.
func TestEveryClaimIsAnEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := randomGraph(t)
		var claims []exchange.Claim
		for _, c := range g.Claims {
			if c.Status == masar.ClaimAccepted {
				claims = append(claims, exchange.Claim{Said: c, Support: &masar.Support{Net: .5, Certainty: masar.CertaintyLow}, Documents: []*masar.Document{g.document(), g.document()}})
			}
		}
		records := exchange.Records[exchange.Claim]{Total: len(claims), Read: func(_ context.Context, from, to int) ([]exchange.Claim, error) { return claims[from:to], nil }}
		text := written(t, func(ctx context.Context, b *bytes.Buffer) error {
			return linked.WriteGraphML(ctx, b, g, records, linked.Options{Lang: masar.Arabic})
		})
		var read graphML
		if err := xml.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		keys, nodes := map[string]bool{}, map[string]bool{}
		for _, k := range read.Keys {
			if k.For == "" || k.Name == "" || k.Type == "" {
				t.Errorf("%+v", k)
			}
			keys[k.ID] = true
		}
		for _, n := range read.Graph.Nodes {
			nodes[n.ID] = true
		}
		if len(read.Graph.Nodes) != len(g.Entities) || len(read.Graph.Edges) != len(claims) {
			t.Fatalf("%d nodes, %d edges", len(read.Graph.Nodes), len(read.Graph.Edges))
		}
		for i, e := range read.Graph.Edges {
			if e.ID != string(claims[i].Said.Key) || !nodes[e.Source] || !nodes[e.Target] {
				t.Errorf("%+v", e)
			}
			values := map[string]string{}
			for _, d := range e.Data {
				if !keys[d.Key] {
					t.Errorf("no key %s", d.Key)
				}
				values[d.Key] = d.Value
			}
			if values["edge_weight"] != "0.75" || values["edge_interaction"] != "ADVANCES" || values["edge_evidence"] != "2" || values["edge_documents"] != "1" {
				t.Errorf("%v", values)
			}
		}
		labels := map[string]string{}
		for _, n := range read.Graph.Nodes {
			labels[n.ID] = n.Data[0].Value
		}
		for _, e := range g.Entities {
			if got, want := labels[e.Head().Ref().String()], e.Head().Titles.AR.Value; got != want {
				t.Errorf("the label %q is read as %q", want, got)
			}
		}
	})
}

// document is one of the documents.
func (m memory) document() *masar.Document {
	for _, e := range m.Entities {
		if d, is := e.(*masar.Document); is {
			return d
		}
	}
	return nil
}

// Catches: a title or date that one of the formats of references loses or writes wrongly.
func TestReferences(t *testing.T) {
	publisher := &masar.Organization{Header: masar.Header{Kind: masar.KindOrganization, Code: "escwa", Titles: masar.LocalizedText{AR: masar.Translation{Value: "الإسكوا"}, EN: masar.Translation{Value: "ESCWA"}}}}
	document := func(form masar.DocumentForm, edtf string) *masar.Document {
		return &masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: "D-1", Titles: masar.LocalizedText{
			AR: masar.Translation{Value: "عنوان", Origin: masar.OriginTranslated}, EN: masar.Translation{Value: `100 % of {A} & B_c #1 ~ ^ $ \`, Origin: masar.OriginPublished}}},
			Form: form, Date: masar.Date{EDTF: edtf}, Languages: []masar.Language{masar.English}, URL: "https://example.org/a%20b", Publishing: publisher.Ref()}
	}
	bib := linked.BibTeX(document(masar.DocumentSlides, "2024-05"), publisher.Head(), "")
	const want = `@misc{D-1,
  title = {{100 \% of \{A\} \& B\_c \#1 \textasciitilde{} \textasciicircum{} \$ \textbackslash{}}},
  titleaddon = {عنوان},
  publisher = {{ESCWA}},
  date = {2024-05},
  langid = {english},
  howpublished = {slides},
  url = {https://example.org/a%20b},
  note = {urn:masar:id/DOCUMENT/D-1}
}
`
	if bib != want {
		t.Errorf("got\n%s\nwant\n%s", bib, want)
	}
	for edtf, issued := range map[string]string{
		"2024":                     `{"date-parts":[[2024]]}`,
		"2024-05":                  `{"date-parts":[[2024,5]]}`,
		"2024-05-09":               `{"date-parts":[[2024,5,9]]}`,
		"2024-05~":                 `{"date-parts":[[2024,5]],"circa":true}`,
		"2018/2024":                `{"date-parts":[[2018],[2024]]}`,
		"2018-03/..":               `{"date-parts":[[2018,3]]}`,
		"[2023-09-13..2024-02-27]": `{"date-parts":[[2023,9,13],[2024,2,27]]}`,
		"202X":                     `{"date-parts":[[2020,1,1],[2029,12,31]]}`,
	} {
		var item struct {
			Issued json.RawMessage `json:"issued"`
			Type   string          `json:"type"`
		}
		if err := json.Unmarshal([]byte(linked.CSL(document(masar.DocumentLaw, edtf), nil, "")), &item); err != nil {
			t.Fatal(err)
		}
		if string(item.Issued) != issued || item.Type != "legislation" {
			t.Errorf("%s: %s %s", edtf, item.Issued, item.Type)
		}
	}
	g := curated(t)
	documents := 0
	for _, e := range g.Entities {
		if _, is := e.(*masar.Document); is {
			documents++
		}
	}
	ris := string(written(t, func(ctx context.Context, b *bytes.Buffer) error { return linked.WriteRIS(ctx, b, g, linked.Options{}) }))
	if n := strings.Count(ris, "\r\nER  - \r\n"); n != documents || strings.Count(ris, "TY  - ") != documents || strings.Contains(ris, "TY  - \r") {
		t.Errorf("%d references of %d documents", n, documents)
	}
}

// Catches: a term of the vocabulary without a label in both languages, a form of documents without a type of references, and a
// name that stands for two things.
func TestVocabulary(t *testing.T) {
	var turtle, page bytes.Buffer
	if err := linked.WriteVocabulary(&turtle); err != nil {
		t.Fatal(err)
	}
	if err := linked.WriteVocabularyPage(&page, masar.Arabic); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for term := range strings.SplitSeq(turtle.String(), "\n\nmasar:") {
		name, rest, _ := strings.Cut(term, "\n")
		if strings.HasPrefix(name, "@prefix") {
			continue
		}
		if seen[name] {
			t.Errorf("masar:%s stands for two things", name)
		}
		seen[name] = true
		if !strings.Contains(rest, "rdfs:label") || strings.Contains(rest, `""`) || strings.Contains(rest, "vocabulary.") || strings.Contains(rest, "label.") {
			t.Errorf("masar:%s has no label: %s", name, rest)
		}
		if !strings.Contains(page.String(), `<dt id="`+name+`">`) {
			t.Errorf("the page lacks %s", name)
		}
	}
	for _, name := range []string{"advances", "Stated", "Inferred", "SdgTarget", "DocumentFormReport", "ofClaim", "quality"} {
		if !seen[name] {
			t.Errorf("masar:%s is missing", name)
		}
	}
	t.Logf("%d terms", len(seen))
	for _, form := range masar.DocumentForms {
		d := &masar.Document{Header: masar.Header{Kind: masar.KindDocument, Code: "d"}, Form: form}
		if strings.HasPrefix(linked.BibTeX(d, nil, ""), "@{") {
			t.Errorf("%s has no type of references", form)
		}
	}
}

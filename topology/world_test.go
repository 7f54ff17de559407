package topology_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// asOf is the as-of date of all test graphs. Documents of 2025 have not aged by then.
var asOf = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// outline parses a graph from text, one record per line:
//
//	RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1 - OPINION D2@40 INFERENCE
//
// is a claim with evidence for it (+) and against it (-). Each item has a kind and a document, with an optional
// position in the text. Values other than NAMED, ACCEPTED and not DOUBTFUL follow.
//
//	ORGANIZATION/GIZ PARTICIPATES INITIATIVE/INNOPA FUNDER INFERRED REJECTED
//
// is a claim with its role. Values other than STATED and ACCEPTED follow.
//
//	COUNTRY/EGY observed EGDI 2024 SURVEY UN .7 PLANNED
//
// is an observation: indicator, year, vintage and document, with an optional value and PLANNED.
//
//	SDG_TARGET/16.6 parent SDG_GOAL/16
//	DOCUMENT/D1 date 2024-12-11
//	RECOMMENDATION/R1 band .4 .7
//
// set a trait of an entity: its parent, home, publisher, group, date, family or text; its income, speaks (a language),
// leastDeveloped, band, headingOnly or proxyIndicator. Every entity in a line exists, also if the line has nothing else.
// A document is dated 2025 and has its own family unless a line sets them.
func outline(t rapid.TB, lines string) *masar.Outline {
	t.Helper()
	w := world{entities: map[masar.Ref]int{}}
	for line := range strings.Lines(lines) {
		if fields := strings.Fields(line); len(fields) > 0 {
			if err := w.read(fields); err != nil {
				t.Fatalf("%q: %v", strings.TrimSpace(line), err)
			}
		}
	}
	return &w.Outline
}

// world is an Outline under construction.
type world struct {
	masar.Outline
	uid      uint64
	entities map[masar.Ref]int
}

// next is a new unique uid.
func (w *world) next() uint64 { w.uid++; return w.uid }

// entity is the entity with a reference such as SDG_TARGET/16.6, created on first use.
func (w *world) entity(s string) (*masar.EntityOutline, error) {
	ref, err := masar.ParseRef(s)
	if err != nil {
		return nil, err
	}
	at, known := w.entities[ref]
	if !known {
		at = len(w.Entities)
		w.entities[ref] = at
		e := masar.EntityOutline{UID: w.next(), Ref: ref, Revision: 1}
		if ref.Kind == masar.KindDocument {
			e.Date, e.Family = "2025", ref.Code
		}
		w.Entities = append(w.Entities, e)
	}
	return &w.Entities[at], nil
}

func (w *world) read(fields []string) error {
	if _, err := w.entity(fields[0]); err != nil || len(fields) == 1 {
		return err
	}
	verb, rest := fields[1], fields[2:]
	if slices.Contains(masar.Predicates, masar.Predicate(verb)) {
		return w.claim(fields)
	}
	switch verb {
	case "observed":
		return w.observation(fields[0], rest)
	case "date", "family", "text":
		e, err := w.entity(fields[0])
		switch verb {
		case "date":
			e.Date = rest[0]
		case "family":
			e.Family = rest[0]
		case "text":
			w.Texts = append(w.Texts, masar.TextOutline{UID: w.next(), Document: e.UID, SHA256: rest[0], Revision: 1})
		}
		return err
	}
	if known, err := w.trait(fields[0], verb, rest); known || err != nil {
		return err
	}
	to, err := w.entity(rest[0])
	if err != nil {
		return err
	}
	uid := to.UID
	e, err := w.entity(fields[0])
	switch verb {
	case "parent":
		e.Parent = uid
	case "home":
		e.Home = uid
	case "publisher":
		e.Publishing = uid
	case "group":
		e.Groups = append(e.Groups, uid)
	default:
		return fmt.Errorf("%s is no verb", verb)
	}
	return err
}

// trait parses a line about a trait of an entity; known is false if the verb is not a trait.
func (w *world) trait(of, verb string, rest []string) (known bool, err error) {
	e, err := w.entity(of)
	if err != nil {
		return false, err
	}
	t := &masar.Traits{}
	if e.Traits != nil {
		t = e.Traits
	}
	number := func(i int) float64 {
		x, parseErr := strconv.ParseFloat(rest[i], 64)
		if parseErr != nil {
			err = parseErr
		}
		return x
	}
	switch verb {
	case "income":
		t.IncomeGroup = masar.IncomeGroup(rest[0])
	case "speaks":
		t.OfficialLanguages = append(t.OfficialLanguages, rest[0])
	case "leastDeveloped":
		t.LeastDeveloped = true
	case "band":
		t.BandLow, t.BandHigh = number(0), number(1)
	case "headingOnly":
		t.HeadingOnly = true
	case "proxyIndicator":
		t.ProxyIndicators = append(t.ProxyIndicators, masar.ProxyIndicator{Indicator: rest[0], Worst: number(1), Best: number(2)})
	default:
		return false, nil
	}
	e.Traits = t
	return true, err
}

func (w *world) claim(fields []string) error {
	subject, err := w.entity(fields[0])
	if err != nil {
		return err
	}
	c := masar.Claim{Subject: subject.Ref, Predicate: masar.Predicate(fields[1])}
	s := masar.ClaimOutline{Subject: subject.UID, Predicate: c.Predicate, Basis: masar.Stated, Status: masar.ClaimAccepted, Revision: 1}
	object, err := w.entity(fields[2])
	if err != nil {
		return err
	}
	c.Object, s.Object = object.Ref, object.UID
	rest := fields[3:]
	for len(rest) > 0 && rest[0] != "+" && rest[0] != "-" {
		switch word := rest[0]; {
		case slices.Contains(masar.Roles, masar.Role(word)):
			c.Role, s.Role = masar.Role(word), masar.Role(word)
		case slices.Contains(masar.Bases, masar.Basis(word)):
			s.Basis = masar.Basis(word)
		default:
			s.Status = masar.ClaimStatus(word)
		}
		rest = rest[1:]
	}
	s.UID, s.Key = w.next(), c.NewKey()
	w.Claims = append(w.Claims, s)
	for len(rest) > 0 {
		n := 1
		for n < len(rest) && rest[n] != "+" && rest[n] != "-" {
			n++
		}
		if err := w.evidenceOf(&s, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

func (w *world) evidenceOf(c *masar.ClaimOutline, fields []string) error {
	code, at, _ := strings.Cut(fields[2], "@")
	document, err := w.entity("DOCUMENT/" + code)
	if err != nil {
		return err
	}
	e := masar.EvidenceOutline{
		UID: w.next(), Revision: 1, Claim: c.UID, Stance: masar.Supports, Kind: masar.EvidenceKind(fields[1]),
		Directness: masar.Named, Review: masar.ReviewAccepted, Document: document.UID,
	}
	if at != "" {
		if e.Start, err = strconv.Atoi(at); err != nil {
			return err
		}
	}
	if fields[0] == "-" {
		e.Stance = masar.Refutes
	}
	for _, word := range fields[3:] {
		switch {
		case word == "DOUBTFUL":
			e.OCRDoubt = true
		case slices.Contains(masar.Directnesses, masar.Directness(word)):
			e.Directness = masar.Directness(word)
		default:
			e.Review = masar.Review(word)
		}
	}
	e.Key = (&masar.Evidence{ClaimKey: c.Key, Stance: e.Stance, Passage: masar.Passage{Source: document.Ref, Start: e.Start, End: int(e.UID)}}).NewKey()
	w.Evidence = append(w.Evidence, e)
	return nil
}

func (w *world) observation(of string, fields []string) error {
	source, err := w.entity("DOCUMENT/" + fields[3])
	if err != nil {
		return err
	}
	from := *source
	e, err := w.entity(of)
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(fields[1])
	if err != nil {
		return err
	}
	o := masar.Observation{Of: e.Ref, Indicator: fields[0], Year: year, Vintage: fields[2], Source: from.Ref}
	s := masar.ObservationOutline{
		UID: w.next(), Key: o.NewKey(), Revision: 1, Of: e.UID, Source: from.UID, Indicator: o.Indicator, Year: year, Vintage: o.Vintage,
		Nature: masar.Measured,
	}
	if len(fields) > 4 {
		if s.Value, err = strconv.ParseFloat(fields[4], 64); err != nil {
			return err
		}
	}
	if len(fields) > 5 {
		s.Nature = masar.ObservationNature(fields[5])
	}
	w.Observations = append(w.Observations, s)
	return nil
}

// graph is a Graph with names for its records.
type graph struct {
	*topology.Graph
	t     rapid.TB
	names map[uint64]string
}

// build builds a graph from text.
func build(t rapid.TB, lines string) graph {
	t.Helper()
	return built(t, outline(t, lines))
}

func built(t rapid.TB, s *masar.Outline) graph {
	t.Helper()
	g, err := topology.Build(s, scoring.DefaultProfile(), asOf)
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return graph{g, t, names(s)}
}

// names are readable names of all records of an Outline: a code, a claim's triple, or evidence in the text form.
func names(s *masar.Outline) map[uint64]string {
	names := map[uint64]string{}
	for _, e := range s.Entities {
		names[e.UID] = e.Ref.Code
	}
	for _, c := range s.Claims {
		names[c.UID] = strings.TrimSpace(fmt.Sprintf("%s %s %s %s", names[c.Subject], c.Predicate, names[c.Object], c.Role))
	}
	for _, e := range s.Evidence {
		sign := map[masar.Stance]string{masar.Supports: "+", masar.Refutes: "-"}[e.Stance]
		names[e.UID] = fmt.Sprintf("%s %s %s@%d", sign, e.Kind, names[e.Document], e.Start)
	}
	for _, o := range s.Observations {
		names[o.UID] = fmt.Sprintf("%s %s %d %s %s", names[o.Of], o.Indicator, o.Year, o.Vintage, names[o.Source])
	}
	for _, x := range s.Texts {
		names[x.UID] = x.SHA256
	}
	return names
}

// at is the entity with a reference.
func (g graph) at(ref string) topology.Entity {
	g.t.Helper()
	r, err := masar.ParseRef(ref)
	if err != nil {
		g.t.Fatalf("%v", err)
	}
	e, ok := g.Find(r)
	if !ok {
		g.t.Fatalf("there is no %s", ref)
	}
	return e
}

// claim is the claim written as in RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6.
func (g graph) claim(triple string) topology.Claim {
	g.t.Helper()
	fields := append(strings.Fields(triple), "")
	subject, err := masar.ParseRef(fields[0])
	object, err2 := masar.ParseRef(fields[2])
	if err != nil || err2 != nil {
		g.t.Fatalf("%q is no claim", triple)
	}
	c, ok := g.FindClaim((&masar.Claim{Subject: subject, Predicate: masar.Predicate(fields[1]), Object: object, Role: masar.Role(fields[3])}).NewKey())
	if !ok {
		g.t.Fatalf("the graph has no claim %s", triple)
	}
	return c
}

// view is a page with names instead of indexes.
type view struct {
	Items            []string
	Cursors          []string
	Total            int
	HasNext, HasPrev bool
}

// see converts a page to a view.
func see[T ~int32](p topology.Page[T], err error, name func(topology.Item[T]) string) (view, error) {
	v := view{Total: p.Total, HasNext: p.HasNext, HasPrev: p.HasPrev}
	for _, it := range p.Items {
		v.Items, v.Cursors = append(v.Items, name(it)), append(v.Cursors, it.Cursor)
	}
	return v, err
}

// entities is the view of a page of entities: codes with roles, and a star if the claim is about the goal.
func (g graph) entities(p topology.Page[topology.Entity], err error) (view, error) {
	return see(p, err, func(it topology.Item[topology.Entity]) string {
		name := g.names[g.EntityRecord(it.At).UID]
		if n := len(it.Via); n > 0 && g.Role(it.Via[n-1]) != "" {
			name += ":" + string(g.Role(it.Via[n-1]))
		}
		if it.AtTarget {
			name += "*"
		}
		return name
	})
}

func (g graph) claims(p topology.Page[topology.Claim], err error) (view, error) {
	return see(p, err, func(it topology.Item[topology.Claim]) string { return g.names[g.ClaimRecord(it.At).UID] })
}

func (g graph) evidence(p topology.Page[topology.Evidence], err error) (view, error) {
	return see(p, err, func(it topology.Item[topology.Evidence]) string { return g.names[g.EvidenceRecord(it.At).UID] })
}

func (g graph) observations(p topology.Page[topology.Observation], err error) (view, error) {
	return see(p, err, func(it topology.Item[topology.Observation]) string { return g.names[g.ObservationRecord(it.At).UID] })
}

// codes are the codes of entities.
func (g graph) codes(entities []topology.Entity) string {
	var codes []string
	for _, e := range entities {
		codes = append(codes, g.Ref(e).Code)
	}
	return strings.Join(codes, " ")
}

// out and in are steps along a predicate: from subject to object, and back.
func out(p masar.Predicate) topology.Step { return topology.Step{Predicate: p} }
func in(p masar.Predicate) topology.Step  { return topology.Step{Predicate: p, Back: true} }

// follow lists the codes that steps lead to, in order.
func (g graph) follow(from string, args answers.ListArgs, steps ...topology.Step) string {
	g.t.Helper()
	return g.ofKinds(from, nil, args, steps...)
}

func (g graph) ofKinds(from string, kinds []masar.Kind, args answers.ListArgs, steps ...topology.Step) string {
	g.t.Helper()
	v, err := g.entities(g.Follow(g.at(from), steps, kinds, args))
	if err != nil {
		g.t.Fatalf("%v", err)
	}
	if v.Total != len(v.Items) {
		g.t.Errorf("the total of %v is %d", v.Items, v.Total)
	}
	return strings.Join(v.Items, " ")
}

// items are the items of a view, one per line. It fails the test on an error.
func items(t rapid.TB) func(view, error) string {
	return func(v view, err error) string {
		t.Helper()
		if err != nil {
			t.Fatalf("%v", err)
		}
		return strings.Join(v.Items, "\n")
	}
}

func equal[T any](t rapid.TB, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differs (-want +got):\n%s", diff)
	}
}

// listing is a list of a graph that can be read in pages.
type listing struct {
	name string
	page func(args answers.ListArgs) (view, error)
}

// listings are lists of every type in a graph, of all its entities and claims.
func (g graph) listings() []listing {
	var all []listing
	add := func(name string, page func(args answers.ListArgs) (view, error)) {
		all = append(all, listing{name, page})
	}
	orders := map[string]*answers.EdgeOrder{"": nil}
	for _, field := range []answers.EdgeOrderField{answers.OrderByCode, answers.OrderBySupport} {
		for _, direction := range []answers.OrderDirection{answers.Ascending, answers.Descending} {
			orders[fmt.Sprintf(" by %s %s", field, direction)] = &answers.EdgeOrder{Field: field, Direction: direction}
		}
	}
	for _, by := range slices.Sorted(maps.Keys(orders)) {
		add("claims"+by, func(a answers.ListArgs) (view, error) {
			a.OrderBy = orders[by]
			return g.claims(g.Claims(topology.None, a))
		})
		for _, kind := range []masar.Kind{masar.KindRecommendation, masar.KindInitiative, masar.KindCountry} {
			add(fmt.Sprintf("all %s%s", kind, by), func(a answers.ListArgs) (view, error) {
				a.OrderBy = orders[by]
				return g.entities(g.All(kind, a))
			})
		}
	}
	for _, kind := range masar.Kinds {
		if kind != masar.KindRecommendation && kind != masar.KindInitiative && kind != masar.KindCountry {
			add("all "+string(kind), func(a answers.ListArgs) (view, error) { return g.entities(g.All(kind, a)) })
		}
		for _, e := range g.all(kind) {
			name := g.Ref(e).String()
			add("claims of "+name, func(a answers.ListArgs) (view, error) { return g.claims(g.Claims(e, a)) })
			add("observations of "+name, func(a answers.ListArgs) (view, error) { return g.observations(g.Observations(e, a)) })
			add("observations from "+name, func(a answers.ListArgs) (view, error) { return g.observations(g.ObservationsFrom(e, a)) })
			add("evidence in "+name, func(a answers.ListArgs) (view, error) { return g.evidence(g.EvidenceIn(e, a)) })
			for _, relation := range relations {
				add(fmt.Sprintf("%s of %s", relation, name), func(a answers.ListArgs) (view, error) {
					return g.entities(g.Linked(e, relation, masar.KindSdgTarget, a))
				})
			}
			for _, predicate := range []masar.Predicate{masar.Advances, masar.Participates} {
				for _, step := range []topology.Step{out(predicate), in(predicate)} {
					for _, by := range slices.Sorted(maps.Keys(orders)) {
						add(fmt.Sprintf("%v of %s%s", step, name, by), func(a answers.ListArgs) (view, error) {
							a.OrderBy = orders[by]
							return g.entities(g.Follow(e, []topology.Step{step}, nil, a))
						})
					}
				}
			}
		}
	}
	for _, c := range g.allClaims() {
		name := g.names[g.ClaimRecord(c).UID]
		add("evidence of "+name, func(a answers.ListArgs) (view, error) { return g.evidence(g.EvidenceOf(c, a)) })
	}
	return all
}

var relations = []topology.Relation{
	topology.Parent, topology.Home, topology.Publisher, topology.Groups,
	topology.Children, topology.Members, topology.Bodies, topology.Published,
}

// all are the entities of a kind.
func (g graph) all(kind masar.Kind) []topology.Entity {
	return all(g.t, func(a answers.ListArgs) (topology.Page[topology.Entity], error) { return g.All(kind, a) })
}

// allClaims are the accepted claims.
func (g graph) allClaims() []topology.Claim {
	return all(g.t, func(a answers.ListArgs) (topology.Page[topology.Claim], error) { return g.Claims(topology.None, a) })
}

// all reads a whole list.
func all[T ~int32](t rapid.TB, list func(answers.ListArgs) (topology.Page[T], error)) []T {
	t.Helper()
	var whole []T
	args := answers.ListArgs{First: new(100)}
	for {
		p, err := list(args)
		if err != nil {
			t.Fatalf("%v", err)
		}
		for _, it := range p.Items {
			whole, args.After = append(whole, it.At), new(it.Cursor)
		}
		if !p.HasNext {
			return whole
		}
	}
}

// someOutline draws a graph of recommendations, targets, goals, organizations and others, in which equal codes,
// families and strengths are common.
func someOutline(t *rapid.T) *masar.Outline { return outline(t, someLines(t)) }

func someLines(t *rapid.T) string {
	lines := []string{"RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6 + NEWS D1"}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	number := rapid.IntRange(1, 12)
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	document := func() string { return fmt.Sprintf("D%d", number.Draw(t, "document")) }
	target := func() string {
		return pick("target", "SDG_TARGET/16.6", "SDG_TARGET/16.10", "SDG_TARGET/16.7", "SDG_GOAL/16")
	}
	triples := map[string]bool{"RECOMMENDATION/R1 ADVANCES SDG_TARGET/16.6": true}
	for range rapid.IntRange(0, 25).Draw(t, "claims") {
		var triple string
		if rapid.Bool().Draw(t, "advances") {
			triple = fmt.Sprintf("RECOMMENDATION/R%d ADVANCES %s", number.Draw(t, "recommendation"), target())
		} else {
			triple = fmt.Sprintf("ORGANIZATION/O%d PARTICIPATES INITIATIVE/I%d %s", number.Draw(t, "organization"), rapid.IntRange(1, 3).Draw(t, "initiative"),
				pick("role", string(masar.RoleFunder), string(masar.RolePartner), string(masar.RoleTrainer)))
		}
		if triples[triple] {
			continue
		}
		triples[triple] = true
		line := triple + " " + pick("basis", "STATED", "INFERRED") + " " + pick("status", "ACCEPTED", "ACCEPTED", "ACCEPTED", "REJECTED", "SUGGESTED", "SUBMITTED", "DEPRECATED")
		for range rapid.IntRange(0, 4).Draw(t, "evidence") {
			line += fmt.Sprintf(" %s %s %s@%d %s %s", pick("stance", "+", "+", "+", "-"), rapid.SampledFrom(masar.EvidenceKinds).Draw(t, "kind"), document(),
				rapid.IntRange(0, 3).Draw(t, "start"), rapid.SampledFrom(masar.Directnesses).Draw(t, "directness"), pick("review", "ACCEPTED", "ACCEPTED", "ACCEPTED", "SUGGESTED", "DEPRECATED"))
		}
		lines = append(lines, line)
	}
	for _, code := range []string{"16.6", "16.7", "16.10"} {
		if rapid.Bool().Draw(t, "parent of "+code) {
			add("SDG_TARGET/%s parent SDG_GOAL/16", code)
		}
	}
	seen := map[string]bool{}
	for range rapid.IntRange(0, 12).Draw(t, "observations") {
		line := fmt.Sprintf("COUNTRY/%s observed %s %d %s %s", pick("country", "EGY", "TUN"), pick("indicator", "EGDI", "16.6.1", "16.10.1"),
			rapid.IntRange(2020, 2023).Draw(t, "year"), pick("vintage", "V1", "V10", "V9"), document())
		if !seen[line] {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	for range rapid.IntRange(0, 6).Draw(t, "facts") {
		add("%s", pick("fact", "COUNTRY/EGY group COUNTRY_GROUP/ARAB", "COUNTRY/TUN group COUNTRY_GROUP/LDC", "COUNTRY/TUN group COUNTRY_GROUP/ARAB",
			"ORGANIZATION/O1 home COUNTRY/EGY", "ORGANIZATION/O2 home COUNTRY/EGY", "DOCUMENT/D1 publisher ORGANIZATION/O3", "DOCUMENT/D2 publisher ORGANIZATION/O3",
			"DOCUMENT/D1 date 2017", "DOCUMENT/D2 date 2023~", "DOCUMENT/D3 family D1", "DOCUMENT/D1 text b", "DOCUMENT/D1 text a", "DOCUMENT/D2 text c"))
	}
	return strings.Join(lines, "\n")
}

// hashed is a key in the form of a record's key, from any value.
func hashed[K ~string](v any) K {
	return K(fmt.Sprintf("%x", sha256.Sum256([]byte(fmt.Sprint(v))))[:32])
}

package masar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Contents is the graph whole, as a store holds it, to be checked.
type Contents struct {
	// Snapshot counts the writes that the graph has seen.
	Snapshot int64
	Batch
	// Linked are the keys of the claims beside which the store says that it keeps a direct edge.
	Linked map[ClaimKey]bool
	// Edges are the direct edges that are there.
	Edges []DirectEdge
	// Faults are what the store itself found wrong while reading.
	Faults []Finding
}

// DirectEdge is an edge from subject to object that stands beside claims, for traversal.
type DirectEdge struct {
	Subject   Ref
	Predicate Predicate
	Object    Ref
}

// String writes the edge as a claim is written.
func (e DirectEdge) String() string {
	return e.Subject.String() + " " + string(e.Predicate) + " " + e.Object.String()
}

// Invariant names something that always holds of the graph.
type Invariant string

// The invariants.
const (
	// InvariantKey: every record has the key that its content gives, and no other record has it.
	InvariantKey Invariant = "KEY"
	// InvariantPointer: what a record refers to is there, and is of a kind that may stand in its place.
	InvariantPointer Invariant = "POINTER"
	// InvariantLanguages: every text is there in both languages.
	InvariantLanguages Invariant = "LANGUAGES"
	// InvariantValue: every value is one that its field allows.
	InvariantValue Invariant = "VALUE"
	// InvariantPredicate: a claim runs between kinds that its predicate admits, and has a role where its predicate has roles.
	InvariantPredicate Invariant = "PREDICATE"
	// InvariantEvidence: no claim is without evidence, and an inferred one says why it was drawn.
	InvariantEvidence Invariant = "EVIDENCE"
	// InvariantPassage: a passage lies within a text that its document has, and where that text has been imported, its
	// words are those that were pointed at.
	InvariantPassage Invariant = "PASSAGE"
	// InvariantDirectEdge: there is a direct edge beside a claim just while the claim is accepted.
	InvariantDirectEdge Invariant = "DIRECT_EDGE"
)

// Invariants lists the invariants in the order in which findings are given.
var Invariants = []Invariant{
	InvariantKey, InvariantPointer, InvariantLanguages, InvariantValue, InvariantPredicate, InvariantEvidence,
	InvariantPassage, InvariantDirectEdge,
}

// Finding is a place where an invariant does not hold.
type Finding struct {
	Invariant Invariant `json:"invariant"`
	// Record is the record at fault: KIND/code, or its sort and key.
	Record string `json:"record"`
	// Message says what is wrong.
	Message string `json:"message"`
}

// Check reports every place where the graph breaks an invariant.
func Check(c *Contents) []Finding {
	k := &checker{
		Contents: c,
		entities: make(map[Ref]Entity, len(c.Entities)), claims: make(map[ClaimKey]*Claim, len(c.Claims)),
		evidence: map[ClaimKey][]*Evidence{}, texts: map[string]*SourceText{}, keys: map[string]bool{},
		findings: slices.Clone(c.Faults),
	}
	for _, t := range c.Texts {
		k.texts[t.SHA256] = t
	}
	for _, e := range c.Entities {
		k.entities[e.Head().Ref()] = e
	}
	for _, claim := range c.Claims {
		k.claims[claim.Key] = claim
	}
	for _, e := range c.Evidence {
		k.evidence[e.ClaimKey] = append(k.evidence[e.ClaimKey], e)
	}
	k.all()
	k.edges()
	slices.SortStableFunc(k.findings, func(a, b Finding) int {
		return slices.Index(Invariants, a.Invariant) - slices.Index(Invariants, b.Invariant)
	})
	return k.findings
}

// checker goes over the graph.
type checker struct {
	*Contents
	entities map[Ref]Entity
	claims   map[ClaimKey]*Claim
	evidence map[ClaimKey][]*Evidence
	texts    map[string]*SourceText // by version
	keys     map[string]bool
	record   string // the record that is being checked
	findings []Finding
}

func (k *checker) find(invariant Invariant, format string, args ...any) {
	k.findings = append(k.findings, Finding{invariant, k.record, fmt.Sprintf(format, args...)})
}

func (k *checker) all() {
	for _, e := range k.Contents.Entities {
		k.begin(e.Head().Ref().String(), "", "")
		k.values(reflect.ValueOf(e).Elem(), "")
		k.entity(e)
	}
	for _, c := range k.Contents.Claims {
		k.begin(c.Identity().String(), string(c.Key), string(c.NewKey()))
		k.values(reflect.ValueOf(c).Elem(), "")
		k.claim(c)
	}
	for _, e := range k.Contents.Evidence {
		k.begin(e.Identity().String(), string(e.Key), string(e.NewKey()))
		k.values(reflect.ValueOf(e).Elem(), "")
		k.pieceOfEvidence(e)
	}
	for _, o := range k.Contents.Observations {
		k.begin(o.Identity().String(), string(o.Key), string(o.NewKey()))
		k.values(reflect.ValueOf(o).Elem(), "")
		k.observation(o)
	}
	for _, t := range k.Contents.Texts {
		sum := sha256.Sum256([]byte(t.Text))
		k.begin(t.Identity().String(), t.SHA256, hex.EncodeToString(sum[:]))
		k.values(reflect.ValueOf(t).Elem(), "")
		if n := utf8.RuneCountInString(t.Text); n != t.Length {
			k.find(InvariantValue, "it says that it has %d runes, but has %d", t.Length, n)
		}
	}
	k.record = "SNAPSHOT"
	if k.Snapshot == 0 && len(k.keys) > 0 {
		k.find(InvariantValue, "there are records, but no write was counted")
	}
}

// begin begins the check of a record, with its key.
func (k *checker) begin(record, key, newKey string) {
	k.record = record
	if k.keys[record] {
		k.find(InvariantKey, "there are two records of this key")
	}
	k.keys[record] = true
	if key != newKey {
		k.find(InvariantKey, "its content gives the key %s", newKey)
	}
}

func (k *checker) entity(e Entity) {
	h := e.Head()
	if !ValidCode(h.Code) {
		k.find(InvariantKey, "%q is not a code", h.Code)
	}
	if h.Titles.IsZero() {
		k.find(InvariantLanguages, "it has no title")
	}
	if h.Summaries.IsZero() && h.Kind != KindSdgTarget && h.Kind != KindSdgIndicator {
		k.find(InvariantLanguages, "it has no summary")
	}
	k.parent(h)
	if c, ok := e.(*Country); ok && (c.IncomeGroup == "") != (c.IncomeYear == "") {
		k.find(InvariantValue, "its income group and the year of it go together")
	}
	switch e := e.(type) {
	case *Document:
		for _, v := range e.Versions {
			if !isSHA256(v.SHA256) || v.Length <= 0 {
				k.find(InvariantValue, "a version is no SHA-256 and length")
			}
		}
	case *Recommendation:
		k.band(e.MaturityBand)
	case *Challenge:
		for _, g := range e.Gauges {
			k.gauge(g)
		}
	}
}

func (k *checker) band(b MaturityBand) {
	if b.IsZero() {
		return
	}
	if !(0 <= b.Low && b.Low < b.High && b.High <= 1) {
		k.find(InvariantValue, "its maturity band [%v, %v] is no range within 0 and 1", b.Low, b.High)
	}
	if b.Rationales.IsZero() {
		k.find(InvariantEvidence, "nothing says why it is meant for its maturity band")
	}
}

func (k *checker) gauge(g Gauge) {
	if !k.isIndicator(g.Indicator) {
		k.find(InvariantPointer, "its gauge %s is no indicator", g.Indicator)
	}
	if g.Worst == g.Best || math.IsNaN(g.Worst+g.Best) || math.IsInf(g.Worst+g.Best, 0) {
		k.find(InvariantValue, "its gauge %s has no way from %v, the worst, to %v, the best", g.Indicator, g.Worst, g.Best)
	}
	if g.Rationales.IsZero() {
		k.find(InvariantEvidence, "nothing says why %s tells of it", g.Indicator)
	}
}

func (k *checker) isIndicator(code string) bool {
	return k.entities[Ref{KindIndicator, code}] != nil || k.entities[Ref{KindSdgIndicator, code}] != nil
}

// parents gives the kind of the structural parent of each kind that has one, and whether it must be there.
var parents = map[Kind]struct {
	kind Kind
	must bool
}{
	KindSdgTarget:    {KindSdgGoal, true},
	KindSdgIndicator: {KindSdgTarget, true},
	KindTopic:        {KindTopic, false},
	KindPrinciple:    {KindPrinciple, false},
	KindLegacyTarget: {KindLegacyTarget, false},
}

func (k *checker) parent(h *Header) {
	may, ok := parents[h.Kind]
	switch {
	case h.Parent.IsZero() && may.must:
		k.find(InvariantPointer, "it has no parent")
	case h.Parent.IsZero():
	case !ok || h.Parent.Kind != may.kind:
		k.find(InvariantPointer, "%s cannot be its parent", h.Parent)
	case may.must && !strings.HasPrefix(h.Code, h.Parent.Code+"."):
		k.find(InvariantPointer, "its code does not begin with that of its parent, %s", h.Parent)
	case may.kind == h.Kind && k.isAncestor(h.Ref(), h.Parent):
		k.find(InvariantPointer, "it is its own ancestor")
	}
}

// isAncestor reports whether an entity is met on the way up from another.
func (k *checker) isAncestor(of, from Ref) bool {
	seen := map[Ref]bool{}
	for at := from; !at.IsZero() && !seen[at]; {
		if at == of {
			return true
		}
		seen[at] = true
		e, ok := k.entities[at]
		if !ok {
			return false
		}
		at = e.Head().Parent
	}
	return false
}

func (k *checker) claim(c *Claim) {
	if spec, ok := PredicateSpecs[c.Predicate]; ok && !spec.Admits(c.Subject.Kind, c.Object.Kind) {
		k.find(InvariantPredicate, "%s does not run from %s to %s", c.Predicate, c.Subject.Kind, c.Object.Kind)
	}
	if c.Subject == c.Object {
		k.find(InvariantPredicate, "it is about %s and itself", c.Subject)
	}
	if (c.Role != "") != (c.Predicate == Participates) {
		k.find(InvariantPredicate, "a claim has a role just when its predicate is %s", Participates)
	}
	accepted := 0
	supported := false
	for _, e := range k.evidence[c.Key] {
		if e.Review == ReviewAccepted {
			accepted++
			supported = supported || e.Stance == Supports
		}
	}
	switch {
	case len(k.evidence[c.Key]) == 0:
		k.find(InvariantEvidence, "it has no evidence")
	case c.Status != ClaimAccepted:
	case accepted == 0:
		k.find(InvariantEvidence, "it is accepted, but none of its evidence is")
	case c.Basis == Stated && !supported:
		k.find(InvariantEvidence, "it is stated, but no accepted evidence supports it")
	}
	if (c.Basis == Inferred) == c.Rationales.IsZero() {
		k.find(InvariantEvidence, "a claim has a rationale just when it is inferred")
	}
}

func (k *checker) pieceOfEvidence(e *Evidence) {
	if k.claims[e.ClaimKey] == nil {
		k.find(InvariantPointer, "its claim %s is not there", e.ClaimKey)
	}
	if e.Summaries.IsZero() {
		k.find(InvariantLanguages, "it has no summary")
	}
	if e.Passage.IsZero() {
		k.find(InvariantPassage, "it points nowhere")
		return
	}
	k.passage(e.Passage)
}

func (k *checker) passage(p Passage) {
	if p.Locators.IsZero() {
		k.find(InvariantLanguages, "its passage has no locator")
	}
	if !isSHA256(p.SHA256) {
		k.find(InvariantPassage, "the hash of its words is no SHA-256")
	}
	d, ok := k.entities[p.Source].(*Document)
	if !ok {
		return // told as a pointer
	}
	at := slices.IndexFunc(d.Versions, func(v DocumentVersion) bool { return v.SHA256 == p.Version })
	switch {
	case at < 0:
		k.find(InvariantPassage, "%s has no version %q", p.Source, p.Version)
	case p.Start < 0 || p.End <= p.Start || p.End > d.Versions[at].Length:
		k.find(InvariantPassage, "[%d, %d) is no range of the %d runes of %s", p.Start, p.End, d.Versions[at].Length, p.Source)
	case k.texts[p.Version] != nil && isSHA256(p.SHA256):
		if _, status := p.Quote(k.texts[p.Version]); status != QuoteVerified {
			k.find(InvariantPassage, "the words at [%d, %d) of %s are not those that were pointed at", p.Start, p.End, p.Source)
		}
	}
}

func (k *checker) observation(o *Observation) {
	if !k.isIndicator(o.Indicator) {
		k.find(InvariantPointer, "its indicator %s is not there", o.Indicator)
	}
	if math.IsNaN(o.Value) || math.IsInf(o.Value, 0) {
		k.find(InvariantValue, "%v is no value", o.Value)
	}
	if o.Year == 0 || o.Unit == "" || o.Source.IsZero() || o.Of.IsZero() {
		k.find(InvariantValue, "it lacks its year, unit, source or what it observes")
	}
	if o.Passage.IsZero() {
		return
	}
	if o.Passage.Source != o.Source {
		k.find(InvariantPassage, "its passage is of %s, but its source is %s", o.Passage.Source, o.Source)
	}
	k.passage(o.Passage)
}

// edges checks that direct edges and claims agree.
func (k *checker) edges() {
	want := map[DirectEdge]bool{}
	for _, c := range k.Contents.Claims {
		k.record = c.Identity().String()
		is := c.Status == ClaimAccepted
		if is {
			want[DirectEdge{c.Subject, c.Predicate, c.Object}] = true
		}
		if is != k.Linked[c.Key] {
			k.find(InvariantDirectEdge, "it is accepted: %t; it is marked as having a direct edge: %t", is, k.Linked[c.Key])
		}
	}
	for _, e := range k.Contents.Edges {
		k.record = e.String()
		if !want[e] {
			k.find(InvariantDirectEdge, "the edge is there, but no accepted claim")
		}
		delete(want, e)
	}
	var missing []string
	for e := range want {
		missing = append(missing, e.String())
	}
	slices.Sort(missing)
	for _, k.record = range missing {
		k.find(InvariantDirectEdge, "the claim is accepted, but the edge is not there")
	}
}

func isSHA256(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size && s == strings.ToLower(s)
}

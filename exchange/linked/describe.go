package linked

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"masar"
)

// node is a resource with its properties. Parts of it are nodes, too; there are no blank nodes.
type node struct {
	id         string
	types      []string
	properties []*property
}

// property is a property with its values.
type property struct {
	*term
	values []value
}

// value is a literal, a link or a part.
type value struct {
	text string
	lang string // of a localized text
	part *node
}

// graph is a named graph with one triple, and what is said of the graph itself.
type graph struct {
	about *node
	holds *node
}

// describer describes records. It sees them in the order of an export.
type describer struct {
	base string
	// sdgIndicators are the codes of SDG indicators: others are those of other indicators.
	sdgIndicators map[string]bool
	// graphs are the graphs that have been described.
	graphs map[string]bool
}

func newDescriber(base string) *describer {
	return &describer{Base(base), map[string]bool{}, map[string]bool{}}
}

// DefaultBase is the base of IRIs that promise no address.
const DefaultBase = "urn:masar:"

// Base is the base of IRIs for a base as people write it: https://masar.example.org or urn:masar:.
func Base(written string) string {
	written = cmp.Or(written, DefaultBase)
	if strings.HasSuffix(written, ":") {
		return written
	}
	return strings.TrimRight(written, "/") + "/"
}

// IRI is the IRI of a record.
func IRI(base string, r masar.RecordRef) string { return Base(base) + "id/" + r.String() }

func (d *describer) iri(r masar.RecordRef) string { return d.base + "id/" + r.String() }

func (d *describer) ref(r masar.Ref) string {
	if r.IsZero() {
		return ""
	}
	return d.iri(r.Record())
}

// indicator is the IRI of an indicator by its code.
func (d *describer) indicator(code string) string {
	kind := masar.KindIndicator
	if d.sdgIndicators[code] {
		kind = masar.KindSdgIndicator
	}
	return d.ref(masar.Ref{Kind: kind, Code: code})
}

func (d *describer) record(r masar.Record) *node {
	id := r.Identity()
	return &node{id: d.iri(id), types: classesOf(id.Type)}
}

// part returns a part of a node.
func (n *node) part(name string, types ...string) *node {
	return &node{id: n.id + "#" + name, types: types}
}

// add adds a value of the property with a name. Empty values are not added.
func (n *node) add(name string, v value) {
	if v == (value{}) {
		return
	}
	for _, p := range n.properties {
		if p.name == name {
			p.values = append(p.values, v)
			return
		}
	}
	t := termOf[name]
	if t == nil {
		panic("linked: there is no property " + name) // a test describes every type of record
	}
	n.properties = append(n.properties, &property{t, []value{v}})
}

// text adds a text, an IRI, or a literal that is written as text.
func (n *node) text(name, text string) { n.add(name, value{text: text}) }

// enum adds a value of an enum.
func (n *node) enum(name, v string) {
	if v != "" {
		n.text(name, termOf[name].enum.iri(v))
	}
}

// both adds a text in both languages.
func (n *node) both(name string, text masar.LocalizedText) {
	for _, l := range []masar.Language{masar.Arabic, masar.English} {
		if t := text.In([]masar.Language{l}); t != nil && t.Lang == l {
			n.add(name, value{text: t.Value, lang: tag(l)})
		}
	}
}

func tag(l masar.Language) string { return strings.ToLower(string(l)) }

func (n *node) integer(name string, i int) { n.text(name, strconv.Itoa(i)) }

func (n *node) decimal(name string, f float64) {
	n.text(name, strconv.FormatFloat(f, 'f', -1, 64))
}

// yes adds a Boolean if it is true.
func (n *node) yes(name string, is bool) {
	if is {
		n.text(name, "true")
	}
}

// date adds a date with its basis.
func (n *node) date(name string, d masar.Date) {
	n.text(name, d.EDTF)
	if !d.IsZero() {
		n.enum("dateBasis", string(d.Basis))
	}
}

// entity describes an entity.
func (d *describer) entity(e masar.Entity) *node {
	n, h := d.record(e), e.Head()
	if h.Kind == masar.KindSdgIndicator {
		d.sdgIndicators[h.Code] = true
	}
	n.text("code", h.Code)
	n.both("title", h.Titles)
	n.enum("titleOriginAr", origin(h.Titles.AR))
	n.enum("titleOriginEn", origin(h.Titles.EN))
	n.both("summary", h.Summaries)
	for _, a := range h.Aliases() {
		n.add("aliases", value{text: a.Value, lang: tag(a.Lang)})
	}
	n.text("iri", link(h.ExactMatch))
	n.text("parent", d.ref(h.Parent))
	d.special(n, e)
	n.integer("version", h.Revision)
	return n
}

// origin is the origin of a text; empty for no text.
func origin(t masar.Translation) string {
	if t.IsZero() {
		return ""
	}
	return string(cmp.Or(t.Origin, masar.OriginEditorial))
}

// special describes what only entities of a kind have.
func (d *describer) special(n *node, e masar.Entity) {
	switch e := e.(type) {
	case *masar.Initiative:
		n.enum("initiativeForm", string(e.Form))
		n.date("period", e.Period)
	case *masar.Organization:
		d.organization(n, e)
	case *masar.Country:
		d.country(n, e)
	case *masar.Challenge:
		d.challenge(n, e)
	case *masar.Recommendation:
		d.recommendation(n, e)
	case *masar.Activity:
		d.activity(n, e)
	case *masar.Output:
		d.output(n, e)
	case *masar.Document:
		d.document(n, e)
	case *masar.Indicator:
		n.text("unit", e.Unit)
	}
}

func (d *describer) organization(n *node, o *masar.Organization) {
	if o.Form == masar.OrganizationGovernment {
		n.types = append(n.types, "schema:GovernmentOrganization")
	}
	n.enum("organizationForm", string(o.Form))
	n.text("country", d.ref(o.Home))
	n.text("contact", o.Contact)
}

func (d *describer) country(n *node, c *masar.Country) {
	n.text("iso2", c.ISO2)
	n.text("m49", c.M49)
	n.enum("incomeGroup", string(c.IncomeGroup))
	n.text("incomeYear", c.IncomeYear)
	n.yes("leastDeveloped", c.LeastDeveloped)
	for _, l := range c.OfficialLanguages {
		n.text("officialLanguages", l)
	}
	for _, g := range c.Groups {
		n.text("groups", d.ref(g))
	}
}

func (d *describer) challenge(n *node, c *masar.Challenge) {
	for _, p := range c.ProxyIndicators {
		proxy := n.part("proxy-" + p.Indicator)
		proxy.text("indicator", d.indicator(p.Indicator))
		proxy.decimal("worst", p.Worst)
		proxy.decimal("best", p.Best)
		proxy.both("rationale", p.Rationales)
		n.add("proxyIndicators", value{part: proxy})
	}
}

func (d *describer) recommendation(n *node, r *masar.Recommendation) {
	n.enum("recommendationForm", string(r.Form))
	if r.Number > 0 {
		n.integer("number", r.Number)
	}
	n.enum("strength", string(r.Strength))
	if b := r.MaturityBand; !b.IsZero() {
		band := n.part("maturity-band")
		band.decimal("low", b.Low)
		band.decimal("high", b.High)
		band.enum("basis", string(b.Basis))
		band.both("rationale", b.Rationales)
		n.add("maturityBand", value{part: band})
	}
	n.yes("headingOnly", r.HeadingOnly)
}

func (d *describer) activity(n *node, a *masar.Activity) {
	n.enum("activityForm", string(a.Form))
	n.enum("activityStatus", string(a.Status))
	n.date("date", a.Date)
	n.both("place", a.Places)
	for i, q := range a.Participants {
		count := n.part(fmt.Sprint("attendance-", i+1))
		count.decimal("value", q.Value)
		count.enum("qualifier", string(q.Qualifier))
		count.both("counted", q.Labels)
		n.add("attendance", value{part: count})
	}
}

func (d *describer) output(n *node, o *masar.Output) {
	if o.Form == masar.OutputReport || o.Form == masar.OutputStudy {
		n.types = append(n.types, "schema:Report")
	}
	n.enum("outputForm", string(o.Form))
	n.date("date", o.Date)
	for i, s := range o.History {
		state := n.part(fmt.Sprint("state-", i+1))
		state.enum("outputStatus", string(s.Status))
		state.date("date", s.AsOf)
		state.text("source", d.ref(s.Source))
		state.both("note", s.Notes)
		n.add("history", value{part: state})
	}
}

func (d *describer) document(n *node, doc *masar.Document) {
	if doc.Form == masar.DocumentDataset {
		n.types = append(n.types, "schema:Dataset")
	}
	n.enum("documentForm", string(doc.Form))
	n.text("url", link(doc.URL))
	for _, l := range doc.Languages {
		n.text("languages", tag(l))
	}
	n.text("publisher", d.ref(doc.Publishing))
	n.date("date", doc.Date)
	n.text("family", doc.Family)
	n.enum("evidenceKind", string(doc.EvidenceKind))
	for _, v := range doc.Versions {
		version := n.part("text-" + v.SHA256)
		version.text("sha256", v.SHA256)
		version.integer("length", v.Length)
		n.add("versions", value{part: version})
	}
}

// claim describes a claim with its evidence, and the graphs in which it stands as a plain triple: those of the documents that
// state it, or that of all inferred claims.
func (d *describer) claim(c *masar.Claim, evidence []*masar.Evidence) (*node, []graph) {
	n := d.record(c)
	n.text("subject", d.ref(c.Subject))
	n.text("predicate", predicateOf(c.Predicate))
	n.text("object", d.ref(c.Object))
	n.enum("role", string(c.Role))
	n.enum("basis", string(c.Basis))
	n.enum("status", string(c.Status))
	n.both("rationale", c.Rationales)
	n.text("acceptedAt", c.Authorship.AcceptedAt)
	n.retirement(c.Status == masar.ClaimDeprecated, c.Withdrawal)
	n.text("retiredAt", c.Authorship.RetiredAt)
	n.integer("version", c.Revision)
	for _, e := range evidence {
		n.add("evidence", value{part: d.evidence(e, false)})
	}
	return n, d.graphsOf(c, evidence)
}

// retirement says why a record no longer holds.
func (n *node) retirement(deprecated bool, w masar.Withdrawal) {
	if !deprecated {
		return
	}
	n.yes("deprecated", true)
	n.enum("cause", string(w.Cause))
	n.both("reason", w.Reasons)
}

func (d *describer) graphsOf(c *masar.Claim, evidence []*masar.Evidence) (all []graph) {
	if c.Status != masar.ClaimAccepted {
		return nil
	}
	triple := &node{id: d.ref(c.Subject)}
	triple.text(camel(string(c.Predicate)), d.ref(c.Object))
	if c.Basis == masar.Inferred {
		return []graph{{d.graph(d.base+"graph/inferred", ""), triple}}
	}
	var stating []string
	for _, e := range evidence {
		if e.Review == masar.ReviewAccepted && e.Stance == masar.Supports {
			stating = append(stating, d.ref(e.Passage.Source))
		}
	}
	slices.Sort(stating)
	for _, document := range slices.Compact(stating) {
		all = append(all, graph{d.graph(document+"#says", document), triple})
	}
	return all
}

// graph is what is said of a graph. It is said once.
func (d *describer) graph(id, document string) *node {
	n := &node{id: id}
	if !d.graphs[id] {
		d.graphs[id] = true
		n.types = []string{"prov:Entity"}
		n.text("wasDerivedFrom", document)
	}
	return n
}

// evidence describes an evidence item. If it is not within its claim, it names the claim.
func (d *describer) evidence(e *masar.Evidence, alone bool) *node {
	n := d.record(e)
	if alone {
		n.text("claim", d.iri(masar.RecordRef{Type: masar.RecordClaim, Key: string(e.ClaimKey)}))
	}
	n.enum("stance", string(e.Stance))
	n.enum("directness", string(e.Directness))
	n.enum("evidenceKind", string(e.Kind))
	n.both("summary", e.Summaries)
	d.passage(n, e.Passage)
	n.retirement(e.Review == masar.ReviewDeprecated, e.Withdrawal)
	n.integer("version", e.Revision)
	return n
}

// passage describes where the words are. The words themselves are the publisher's, and are not exported.
func (d *describer) passage(n *node, p masar.Passage) {
	if p.IsZero() {
		return
	}
	target := n.part("passage", "oa:SpecificResource")
	target.text("document", d.ref(p.Source))
	selector := n.part("selector", "oa:TextPositionSelector")
	selector.integer("start", p.Start)
	selector.integer("end", p.End)
	target.add("selector", value{part: selector})
	target.text("sha256", p.SHA256)
	target.text("textVersion", p.Version)
	target.text("lang", tag(p.Lang))
	target.both("locator", p.Locators)
	target.yes("ocrDoubt", p.OCRDoubt)
	n.add("passage", value{part: target})
}

func (d *describer) observation(o *masar.Observation) *node {
	n := d.record(o)
	n.text("observed", d.ref(o.Of))
	n.text("indicator", d.indicator(o.Indicator))
	n.text("year", fmt.Sprintf("%04d", o.Year))
	n.decimal("value", o.Value)
	n.enum("qualifier", string(o.Qualifier))
	n.enum("nature", string(o.Nature))
	n.text("unit", o.Unit)
	n.text("source", d.ref(o.Source))
	n.text("series", o.Series)
	n.text("vintage", o.Vintage)
	d.passage(n, o.Passage)
	n.both("note", o.Notes)
	n.integer("version", o.Revision)
	return n
}

// link is an address as an IRI. Characters that no IRI has are escaped.
func link(address string) string {
	var b strings.Builder
	for _, r := range address {
		if r <= 0x20 || strings.ContainsRune("<>\"{}|^`\\", r) {
			fmt.Fprintf(&b, "%%%02X", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

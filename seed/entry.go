package seed

import (
	"reflect"
	"slices"

	"masar"
)

// addEntity adds the entry of an entity to the list of its kind, and returns the entry's path.
func (f *file) addEntity(e masar.Entity) string {
	head := e.Head()
	if d, is := e.(*masar.Document); is {
		f.Document = documentEntry(d)
		return "document"
	}
	v := reflect.ValueOf(f).Elem()
	known := keys(v.Type())
	at := slices.IndexFunc(known, func(k key) bool { return k.tag.Get("kind") == string(head.Kind) })
	list := v.FieldByIndex(known[at].index)
	list.Set(reflect.Append(list, reflect.ValueOf(entityEntry(e)).Elem()))
	return linter{source: &source{}}.Group(known[at].name).At(list.Len() - 1).path
}

// listName is the key of the list of a kind's entities.
func listName(kind masar.Kind) string {
	known := keys(of[file]())
	return known[slices.IndexFunc(known, func(k key) bool { return k.tag.Get("kind") == string(kind) })].name
}

// entityEntry is the entry of an entity: the inverse of its domain.
func entityEntry(e masar.Entity) entity {
	h := e.Head()
	d := describedEntry(h)
	parent := ref{h.Parent}
	switch e := e.(type) {
	case *masar.SdgGoal:
		return &sdgGoal{d}
	case *masar.SdgTarget:
		return &sdgTarget{d.named, d.Summary, parent}
	case *masar.SdgIndicator:
		return &sdgIndicator{d.named, d.Summary, parent}
	case *masar.LegacyTarget:
		return &legacyTarget{d, parent}
	case *masar.Framework:
		return &framework{d}
	case *masar.Principle:
		return &principle{d, parent}
	case *masar.Initiative:
		return &initiative{d, e.Form, dateEntry(e.Period)}
	case *masar.Organization:
		return &organization{d, e.Form, ref{e.Home}, e.Contact}
	case *masar.Country:
		return &country{
			d, e.ISO2, e.M49, e.IncomeGroup, e.IncomeYear, e.LeastDeveloped, e.OfficialLanguages,
			each(e.Groups, func(r masar.Ref) ref { return ref{r} }),
		}
	case *masar.CountryGroup:
		return &countryGroup{d}
	case *masar.Challenge:
		return &challenge{d, each(e.ProxyIndicators, proxyEntry)}
	case *masar.Topic:
		return &topic{d, parent}
	case *masar.Recommendation:
		return &recommendation{d, e.Form, e.Number, e.Strength, bandEntry(e.MaturityBand), e.HeadingOnly}
	case *masar.CaseStudy:
		return &caseStudy{d}
	case *masar.Activity:
		return &activity{d, e.Form, e.Status, dateEntry(e.Date), textEntry(e.Places), each(e.Participants, quantityEntry)}
	case *masar.Output:
		return &output{d, e.Form, dateEntry(e.Date), each(e.History, stateEntry)}
	case *masar.Indicator:
		return &indicator{d, e.Unit}
	}
	return documentEntry(e.(*masar.Document))
}

func describedEntry(h *masar.Header) described {
	return described{
		named{
			code(h.Code), textEntry(h.Titles),
			each(h.OtherNames, func(a masar.Alias) alias { return alias{a.Name, a.Lang} }), address(h.ExactMatch),
		},
		textEntry(h.Summaries),
	}
}

func documentEntry(d *masar.Document) *document {
	x := &document{
		describedEntry(&d.Header), d.Form, address(d.URL), d.Languages, ref{d.Publishing}, dateEntry(d.Date), d.Family, d.EvidenceKind, nil,
	}
	if d.EvidenceKind == d.Form.EvidenceKind() {
		x.EvidenceKind = ""
	}
	if n := len(d.Versions); n > 0 {
		x.Version = &version{hash(d.Versions[n-1].SHA256), d.Versions[n-1].Length}
	}
	return x
}

// textEntry is a localized text. The editors' own words have no origin.
func textEntry(t masar.LocalizedText) localizedText {
	own := func(t masar.Translation) translation {
		if t.Origin == masar.OriginEditorial {
			t.Origin = ""
		}
		return translation(t)
	}
	return localizedText{own(t.AR), own(t.EN)}
}

func dateEntry(d masar.Date) date { return date{edtf(d.EDTF), d.Basis} }

func quantityEntry(q masar.Quantity) quantity {
	return quantity{q.Value, q.Qualifier, textEntry(q.Labels)}
}

func proxyEntry(p masar.ProxyIndicator) proxyIndicator {
	return proxyIndicator{code(p.Indicator), p.Worst, p.Best, textEntry(p.Rationales)}
}

func stateEntry(s masar.OutputState) state {
	return state{s.Status, dateEntry(s.AsOf), ref{s.Source}, textEntry(s.Notes)}
}

func bandEntry(b masar.MaturityBand) *band {
	if b == (masar.MaturityBand{}) {
		return nil
	}
	return &band{b.Low, b.High, b.Basis, textEntry(b.Rationales)}
}

func withdrawalEntry(status masar.ClaimStatus, w masar.Withdrawal) withdrawal {
	if status == masar.ClaimDeprecated && w.Cause == masar.RetiredAsError {
		w.Cause = ""
	}
	return withdrawal{status, w.Cause, textEntry(w.Reasons)}
}

// claimEntry is the entry of a claim without its evidence, in the file of a path.
func claimEntry(c *masar.Claim, path string) claim {
	x := claim{
		Claim: triple{c.Subject, c.Predicate, c.Object}, Role: c.Role, Basis: c.Basis, Rationale: textEntry(c.Rationales),
		withdrawal: withdrawalEntry(c.Status, c.Withdrawal), Origin: c.Origin,
	}
	if c.Origin == originOf(path) {
		x.Origin = ""
	}
	return x
}

// evidenceEntry is the entry of an evidence item for a claim. What its passage and the document say is left out.
func evidenceEntry(e *masar.Evidence, about *masar.Claim, d *document, p *passage, at pointer) evidence {
	x := evidence{at, e.Stance, e.Kind, e.Directness, textEntry(e.Summaries), withdrawalEntry(masar.ClaimStatus(e.Review), e.Withdrawal)}
	if x.Kind == d.evidenceKind() {
		x.Kind = ""
	}
	if x.Directness == directness(about) {
		x.Directness = ""
	}
	if x.Summary == p.Summary {
		x.Summary = localizedText{}
	}
	return x
}

// passageEntry is the entry of a passage of a document.
func passageEntry(p masar.Passage, d *document, summary masar.LocalizedText) *passage {
	x := &passage{p.Start, p.End, hash(p.SHA256), p.Lang, textEntry(p.Locators), textEntry(summary), p.OCRDoubt}
	if len(d.Languages) > 0 && p.Lang == d.Languages[0] {
		x.Lang = ""
	}
	return x
}

// observationEntry is the entry of an observation, with the pointer to its passage if it has one.
func observationEntry(o *masar.Observation, at pointer) observation {
	x := observation{
		ref{o.Of}, code(o.Indicator), o.Year, o.Value, o.Unit, o.Qualifier, o.Nature, at, ref{o.Source}, o.Series, o.Vintage, textEntry(o.Notes),
	}
	if at.id != "" {
		x.Source = ref{}
	}
	return x
}

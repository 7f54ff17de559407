package masar

import (
	"fmt"
	"reflect"
	"strings"
)

func (v *validator) entity(e Entity) {
	h := e.Head()
	if !ValidCode(h.Code) {
		v.fault("code", FaultCodeInvalid, Args{"code": h.Code})
	}
	if like := NewEntity(h.Kind); like != nil && reflect.TypeOf(like) != reflect.TypeOf(e) {
		v.fault("kind", FaultKindWrong, Args{"kind": string(h.Kind)})
	}
	v.needText("title", h.Titles)
	if h.Kind != KindSdgTarget && h.Kind != KindSdgIndicator {
		v.needText("summary", h.Summaries)
	}
	v.parent(h)
	switch e := e.(type) {
	case *Country:
		v.income(e)
	case *Document:
		v.document(e)
	case *Recommendation:
		if e.Number != 0 {
			v.atLeast("number", float64(e.Number), 1)
		}
		v.band(e.MaturityBand)
	case *Challenge:
		for i, g := range e.ProxyIndicators {
			v.proxyIndicator(g, fmt.Sprintf("proxyIndicators[%d]", i))
		}
	case *Activity:
		for i, q := range e.Participants {
			at := fmt.Sprintf("participants[%d]", i)
			v.atLeast(at+".value", q.Value, 0)
			v.needText(at+".of", q.Labels)
		}
	case *Output:
		for i, s := range e.History {
			v.needRef(fmt.Sprintf("history[%d].source", i), s.Source, referenceKinds["Source"])
		}
	}
}

// parents are the kinds of the structural parents, by kind, and whether the parent is required.
var parents = map[Kind]struct {
	kind     Kind
	required bool
}{
	KindSdgTarget:    {KindSdgGoal, true},
	KindSdgIndicator: {KindSdgTarget, true},
	KindTopic:        {KindTopic, false},
	KindPrinciple:    {KindPrinciple, false},
	KindLegacyTarget: {KindLegacyTarget, false},
}

func (v *validator) parent(h *Header) {
	may, ok := parents[h.Kind]
	switch {
	case h.Parent.IsZero() && may.required:
		v.needRef("parent", h.Parent, []Kind{may.kind})
	case h.Parent.IsZero():
	case !ok:
		v.fault("parent", FaultParentNotAllowed, Args{"kind": string(h.Kind)})
	case h.Parent.Kind != may.kind || v.Entity(h.Parent) == nil:
		v.reference("parent", h.Parent, []Kind{may.kind})
	case may.required && ValidCode(h.Code) && !strings.HasPrefix(h.Code, h.Parent.Code+"."):
		v.fault("parent", FaultParentCode, Args{"code": h.Code, "parent": h.Parent.Code})
	case may.kind == h.Kind && v.isAncestor(h.Ref(), h.Parent):
		v.fault("parent", FaultParentCycle, Args{"ref": h.Ref().String()})
	}
}

// isAncestor reports whether of is an ancestor of from.
func (v *validator) isAncestor(of, from Ref) bool {
	seen := map[Ref]bool{}
	for at := from; !at.IsZero() && !seen[at]; {
		if at == of {
			return true
		}
		seen[at] = true
		e := v.Entity(at)
		if e == nil {
			return false
		}
		at = e.Head().Parent
	}
	return false
}

func (v *validator) income(c *Country) {
	switch {
	case c.IncomeGroup != "" && c.IncomeYear == "":
		v.fault("incomeYear", FaultIncomeIncomplete, nil)
	case c.IncomeGroup == "" && c.IncomeYear != "":
		v.fault("incomeGroup", FaultIncomeIncomplete, nil)
	}
}

func (v *validator) document(d *Document) {
	v.need("family", d.Family)
	if len(d.Languages) == 0 {
		v.fault("languages", FaultListEmpty, nil)
	}
	for i, version := range d.Versions {
		at := fmt.Sprintf("versions[%d]", i)
		v.hash(at+".sha256", version.SHA256)
		v.atLeast(at+".length", float64(version.Length), 1)
	}
}

func (v *validator) band(b MaturityBand) {
	if b == (MaturityBand{}) {
		return
	}
	low, high := v.inRange("maturityBand.low", b.Low, 0, 1), v.inRange("maturityBand.high", b.High, 0, 1)
	if low && high && b.Low >= b.High {
		v.fault("maturityBand.high", FaultBandOrder, Args{"low": b.Low, "high": b.High})
	}
	if b.Rationales.IsZero() {
		v.fault("maturityBand.rationale", FaultRationaleMissing, nil)
	}
}

// proxyIndicator checks a proxy indicator of a challenge.
func (v *validator) proxyIndicator(g ProxyIndicator, at string) {
	v.indicator(at+".indicator", g.Indicator)
	if g.Worst == g.Best {
		v.fault(at+".best", FaultProxyIndicatorRange, Args{"value": g.Best})
	}
	if g.Rationales.IsZero() {
		v.fault(at+".rationale", FaultRationaleMissing, nil)
	}
}

// indicator checks that exactly one indicator has a code.
func (v *validator) indicator(path, code string) {
	if !v.need(path, code) {
		return
	}
	sdg, own := v.Entity(Ref{KindSdgIndicator, code}) != nil, v.Entity(Ref{KindIndicator, code}) != nil
	switch {
	case sdg && own:
		v.fault(path, FaultIndicatorAmbiguous, Args{"code": code})
	case !sdg && !own:
		v.fault(path, FaultIndicatorNotFound, Args{"code": code})
	}
}

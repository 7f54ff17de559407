package web

import (
	"slices"

	"masar"
)

var comparePage = page{
	path: "compare", operation: "compare", template: "compare",
	parameters: []string{"i"},
	variables:  compareVariables,
	view:       func() view { return new(compareView) },
}

func compareVariables(a address) (map[string]any, error) {
	codes := a.values("i")
	if codes == nil {
		codes = []string{}
	}
	return map[string]any{"codes": codes, "make": len(codes) > 1}, nil
}

// compareView is the answer of operations/compare.graphql.
type compareView struct {
	PageFrame
	All        *headings   `json:"initiatives"`
	Comparison *comparison `json:"compareInitiatives"`

	// One reports whether the address has one initiative, which is too few.
	One bool
}

type comparison struct {
	Initiatives []EntityHeading `json:"initiatives"`
	Unique      []struct {
		Initiative codeOnly        `json:"initiative"`
		Entities   []EntityHeading `json:"entities"`
	} `json:"unique"`
	Pairs []comparedPair `json:"pairs"`
}

type codeOnly struct {
	Code string `json:"code"`
}

type comparedPair struct {
	A           codeOnly            `json:"a"`
	B           codeOnly            `json:"b"`
	Explanation LocalizedText       `json:"explanation"`
	Links       []ClaimSummary      `json:"links"`
	Dimensions  []comparedDimension `json:"dimensions"`
}

type comparedDimension struct {
	Kind        masar.Kind   `json:"kind"`
	Similarity  float64      `json:"similarity"`
	Weight      float64      `json:"weight"`
	CountA      int          `json:"countA"`
	CountB      int          `json:"countB"`
	SharedLinks []sharedLink `json:"sharedLinks"`
}

type sharedLink struct {
	Entity  EntityHeading `json:"entity"`
	ClaimsA []claimBasis  `json:"claimsA"`
	ClaimsB []claimBasis  `json:"claimsB"`
}

type claimBasis struct {
	ID    string      `json:"id"`
	Basis masar.Basis `json:"basis"`
}

func (v *compareView) exists() bool { return v.All != nil || v.Comparison != nil }

func (v *compareView) head(a address) head {
	v.One = len(a.query["i"]) == 1
	h := head{Title: say("page.compare.title", nil), Answer: []masar.Phrase{say("page.compare.lead", nil)}}
	if v.Comparison == nil {
		return h
	}
	h.Answer = nil
	for _, p := range v.Pairs() {
		h.Answer = append(h.Answer, say("page.compare.answer", masar.Args{"a": p.First.Title, "b": p.Second.Title, "n": p.Common()}))
	}
	h.Rows = []rows{{"claims", map[string]any{"initiatives": slices.Clone(a.query["i"])}}}
	return h
}

// pairOfInitiatives is a pair with the titles of both.
type pairOfInitiatives struct {
	comparedPair
	First, Second EntityHeading
}

// ID is the id of the pair's section.
func (p pairOfInitiatives) ID() string { return p.A.Code + "-" + p.B.Code }

// Common is the number of entities that both are connected with.
func (p pairOfInitiatives) Common() int {
	n := 0
	for _, d := range p.Dimensions {
		n += len(d.SharedLinks)
	}
	return n
}

// Pairs are the pairs with their titles.
func (v *compareView) Pairs() []pairOfInitiatives {
	var all []pairOfInitiatives
	for _, p := range v.Comparison.Pairs {
		all = append(all, pairOfInitiatives{p, v.Comparison.titled(p.A.Code), v.Comparison.titled(p.B.Code)})
	}
	return all
}

func (c comparison) titled(code string) EntityHeading {
	i := slices.IndexFunc(c.Initiatives, func(e EntityHeading) bool { return e.Code == code })
	return c.Initiatives[i]
}

// onlyHere are the entities that one initiative alone is connected with.
type onlyHere struct {
	Initiative EntityHeading
	Kinds      []kindGroup
	Count      int
}

// Only are the entities unique to each initiative, by kind.
func (v *compareView) Only() []onlyHere {
	var all []onlyHere
	for _, u := range v.Comparison.Unique {
		all = append(all, onlyHere{v.Comparison.titled(u.Initiative.Code), byKind(u.Entities), len(u.Entities)})
	}
	return all
}

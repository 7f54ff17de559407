package web

import "masar"

var claimPage = page{
	path: "claims/{id}", operation: "claim", template: "claim",
	parameters: []string{"after"},
	variables:  claimVariables,
	view:       func() view { return new(claimView) },
}

func claimVariables(a address) (map[string]any, error) {
	id := a.codes("id")
	if recordKey.MatchString(id) {
		id = masar.RecordRef{Type: masar.RecordClaim, Key: id}.ID()
	}
	variables := map[string]any{"id": id}
	after, err := a.one("after")
	if after != nil {
		variables["after"] = *after
	}
	return variables, err
}

// claimView is the answer of operations/claim.graphql.
type claimView struct {
	PageFrame
	Claim *claim `json:"claim"`
}

type claim struct {
	EndedClaim
	Version int         `json:"version"`
	Owner   masar.Owner `json:"owner"`
	Review  *struct {
		By string `json:"by"`
		At string `json:"at"`
	} `json:"review"`
	Retirement *struct {
		Cause  masar.RetirementCause `json:"cause"`
		Reason *LocalizedText        `json:"reason"`
		At     *string               `json:"at"`
	} `json:"retirement"`
	Computed *claimSupport `json:"computed"`
	Items    *struct {
		TotalCount int         `json:"totalCount"`
		PageInfo   PageInfo    `json:"pageInfo"`
		Nodes      []claimItem `json:"nodes"`
	} `json:"items"`
}

// claimSupport is how the support of a claim was computed.
type claimSupport struct {
	Supports float64     `json:"supports"`
	Refutes  float64     `json:"refutes"`
	Profile  string      `json:"profile"`
	Terms    []claimTerm `json:"terms"`
}

// claimTerm is an evidence item with what it contributes.
type claimTerm struct {
	Evidence struct {
		ID string `json:"id"`
	} `json:"evidence"`
	supportTerm
}

// supportTerm is what one evidence item contributes to the support of a claim: every number of the formula.
type supportTerm struct {
	Family     string             `json:"family"`
	Kind       masar.EvidenceKind `json:"kind"`
	Stance     masar.Stance       `json:"stance"`
	Quality    float64            `json:"quality"`
	Directness float64            `json:"directness"`
	Age        float64            `json:"age"`
	Review     float64            `json:"review"`
	Strength   float64            `json:"strength"`
	Weight     float64            `json:"weight"`
}

// claimItem is an evidence item for or against the claim.
type claimItem struct {
	ID           string             `json:"id"`
	Stance       masar.Stance       `json:"stance"`
	EvidenceKind masar.EvidenceKind `json:"evidenceKind"`
	Directness   masar.Directness   `json:"directness"`
	ReviewState  masar.Review       `json:"reviewState"`
	Summary      *LocalizedText     `json:"summary"`
	Passage      *struct {
		PassageDetail
		Source struct {
			DocumentForm masar.DocumentForm `json:"documentForm"`
			Date         *DateInWords       `json:"date"`
		} `json:"source"`
	} `json:"passage"`
}

// Harmful reports whether neither text nor evidence of the claim is shown.
func (c claim) Harmful() bool { return c.Retirement != nil && c.Retirement.Cause == masar.Harmful }

// GoalLevel reports whether the claim is about a goal as a whole.
func (c claim) GoalLevel() bool { return c.Level != nil && *c.Level == masar.LevelGoal }

// For are the evidence items that support the claim.
func (c claim) For() []claimItem { return c.items(masar.Supports) }

// Against are the evidence items that refute the claim.
func (c claim) Against() []claimItem { return c.items(masar.Refutes) }

func (c claim) items(stance masar.Stance) []claimItem {
	var all []claimItem
	for _, item := range c.Items.Nodes {
		if item.Stance == stance {
			all = append(all, item)
		}
	}
	return all
}

// claimSum is the last line of the table for one stance: the weights of its terms add up to the support.
type claimSum struct {
	Key string
	Sum float64
}

// Sums are the last lines of the table.
func (c claim) Sums() []claimSum {
	sums := []claimSum{{"page.claim.sum.supports", c.Computed.Supports}}
	if c.Computed.Refutes > 0 {
		sums = append(sums, claimSum{"page.claim.sum.refutes", c.Computed.Refutes})
	}
	if c.Support != nil {
		sums = append(sums, claimSum{"page.claim.sum.net", c.Support.Net})
	}
	return sums
}

// Aged reports whether the age of evidence counts: facts do not age.
func (c claim) Aged() bool { return c.Support != nil && c.Support.Nature == masar.Effect }

// Anchors are the numbers of the evidence items on this page, by their ids.
func (c claim) Anchors() map[string]int {
	at := map[string]int{}
	for _, item := range append(c.For(), c.Against()...) {
		at[item.ID] = len(at) + 1
	}
	return at
}

func (v *claimView) exists() bool { return v.Claim != nil }

func (v *claimView) head(address) head {
	c := v.Claim
	h := head{
		Title:   say("page.claim.title", masar.Args{"sentence": c.Sentence}),
		Eyebrow: say("page.claim.eyebrow", nil),
		Crumbs:  []link{{Path: "/claims", Phrase: say("page.claims.title", nil)}},
		Path:    "/claims/" + c.ID,
	}
	if ref, err := masar.DecodeID(c.ID); err == nil {
		h.Permalink = permalink(string(ref.Type), ref.Key)
	}
	if c.Support != nil {
		h.Answer = []masar.Phrase{say("page.claim.answer", masar.Args{"explanation": c.Support.Explanation})}
	}
	return h
}

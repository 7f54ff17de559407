package web

import "masar"

var recommendationPage = page{
	path: "recommendations/{code}", operation: "recommendation", template: "recommendation", kind: masar.KindRecommendation,
	parameters: []string{"after"},
	variables:  codeAndAfter(masar.KindRecommendation),
	view:       func() view { return new(recommendationView) },
}

// recommendationView is the answer of operations/recommendation.graphql.
type recommendationView struct {
	PageFrame
	Recommendation *recommendation `json:"recommendation"`
}

type recommendation struct {
	EntityHeading
	Form         masar.RecommendationForm `json:"recommendationForm"`
	Number       *int                     `json:"number"`
	Strength     *masar.Strength          `json:"strength"`
	Version      int                      `json:"version"`
	Summary      *LocalizedText           `json:"summary"`
	MaturityBand *struct {
		Low       float64       `json:"low"`
		High      float64       `json:"high"`
		Basis     masar.Basis   `json:"basis"`
		Rationale LocalizedText `json:"rationale"`
	} `json:"maturityBand"`
	IssuedIn *struct {
		EntityHeading
		Date      *DateInWords   `json:"date"`
		Publisher *EntityHeading `json:"publisher"`
	} `json:"issuedIn"`
	IssuedAt *struct {
		EntityHeading
		Date *DateInWords `json:"date"`
	} `json:"issuedAt"`
	Requires   *headings             `json:"requires"`
	Elaborates *headings             `json:"elaborates"`
	Duplicates *headings             `json:"duplicates"`
	Topics     *headings             `json:"topics"`
	Claims     *recommendationClaims `json:"claims"`
}

type recommendationClaims struct {
	TotalCount int                   `json:"totalCount"`
	PageInfo   PageInfo              `json:"pageInfo"`
	Nodes      []recommendationClaim `json:"nodes"`
}

type recommendationClaim struct {
	EndedClaim
	Quotes *struct {
		Nodes []struct {
			ID           string             `json:"id"`
			Stance       masar.Stance       `json:"stance"`
			EvidenceKind masar.EvidenceKind `json:"evidenceKind"`
			Directness   masar.Directness   `json:"directness"`
			Passage      *PassageDetail     `json:"passage"`
		} `json:"nodes"`
	} `json:"quotes"`
}

// relatedClaim is a claim with the end that is not the page's recommendation.
type relatedClaim struct {
	recommendationClaim
	Other EntityHeading
}

// claimGroup are the claims with one relation to the recommendation.
type claimGroup struct {
	Relation Relation
	Claims   []relatedClaim
}

// Groups are the claims by relation, in the order of the answer.
func (v *recommendationView) Groups() []claimGroup {
	of := v.Recommendation.Ref()
	var groups []claimGroup
	for relation, claims := range byRelation(v.Recommendation.Claims.Nodes, of) {
		group := claimGroup{Relation: relation}
		for _, c := range claims {
			group.Claims = append(group.Claims, relatedClaim{c, c.Other(of)})
		}
		groups = append(groups, group)
	}
	return groups
}

func (v *recommendationView) exists() bool { return v.Recommendation != nil }

func (v *recommendationView) head(address) head {
	r := v.Recommendation
	h := head{
		Entity:  &r.EntityHeading,
		Eyebrow: say("page.recommendation.eyebrow", masar.Args{"form": r.Form}),
		Answer:  r.Claims.answer(),
		Brief:   "/briefs" + pathOf(r.Kind, r.Code),
	}
	if r.Number != nil {
		h.Eyebrow = say("page.recommendation.number", masar.Args{"form": r.Form, "n": *r.Number})
	}
	if r.IssuedIn != nil {
		h.Crumbs = []link{{Path: "/documents", Phrase: say("page.menu.documents", nil)}, toEntity(r.IssuedIn.EntityHeading)}
	}
	return h
}

// answer is the short answer: how many claims, how many of them stated, and whether any is about an SDG target. It is about
// the whole list only if the list fits the page.
func (c *recommendationClaims) answer() []masar.Phrase {
	if c == nil {
		return nil
	}
	answer := []masar.Phrase{say("page.recommendation.answer", masar.Args{"n": c.TotalCount})}
	if c.TotalCount == 0 || c.TotalCount > len(c.Nodes) {
		return answer
	}
	stated, ofTarget := 0, false
	for _, n := range c.Nodes {
		if !n.Inferred() {
			stated++
		}
		ofTarget = ofTarget || n.Object.Kind == masar.KindSdgTarget
	}
	if stated == c.TotalCount {
		answer = append(answer, say("page.recommendation.answer.all_stated", nil))
	} else {
		answer = append(answer, say("page.recommendation.answer.stated", masar.Args{"n": stated}))
	}
	if !ofTarget {
		answer = append(answer, say("page.recommendation.answer.no_target", nil))
	}
	return answer
}

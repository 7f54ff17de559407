package mcp

import (
	"masar"
)

type evidenceInput struct {
	inLanguage
	Claim string `json:"claim,omitempty" jsonschema:"id of a claim; without kind and code" min:"1" max:"256"`
	Kind  string `json:"kind,omitempty" jsonschema:"kind of an entity whose claims are wanted; with code" enum:"kind"`
	Code  string `json:"code,omitempty" jsonschema:"code of the entity; with kind" min:"1" max:"64"`
	After string `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

type evidenceOutput struct {
	answer
	Claims []weighed `json:"claims" jsonschema:"strongest first"`
}

// weighed is a claim with what speaks for and against it.
type weighed struct {
	Claim   claim  `json:"claim"`
	For     []item `json:"for"`
	Against []item `json:"against"`
	More    int    `json:"more,omitempty" jsonschema:"number of further items: ask with the id of the claim"`
}

// item is a passage as evidence.
type item struct {
	Summary      string             `json:"summary" jsonschema:"by Masar"`
	EvidenceKind masar.EvidenceKind `json:"evidenceKind"`
	Directness   masar.Directness   `json:"directness"`
	Quote        *quote             `json:"quote,omitempty" jsonschema:"the verified quotation"`
	Document     *thing             `json:"document,omitempty"`
	Locator      string             `json:"locator"`
	URL          string             `json:"url"`

	stance masar.Stance
}

type claimData struct {
	frame
	Claim *struct {
		ratedClaim
		Evidence *struct {
			Edges []struct {
				Cursor string        `json:"cursor"`
				Node   citedEvidence `json:"node"`
			} `json:"edges"`
			PageInfo pageInfo `json:"pageInfo"`
		} `json:"evidence"`
	} `json:"claim"`
}

type evidenceData struct {
	frame
	Entity *struct {
		Claims *struct {
			Edges []struct {
				Cursor string `json:"cursor"`
				Node   struct {
					ratedClaim
					Evidence *struct {
						TotalCount int             `json:"totalCount"`
						Nodes      []citedEvidence `json:"nodes"`
					} `json:"evidence"`
				} `json:"node"`
			} `json:"edges"`
			PageInfo pageInfo `json:"pageInfo"`
		} `json:"claims"`
	} `json:"entity"`
}

func evidence(c *call, in evidenceInput) (f found[*evidenceOutput], err error) {
	from, err := readCursor("evidence", in.After)
	switch byEntity := in.Kind != "" && in.Code != ""; {
	case err != nil:
		return f, err
	case in.Claim != "" && in.Kind == "" && in.Code == "":
		return c.evidenceOfClaim(in.Claim, from)
	case in.Claim == "" && byEntity:
		return c.evidenceOfEntity(masar.Kind(in.Kind), in.Code, from)
	}
	return f, masar.NewArgumentError(masar.CodeBadInput, "claim", "error.assistants.claim_or_entity", nil)
}

func (c *call) evidenceOfClaim(id string, from cursor) (f found[*evidenceOutput], err error) {
	var data claimData
	if err := c.run("claim", c.inLanguage(map[string]any{"id": id, "after": from.at()}), &data); err != nil {
		return f, err
	}
	if data.Claim == nil || data.Claim.Support == nil {
		return f, masar.NewArgumentError(masar.CodeNotFound, "claim", "error.assistants.no_claim", nil)
	}
	edges := data.Claim.Evidence.Edges
	return found[*evidenceOutput]{
		items: len(edges),
		first: func(n int) *evidenceOutput {
			made := weighed{Claim: c.claim(data.Claim.ratedClaim)}
			for _, e := range edges[:n] {
				made.add(c.item(e.Node))
			}
			return &evidenceOutput{answer: data.frame.answer(), Claims: []weighed{made}}
		},
		after:  func(n int) string { return cursor{Tool: "evidence", After: edges[n-1].Cursor}.String() },
		more:   data.Claim.Evidence.PageInfo.HasNextPage && len(edges) > 0,
		narrow: "assistants.narrow.claim",
	}, nil
}

func (c *call) evidenceOfEntity(kind masar.Kind, code string, from cursor) (f found[*evidenceOutput], err error) {
	var data evidenceData
	if err := c.run("evidence", c.inLanguage(map[string]any{"of": refOf(kind, code), "after": from.at()}), &data); err != nil {
		return f, err
	}
	if data.Entity == nil {
		return f, c.unknown("code", kind, code)
	}
	page := data.Entity.Claims
	var all []weighed
	for _, e := range page.Edges {
		made := weighed{Claim: c.claim(e.Node.ratedClaim), More: e.Node.Evidence.TotalCount - len(e.Node.Evidence.Nodes)}
		for _, cited := range e.Node.Evidence.Nodes {
			made.add(c.item(cited))
		}
		all = append(all, made)
	}
	// The items of the list are claims. A claim with all items of its page fits an answer.
	all = rest(all, from)
	return found[*evidenceOutput]{
		items: len(all),
		first: func(n int) *evidenceOutput {
			return &evidenceOutput{answer: data.frame.answer(), Claims: all[:n]}
		},
		after: func(n int) string {
			if at := from.Skip + n; at < len(page.Edges) {
				return from.skipping(n)
			}
			return cursor{Tool: "evidence", After: page.Edges[len(page.Edges)-1].Cursor}.String()
		},
		more:   page.PageInfo.HasNextPage && len(all) > 0,
		narrow: "assistants.narrow.evidence",
	}, nil
}

// add adds an item to those for or against the claim.
func (w *weighed) add(i item) {
	if i.stance == masar.Refutes {
		w.Against = append(w.Against, i)
		return
	}
	w.For = append(w.For, i)
}

func (c *call) item(e citedEvidence) item {
	made := item{Summary: e.Summary.of(), EvidenceKind: e.EvidenceKind, Directness: e.Directness, URL: c.address(e.ID), stance: e.Stance}
	if p := e.Passage; p != nil {
		document := c.thing(p.Document)
		made.Document, made.Locator, made.Quote = &document, p.Locator, c.quote(p)
	}
	return made
}

func (o *evidenceOutput) write(w *writer) {
	if len(o.Claims) == 0 {
		w.line("assistants.text.no_claims", nil)
	}
	for _, c := range o.Claims {
		w.claim(c.Claim)
		w.items("assistants.text.for", c.For)
		w.items("assistants.text.against", c.Against)
		if c.More > 0 {
			w.under("assistants.text.more", masar.Args{"count": c.More, "id": c.Claim.ID})
		}
	}
}

func (w *writer) items(key string, all []item) {
	for _, i := range all {
		w.under(key, masar.Args{"kind": i.EvidenceKind, "directness": i.Directness, "summary": prose(i.Summary)})
		switch {
		case i.Quote != nil:
			w.quote(i.Quote)
		case i.Document != nil:
			w.under("assistants.text.unquoted", masar.Args{"document": w.title(*i.Document), "locator": i.Locator, "url": i.Document.URL})
		}
	}
}

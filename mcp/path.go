package mcp

import (
	"masar"
	"masar/answers"
)

type pathInput struct {
	inLanguage
	From    reference `json:"from" jsonschema:"the start of the paths"`
	To      reference `json:"to" jsonschema:"the end of the paths"`
	MaxHops int       `json:"maxHops,omitempty" jsonschema:"maximum number of steps, by default 5" min:"1" max:"5"`
	First   int       `json:"first,omitempty" jsonschema:"number of paths, by default 5" min:"1" max:"5"`
	After   string    `json:"after,omitempty" jsonschema:"nextCursor of the answer before"`
}

// reference names an entity.
type reference struct {
	Kind string `json:"kind" jsonschema:"kind of the entity, such as COUNTRY" enum:"kind"`
	Code string `json:"code" jsonschema:"code of the entity, such as EGY" min:"1" max:"64"`
}

type pathOutput struct {
	answer
	Paths     []path               `json:"paths" jsonschema:"best first; empty if the entities are not connected"`
	Complete  bool                 `json:"complete"`
	StoppedBy []answers.StopReason `json:"stoppedBy" jsonschema:"HOPS, BUDGET or MIN_NET"`
}

type path struct {
	Score    float64 `json:"score" jsonschema:"from 0 to 1"`
	Inferred bool    `json:"inferred" jsonschema:"whether a curator inferred one of the steps"`
	Steps    []step  `json:"steps"`
}

type step struct {
	Claim   claim  `json:"claim"`
	Forward bool   `json:"forward" jsonschema:"whether the step goes from the subject of the claim to its object"`
	Quote   *quote `json:"quote,omitempty" jsonschema:"the strongest verified quotation"`
}

type pathData struct {
	frame
	EvidencePaths *struct {
		Complete  bool                 `json:"complete"`
		StoppedBy []answers.StopReason `json:"stoppedBy"`
		Paths     []struct {
			Score    float64 `json:"score"`
			Inferred bool    `json:"inferred"`
			Steps    []struct {
				Direction answers.StepDirection `json:"direction"`
				Claim     struct {
					ratedClaim
					Evidence *struct {
						Nodes []struct {
							Passage *quoted `json:"passage"`
						} `json:"nodes"`
					} `json:"evidence"`
				} `json:"claim"`
			} `json:"steps"`
		} `json:"paths"`
	} `json:"evidencePaths"`
}

func tracePath(c *call, in pathInput) (f found[*pathOutput], err error) {
	from, err := readCursor("trace_path", in.After)
	if err != nil {
		return f, err
	}
	var data pathData
	variables := map[string]any{
		"from": refOf(masar.Kind(in.From.Kind), in.From.Code), "to": refOf(masar.Kind(in.To.Kind), in.To.Code),
		"maxHops": orDefault(in.MaxHops, 5), "first": orDefault(in.First, 5),
	}
	if err := c.run("path", c.inLanguage(variables), &data); err != nil {
		return f, err
	}
	paths := rest(c.paths(data), from)
	return found[*pathOutput]{
		items: len(paths),
		first: func(n int) *pathOutput {
			return &pathOutput{answer: data.frame.answer(), Paths: paths[:n], Complete: data.EvidencePaths.Complete, StoppedBy: data.EvidencePaths.StoppedBy}
		},
		after:  from.skipping,
		narrow: "assistants.narrow.path",
	}, nil
}

func (c *call) paths(data pathData) []path {
	var all []path
	for _, p := range data.EvidencePaths.Paths {
		made := path{Score: rounded(p.Score), Inferred: p.Inferred}
		for _, s := range p.Steps {
			of := step{Claim: c.claim(s.Claim.ratedClaim), Forward: s.Direction == answers.StepForward}
			for _, e := range s.Claim.Evidence.Nodes { // strongest first
				if of.Quote = c.quote(e.Passage); of.Quote != nil {
					break
				}
			}
			made.Steps = append(made.Steps, of)
		}
		all = append(all, made)
	}
	return all
}

func (o *pathOutput) write(w *writer) {
	if len(o.Paths) == 0 {
		w.line("assistants.text.no_path", nil)
	}
	for i, p := range o.Paths {
		key := "assistants.text.path.stated"
		if p.Inferred {
			key = "assistants.text.path.inferred"
		}
		w.line(key, masar.Args{"number": i + 1, "score": p.Score})
		for _, s := range p.Steps {
			w.claim(s.Claim)
			w.quote(s.Quote)
		}
	}
	if !o.Complete {
		w.line("assistants.text.stopped", masar.Args{"reasons": o.StoppedBy})
	}
}
